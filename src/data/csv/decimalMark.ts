import { byteOf, type Syntax } from './cells';
import type { HeadRecord } from './headRecords';
import { isNamedCoordinate } from './letters';
import { areLists } from './lists';
import { LONGEST_AMOUNT } from './number';
import type { ReadOptions } from './readOptions';

/** 1,234 or 1.234: a number with thousands, or with a fraction of three digits. */
const ONE_GROUP = { ',': /^[-+]?[1-9]\d{0,2},\d{3}$/, '.': /^[-+]?[1-9]\d{0,2}\.\d{3}$/ };
/** 1,234,567 or 1,234.5 and the other way round, with a currency in front or without; lakhs, 12,34,567. */
const SURE_GROUPS = {
  ',': /^[-+(]?(?:[^\d\s.,+()-]{1,3}\s?)?[1-9](?:\d{0,2}(?:(?:,\d{3}){2,}(?:\.\d+)?|,\d{3}\.\d+)|\d?(?:,\d{2})+,\d{3}(?:\.\d+)?)\)?$/,
  '.': /^[-+(]?(?:[^\d\s.,+()-]{1,3}\s?)?[1-9]\d{0,2}(?:(?:\.\d{3}){2,}(?:,\d+)?|\.\d{3},\d+)\)?(?:\s?[^\d\s.,+()-]{1,5})?$/,
};
/** 14.900,- and € 14.900,-- are 14900: the dash stands where a fraction would. */
const DASHED =
  /^[-+]?(?:[^\d\s.,+()-]{1,4}\.?\s?)?[1-9]\d{0,2}(?:\.\d{3})+,[-–—]{1,2}(?:\s?[^\d\s.,]{1,5})?$/u;
/** 325,000: with three digits behind a decimal mark, few numbers of this size are as round. */
const ROUND = { ',': /^[-+]?\d{2,3},\d00$/, '.': /^[-+]?\d{2,3}\.\d00$/ };
/** Fewer numbers with one group say little. */
const FEWEST_GROUPS = 4;
/** What stands beside thousands, and hardly beside fractions that are all of three digits: 541, but not 0 or 100 %. */
const LIKE_HUNDREDS = /^[-+]?(?!100$)[1-9]\d\d$/;
/** Names of what is thousands, and has no three digits behind a decimal mark. */
const OF_MANY =
  /(?:^|[^a-z])(?:salary|salaries|wages?|income|revenue|turnover|population|budget|profit|earnings|gehalt|einkommen|umsatz|einwohner|salaire|revenu|chiffre|salario|sueldo|ingresos|stipendio|poblacion|población|inhabitants|habitants|abitanti|attendance|spectators|visitors|followers|subscribers|mileage|odometer|zuschauer|besucher|teilnehmer|kilometerstand|km-?stand|auflage|spectateurs|visiteurs|kilométrage|asistencia|espectadores|visitantes|kilometraje|spettatori|visitatori|toeschouwers|bezoekers|inwoners)(?:[^a-z]|$)/i;
/** In these currencies nothing has three digits behind a decimal mark, but fuel; in dollars a point is no thousand. */
const CURRENCY = 'R\\$|Rp\\.?|zł|Kč|[Kk]r\\.?|€|EUR|CHF|DKK|NOK|SEK|PLN|CZK|HUF|BRL|TRY|IDR|VND';
const priceWith = (mark: string) =>
  new RegExp(
    `^(?:(?:${CURRENCY})\\s?-?[1-9]\\d{0,2}${mark}\\d{3}|-?[1-9]\\d{0,2}${mark}\\d{3}\\s?(?:${CURRENCY}))$`,
    'u',
  );
const PRICE = { ',': priceWith(','), '.': priceWith('\\.') };
const FRACTION = { ',': /^[-+]?\d+,\d+(?:[eE][-+]?\d+)?$/, '.': /^[-+]?\d*\.\d+(?:[eE][-+]?\d+)?$/ };

/** Beside a unit, one or two digits behind a mark are a fraction: 12,5 %, 3,75 kg. */
const IN_UNIT = {
  ',': /^[-+]?\d+,\d{1,2}\s?(?:%|[\p{L}°€$£][^\d]{0,12})$/u,
  '.': /^[-+]?\d*\.\d{1,2}\s?(?:%|[\p{L}°€$£][^\d]{0,12})$/u,
};

/** How the numbers of a column are written, as far as that tells the decimal mark. */
function marksIn(cells: readonly string[]) {
  const texts = cells.filter((text) => text.length <= LONGEST_AMOUNT);
  const of = (mark: ',' | '.') => {
    // Most texts have neither mark: they are not looked at any closer.
    const marked = texts.filter((text) => text.includes(mark));
    const count = (pattern: RegExp) => marked.filter((text) => pattern.test(text)).length;
    const all = count(FRACTION[mark]);
    const groups = count(ONE_GROUP[mark]);
    return {
      all,
      groups,
      fractions: all - groups,
      sure: count(SURE_GROUPS[mark]) + (mark === '.' ? count(DASHED) : 0),
      round: count(ROUND[mark]),
      prices: count(PRICE[mark]),
      inUnit: count(IN_UNIT[mark]),
    };
  };
  const has = (pattern: RegExp) => texts.some((text) => pattern.test(text));
  const comma = of(',');
  const point = of('.');
  // Beside thousands, what is below has no mark; beside fractions of three digits there is no whole number.
  const hundreds =
    comma.groups + point.groups > 0 && has(/^[-+]?(?:0|[1-9]\d{0,2})$/) && !has(/^[-+]?\d{4,}$/);
  return { comma, point, hundreds, manyHundreds: hundreds && texts.some((text) => LIKE_HUNDREDS.test(text)) };
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
    const name = texts[0]?.slice(0, 100) ?? '';
    return {
      ...marksIn(areLists(texts) ? [] : texts),
      ...{ cells: texts.length, areMany: OF_MANY.test(name), arePlaces: isNamedCoordinate(name) },
    };
  });
  const sum = (value: (column: (typeof found)[number]) => number) =>
    found.reduce((total, column) => total + value(column), 0);
  const commas = sum(({ comma }) => comma.all);
  const points = sum(({ point }) => point.all);
  const commaFractions = sum(({ comma }) => comma.fractions);
  const pointFractions = sum(({ point }) => point.fractions);
  const byComma = syntax.delimiter === byteOf(',');
  const isMost = (count: number, cells: number) => 2 * count >= cells - 1;
  // 1.234,50 beside 12,50 tells as much.
  const hasCommas = found.some(
    ({ comma, point, cells }) => comma.fractions > 0 && isMost(comma.all + point.sure, cells),
  );
  const hasPoints = found.some(
    ({ comma, point, cells }) => point.fractions > 0 && isMost(point.all + comma.sure, cells),
  );
  const hasCommasInUnits = found.some(({ comma, cells }) => comma.inUnit > 0 && isMost(comma.inUnit, cells));
  const decide = () => {
    // Three digits behind every mark are thousands where other columns have the other mark before fractions.
    if (hasCommas && pointFractions === 0) return ',';
    if (commaFractions === 0 && sum(({ comma }) => comma.sure) > 0) return '.';
    if (pointFractions === 0 && sum(({ point }) => point.sure) > 0) return ',';
    if (commaFractions === 0 && found.some(({ comma, hundreds }) => comma.groups > 0 && hundreds)) return '.';
    // Where no number stands alone with a fraction, those with a unit tell.
    if (
      !byComma &&
      commas + pointFractions === 0 &&
      sum(({ point }) => point.inUnit) === 0 &&
      hasCommasInUnits
    )
      return ',';
    return commas > points && (commaFractions > 0 || !byComma) ? ',' : '.';
  };
  const mark = decide();
  // Between commas, numbers with a comma are quoted, and nearly always thousands: any sign of it will do.
  const areThousands =
    commaFractions === 0 &&
    (byComma || hasPoints) &&
    (pointFractions > 0 ||
      found.some(
        ({ comma, hundreds, areMany }) =>
          comma.sure > 0 ||
          (comma.groups >= FEWEST_GROUPS && (hundreds || areMany || 2 * comma.round > comma.groups)),
      ));
  const inDoubt = [...found.keys()].filter((c) => {
    const { comma, point, hundreds, manyHundreds, areMany, arePlaces } = found[c];
    // Beside decimal commas, 52,123 is another.
    if (comma.groups > 0) {
      const isTold = mark === ',' && point.sure > 0;
      return !areThousands && !hasCommas && !isTold && comma.fractions + comma.sure + point.all === 0;
    }
    if (arePlaces || point.fractions + point.sure > 0) return false;
    if (point.prices > 0 && mark === '.' && !hasPoints) return true;
    if (point.groups === 0) return false;
    return mark === ',' || (byComma ? manyHundreds : hundreds || (areMany && !hasPoints));
  });
  return { mark, inDoubt };
}
