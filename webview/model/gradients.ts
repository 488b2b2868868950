import { computed, effect, signal, type ReadonlySignal } from '@preact/signals';
import { backward, forward, propagation } from '../../src/core/equations';
import type { Parameters } from '../../src/core/network';
import type { RunSignals } from '../store';
import { select } from './equationExamples';
import { throttled } from './throttled';

/** dW and db of the cost, in float64, without what regularization adds. */
export interface Gradients {
  /** Layer l of the course at l − 1. */
  readonly layers: Parameters;
  readonly examples: number;
  /** Whether these are all that the run trains on. */
  readonly isWhole: boolean;
}

/** The gradients at the weights that are shown; a few times a second, while somebody looks at them. */
export const shownGradients = (run: RunSignals): ReadonlySignal<Gradients | null> =>
  throttled(
    computed(() => ({
      network: run.view.value.network,
      sample: run.sample.value,
      dataset: run.view.value.dataset,
      parameters: run.parameters.value,
      balanced: run.live.value.rule.balanced,
    })),
    ({ network, sample, dataset, parameters, balanced }) => {
      if (!network || !sample || !dataset || !parameters || sample.X.rows !== network.sizes[0]) return null;
      const part = select({
        ...{ network, sample, shown: 'all', chosen: 0 },
        balanced: balanced && dataset.task !== 'regression',
        ...{ trainRows: dataset.trainRows, classes: dataset.classes.length },
      });
      if (part.columns.length === 0) return null;
      const p = propagation(network, part.X);
      forward(p, parameters);
      backward(p, parameters, part.Y, part.weights);
      return {
        layers: p.gradients.slice(1),
        examples: part.columns.length,
        isWhole: part.isWholeTraining,
      };
    },
  );

/** What was shown before, to say how a number has changed since. */
export interface Before {
  readonly epoch: number;
  readonly parameters: Parameters;
}

/** Follows what is shown of a run; `dispose` ends that. */
export function shownBefore(run: RunSignals): {
  readonly before: ReadonlySignal<Before | null>;
  dispose(): void;
} {
  const before = signal<Before | null>(null);
  let present: (Before & { readonly cost: number; readonly drag: number | undefined }) | null = null;
  const dispose = effect(() => {
    const [measure, parameters] = [run.measure.value, run.parameters.value];
    if (!measure || !parameters) return;
    const { epoch, trainCost: cost } = measure;
    const byHand = run.live.value.edits.findLast((edit) => edit.byHand !== undefined);
    const drag = byHand?.epoch === epoch ? byHand.byHand : undefined;
    const isOther = present !== null && (present.epoch !== epoch || present.cost !== cost);
    // What comes again for another reason is the same, and a whole drag is one change.
    const isDragged = drag !== undefined && present?.epoch === epoch && present.drag === drag;
    if (isOther && !isDragged) before.value = present;
    present = { epoch, parameters, cost, drag };
  });
  return { before, dispose };
}
