import { KNOWN_VERSIONS, TRANSFORM_VERSION } from './versions';
import type { Scale } from '../core/scale';
import { dateFormatNames } from './csv/dates';
import { digitClocks } from './csv/digitTimes';
import type { Reshape } from './reshape';
import {
  arrayOf,
  fieldsOf,
  kindOf,
  mustDiffer,
  numberFrom,
  numberToJson,
  oneOf,
  shown,
  text,
  textsOf,
  type Fields,
} from './jsonFields';
import { readingFrom, readingToJson } from './readingFile';
import type { Quantity } from './table/cellValues';
import { FITTED, type ColumnTransform, type Fitted, type TargetTransform, type Transform } from './transform';

/** A transform as plain data for JSON, in the order in which a person would read it. */
export function transformToJson({ version, fitted, columns, target, reading }: Transform): unknown {
  const written = (numbers: Readonly<Record<string, number>>) =>
    Object.fromEntries(Object.entries(numbers).map(([key, value]) => [key, numberToJson(value)]));
  return {
    version,
    fitted,
    columns: columns.map((column) => {
      if (column.kind === 'category' || column.kind === 'list') return column;
      if (column.kind === 'time')
        return { ...column, sine: written({ ...column.sine }), cosine: written({ ...column.cosine }) };
      const { mean, deviation, standIn, reshape, ...rest } = column;
      return { ...rest, ...(reshape && { reshape }), ...written({ mean, deviation, standIn }) };
    }),
    target:
      target.kind === 'classes'
        ? target
        : { ...target, ...written({ mean: target.mean, deviation: target.deviation }) },
    ...(reading && { reading: readingToJson(reading) }),
  };
}

/** The inverse of {@link transformToJson}. Throws RangeError, with the place, for what it has not written. */
export function transformFromJson(json: unknown): Transform {
  const whole = fieldsOf(json, 'transform', ['version', 'fitted', 'columns', 'target'], ['reading']);
  const version = KNOWN_VERSIONS.find((each) => each === whole['version']);
  if (version === undefined) {
    throw new RangeError(`transform.version: ${TRANSFORM_VERSION} is known, not ${shown(whole['version'])}`);
  }
  const keys = Object.keys(FITTED) as (keyof typeof FITTED)[];
  const fitted = fieldsOf(whole['fitted'], 'transform.fitted', keys);
  for (const key of keys) oneOf([FITTED[key]], fitted[key], `transform.fitted.${key}`);
  const columns = arrayOf(whole['columns'], 'transform.columns').map((column, k) =>
    columnFrom(column, `transform.columns[${k}]`),
  );
  const target = targetFrom(whole['target'], 'transform.target');
  if (columns.length === 0) throw new RangeError('transform.columns: there is none');
  mustDiffer(
    [...columns, target].map(({ name }) => name),
    'transform.columns',
  );
  const reading =
    'reading' in whole ? readingFrom(whole['reading'], columns.length, 'transform.reading') : undefined;
  return { version, fitted: FITTED, columns, target, ...(reading && { reading }) };
}

function columnFrom(json: unknown, at: string): ColumnTransform {
  const kind = kindOf(json, ['number', 'boolean', 'date', 'time', 'ticked', 'category', 'list'], at);
  if (kind === 'category') {
    const names = ['name', 'missingFeature', 'kind', 'categories', 'standIn'];
    const fields = fieldsOf(json, at, names, ['isMerged']);
    const categories = textsOf(fields['categories'], `${at}.categories`);
    const { standIn } = fields;
    return {
      ...{ name: text(fields['name'], `${at}.name`), kind, categories },
      missingFeature: oneOf([true, false], fields['missingFeature'], `${at}.missingFeature`),
      standIn: standIn === null ? null : oneOf(categories, standIn, `${at}.standIn`),
      ...('isMerged' in fields && { isMerged: oneOf([true], fields['isMerged'], `${at}.isMerged`) }),
    };
  }
  if (kind === 'time') {
    const fields = fieldsOf(json, at, ['name', 'missingFeature', 'kind', 'sine', 'cosine'], ['clock']);
    return {
      ...{ name: text(fields['name'], `${at}.name`), kind, ...clockFrom(fields, at) },
      missingFeature: oneOf([true, false], fields['missingFeature'], `${at}.missingFeature`),
      sine: fittedFrom(fields['sine'], `${at}.sine`),
      cosine: fittedFrom(fields['cosine'], `${at}.cosine`),
    };
  }
  if (kind === 'list') {
    const fields = fieldsOf(json, at, ['name', 'missingFeature', 'kind', 'separator', 'answers']);
    return {
      ...{ name: text(fields['name'], `${at}.name`), kind },
      missingFeature: oneOf([true, false], fields['missingFeature'], `${at}.missingFeature`),
      separator: text(fields['separator'], `${at}.separator`),
      answers: textsOf(fields['answers'], `${at}.answers`),
    };
  }
  const names = ['name', 'missingFeature', 'kind', 'mean', 'deviation', 'standIn', ...OWN_FIELDS[kind]];
  const fields = fieldsOf(json, at, names, kind === 'number' ? ['unit', 'reshape'] : []);
  const reshape = 'reshape' in fields ? reshapeFrom(fields['reshape'], `${at}.reshape`) : undefined;
  return {
    name: text(fields['name'], `${at}.name`),
    missingFeature: oneOf([true, false], fields['missingFeature'], `${at}.missingFeature`),
    ...quantityFrom(kind, fields, at),
    ...scaleFrom(fields, at),
    standIn: numberFrom(fields['standIn'], `${at}.standIn`),
    ...(reshape && { reshape }),
  };
}

function reshapeFrom(json: unknown, at: string): Reshape {
  const kind = kindOf(json, ['log', 'rank'], at);
  if (kind === 'log') {
    const median = numberFrom(fieldsOf(json, at, ['kind', 'median'])['median'], `${at}.median`);
    if (!(median > 0)) throw new RangeError(`${at}.median: ${shown(median)} is not above 0`);
    return { kind, median };
  }
  const fields = fieldsOf(json, at, ['kind', 'values', 'below']);
  const rising = (key: 'values' | 'below') => {
    const numbers = arrayOf(fields[key], `${at}.${key}`).map((each, k) =>
      numberFrom(each, `${at}.${key}[${k}]`),
    );
    if (numbers.some((each, k) => k > 0 && !(each > numbers[k - 1])))
      throw new RangeError(`${at}.${key}: the numbers do not rise`);
    return numbers;
  };
  const [values, below] = [rising('values'), rising('below')];
  if (values.length !== below.length) throw new RangeError(`${at}.below: it is not as long as values`);
  return { kind, values, below };
}

function targetFrom(json: unknown, at: string): TargetTransform {
  const kind = kindOf(json, ['number', 'boolean', 'date', 'time', 'ticked', 'classes'], at);
  if (kind === 'classes') {
    const fields = fieldsOf(json, at, ['name', 'kind', 'classes']);
    const classes = textsOf(fields['classes'], `${at}.classes`);
    if (classes.length < 2) throw new RangeError(`${at}.classes: there are fewer than two`);
    return { name: text(fields['name'], `${at}.name`), kind, classes };
  }
  const names = ['name', 'kind', 'mean', 'deviation', ...OWN_FIELDS[kind]];
  const fields = fieldsOf(json, at, names, kind === 'number' ? ['unit'] : kind === 'time' ? ['clock'] : []);
  return {
    name: text(fields['name'], `${at}.name`),
    ...(kind === 'time' ? { kind, ...clockFrom(fields, at) } : quantityFrom(kind, fields, at)),
    ...scaleFrom(fields, at),
  };
}

type OneNumber = Exclude<Quantity, { kind: 'time' }>;

/** What the kinds of numbers have besides what all have. */
const OWN_FIELDS: { readonly [K in Quantity['kind']]: readonly string[] } = {
  number: [],
  boolean: [],
  date: ['format'],
  time: [],
  ticked: ['mark'],
};

const clockFrom = (fields: Fields, at: string) =>
  'clock' in fields ? { clock: oneOf(digitClocks, fields['clock'], `${at}.clock`) } : {};

function quantityFrom(kind: OneNumber['kind'], fields: Fields, at: string): OneNumber {
  switch (kind) {
    case 'number':
      return { kind, ...('unit' in fields && { unit: text(fields['unit'], `${at}.unit`) }) };
    case 'boolean':
      return { kind };
    case 'date':
      return { kind, format: oneOf(dateFormatNames, fields['format'], `${at}.format`) };
    case 'ticked': {
      const { mark } = fields;
      return { kind, mark: mark === null ? null : text(mark, `${at}.mark`) };
    }
    default:
      return kind satisfies never;
  }
}

function scaleFrom(fields: Fields, at: string): Scale {
  const deviation = numberFrom(fields['deviation'], `${at}.deviation`);
  if (!(deviation > 0)) throw new RangeError(`${at}.deviation: ${shown(deviation)} is not above 0`);
  return { mean: numberFrom(fields['mean'], `${at}.mean`), deviation };
}

function fittedFrom(json: unknown, at: string): Fitted {
  const fields = fieldsOf(json, at, ['mean', 'deviation', 'standIn']);
  return { ...scaleFrom(fields, at), standIn: numberFrom(fields['standIn'], `${at}.standIn`) };
}
