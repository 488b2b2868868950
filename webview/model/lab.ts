import { batch, computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { decodePoints } from '../../src/core/curveNumbers';
import type { ExperimentKind } from '../../src/core/experiments';
import type { CurvePoint } from '../../src/core/history';
import { measuresOf } from '../../src/core/measures';
import { parameterCount, type Network } from '../../src/core/network';
import type { Measure } from '../../src/core/trainer';
import type { ExperimentView, TileView } from '../../src/protocol/lab';
import type { OfLab } from '../bridge';
import { Parts } from '../parts';
import { parametersOver, type RunSignals } from '../store';

/** One of the trainings that are compared, as far as it has come. */
export interface Tile {
  readonly view: ReadonlySignal<TileView>;
  readonly points: ReadonlySignal<readonly CurvePoint[]>;
  /** As `flatten` gives them; null before it has any. */
  readonly parameters: ReadonlySignal<Float64Array | null>;
}
type TileSignals = {
  readonly [K in keyof Tile]: Tile[K] extends ReadonlySignal<infer T> ? Signal<T> : never;
};

/** An experiment, and its tiles in their order. */
export interface Experiment extends Omit<ExperimentView, 'tiles'> {
  readonly tiles: readonly Tile[];
  /** Another number for other tiles. */
  readonly ofTiles: number;
}

/** What the webview knows of the experiments on the data of the shown run. */
export class Lab {
  private run = '';
  private ofTiles = 0;
  private readonly shown = signal<ReadonlyMap<ExperimentKind, Experiment>>(new Map());
  private readonly tiles = new Map<ExperimentKind, readonly TileSignals[]>();
  private readonly arrays = new Parts();

  get experiments(): ReadonlySignal<ReadonlyMap<ExperimentKind, Experiment>> {
    return this.shown;
  }

  take(message: OfLab): void {
    if (message.run !== this.run) {
      this.run = message.run;
      this.arrays.clear();
      this.tiles.clear();
      this.shown.value = new Map();
    }
    if (message.type === 'experiment') this.takeView(message.experiment);
    else this.takeNumbers(message);
  }

  /** Those of another run are none to look at. */
  of(run: string): ReadonlyMap<ExperimentKind, Experiment> {
    const all = this.shown.value;
    return run === this.run ? all : new Map();
  }

  private takeView({ tiles: views, ...experiment }: ExperimentView): void {
    const { kind } = experiment;
    batch(() => {
      let tiles = this.tiles.get(kind) ?? [];
      const isNew = tiles.length !== views.length;
      if (isNew) {
        tiles = views.map((view) => ({ view: signal(view), points: signal([]), parameters: signal(null) }));
        this.tiles.set(kind, tiles);
      }
      tiles.forEach((tile, k) => {
        tile.view.value = views[k];
        if (views[k].status !== 'waiting') return;
        tile.points.value = [];
        tile.parameters.value = null;
      });
      const ofTiles = isNew ? ++this.ofTiles : (this.shown.value.get(kind)?.ofTiles ?? 0);
      this.shown.value = new Map(this.shown.value).set(kind, { ...experiment, tiles, ofTiles });
    });
  }

  private takeNumbers({ kind, tile, key, ...part }: OfLab & { type: 'tile' }): void {
    const name = `${kind} ${tile} ${key}`;
    this.arrays.add({ ...part, name });
    const whole = this.arrays.takeOne(name);
    const signals = this.tiles.get(kind)?.[tile];
    if (!whole || !signals) return;
    if (key === 'points') signals.points.value = decodePoints(whole);
    else signals.parameters.value = whole;
  }
}

/**
 * An experiment that was asked for: until it has begun, what is shown is of the one before, which nobody is to take for it.
 * Where it is refused it does not begin, and the one before stays what it was.
 */
export class AskedFor {
  private readonly before = signal<Experiment | null>(null);

  /**
   * @param shown what is shown while it is on its way
   * Returns what hears whether it is done as it was asked.
   */
  ask(shown: Experiment | undefined): (isDone: boolean) => void {
    const before = shown ?? null;
    this.before.value = before;
    return (isDone) => {
      if (!isDone && this.before.peek() === before) this.before.value = null;
    };
  }

  /** Whether this is of the experiment before the one that is on its way. */
  isBefore(shown: Experiment | undefined): boolean {
    return shown !== undefined && shown === this.before.value;
  }
}

export const measureOf = ({ measure }: TileView): Measure | null =>
  measure && (measuresOf(measure)[0] ?? null);

/** A variant as a run of its own on the data of the shown one, so that the pictures of a run can show it. */
export function runOfTile(run: RunSignals, tile: Tile): RunSignals {
  const sizes = computed(() => tile.view.value.sizes.join());
  const network = computed((): Network | null => {
    const whole = run.view.value.network;
    return whole && sizes.value !== '' ? { ...whole, sizes: sizes.value.split(',').map(Number) } : null;
  });
  const measure = computed(() => measureOf(tile.view.value));
  return {
    ...run,
    view: computed(() => ({ ...run.view.value, network: network.value })),
    live: computed(() => {
      const { initialization, diverged, epochs, learningRate } = tile.view.value;
      const live = run.live.value;
      // What was looked at is the network of the run.
      const { model: _model, ...checked } = live.checked;
      return { ...live, epochs, learningRate, checked: { ...checked, initialization, diverged } };
    }),
    ...{ measure, measureNow: measure, points: tile.points },
    learningRate: computed(() => tile.view.value.learningRate),
    penalty: computed(() => 0),
    parameters: computed(() => {
      const [whole, flat] = [network.value, tile.parameters.value];
      return whole && flat?.length === parameterCount(whole) ? parametersOver(whole, flat) : null;
    }),
    ghost: signal([]),
    moment: signal(null),
  };
}

/** The range of the costs of all curves together, and whether they are told apart better by powers of ten. */
export interface CostRange {
  readonly from: number;
  readonly to: number;
  readonly isLogarithmic: boolean;
}

/** Costs below this are the same on a picture as small as that of a tile. */
const LOWEST = 1e-6;
const SPAN = 10;

/** The common scale of several curves; null where there is none. */
export function commonRange(curves: readonly (readonly Measure[])[]): CostRange | null {
  let [from, to] = [Infinity, -Infinity];
  for (const curve of curves) {
    for (const { trainCost, testCost } of curve) {
      for (const cost of [trainCost, testCost ?? NaN]) {
        if (!Number.isFinite(cost)) continue;
        from = Math.min(from, Math.max(cost, LOWEST));
        to = Math.max(to, cost, LOWEST);
      }
    }
  }
  if (from > to) return null;
  const isLogarithmic = to / from > SPAN;
  return isLogarithmic ? { from, to, isLogarithmic } : { from: 0, to, isLogarithmic };
}

/** How high a cost stands in the range, from 0 to 1. */
export function heightOf(cost: number, { from, to, isLogarithmic }: CostRange): number {
  const scale = isLogarithmic ? Math.log : (x: number) => x;
  const within = Math.min(to, Math.max(from, cost));
  return to > from ? (scale(within) - scale(from)) / (scale(to) - scale(from)) : 0;
}

/** A point of the curve over what is varied. */
export interface SweepPoint {
  readonly at: number;
  readonly label: string;
  /** Where it stands, from 0 to 1: sizes by log(1 + n), rates by log α. */
  readonly across: number;
  readonly train: number;
  readonly test: number | null;
}

/** Scores over the size or the rate, of the variants that have one. */
export function sweepOf(kind: ExperimentKind, views: readonly TileView[]): readonly SweepPoint[] {
  const scale = kind === 'hiddenSize' ? Math.log1p : Math.log;
  const ordered = views.flatMap((view) => (view.at === null ? [] : [{ ...view, at: view.at }]));
  const places = ordered.map(({ at }) => scale(at));
  const [low, high] = [Math.min(...places), Math.max(...places)];
  return ordered.flatMap((view, k) => {
    const measure = measureOf(view);
    if (!measure || view.status === 'failed' || !Number.isFinite(measure.trainScore)) return [];
    return [
      {
        ...{ at: view.at, label: view.label },
        across: high > low ? (places[k] - low) / (high - low) : 0.5,
        ...{ train: measure.trainScore, test: measure.testScore },
      },
    ];
  });
}

/** Does one piece of work a frame, in turns: what is asked for again before its turn is done once, as it was asked last. */
export class Turns {
  private readonly waiting = new Map<unknown, () => void>();
  private isScheduled = false;

  /** @param later calls back when the screen has been drawn */
  constructor(private readonly later: (work: () => void) => void) {}

  ask(key: unknown, work: () => void): void {
    this.waiting.set(key, work);
    this.schedule();
  }

  clear(): void {
    this.waiting.clear();
  }

  private schedule(): void {
    if (this.isScheduled || this.waiting.size === 0) return;
    this.isScheduled = true;
    this.later(() => {
      this.isScheduled = false;
      const [first] = this.waiting;
      if (!first) return;
      const [key, work] = first;
      this.waiting.delete(key);
      work();
      this.schedule();
    });
  }
}
