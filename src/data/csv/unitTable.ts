import {
  AREA_WORDS,
  GRAM_WORDS,
  LITRE_WORDS,
  MAGNITUDE_WORDS,
  METRE_WORDS,
  MONTH_WORDS,
  SECOND_WORDS,
} from './unitWords';

/** Units with a known factor between them: how many of the smallest each is. */
export type Family = Readonly<Record<string, number>>;

/** Words for many of what is counted. A number without one is in ones. */
const MAGNITUDES: Family = {
  ...{ k: 1e3, thousand: 1e3, tsd: 1e3 },
  ...{ lakh: 1e5, lakhs: 1e5, lac: 1e5, lacs: 1e5 },
  ...{ M: 1e6, mn: 1e6, mio: 1e6, million: 1e6, millions: 1e6, mln: 1e6 },
  ...{ Cr: 1e7, crore: 1e7, crores: 1e7 },
  ...{ B: 1e9, bn: 1e9, billion: 1e9, billions: 1e9, mrd: 1e9, mld: 1e9 },
  ...{ trillion: 1e12, tn: 1e12 },
  ...MAGNITUDE_WORDS,
  ...{ 千: 1e3, 万: 1e4, 萬: 1e4, 만: 1e4, 亿: 1e8, 億: 1e8, 억: 1e8 },
};
/** What means so only beside a magnitude: alone, m is a metre and L a litre. */
const MAGNITUDES_BESIDE: Family = { m: 1e6, b: 1e9, T: 1e12, L: 1e5, G: 1e9 };

/** The families in which a unit is looked up, the likeliest first. */
const FAMILIES: readonly Family[] = [
  // grams
  {
    ...GRAM_WORDS,
    ...{
      pg: 1e-12,
      ng: 1e-9,
      µg: 1e-6,
      ug: 1e-6,
      mcg: 1e-6,
      mg: 1e-3,
      g: 1,
      gr: 1,
      gm: 1,
      gms: 1,
      gram: 1,
      grams: 1,
    },
    ...{
      kg: 1e3,
      kgs: 1e3,
      kilo: 1e3,
      kilos: 1e3,
      kilogram: 1e3,
      kilograms: 1e3,
      t: 1e6,
      to: 1e6,
      tons: 1e6,
    },
    ...{ oz: 28.349523125, lb: 453.59237, lbs: 453.59237, pound: 453.59237, pounds: 453.59237 },
  },
  // metres
  {
    ...METRE_WORDS,
    ...{ nm: 1e-9, µm: 1e-6, um: 1e-6, mm: 1e-3, cm: 1e-2, dm: 0.1, m: 1, mtr: 1, meter: 1, meters: 1 },
    ...{ metre: 1, metres: 1, km: 1e3, kms: 1e3, kilometer: 1e3, kilometers: 1e3, kilometres: 1e3 },
    ...{ in: 0.0254, inch: 0.0254, inches: 0.0254, '"': 0.0254, '″': 0.0254 },
    ...{ ft: 0.3048, feet: 0.3048, foot: 0.3048, "'": 0.3048, '′': 0.3048 },
    ...{ yd: 0.9144, yards: 0.9144, mi: 1609.344, mile: 1609.344, miles: 1609.344 },
  },
  // square metres
  {
    ...AREA_WORDS,
    ...{ mm2: 1e-6, 'mm²': 1e-6, cm2: 1e-4, 'cm²': 1e-4, m2: 1, 'm²': 1, sqm: 1, 'sq m': 1, 'sq. m': 1 },
    ...{
      ha: 1e4,
      km2: 1e6,
      'km²': 1e6,
      'sq km': 1e6,
      ac: 4046.8564224,
      acre: 4046.8564224,
      acres: 4046.8564224,
    },
    ...{ ft2: 0.09290304, 'ft²': 0.09290304, sqft: 0.09290304, 'sq ft': 0.09290304, 'sq. ft': 0.09290304 },
    ...{ 'square feet': 0.09290304, 'square meters': 1, 'square metres': 1 },
  },
  // litres
  {
    ...LITRE_WORDS,
    ...{ µl: 1e-6, ul: 1e-6, ml: 1e-3, cl: 1e-2, dl: 0.1, l: 1, L: 1, ltr: 1, liter: 1, liters: 1 },
    ...{ litre: 1, litres: 1, hl: 100, m3: 1e3, 'm³': 1e3, cm3: 1e-3, 'cm³': 1e-3, cc: 1e-3, CC: 1e-3 },
  },
  // seconds
  {
    ...SECOND_WORDS,
    ...{ ns: 1e-9, µs: 1e-6, us: 1e-6, ms: 1e-3, msec: 1e-3, s: 1, sec: 1, secs: 1, second: 1, seconds: 1 },
    ...{ min: 60, mins: 60, minute: 60, minutes: 60, h: 3600, hr: 3600, hrs: 3600, hour: 3600, hours: 3600 },
    // Minutes beside hours; alone they would be metres.
    m: 60,
    ...{ d: 86400, day: 86400, days: 86400, wk: 604800, wks: 604800, week: 604800, weeks: 604800 },
  },
  // months
  {
    ...MONTH_WORDS,
    ...{ mo: 1, mos: 1, mth: 1, mths: 1, month: 1, months: 1 },
    ...{ y: 12, yr: 12, yrs: 12, year: 12, years: 12, yo: 12, 'y/o': 12, 'years old': 12 },
  },
  // watts, joules, volts, amperes, hertz, pascals
  { mW: 1e-3, W: 1, watt: 1, watts: 1, kW: 1e3, MW: 1e6, GW: 1e9 },
  { J: 1, kJ: 1e3, MJ: 1e6, Wh: 3600, kWh: 3.6e6, MWh: 3.6e9 },
  { cal: 1, kcal: 1e3 },
  { µV: 1e-6, mV: 1e-3, V: 1, kV: 1e3 },
  { µA: 1e-6, mA: 1e-3, A: 1 },
  { Hz: 1, kHz: 1e3, MHz: 1e6, GHz: 1e9 },
  { Pa: 1, hPa: 100, mbar: 100, kPa: 1e3, bar: 1e5, MPa: 1e6 },
  // bytes, by thousands as standards have it; 1,024 has names of its own
  {
    ...{
      bytes: 1,
      B: 1,
      k: 1e3,
      K: 1e3,
      M: 1e6,
      G: 1e9,
      T: 1e12,
      kB: 1e3,
      KB: 1e3,
      kb: 1e3,
      MB: 1e6,
      Mb: 1e6,
      mb: 1e6,
    },
    ...{ GB: 1e9, Gb: 1e9, gb: 1e9, TB: 1e12, tb: 1e12 },
    ...{ KiB: 1024, MiB: 1_048_576, GiB: 1_073_741_824, TiB: 1_099_511_627_776 },
    ...{ Ki: 1024, Mi: 1_048_576, Gi: 1_073_741_824, Ti: 1_099_511_627_776 },
  },
  // metres per second
  {
    ...{ 'm/s': 1, 'km/h': 1 / 3.6, kmh: 1 / 3.6, kmph: 1 / 3.6, kph: 1 / 3.6, 'km/hr': 1 / 3.6 },
    ...{ mph: 0.44704, kn: 1852 / 3600, kt: 1852 / 3600, kts: 1852 / 3600, knots: 1852 / 3600 },
  },
  // grams per litre
  { 'ng/l': 1e-9, 'µg/l': 1e-6, 'ug/l': 1e-6, 'mg/l': 1e-3, 'g/l': 1, 'mg/L': 1e-3, 'µg/L': 1e-6, 'g/L': 1 },
  { 'ng/ml': 1e-6, 'µg/ml': 1e-3, 'mg/dl': 1e-2, 'mg/dL': 1e-2, 'g/dl': 10, 'g/dL': 10 },
  // millimoles per litre: to grams, nothing tells the factor
  { 'nmol/l': 1e-6, 'µmol/l': 1e-3, 'umol/l': 1e-3, 'mmol/l': 1, 'mol/l': 1e3 },
  { '%': 1, percent: 1, pct: 1, '‰': 0.1 },
  { '°C': 1, '° C': 1, '℃': 1, degC: 1 },
  { '°F': 1, '° F': 1, '℉': 1, degF: 1 },
  { '°': 1, deg: 1, degrees: 1 },
  // a year's worth
  { '/yr': 1, '/year': 1, 'per year': 1, '/mo': 12, '/month': 12, 'per month': 12 },
  // the reciprocals of each other, and what has an offset as well as a factor: nothing is applied
  ...[{ mpg: 1 }, { 'l/100km': 1, 'l/100 km': 1 }, { kmpl: 1, 'km/l': 1 }, { 'mmol/mol': 1 }],
  // Years before and after the beginning of our count.
  { BC: -1, BCE: -1, 'B.C': -1, 'v. Chr': -1, 'v.Chr': -1, AD: 1, CE: 1, 'A.D': 1, 'n. Chr': 1, 'n.Chr': 1 },
  // The sides of an account.
  { cr: 1, credit: 1, dr: -1, debit: -1, od: -1, overdrawn: -1 },
  // Degrees of latitude and of longitude.
  { N: 1, S: -1, '°N': 1, '°S': -1, '° N': 1, '° S': -1 },
  { E: 1, W: -1, '°E': 1, '°W': -1, '° E': 1, '° W': -1 },
];

/** The words for a hundredth of a currency, which mean something else alone: 1080p. */
const HUNDREDTHS: Readonly<Record<string, readonly string[]>> = {
  '£': ['p', 'pence'],
  GBP: ['p', 'pence'],
  $: ['¢', 'c', 'cent', 'cents'],
  USD: ['¢', 'c', 'cent', 'cents'],
  '€': ['c', 'ct', 'cts', 'cent', 'cents'],
  EUR: ['c', 'ct', 'cts', 'cent', 'cents'],
  CHF: ['rp', 'rappen'],
};
/** Whether a unit is a hundredth of some currency, or of this one. */
export const isHundredth = (unit: string, currency?: string): boolean =>
  (currency === undefined ? Object.values(HUNDREDTHS).flat() : (HUNDREDTHS[currency] ?? [])).includes(
    unit.toLowerCase(),
  );

/** What is counted, between which there is no factor. */
const COUNTED = new Set([
  ...['pc', 'pcs', 'piece', 'pieces', 'item', 'items', 'unit', 'units', 'pack', 'packs', 'box', 'boxes'],
  ...['pk', 'pks', 'pkt', 'pkts', 'ct', 'dozen', 'dozens', 'dz', 'doz', 'pair', 'pairs'],
  ...['bhk', 'rk', 'bedroom', 'bedrooms', 'room', 'rooms', 'bath', 'baths', 'door', 'doors', 'seat', 'seats'],
  ...[
    'ph',
    'f/',
    '分',
    '年',
    '階',
    '层',
    '층',
    '歳',
    '岁',
    '세',
    '人',
    '명',
    '個',
    '个',
    '개',
    '件',
    '건',
    '回',
    '회',
    '点',
    '점',
    '円',
    '元',
    '원',
  ],
  ...['person', 'persons', 'people', 'point', 'points', 'star', 'stars', 'page', 'pages', 'hp', 'ps', 'bhp'],
]);

/** The exact unit, else the same in small letters: Kg is kg, but MW is not mW. */
const inFamily = (family: Family, unit: string): number | undefined => {
  if (Object.hasOwn(family, unit)) return family[unit];
  const small = unit.toLowerCase();
  return (unit.length > 1 || small === 'k') && Object.hasOwn(family, small) ? family[small] : undefined;
};

/** Whether a unit is one that is known by its name. */
export const isKnownUnit = (unit: string): boolean =>
  COUNTED.has(unit.toLowerCase()) ||
  [MAGNITUDES, ...FAMILIES].some((family) => inFamily(family, unit) !== undefined) ||
  (unit.includes('/') && isRate(unit));

/** Masses, lengths, areas, volumes and times, of which rates are made: t/ha, L/min. */
const OF_RATES = FAMILIES.slice(0, 5);
/** The parts of a rate; an ounce may be one of gold. */
const rateOf = (unit: string): readonly [over: string, under: string] | undefined => {
  const [, over, under] = /^([^/\s]*) ?\/ ?([^/\s]+)$/.exec(unit) ?? [];
  return over === undefined || /^oz$/i.test(over) ? undefined : [over, under];
};
const isRate = (unit: string): boolean =>
  rateOf(unit)?.every(
    (part) =>
      part === '' ||
      COUNTED.has(part.toLowerCase()) ||
      OF_RATES.some((family) => inFamily(family, part) !== undefined),
  ) === true;

/** The factors of rates whose parts are the same, or of one family each. */
function factorsOfRates(units: readonly string[]): readonly number[] | undefined {
  const rates = units.flatMap((unit) => {
    const rate = rateOf(unit);
    return rate ? [rate] : [];
  });
  if (rates.length < units.length) return undefined;
  const [over, under] = ([0, 1] as const).map((side) => {
    const parts = rates.map((rate) => rate[side]);
    if (new Set(parts).size === 1) return parts.map(() => 1);
    return OF_RATES.map((family) => parts.flatMap((part) => inFamily(family, part) ?? [])).find(
      (factors) => factors.length === parts.length,
    );
  });
  return over && under && over.map((factor, k) => factor / under[k]);
}

/** What a word for many stands for, undefined for another word. */
export const magnitudeOf = (unit: string): number | undefined => inFamily(MAGNITUDES, unit);

const ANY_MAGNITUDE: Family = { '': 1, ...MAGNITUDES, ...MAGNITUDES_BESIDE };

/** The factors of units to one another. */
export interface Factors {
  readonly factors: readonly number[];
  /** Whether they are words for many: the factors are those to ones. */
  readonly areMagnitudes: boolean;
}

/** The factors of units of which all are of one family, else undefined. No unit at all is ones. */
export function factorsOf(units: readonly string[]): Factors | undefined {
  const among = (family: Family) => {
    const factors = units.flatMap((unit) => inFamily(family, unit) ?? []);
    return factors.length === units.length ? factors : undefined;
  };
  const isSure = units.some((unit) => magnitudeOf(unit) !== undefined);
  const magnitudes = isSure ? among(ANY_MAGNITUDE) : undefined;
  if (magnitudes) return { factors: magnitudes, areMagnitudes: true };
  for (const family of FAMILIES) {
    const factors = among(family);
    if (factors) return { factors, areMagnitudes: false };
  }
  const rates = factorsOfRates(units);
  return rates && { factors: rates, areMagnitudes: false };
}

/** A unit without what stands around it: (mm), [kg]. */
export const bareUnit = (text: string): string =>
  /^[([].*[)\]]$/.test(text) ? text.slice(1, -1).trim() : text;
