import { batch, computed, signal } from '@preact/signals';
import * as v from 'valibot';
import { forward, propagation, type Propagation } from '../src/core/equations';
import { matrix, type Matrix } from '../src/core/matrix';
import { unflatten, type Parameters } from '../src/core/network';
import type { Measure } from '../src/core/trainer';
import type { Feature } from '../src/data/dataset';
import type { Action, FromWebview, NumbersKey, RunView, ToWebview } from '../src/protocol/lens';

interface Host {
  postMessage(message: FromWebview): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): Host;
const host = acquireVsCodeApi();

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

export const run = signal<RunView | null>(null);
export const features = signal<readonly Feature[]>([]);
export const sample = signal<SampleView | null>(null);
export const points = signal<readonly Measure[]>([]);
export const parameters = signal<Parameters | null>(null);
/** Whether the host has answered at all. */
export const connected = signal(false);

const stateSchema = v.object({
  uri: v.optional(v.string()),
  axes: v.tuple([v.number(), v.number()]),
  logScale: v.boolean(),
  neuron: v.nullable(v.object({ layer: v.number(), unit: v.number() })),
  example: v.number(),
});
const restored = v.safeParse(stateSchema, host.getState());
const initial = restored.success
  ? restored.output
  : { uri: undefined, axes: [0, 1] as [number, number], logScale: false, neuron: null, example: 0 };
/** The file that the axes were chosen for. */
let axesFor = initial.uri;

/** What the person has chosen to look at; kept with the webview. */
export const axes = signal<readonly [number, number]>(initial.axes);
export const logScale = signal(initial.logScale);
export const neuron = signal<{ readonly layer: number; readonly unit: number } | null>(initial.neuron);
export const example = signal(initial.example);

/** Keeps the choices, and the file for the tab's serializer. */
export function remember(): void {
  host.setState({
    uri: run.value?.uri,
    axes: axes.value,
    logScale: logScale.value,
    neuron: neuron.value,
    example: example.value,
  });
}

export const send = (action: Action): void => host.postMessage({ type: 'action', action });
export const showLine = (line: number): void => host.postMessage({ type: 'showLine', line });

/** The pass of all sample examples through the network as it is now. */
export const samplePass = computed<Propagation | null>(() => {
  const current = sample.value;
  const network = run.value?.network;
  if (!current || !network || !parameters.value || network.sizes[0] !== current.X.rows) return null;
  const pass = propagation(network, current.X);
  forward(pass, parameters.value);
  return pass;
});

const envelope = v.variant('type', [
  v.looseObject({ type: v.literal('run'), run: v.nullable(v.looseObject({ id: v.string() })) }),
  v.looseObject({ type: v.literal('features'), run: v.string(), features: v.array(v.unknown()) }),
  v.looseObject({ type: v.literal('numbers'), run: v.string(), values: v.instance(Float64Array) }),
  v.looseObject({ type: v.literal('frame'), run: v.string() }),
]);

let arriving: RunView | null = null;
let shownRun = '';
const arrays = new Map<NumbersKey, Float64Array>();
let arrivingFeatures: Feature[] = [];
const fresh = new Set<NumbersKey>();

/** Takes up the host's messages; what they bring is shown at once, when a frame is whole. */
export function connect(): void {
  window.addEventListener('message', ({ data }: MessageEvent<ToWebview>) => {
    if (!v.is(envelope, data)) return;
    receive(data);
  });
  host.postMessage({ type: 'ready' });
}

function receive(message: ToWebview): void {
  switch (message.type) {
    case 'run':
      arriving = message.run;
      if (message.run?.id !== shownRun) {
        arrays.clear();
        arrivingFeatures = [];
        shownRun = message.run?.id ?? '';
      }
      if (!message.run) show();
      return;
    case 'features':
      arrivingFeatures = [...arrivingFeatures.slice(0, message.offset), ...message.features];
      return;
    case 'numbers': {
      const { key, offset, total, values } = message;
      let array = arrays.get(key);
      if (offset === 0 || !array) arrays.set(key, (array = new Float64Array(total)));
      array.set(values, offset);
      if (offset + values.length === total) fresh.add(key);
      return;
    }
    case 'frame':
      show();
      requestAnimationFrame(() => host.postMessage({ type: 'drawn' }));
      return;
    default:
      message satisfies never;
  }
}

function show(): void {
  batch(() => {
    connected.value = true;
    const changedRun = arriving?.id !== run.value?.id;
    if (changedRun) {
      parameters.value = null;
      sample.value = null;
      points.value = [];
    }
    run.value = arriving;
    if (fresh.has('X')) takeUpSample();
    if (fresh.has('history')) points.value = measures(arrays.get('history'));
    if (fresh.has('points')) points.value = [...points.value, ...measures(arrays.get('points'))];
    const flat = arrays.get('parameters');
    if (fresh.has('parameters') && flat && arriving?.network) {
      parameters.value = unflatten(arriving.network, flat);
    }
    fresh.clear();
    clampChoices();
  });
  if (arriving) remember();
}

/** The points of the curve from five numbers each; NaN stands for no test set. */
function measures(values: Float64Array = new Float64Array()): Measure[] {
  return Array.from({ length: values.length / 5 }, (_, k) => {
    const [epoch, trainCost, testCost, trainScore, testScore] = values.subarray(5 * k, 5 * k + 5);
    return {
      epoch,
      trainCost,
      testCost: Number.isNaN(testCost) ? null : testCost,
      trainScore,
      testScore: Number.isNaN(testScore) ? null : testScore,
    };
  });
}

function takeUpSample(): void {
  const [X, y, test, lines] = (['X', 'y', 'test', 'lines'] as const).map(
    (key) => arrays.get(key) ?? new Float64Array(),
  );
  features.value = arrivingFeatures;
  const order = Array.from(y.keys()).sort((a, b) => y[a] - y[b] || a - b);
  const all = matrix(X.length / y.length, y.length, X);
  sample.value = { X: all, y, test, lines, order };
  if (arriving && arriving.uri !== axesFor) {
    axesFor = arriving.uri;
    axes.value = firstAxes(all);
  }
}

/** The first two features that take more than two values: a flag or a category makes a poor axis. */
function firstAxes({ rows, cols, data }: Matrix): [number, number] {
  const rich = Array.from({ length: rows }, (_, i) => i).filter(
    (i) => new Set(data.subarray(i * cols, (i + 1) * cols)).size > 2,
  );
  const [first = 0, second = first === 0 ? 1 : 0] = rich;
  return [first, Math.min(second, rows - 1)];
}

/** Choices made on another network may not exist on this one. */
function clampChoices(): void {
  const sizes = run.value?.network?.sizes;
  if (!sizes || !sample.value) return;
  const [i, j] = axes.value;
  const last = sizes[0] - 1;
  if (i > last || j > last || (i === j && last > 0)) axes.value = [0, Math.min(1, last)];
  const chosen = neuron.value;
  if (chosen && (chosen.layer >= sizes.length || chosen.unit >= sizes[chosen.layer])) neuron.value = null;
  example.value = Math.min(example.value, sample.value.y.length - 1);
}
