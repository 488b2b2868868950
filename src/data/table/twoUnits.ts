import { MAY_BE_TEMPERATURES, named } from './measureNames';
import { reportScales } from './reportScales';
import { mayBeNamedDate, mayBeNamedMoment } from '../csv/dateNames';
import type { ReadColumn } from '../csv/resolve';

/** Two units, or scales, without a word for either in one column of numbers: the rows of a number in each, and the units. */
export interface TwoUnits {
  readonly rows: readonly [small: number, large: number];
  readonly units: string;
}

/** How a number in the greater unit makes one in the smaller. */
interface Conversion {
  readonly units: string;
  /** The large number is factor · the small one + offset. */
  readonly factor: number;
  readonly offset: number;
  /** The quantities that are measured so. */
  readonly names: { test(name: string): boolean };
  /** Where they begin, where both units are told by their numbers being whole and large. */
  readonly from?: number;
}

const LENGTHS = named(
  'heights?|lengths?|widths?|depths?|size|stature|tall|distance|dist|diameter|waist|groesse|größe|länge|breite|höhe|taille|longueur|largeur|hauteur|altura|estatura|talla|altezza|lunghezza',
);
const WEIGHTS = named(
  'weights?|wt|mass|bodyweight|bw|load|dose|yield|gewicht|masse|poids|peso|vikt|waga|birthweight',
);
const SUGARS = named('glucose|glu|gluc|sugar|bg|fbg|fbs|glycemia|glycaemia|glucosa|blutzucker|glukose');
const LIPIDS = named('chol|cholesterol|ldl|hdl|tc|kolesterol|cholesterin');
const CREATININE = named('creatinine|creat|crea|scr|kreatinin');
const HAEMOGLOBIN = named('hb|hgb|ha?emoglobin|hämoglobin|hémoglobine|hemoglobina|mchc|alb|albumin');
const TRIGLYCERIDES = named('tg|trig|triglycerides?|triglyzeride|triglycérides|triglicéridos');
const BILIRUBIN = named('bili|tbili|tbil|bilirubin|bilirubine|bilirrubina');
const URIC_ACID = named('ua|urate|uric[ _]?acid|harnsäure');
const GRAVITIES = named('og|fg|sg|gravity|stammwürze');
/** So many seconds since 1970 there have been since 1985. */
const SECONDS_SINCE = 5e8;
const MOMENTS = { test: (name: string) => mayBeNamedMoment(name) || mayBeNamedDate(name) };
const sinceEpoch = (units: string, from: number): Conversion => ({
  ...{ units: `${units} since 1970`, factor: 1000, offset: 0, names: MOMENTS, from },
});
const CONVERSIONS: readonly Conversion[] = [
  { units: 'm and cm', factor: 100, offset: 0, names: LENGTHS },
  { units: 'cm and mm', factor: 10, offset: 0, names: LENGTHS },
  { units: 'm and mm, or km and m', factor: 1000, offset: 0, names: LENGTHS },
  { units: 'kg and g', factor: 1000, offset: 0, names: WEIGHTS },
  { units: 'kg and pounds', factor: 2.20462, offset: 0, names: WEIGHTS },
  { units: '°C and °F', factor: 1.8, offset: 32, names: MAY_BE_TEMPERATURES },
  { units: '°C and K', factor: 1, offset: 273.15, names: MAY_BE_TEMPERATURES },
  { units: '°C or °F and tenths of these', factor: 10, offset: 0, names: MAY_BE_TEMPERATURES },
  { units: 'mmol/L and mg/dL', factor: 18.016, offset: 0, names: SUGARS },
  { units: 'mmol/L and mg/dL', factor: 38.67, offset: 0, names: LIPIDS },
  { units: 'mg/dL and µmol/L', factor: 88.42, offset: 0, names: CREATININE },
  { units: 'g/dL and g/L', factor: 10, offset: 0, names: HAEMOGLOBIN },
  { units: 'mmol/L and mg/dL', factor: 88.57, offset: 0, names: TRIGLYCERIDES },
  { units: 'mg/dL and µmol/L', factor: 17.1, offset: 0, names: BILIRUBIN },
  { units: 'mg/dL and µmol/L', factor: 59.48, offset: 0, names: URIC_ACID },
  { units: 'that of water as 1, and as 1,000', factor: 1000, offset: 0, names: GRAVITIES },
  sinceEpoch('seconds and milliseconds', SECONDS_SINCE),
  sinceEpoch('milliseconds and microseconds', 1000 * SECONDS_SINCE),
];

const LONGEST_NAME = 200;
/** Numbers that are looked at; those of more rows are taken from all of the column. */
const MOST_LOOKED_AT = 10_000;
/** Fewer numbers, in all and of either unit, say nothing. */
const FEWEST = 7;
const FEWEST_OF_A_UNIT = 2;
/** How often the gap holds the greater spread of the two as differences; between factors, it is half as much again. */
const DWARFS = 3;
/** Of numbers in the greater of two units that are ten, a hundred or a thousand times each other, so many may have a fraction. */
const MOST_FRACTIONS = 0.1;

/**
 * Finds numbers in two units: two clusters, an empty gap that dwarfs them, and the factor between them that the name knows;
 * or in the scales of reports on signals.
 */
export const twoUnits = (read: ReadColumn): TwoUnits | null => converted(read) ?? reportScales(read);

function converted({ name, numbers, unit }: ReadColumn): TwoUnits | null {
  const words = name.slice(0, LONGEST_NAME).replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2');
  const conversions = CONVERSIONS.filter(({ names }) => names.test(words));
  if (conversions.length === 0 || (unit?.taken.length ?? 0) > 0) return null;
  const step = Math.max(1, Math.floor(numbers.length / MOST_LOOKED_AT));
  const values = numbers.filter((value, row) => row % step === 0 && !Number.isNaN(value)).sort();
  if (values.length < FEWEST) return null;
  for (const conversion of conversions) {
    const border = borderOf(values, conversion);
    if (border < 0) continue;
    const least = values[border];
    const rows = [
      numbers.findIndex((value) => value < least),
      numbers.findIndex((value) => value >= least),
    ] as const;
    return { rows, units: conversion.units };
  }
  return null;
}

/** Where, among sorted values, those in the greater unit begin; −1 where they are in one. */
function borderOf(values: Float64Array, { factor, offset, from }: Conversion): number {
  const isRatio = offset === 0;
  if (isRatio && values[0] <= (from ?? 0)) return -1;
  const apart = (lower: number, upper: number) => (isRatio ? upper / lower : upper - lower);
  const gap = (k: number) => apart(values[k - 1], values[k]);
  let border = 1;
  for (let k = 2; k < values.length; k++) if (gap(k) > gap(border)) border = k;
  const [small, large] = [values.subarray(0, border), values.subarray(border)];
  const areFew = (some: Float64Array) => some.length < FEWEST_OF_A_UNIT || some[0] === some[some.length - 1];
  if (areFew(small) || areFew(large)) return -1;
  const spread = Math.max(apart(small[0], small[small.length - 1]), apart(large[0], large[large.length - 1]));
  if (gap(border) < (isRatio ? spread * Math.sqrt(spread) : DWARFS * spread)) return -1;
  const fractions = (some: Float64Array) => some.filter((value) => value % 1 !== 0).length / some.length;
  const isPower = isRatio && factor % 10 === 0 && from === undefined;
  if (isPower && (fractions(large) > MOST_FRACTIONS || fractions(small) < 0.5)) return -1;
  const back = large.map((value) => (value - offset) / factor);
  // Converted, the ones lie where the others are.
  const middle = (some: Float64Array) => some[some.length >> 1];
  const isWithin = (value: number, some: Float64Array) => {
    const margin = (some[some.length - 1] - some[0]) / 2;
    return value >= some[0] - margin && value <= some[some.length - 1] + margin;
  };
  return isWithin(middle(back), small) && isWithin(middle(small), back) ? border : -1;
}
