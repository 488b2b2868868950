import { byteOf, type Syntax } from './cells';
import type { HeadRecord } from './headRecords';
import { areLists } from './lists';
import { LONGEST_AMOUNT } from './number';
import type { ReadOptions } from './readOptions';

/** 1,234 or 1.234: a number with thousands, or with a fraction of three digits. */
const ONE_GROUP = { ',': /^[-+]?[1-9]\d{0,2},\d{3}$/, '.': /^[-+]?[1-9]\d{0,2}\.\d{3}$/ };
/** 1,234,567 or 1,234.5 and the other way round. */
const SURE_GROUPS = {
  ',': /^[-+]?[1-9]\d{0,2}(?:(?:,\d{3}){2,}(?:\.\d+)?|,\d{3}\.\d+)$/,
  '.': /^[-+]?[1-9]\d{0,2}(?:(?:\.\d{3}){2,}(?:,\d+)?|\.\d{3},\d+)$/,
};
const FRACTION = { ',': /^[-+]?\d+,\d+(?:[eE][-+]?\d+)?$/, '.': /^[-+]?\d*\.\d+(?:[eE][-+]?\d+)?$/ };

/** How the numbers of a column are written, as far as that tells the decimal mark. */
function marksIn(cells: readonly string[]) {
  const texts = cells.filter((text) => text.length <= LONGEST_AMOUNT);
  const of = (mark: ',' | '.') => {
    // Most texts have neither mark: they are not looked at any closer.
    const marked = texts.filter((text) => text.includes(mark));
    const count = (pattern: RegExp) => marked.filter((text) => pattern.test(text)).length;
    const all = count(FRACTION[mark]);
    const groups = count(ONE_GROUP[mark]);
    return { all, groups, fractions: all - groups, sure: count(SURE_GROUPS[mark]) };
  };
  const has = (pattern: RegExp) => texts.some((text) => pattern.test(text));
  const comma = of(',');
  const point = of('.');
  // Beside thousands, what is below has no mark; beside fractions of three digits there is no whole number.
  const hundreds =
    comma.groups + point.groups > 0 && has(/^[-+]?(?:0|[1-9]\d{0,2})$/) && !has(/^[-+]?\d{4,}$/);
  return { comma, point, hundreds };
}

/** The mark that the numbers with a fraction have, and the columns in which it might as well be one of thousands. */
export function decimalMarkOf(
  rows: readonly HeadRecord[],
  width: number,
  syntax: Syntax,
  options: ReadOptions,
): { mark: '.' | ','; inDoubt: number[] } {
  if (options.decimalSeparator === '.' || options.decimalSeparator === ',')
    return { mark: options.decimalSeparator, inDoubt: [] };
  const found = Array.from({ length: width }, (_, c) => {
    const texts = rows.map(({ cells }) => cells[c].text);
    // The commas between answers say nothing of those in numbers.
    return marksIn(areLists(texts) ? [] : texts);
  });
  const sum = (value: (column: (typeof found)[number]) => number) =>
    found.reduce((total, column) => total + value(column), 0);
  const commas = sum(({ comma }) => comma.all);
  const points = sum(({ point }) => point.all);
  const commaFractions = sum(({ comma }) => comma.fractions);
  const pointFractions = sum(({ point }) => point.fractions);
  const byComma = syntax.delimiter === byteOf(',');
  const decide = () => {
    if (commaFractions === 0 && sum(({ comma }) => comma.sure) > 0) return '.';
    if (pointFractions === 0 && sum(({ point }) => point.sure) > 0) return ',';
    if (commaFractions === 0 && found.some(({ comma, hundreds }) => comma.groups > 0 && hundreds)) return '.';
    return commas > points && (commaFractions > 0 || !byComma) ? ',' : '.';
  };
  const mark = decide();
  const inDoubt = [...found.keys()].filter((c) => {
    const { comma, point, hundreds } = found[c];
    if (comma.groups > 0) return comma.fractions + comma.sure + point.all === 0;
    if (point.groups === 0 || point.fractions + point.sure > 0) return false;
    return mark === ',' || (hundreds && !byComma);
  });
  return { mark, inDoubt };
}
