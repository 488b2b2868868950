import { computed, type ReadonlySignal } from '@preact/signals';
import { forward, forwardPass, predictedClass } from '../../src/core/equations';
import { matrix, selectColumns } from '../../src/core/matrix';
import type { Parameters } from '../../src/core/network';
import { principalComponents } from '../../src/core/principalComponents';
import type { RunFinding } from '../../src/core/verdicts/runChecks';
import { unitVerdicts, type UnitVerdict } from '../../src/core/verdicts/unitVerdicts';
import type { Choices } from '../choices';
import type { RunSignals } from '../store';
import { evenly } from './equationExamples';
import { LivePass, examplesToPass, sideOfMap, type Later, type PassInputs, type PassResult } from './passes';
import { shownBefore, shownGradients, type Before, type Gradients } from './gradients';
import {
  inputAt,
  planeInputs,
  planeNetwork,
  planeOf,
  planeOfComponents,
  planeParameters,
  type Plane,
} from './plane';
import { findingsOf } from './runFindings';
import { throttled } from './throttled';

/** A grid over the plane, and the network on it. */
export interface GridInputs extends PassInputs {
  readonly plane: Plane;
  readonly rows: number;
  readonly cols: number;
}

/** The examples that are passed through the network, sorted by class or target. */
export interface ExampleInputs extends PassInputs {
  /** Which example of the sample stands in each column. */
  readonly columns: readonly number[];
}

/** The verdicts of the units of layer l stand at l − 1. */
export interface Verdicts {
  readonly layers: readonly (readonly UnitVerdict[])[];
  /** Examples they go by. */
  readonly rows: number;
}

/** What is derived from a run and the choices, for its pictures; all of it keeps its identity until it changes. */
export interface Models {
  readonly plane: ReadonlySignal<Plane | null>;
  readonly grid: ReadonlySignal<PassResult<GridInputs> | null>;
  readonly examples: ReadonlySignal<PassResult<ExampleInputs> | null>;
  /** Whether each example of the sample is predicted as another class than its own; 0 where that is not known. */
  readonly wrong: ReadonlySignal<Uint8Array>;
  /** The features, those first that are to be looked at first. */
  readonly ranked: ReadonlySignal<readonly number[]>;
  /** The largest |w| of each W[l], from l = 1. */
  readonly weightLimits: ReadonlySignal<readonly number[]>;
  /** What there is to say of the units of each hidden layer, over the examples; a few times a second. */
  readonly verdicts: ReadonlySignal<Verdicts | null>;
  /** What there is to say of the run by its curve; a few times a second. */
  readonly findings: ReadonlySignal<readonly RunFinding[] | null>;
  /** The gradients at the weights that are shown; a few times a second. */
  readonly gradients: ReadonlySignal<Gradients | null>;
  /** What was shown before that. */
  readonly before: ReadonlySignal<Before | null>;
  /** The network's output (ny) at one point of the plane, in the features' own units. */
  outputAt(x: number, y: number): Float64Array | null;
  dispose(): void;
}

export function createModels(
  run: RunSignals,
  { axes, plane: kind, example, firstLook }: Pick<Choices, 'axes' | 'plane' | 'example' | 'firstLook'>,
  later: Later,
): Models {
  const network = computed(() => run.view.value.network);
  /** Found when somebody looks at them, once for a sample. */
  const components = computed(() => {
    const X = run.sample.value?.X;
    return X && X.rows > 1 && X.cols > 0 ? principalComponents(X) : null;
  });
  const plane = computed(() => {
    const sample = run.sample.value;
    const features = run.features.value;
    const fits = axes.value.every((feature) => feature < features.length);
    if (!sample || !fits || sample.X.rows !== features.length) return null;
    // Two features are the whole plane.
    const shown = features.length > 2 ? kind.value : 'mean';
    switch (shown) {
      case 'mean':
        return planeOf(sample, features, axes.value);
      case 'row':
        return planeOf(sample, features, axes.value, Math.min(example.value, sample.y.length - 1));
      case 'components':
        return components.value && planeOfComponents(sample, components.value);
      default:
        return shown satisfies never;
    }
  });
  const gridInputs = computed<GridInputs | null>(() => {
    const [whole, current] = [network.value, plane.value];
    if (!whole || !current || whole.sizes[0] !== current.base.length) return null;
    const reduced = planeNetwork(whole, current);
    const cols = sideOfMap(reduced);
    const rows = current.y ? cols : 1;
    const X = planeInputs(current, rows, cols);
    const parametersOf = (parameters: Parameters) => planeParameters(parameters, current);
    return { network: reduced, X, rows, cols, plane: current, parametersOf };
  });
  const exampleInputs = computed<ExampleInputs | null>(() => {
    const [whole, sample] = [network.value, run.sample.value];
    if (!whole || !sample || whole.sizes[0] !== sample.X.rows) return null;
    const columns = evenly(sample.order, examplesToPass(whole, sample.order.length));
    return { network: whole, X: selectColumns(sample.X, columns), columns, parametersOf: (all) => all };
  });
  const grid = new LivePass(gridInputs, run.parameters, later);
  const { before, dispose: forget } = shownBefore(run);
  const examples = new LivePass(exampleInputs, run.parameters, later);
  return {
    plane,
    grid: grid.result,
    examples: examples.result,
    wrong: computed(() => {
      const [pass, sample] = [examples.result.value, run.sample.value];
      return pass && sample && pass.inputs.network.output !== 'linear'
        ? wrongOf(pass, sample.y)
        : new Uint8Array(sample?.y.length ?? 0);
    }),
    verdicts: throttled(examples.result, (pass) =>
      pass && pass.A[0].cols > 0
        ? { layers: unitVerdicts(pass.inputs.network, pass.parameters, pass), rows: pass.A[0].cols }
        : null,
    ),
    findings: throttled(
      computed(() => findingsOf(run)),
      (found) => found,
    ),
    ranked: computed(() => {
      const features = firstLook.ranking.value?.features ?? [];
      return features.length === run.sample.value?.X.rows ? features : [];
    }),
    weightLimits: computed(() => (run.parameters.value ?? []).map(({ W }) => largest(W.data))),
    gradients: shownGradients(run),
    before,
    outputAt: (x, y) => {
      const [whole, current, parameters] = [network.value, plane.value, run.parameters.value];
      if (!whole || !current || !parameters) return null;
      const input = matrix(whole.sizes[0], 1, inputAt(current, x, y));
      const pass = forwardPass(whole, input);
      forward(pass, parameters);
      return pass.A[whole.sizes.length - 1].data;
    },
    dispose: () => {
      forget();
      grid.dispose();
      examples.dispose();
    },
  };
}

/** Which examples of those passed through the network are taken for another class. */
function wrongOf(
  { A, inputs: { network, columns } }: PassResult<ExampleInputs>,
  y: Float64Array,
): Uint8Array {
  const output = A[A.length - 1];
  const wrong = new Uint8Array(y.length);
  columns.forEach((example, j) => {
    wrong[example] = Number(predictedClass(network.output, output, j) !== y[example]);
  });
  return wrong;
}

/** The largest absolute value. */
export function largest(values: Float64Array, floor = 0): number {
  let most = floor;
  for (let k = 0; k < values.length; k++) {
    const size = Math.abs(values[k]);
    if (size > most) most = size;
  }
  return most;
}
