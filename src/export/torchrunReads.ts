import type { ColumnTransform, TargetTransform } from '../data/transform';

/** Formats of dates that the script reads. */
const DATES: ReadonlySet<string> = new Set([
  ...['ISO 8601', 'year/month/day', 'day.month.year', 'day/month/year', 'month/day/year'],
  ...['day month year', 'month day year'],
]);

/** What Python calls an encoding; undefined for one that it does not have. */
export const pythonEncoding = (name: string): string | undefined =>
  ENCODINGS[name] ??
  (/^(?:windows-125\d|iso-8859-\d+|koi8-[ru]|gb18030|euc-jp)$/.test(name) ? name : undefined);
const ENCODINGS: Readonly<Record<string, string | undefined>> = {
  ...{ 'utf-8': 'utf-8', 'utf-16le': 'utf-16-le', 'utf-16be': 'utf-16-be', macintosh: 'mac_roman' },
  ...{ 'x-mac-cyrillic': 'mac_cyrillic', ibm866: 'cp866', 'windows-874': 'cp874', shift_jis: 'cp932' },
  ...{ big5: 'big5hkscs', 'euc-kr': 'cp949' },
};

/** Why the script cannot read the cells of a column as they are read here; null where it can. */
export function whyNotRead(column: ColumnTransform | TargetTransform): string | null {
  switch (column.kind) {
    case 'category':
      return column.isMerged ? 'spellings of its names were made one' : null;
    case 'date':
      return DATES.has(column.format) ? null : `its dates are written as “${column.format}”`;
    case 'time':
      return column.clock ? 'its times are written in digits alone' : null;
    case 'number':
    case 'boolean':
    case 'ticked':
    case 'list':
    case 'classes':
      return null;
    default:
      return column satisfies never;
  }
}

const NUMBER = /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/;
const GROUPED = /^[-+]?[1-9]\d{0,2}(?:(?:,\d{3})+|(?:[ \u00a0\u202f\u2009]\d{3})+)(?:\.\d+)?$/;
const TIME = /^\d\d?:\d\d(?::\d\d(?:\.\d+)?)? ?(?:[ap]\.?m\.?)?$/i;

/** Whether the script reads a cell of numbers, or of times, that is not missing: as `number_in` and TIME in torchrunReading.py. */
export function isReadable(
  column: ColumnTransform | TargetTransform,
  text: string,
  mark: '.' | ',',
): boolean {
  if (column.kind === 'time') return TIME.test(text);
  if (column.kind !== 'number') return true;
  const { unit = '' } = column;
  let bare = text.replaceAll('\u2212', '-').trim();
  if (unit !== '' && bare.endsWith(unit)) bare = bare.slice(0, -unit.length).trim();
  else if (unit !== '' && bare.replace(/^[-+]+/, '').startsWith(unit))
    bare = bare.replace(unit, '').replaceAll('- ', '-').trim();
  if (mark === ',') bare = bare.replace(/[.,]/g, (each) => (each === ',' ? '.' : ','));
  return NUMBER.test(bare) || GROUPED.test(bare);
}
