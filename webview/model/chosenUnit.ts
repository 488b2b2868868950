import type { Choices } from '../choices';
import type { RunSignals } from '../store';
import type { Curve } from './histogram';

/** A unit that the page of the neurons is on. */
export interface ChosenUnit {
  /** From 1. */
  readonly layer: number;
  /** From 0. */
  readonly unit: number;
  /** Units of its layer. */
  readonly units: number;
  readonly isOutput: boolean;
  readonly curve: Curve;
}

/** The chosen unit; the first of the first layer until one is chosen. */
export function chosenUnit({ view }: RunSignals, { neuron }: Choices): ChosenUnit | null {
  const { network } = view.value;
  if (!network) return null;
  const L = network.sizes.length - 1;
  const layer = Math.max(1, Math.min(L, neuron.value?.layer ?? 1));
  const units = network.sizes[layer];
  const isOutput = layer === L;
  return {
    ...{ layer, units, isOutput },
    unit: Math.max(0, Math.min(units - 1, neuron.value?.unit ?? 0)),
    curve: isOutput ? network.output : network.hidden,
  };
}

/** Units that are drawn at once. */
export const UNITS_A_PAGE = 12;

/** The units, from 0, on the same page as this one. */
export function unitsOnPage({ unit, units }: Pick<ChosenUnit, 'unit' | 'units'>): readonly number[] {
  const first = Math.floor(unit / UNITS_A_PAGE) * UNITS_A_PAGE;
  return Array.from({ length: Math.min(UNITS_A_PAGE, units - first) }, (_, k) => first + k);
}
