import type { Matrix } from '../../src/core/matrix';
import type { Network } from '../../src/core/network';
import { cut } from '../../src/core/format';
import type { RunSignals } from '../store';
import { classColour, diverging, mix, rampOf, type Palette, type Ramp } from '../ui/theme';
import { largest, type GridInputs } from './models';
import type { PassResult } from './passes';
import { axesOf, type Plane } from './plane';

/** Units of a layer that are drawn at a time; the others are a window further. */
export const MOST_UNITS = 10;
/** Features that are drawn: those of the axes, and those that tell most of the target. */
export const MOST_INPUTS = 8;
const LONGEST_NAME = 40;
/** Up to this many units in a column are drawn large. */
const FEW = 6;
const [LARGE, SMALL] = [40, 28];
/** Between two units, with room for a verdict. */
const GAP = 16;
const TITLE = 22;
/** Below the title of a layer that is drawn in windows. */
const WINDOW = 22;
/** Across, for a title without its activation. */
const TITLE_WIDE = 32;
/** Between what stands side by side. */
const APART = 4;

/** Where the units of a network stand: across in percent of the width, down in pixels. */
export interface Layout {
  /** The units that are drawn of each layer, by their numbers. */
  readonly units: readonly (readonly number[])[];
  /** Width and height of a unit. */
  readonly size: number;
  readonly height: number;
  /** From the middle of the first column to that of the last: with less, they would stand over one another. */
  readonly narrowest: number;
  across(l: number): number;
  /** The top of what stands in a slot of a layer's column. */
  top(l: number, slot: number): number;
}

/**
 * @param inputs the features that are drawn
 * @param starts the first unit that is drawn of each layer
 */
export function layoutOf(
  { sizes }: Pick<Network, 'sizes'>,
  inputs: readonly number[],
  starts: readonly number[] = [],
): Layout {
  const units = sizes.map((n, l) => (l === 0 ? inputs : windowOf(n, starts[l] ?? 0)));
  const most = Math.max(...units.map(({ length }) => length));
  const size = most <= FEW ? LARGE : SMALL;
  const pitch = size + GAP;
  const top = TITLE + (sizes.some((n, l) => l > 0 && n > MOST_UNITS) ? WINDOW : 0);
  const height = top + most * pitch;
  return {
    units,
    size,
    height,
    narrowest: (sizes.length - 1) * narrowestPitch(sizes, size),
    across: (l) => (l / (sizes.length - 1)) * 100,
    top: (l, slot) => top + (height - top - units[l].length * pitch) / 2 + slot * pitch,
  };
}

/** From column to column. */
function narrowestPitch(sizes: readonly number[], size: number): number {
  const large = sizes.flatMap((n, l) => (l > 0 && n > MOST_UNITS ? [{ l, wide: windowWide(n) }] : []));
  const ofWindows = large
    .slice(1)
    .map(({ l, wide }, k) => ((wide + large[k].wide) / 2 + APART) / (l - large[k].l));
  return Math.max(size + APART, TITLE_WIDE + APART, ...ofWindows);
}

/** Two buttons, and `1–10 of 64` at its longest. */
const windowWide = (n: number): number => 48 + 6 * `${n}–${n} of ${n}`.length;

function windowOf(n: number, start: number): number[] {
  const first = Math.max(0, Math.min(start, n - 1));
  return Array.from({ length: Math.min(MOST_UNITS, n - first) }, (_, k) => first + k);
}

/** The features that are drawn, in the order of the file: `ranked` has those first that tell most of the target. */
export function drawnInputs(ranked: readonly number[], axes: readonly number[]): number[] {
  const there = axes.filter((feature, k) => ranked.includes(feature) && axes.indexOf(feature) === k);
  const others = ranked.filter((feature) => !axes.includes(feature));
  return [...there, ...others].slice(0, Math.max(MOST_INPUTS, there.length)).sort((a, b) => a - b);
}

/** Above a column: what it is, and its activation, which goes where there is no room for it. */
export function layerParts({ sizes, hidden, output }: Network, l: number): readonly [string, string] {
  const L = sizes.length - 1;
  if (l === 0) return ['X', ''];
  return [`A[${l}]`, L > 3 ? '' : l === L ? output : hidden];
}

export const layerName = (network: Network, l: number): string => layerParts(network, l).join(' ').trimEnd();

/** How near to an edge a pointer has to be, in pixels. */
const REACH = 8;

/** The edge at a point, `x` in percent of the width and `y` in pixels down: from unit k of layer l − 1 to unit i of layer l. */
export function edgeAt(
  { across, top, size, units }: Layout,
  x: number,
  y: number,
): { readonly l: number; readonly i: number; readonly k: number } | null {
  const l = units.findIndex((_, layer) => layer > 0 && x < across(layer));
  if (l < 1 || x < across(l - 1)) return null;
  const t = alongEdge((x - across(l - 1)) / (across(l) - across(l - 1)));
  const height = t * t * (3 - 2 * t);
  let nearest: { readonly l: number; readonly i: number; readonly k: number } | null = null;
  let least = REACH;
  units[l].forEach((i, to) => {
    units[l - 1].forEach((k, from) => {
      const [y1, y2] = [top(l - 1, from) + size / 2, top(l, to) + size / 2];
      const distance = Math.abs(y1 + (y2 - y1) * height - y);
      if (distance >= least) return;
      least = distance;
      nearest = { l, i, k };
    });
  });
  return nearest;
}

/** Where on its curve an edge is once it has come a share of the way across: 1.5 t (1 − t) + t³ is that share. */
export function alongEdge(share: number): number {
  let [low, high] = [0, 1];
  for (let k = 0; k < 30; k++) {
    const t = (low + high) / 2;
    if (1.5 * t * (1 - t) + t ** 3 < share) low = t;
    else high = t;
  }
  return (low + high) / 2;
}

/** `x1`, `unit 2`, `P(petal = 1)`. */
export function nodeName({ view, features }: RunSignals, layer: number, unit: number): string {
  const { network, dataset } = view.value;
  if (layer === 0) return cut(features.value[unit]?.name ?? '', LONGEST_NAME);
  if (!dataset || !network || layer < network.sizes.length - 1) return `unit ${unit + 1}`;
  const target = cut(dataset.target, LONGEST_NAME);
  if (network.output === 'linear') return target;
  const value = dataset.classes[network.output === 'softmax' ? unit : 1] ?? '';
  return `P(${target} = ${cut(value, LONGEST_NAME)})`;
}

const IS = ' = ';

/**
 * What tells a unit at an edge of the network from its neighbours, where there is little room: the class; of a column
 * that makes several features, the category; else the whole name.
 */
export function nodeLabel(run: RunSignals, layer: number, unit: number): string {
  const { network, dataset } = run.view.value;
  if (layer === 0) {
    const names = run.features.value.map(({ name }) => name);
    const at = names[unit]?.indexOf(IS) ?? -1;
    if (at > 0) {
      const [column, category] = [names[unit].slice(0, at + IS.length), names[unit].slice(at)];
      const hasSisters = names.some((name, k) => k !== unit && name.startsWith(column));
      const isAlone = names.every((name, k) => k === unit || !name.endsWith(category));
      if (hasSisters && isAlone) return cut(category.slice(IS.length), LONGEST_NAME);
    }
  } else if (network?.output === 'softmax' && layer === network.sizes.length - 1) {
    return cut(dataset?.classes[unit] ?? '', LONGEST_NAME);
  }
  return nodeName(run, layer, unit);
}

/** What a unit's map shows. */
export type UnitMap =
  /** A number, on a scale from −limit to limit. */
  | { readonly kind: 'number'; readonly values: Float64Array; readonly limit: number }
  /** The probability of a class; of the only output, which is that of class 1, else of class 0. */
  | {
      readonly kind: 'probability';
      readonly values: Float64Array;
      readonly of: number;
      readonly alone: boolean;
    };

/** The colours of a unit's map: that of the class, as in the map of the output, or the diverging ones. */
export function unitRamp(palette: Palette, map: UnitMap): Ramp {
  if (map.kind === 'number') {
    const limit = map.limit > 0 ? map.limit : 1;
    return rampOf(-limit, limit, (value) => diverging(palette, value, limit));
  }
  const { neutral } = palette;
  if (!map.alone) return rampOf(0, 1, (value) => mix(neutral, classColour(palette, map.of), value));
  return rampOf(0, 1, (value) =>
    mix(neutral, classColour(palette, value > 0.5 ? 1 : 0), Math.abs(2 * value - 1)),
  );
}

/** A unit over the plane, rows × cols of the grid. */
export function unitMap(
  { A, inputs }: PassResult<GridInputs>,
  { hidden, output }: Network,
  layer: number,
  unit: number,
): UnitMap {
  const { plane, rows, cols } = inputs;
  if (layer === 0) {
    const values = inputMap(plane, A[0], unit, rows * cols);
    return { kind: 'number', values, limit: plane.extents[unit] };
  }
  const values = rowOf(A[layer], unit);
  const isOutput = layer === A.length - 1;
  if (isOutput && output !== 'linear') {
    return { kind: 'probability', values, of: unit, alone: output === 'sigmoid' };
  }
  const isBounded = !isOutput && (hidden === 'tanh' || hidden === 'sigmoid');
  return { kind: 'number', values, limit: isBounded ? 1 : largest(A[layer].data) };
}

/** A feature over the plane. */
function inputMap(plane: Plane, places: Matrix, feature: number, count: number): Float64Array {
  const values = new Float64Array(count).fill(plane.base[feature]);
  axesOf(plane).forEach((axis, k) => {
    const along = rowOf(places, k);
    if (axis === feature) values.set(along);
    else if (typeof axis !== 'number')
      for (let at = 0; at < count; at++) values[at] += axis[feature] * along[at];
  });
  return values;
}

const rowOf = ({ cols, data }: Matrix, row: number) => data.subarray(row * cols, (row + 1) * cols);
