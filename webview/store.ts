import { batch, computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { decodeLayerPoints, decodePoints } from '../src/core/curveNumbers';
import type { CurvePoint } from '../src/core/history';
import type { LayerPoint } from '../src/core/layerCurve';
import { measuresOf } from '../src/core/measures';
import { matrix, type Matrix } from '../src/core/matrix';
import { parameterCount, type Network, type Parameters } from '../src/core/network';
import type { Measure } from '../src/core/trainer';
import type { Feature } from '../src/data/transform';
import type { NumbersKey } from '../src/protocol/lens';
import type { LiveView, RunView } from '../src/protocol/lensViews';
import type { HandlesView } from '../src/protocol/handlesView';
import type { Frames } from './bridge';
import { Parts } from './parts';

/** The examples the pictures are drawn from. */
export interface SampleView {
  /** (nx, count), scaled. */
  readonly X: Matrix;
  /** Class number, or standardised target. */
  readonly y: Float64Array;
  readonly test: Float64Array;
  readonly lines: Float64Array;
  /** Example indices sorted by class, or by target. */
  readonly order: readonly number[];
}

/** A run after one of its epochs. */
export interface Moment {
  readonly measure: Measure;
  readonly parameters: Parameters;
  /** The rate of the next epoch. */
  readonly learningRate: number;
  /** What regularization adds to the cost; null when that is no finite number. */
  readonly penalty: number | null;
  /** Whether it is the epoch that was asked for; else one that is near it. */
  readonly exact: boolean;
  /** The parameters that were not learned. */
  readonly frozen: ReadonlySet<number>;
}

/**
 * What the webview knows of one run. Each part keeps its identity until another one comes. `measure`, `parameters`,
 * `learningRate` and `penalty` are those of the epoch that is shown: of now, where no other was chosen.
 */
export interface RunSignals {
  readonly id: string;
  readonly view: ReadonlySignal<RunView>;
  readonly live: ReadonlySignal<LiveView>;
  readonly measure: ReadonlySignal<Measure | null>;
  readonly learningRate: ReadonlySignal<number>;
  readonly penalty: ReadonlySignal<number | null>;
  readonly features: ReadonlySignal<readonly Feature[]>;
  readonly sample: ReadonlySignal<SampleView | null>;
  readonly points: ReadonlySignal<readonly CurvePoint[]>;
  /** How large gradients and changes of the layers were. */
  readonly layers: ReadonlySignal<readonly LayerPoint[]>;
  /** The curve of the run that this one replaced; empty without one. */
  readonly ghost: ReadonlySignal<readonly Measure[]>;
  readonly parameters: ReadonlySignal<Parameters | null>;
  readonly handles: ReadonlySignal<HandlesView | null>;
  /** The parameters that are not learned, by their index in `flatten`. */
  readonly frozen: ReadonlySignal<ReadonlySet<number>>;
  /** The measure of now, whatever is shown. */
  readonly measureNow: ReadonlySignal<Measure | null>;
  /** The earlier epoch that is shown instead of now; null: none is. */
  readonly moment: Signal<Moment | null>;
}

/** Takes up what the host sends. It is shown together, when a frame is whole. */
export class Store {
  private readonly current = signal<RunSignals | null>(null);
  private readonly hasAnswered = signal(false);
  private shown: { readonly id: string; readonly state: Signals } | undefined;
  private arriving = new Arriving();
  private isWhole = false;

  /** The run that is shown. */
  get run(): ReadonlySignal<RunSignals | null> {
    return this.current;
  }

  /** Whether the host has said what is to be shown, even if that is nothing. */
  get connected(): ReadonlySignal<boolean> {
    return this.hasAnswered;
  }

  /** Takes one message; true when it was the end of a frame, which is for {@link show}. */
  take(message: Frames): boolean {
    this.show();
    if (message.type === 'run') {
      if (message.run) this.arriving.begin(message.run);
      else this.showNothing();
      return false;
    }
    if (message.run !== this.arriving.id) return false;
    if (message.type === 'frame') {
      this.isWhole = true;
      return true;
    }
    if (message.version !== this.arriving.version) return false;
    this.arriving.take(message);
    return false;
  }

  /** Shows the frame that is whole, if one is; at the latest before anything else is taken. */
  show(): void {
    if (!this.isWhole) return;
    this.isWhole = false;
    const { arriving } = this;
    const { view, live } = arriving;
    if (!view || !live) return;
    batch(() => {
      if (this.shown?.id !== view.id) this.shown = { id: view.id, state: newSignals(view, live) };
      arriving.putInto(this.shown.state);
      this.current.value = this.shown.state;
      this.hasAnswered.value = true;
    });
  }

  private showNothing(): void {
    this.arriving = new Arriving();
    this.shown = undefined;
    batch(() => {
      this.current.value = null;
      this.hasAnswered.value = true;
    });
  }
}

/** What the host says; the rest of a state follows from it and from the moment that is shown. */
type Arrived = Pick<
  RunSignals,
  'view' | 'live' | 'measureNow' | 'features' | 'sample' | 'points' | 'layers' | 'ghost' | 'handles'
> & {
  readonly parametersNow: ReadonlySignal<Parameters | null>;
  readonly frozenNow: ReadonlySignal<ReadonlySet<number>>;
};
type Signals = RunSignals & {
  readonly [K in keyof Arrived]: Arrived[K] extends ReadonlySignal<infer T> ? Signal<T> : never;
};

const NOTHING_FROZEN: ReadonlySet<number> = new Set();

function newSignals(view: RunView, first: LiveView): Signals {
  const live = signal(first);
  const moment = signal<Moment | null>(null);
  const measureNow = signal<Measure | null>(null);
  const parametersNow = signal<Parameters | null>(null);
  const frozenNow = signal<ReadonlySet<number>>(NOTHING_FROZEN);
  return {
    ...{ id: view.id, view: signal(view), live, moment, measureNow, parametersNow, frozenNow },
    frozen: computed(() => moment.value?.frozen ?? frozenNow.value),
    ...{ features: signal([]), sample: signal(null), points: signal([]), ghost: signal([]) },
    layers: signal([]),
    handles: signal(null),
    measure: computed(() => moment.value?.measure ?? measureNow.value),
    parameters: computed(() => moment.value?.parameters ?? parametersNow.value),
    learningRate: computed(() => (moment.value ?? live.value).learningRate),
    penalty: computed(() => (moment.value ?? live.value).penalty),
  };
}

/** What has come since the last whole frame. */
class Arriving {
  view: RunView | undefined;
  live: LiveView | undefined;
  private handles: HandlesView | undefined;
  private names: string[] = [];
  private readonly arrays = new Parts();

  get id(): string | undefined {
    return this.view?.id;
  }

  get version(): number | undefined {
    return this.view?.version;
  }

  begin(view: RunView): void {
    if (view.id !== this.id) this.handles = undefined;
    this.view = view;
    this.names = [];
    this.arrays.clear();
  }

  take(message: Extract<Frames, { type: 'live' | 'handles' | 'features' | 'numbers' }>): void {
    switch (message.type) {
      case 'live':
        this.live = message.live;
        return;
      case 'handles':
        this.handles = message.handles;
        return;
      case 'features':
        this.names.splice(message.offset, message.names.length, ...message.names);
        return;
      case 'numbers':
        this.arrays.add({ ...message, name: message.key });
        return;
      default:
        message satisfies never;
    }
  }

  putInto(state: Signals): void {
    if (this.handles) state.handles.value = this.handles;
    if (this.view) state.view.value = this.view;
    if (this.live) {
      state.live.value = this.live;
      state.measureNow.value = this.live.measure && (measuresOf(this.live.measure)[0] ?? null);
    }
    const [scales, X, y, test, lines] = (['scales', 'X', 'y', 'test', 'lines'] as const).map((key) =>
      this.taken(key),
    );
    if (scales) state.features.value = featuresOf(this.names, scales);
    if (X && y && test && lines) state.sample.value = sampleOf(X, y, test, lines);
    const [history, points, ghost] = (['history', 'points', 'ghost'] as const).map((key) => this.taken(key));
    if (history) state.points.value = decodePoints(history);
    if (points) state.points.value = [...state.points.value, ...decodePoints(points)];
    const [all, more] = [this.taken('layerHistory'), this.taken('layerPoints')];
    if (all) state.layers.value = decodeLayerPoints(all);
    if (more) state.layers.value = [...state.layers.value, ...decodeLayerPoints(more)];
    if (ghost) state.ghost.value = measuresOf(ghost);
    const frozen = this.taken('frozen');
    if (frozen) state.frozenNow.value = new Set(frozen);
    const parameters = this.taken('parameters');
    const network = this.view?.network;
    if (parameters && network && parameters.length === parameterCount(network)) {
      state.parametersNow.value = parametersOver(network, parameters);
    }
  }

  /** An array that has arrived whole since it was last asked for. */
  private taken(key: NumbersKey): Float64Array | undefined {
    return this.arrays.takeOne(key);
  }
}

const featuresOf = (names: readonly string[], scales: Float64Array): Feature[] =>
  names.map((name, i) => ({ name, mean: scales[2 * i], deviation: scales[2 * i + 1] }));

function sampleOf(X: Float64Array, y: Float64Array, test: Float64Array, lines: Float64Array): SampleView {
  const order = Array.from(y.keys()).sort((a, b) => y[a] - y[b] || a - b);
  return { X: matrix(y.length > 0 ? X.length / y.length : 0, y.length, X), y, test, lines, order };
}

/** The layers as views of one array, as `flatten` lays them out: large networks are not copied again. */
export function parametersOver(network: Network, flat: Float64Array): Parameters {
  let at = 0;
  const next = (length: number) => flat.subarray(at, (at += length));
  return network.sizes.slice(1).map((n, l) => ({
    W: matrix(n, network.sizes[l], next(n * network.sizes[l])),
    b: next(n),
  }));
}
