import type { HeadCell, HeadRecord } from './headRecords';

/** What names say of the cells below them. */
const NAMES: readonly (readonly [holds: 'numbers' | 'dates' | 'texts' | 'few', name: RegExp])[] = [
  [
    'few',
    /^(?:labels?|targets?|class|outcome|response|diagnosis|species|category|type|kind|group|status|state|result|sex|gender|klasse|classe|clase)$/,
  ],
  ['dates', /^(?:date|time|datetime|timestamp|datum|zeit|fecha|data)$/],
  [
    'texts',
    /^(?:name|city|town|country|region|comments?|remarks?|notes?|description|title|text|address|email)$/,
  ],
  [
    'numbers',
    /^(?:price|amount|cost|count|quantity|qty|total|sum|age|year|height|weight|mass|length|width|depth|area|volume|size|score|rating|value|rate|temperature|pressure|speed|distance|income|salary|sales|revenue|profit|x|y|z)$/,
  ],
];
/** Different cells in a column of few. */
const MOST_OF_FEW = 20;
const DATE = /^\d{1,4}[-/.:]\d{1,2}(?:[-/.:]\d{1,4})?/;
/** Fewer rows say nothing. */
const FEWEST_ROWS = 3;

/**
 * Whether names are surely those of the first columns, where each row has one empty cell more: the last name says what
 * the last column holds; or all names are quoted, so that none is two, and the first cells do not name the rows.
 * @param body the full records below the header, the last cell of each of them empty
 */
export function namesFit(
  { cells: names }: HeadRecord,
  body: readonly HeadRecord[],
  isNumber: (cell: HeadCell) => boolean,
): boolean {
  const cellsOf = (c: number) => body.map(({ cells }) => cells[c]).filter(({ text }) => text !== '');
  const last = cellsOf(names.length - 1);
  const firsts = cellsOf(0).map(({ text }) => text);
  if (last.length < FEWEST_ROWS) return false;
  if (names.every(({ quoted }) => quoted) && new Set(firsts).size < firsts.length) return true;
  const words = names[names.length - 1].text.toLowerCase().split(/[^\p{L}]+/u);
  const kind = NAMES.find(([, name]) => words.some((word) => name.test(word)))?.[0];
  const different = new Set(last.map(({ text }) => text)).size;
  switch (kind) {
    case 'few':
      return different > 1 && different <= Math.min(MOST_OF_FEW, last.length / 2);
    case 'dates':
      return last.every(({ text }) => DATE.test(text));
    case 'texts':
      return !last.some(isNumber);
    case 'numbers':
      return last.every(isNumber);
    case undefined:
      return false;
    default:
      return kind satisfies never;
  }
}
