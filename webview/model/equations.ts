import {
  batch,
  computed,
  effect,
  signal,
  untracked,
  type ReadonlySignal,
  type Signal,
} from '@preact/signals';
import { stepsOf, traceChain, type ChainTrace, type QuantityKey, type Step } from '../../src/core/chain';
import { matrix, selectColumns, type Matrix } from '../../src/core/matrix';
import type { Parameters } from '../../src/core/network';
import { storyOf, type CellStory } from '../../src/core/origins';
import type { Situation } from '../../src/core/recipe';
import { inOwnUnit } from '../../src/core/scale';
import type { Choices } from '../choices';
import type { ExamplesShown } from '../keptChoices';
import type { RunSignals } from '../store';
import { select, targets, type Selection } from './equationExamples';
import { axesOf } from './equationParts';
import { engineUpdate, floatUpdate, type AskStep, type ShownUpdate } from './shownUpdate';

/** A trace that takes longer than this follows a training only every now and then. */
const QUICK_MS = 8;
/** The share of the time that such a trace may take. */
const SHARE = 8;
/** Between two questions about a step. */
const ASK_MS = 500;

/** A cell of a quantity, in the quantity's own rows and columns. */
export interface PointedCell {
  readonly quantity: QuantityKey;
  readonly row: number;
  readonly col: number;
}

interface World {
  /** Milliseconds. */
  now(): number;
  /** Does something after so many milliseconds, unless what it returns is called. */
  later(work: () => void, ms: number): () => void;
}

/** What the page of the equations shows: a step of the chain, over some examples, and what is pointed at. */
export class Equations {
  readonly pointed = signal<PointedCell | null>(null);
  /** The quantity that is pointed at, wherever it is. */
  readonly lit = signal<QuantityKey | null>(null);
  /** The cell whose number is to be guessed. */
  readonly masked = signal<PointedCell | null>(null);
  /** Where the window of each axis begins: `m` for examples, `n1` for the units of layer 1. */
  private readonly origins = new Map<string, Signal<number>>();
  private readonly traced = signal<ChainTrace | null>(null);
  private readonly updated = signal<ShownUpdate | null | undefined>(undefined);
  private readonly endings: (() => void)[] = [];
  private cancelLater: (() => void) | undefined;
  private cancelAsk: (() => void) | undefined;
  private isAsking = false;
  /** Whether the weights are others than those that were asked about. */
  private isOutdated = false;
  private tookMs = 0;
  private endedAt = 0;

  constructor(
    private readonly run: RunSignals,
    private readonly choices: Pick<Choices, 'equation' | 'example'>,
    private readonly askStep: AskStep,
    private readonly world: World,
  ) {
    this.endings.push(
      effect(() => {
        const [selection, parameters] = [this.selection.value, run.parameters.value];
        untracked(() => this.follow(selection, parameters));
      }),
      effect(() => {
        const [{ kind }, parameters] = [this.step.value, run.parameters.value];
        const isOfAll = this.examples.value === 'all';
        if (kind === 'update' && isOfAll && parameters) untracked(() => void this.takeStep());
      }),
    );
  }

  readonly steps = computed<readonly Step[]>(() => {
    const { network } = this.run.view.value;
    return network ? stepsOf(network) : [];
  });

  /** The step that is shown. */
  readonly step = computed<Step>(() => {
    const steps = this.steps.value;
    return steps.find(({ key }) => key === this.choices.equation.value.step) ?? steps[0];
  });

  /** Whether the numbers of this step can be of all examples alone: only the engine knows the step, and takes all. */
  readonly isAllOnly = computed(() => this.step.value.kind === 'update' && this.plainRule() === null);

  readonly examples = computed<ExamplesShown>(() =>
    this.isAllOnly.value ? 'all' : this.choices.equation.value.examples,
  );

  readonly selection = computed<Selection | null>(() => {
    const { network, dataset } = this.run.view.value;
    const sample = this.run.sample.value;
    if (!network || !dataset || !sample || network.sizes[0] !== sample.X.rows) return null;
    const balanced = this.run.live.value.rule.balanced && dataset.task !== 'regression';
    return select({
      ...{ network, sample, balanced, shown: this.examples.value },
      ...{
        chosen: this.choices.example.value,
        trainRows: dataset.trainRows,
        classes: dataset.classes.length,
      },
    });
  });

  /** The numbers of the step's quantities. */
  readonly trace = computed<ChainTrace | null>(() =>
    this.step.value.kind === 'update' ? (this.update.value?.trace ?? null) : this.traced.value,
  );

  /** The step from the weights of now; null: there is none to show; undefined: it is not known yet. */
  readonly update: ReadonlySignal<ShownUpdate | null | undefined> = computed(() => {
    if (this.step.value.kind !== 'update' || this.examples.value === 'all') return this.updated.value;
    const [selection, parameters] = [this.selection.value, this.run.parameters.value];
    return selection && parameters && this.updateInFloat64();
  });

  /** Where the number of the pointed cell comes from; null for cells that are given. */
  readonly story = computed<CellStory | null>(() => {
    const [cell, trace] = [this.pointed.value, this.trace.value];
    return cell && trace && storyOf(trace, this.step.value, cell.quantity, cell.row, cell.col);
  });

  go(key: string): void {
    batch(() => {
      this.pointed.value = null;
      this.lit.value = null;
      this.masked.value = null;
      this.choices.equation.value = { ...this.choices.equation.value, step: key };
    });
  }

  /** The next step of the chain, or the one before; false at its ends. */
  move(by: 1 | -1): boolean {
    const steps = this.steps.value;
    const at = steps.indexOf(this.step.value) + by;
    if (at < 0 || at >= steps.length) return false;
    this.go(steps[at].key);
    return true;
  }

  show(examples: ExamplesShown): void {
    batch(() => {
      this.pointed.value = null;
      this.masked.value = null;
      this.windowOf('m').value = 0;
      this.choices.equation.value = { ...this.choices.equation.value, examples };
    });
  }

  /** The first row or column that is shown of an axis; quantities that share an axis move together. */
  windowOf(axis: string): Signal<number> {
    const known = this.origins.get(axis);
    if (known) return known;
    const origin = signal(0);
    this.origins.set(axis, origin);
    return origin;
  }

  /** What the rows and columns of a quantity run over. */
  axes(quantity: QuantityKey): readonly [rows: string, cols: string] {
    return axesOf(quantity, (this.run.view.peek().network?.sizes.length ?? 2) - 1);
  }

  /** What a person who computes along has before them: what is shown now. */
  situation(): Situation | null {
    const [selection, parameters] = [this.selection.peek(), this.run.parameters.peek()];
    if (!selection || !parameters) return null;
    const { network, sample, columns, X, Y, weights } = selection;
    const features = this.run.features.peek();
    const isScaled = features.some(({ mean, deviation }) => mean !== 0 || deviation !== 1);
    const test = this.examples.peek() === 'all' ? sample.order.filter((j) => sample.test[j]) : [];
    return {
      ...{ network, parameters, X, Y, rule: this.plainRule() },
      ...(weights && { weights }),
      epoch: this.run.measure.peek()?.epoch ?? 0,
      raw: isScaled
        ? matrix(
            X.rows,
            columns.length,
            X.data.map((x, k) => inOwnUnit(x, features[Math.floor(k / columns.length)])),
          )
        : null,
      others:
        test.length > 0 ? { X: selectColumns(sample.X, test), Y: targets(network, sample.y, test) } : null,
    };
  }

  /**
   * What the page shows of a quantity where it is not what {@link situation} comes to by the equations: the engine's step
   * is over all training rows, also those that are not in the sample, and rounds as the engine does.
   */
  shownOf(quantity: QuantityKey): Matrix | undefined {
    const update = this.step.peek().kind === 'update' ? this.update.peek() : null;
    return (update?.by === 'engine' && update.trace.get(quantity)) || undefined;
  }

  /** The rule of plain gradient descent; null where another optimizer acts. */
  plainRule(): Situation['rule'] {
    const { rule, learningRate } = this.run.live.value;
    // The equations of an update know of no weight that is held still.
    const isPlain = rule.optimizer === 'gradientDescent' && this.run.frozen.value.size === 0;
    return isPlain ? { learningRate, l1: rule.l1, l2: rule.l2 } : null;
  }

  dispose(): void {
    this.cancelLater?.();
    this.cancelAsk?.();
    this.endings.forEach((end) => end());
  }

  /** Traces at once where that is quick, and else so seldom that a training is not held up by it. */
  private follow(selection: Selection | null, parameters: Parameters | null): void {
    this.cancelLater?.();
    this.cancelLater = undefined;
    const wait =
      this.tookMs > QUICK_MS ? Math.max(0, this.endedAt + SHARE * this.tookMs - this.world.now()) : 0;
    const work = () => {
      const begun = this.world.now();
      const fits = selection && parameters?.length === selection.network.sizes.length - 1;
      this.traced.value = fits
        ? traceChain(selection.network, parameters, selection.X, selection.Y, selection.weights)
        : null;
      this.endedAt = this.world.now();
      this.tookMs = this.endedAt - begun;
    };
    if (wait === 0) work();
    else this.cancelLater = this.world.later(work, wait);
  }

  /** Asks for one step at a time, and while a training goes on only every now and then: each is a pass over all rows. */
  private async takeStep(): Promise<void> {
    if (this.isAsking) {
      this.isOutdated = true;
      return;
    }
    this.isAsking = true;
    this.isOutdated = false;
    const { network } = this.run.view.peek();
    const answer = await this.askStep();
    this.cancelAsk = this.world.later(() => {
      this.isAsking = false;
      const isWanted = this.step.peek().kind === 'update' && this.examples.peek() === 'all';
      if (this.isOutdated && isWanted) void this.takeStep();
    }, ASK_MS);
    if (!network) return;
    if (!answer) {
      this.updated.value = this.updateInFloat64();
      return;
    }
    this.updated.value = engineUpdate(network, this.run.view.peek().dataset?.trainRows ?? 0, answer);
  }

  /** By the equations over the examples that are shown. */
  private updateInFloat64(): ShownUpdate | null {
    const s = this.situation();
    const rule = this.plainRule();
    return s && rule && floatUpdate(s, rule);
  }
}
