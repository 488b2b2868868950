// The clean tables, and how a clean table is written down as text with every cell's place known.

/** null is a missing cell. Dates and booleans stay text. */
export type Cell = number | string | null;

/** `header` is null when the file has none; the columns are then called "column 1", "column 2", … */
export interface CleanTable {
  readonly name: string;
  readonly header: readonly string[] | null;
  readonly columns: readonly (readonly Cell[])[];
  readonly target: string;
}

// Seeded chance

/** A number from 0 up to, but not including, 1. */
export type Random = () => number;

export function mulberry32(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A seed for one purpose, so that a new kind of damage does not change the files of the others (FNV-1a). */
export function seedOf(seed: number, ...words: readonly string[]): number {
  let hash = (2166136261 ^ seed) >>> 0;
  for (const unit of words.join('\n')) hash = Math.imul(hash ^ unit.charCodeAt(0), 16777619) >>> 0;
  return hash;
}

/** A whole number, both ends included. */
export const whole = (random: Random, from: number, to: number): number =>
  from + Math.floor(random() * (to - from + 1));

export const pick = <T>(random: Random, items: readonly T[]): T => items[whole(random, 0, items.length - 1)];

/** The sum makes 0 of -0, which no text of ours would tell from it. */
export const decimal = (random: Random, from: number, to: number, digits: number): number =>
  Number((from + random() * (to - from)).toFixed(digits)) + 0;

// The tables

export const TABLE_NAMES = [
  'measurements',
  'sensors',
  'shop',
  'visits',
  'reviews',
  'wide',
  'single',
  'cities',
] as const;
export type TableName = (typeof TABLE_NAMES)[number];

const list = <T>(length: number, make: (row: number) => T): T[] =>
  Array.from({ length }, (_, row) => make(row));

/** Missing now and then, but never in the first row: a file without a header is known by its first row. */
const gappy = (cells: readonly Cell[], random: Random, share: number): Cell[] =>
  cells.map((cell, row) => (row > 0 && random() < share ? null : cell));

function measurements(random: Random): CleanTable {
  const rows = 40;
  const length = list(rows, () => decimal(random, 4, 8, 1));
  return {
    name: 'measurements',
    header: ['length', 'width', 'weight', 'offset', 'volume'],
    columns: [
      length,
      list(rows, () => decimal(random, 2, 4.5, 1)),
      list(rows, () => decimal(random, 10, 90, 2)),
      list(rows, () => decimal(random, -5, 5, 2)),
      length.map((value) => Number((value * 2.5).toFixed(2))),
    ],
    target: 'volume',
  };
}

function sensors(random: Random): CleanTable {
  const rows = 30;
  return {
    name: 'sensors',
    header: ['second', 'north', 'south', 'humidity', 'output'],
    columns: [
      list(rows, (row) => row * 10),
      gappy(
        list(rows, () => decimal(random, -10, 35, 1)),
        random,
        0.2,
      ),
      gappy(
        list(rows, () => decimal(random, -10, 35, 2)),
        random,
        0.15,
      ),
      gappy(
        list(rows, () => whole(random, 20, 99)),
        random,
        0.1,
      ),
      list(rows, () => decimal(random, 0, 1, 2)),
    ],
    target: 'output',
  };
}

function shop(random: Random): CleanTable {
  const rows = 24;
  return {
    name: 'shop',
    header: ['order', 'colour', 'size', 'price', 'quantity', 'delivery'],
    columns: [
      list(rows, (row) => 1001 + row),
      list(rows, () => pick(random, ['red', 'green', 'blue', 'dark red'])),
      list(rows, () => pick(random, ['small', 'medium', 'large'])),
      list(rows, () => decimal(random, 1, 80, 2)),
      list(rows, () => whole(random, 1, 12)),
      list(rows, (row) => (row === 0 ? 'early' : pick(random, ['early', 'late']))),
    ],
    target: 'delivery',
  };
}

function visits(random: Random): CleanTable {
  const rows = 20;
  const two = (value: number) => String(value).padStart(2, '0');
  return {
    name: 'visits',
    header: ['day', 'member', 'minutes', 'spent', 'returned'],
    columns: [
      list(rows, () => `2024-${two(whole(random, 1, 12))}-${two(whole(random, 1, 28))}`),
      list(rows, () => pick(random, ['true', 'false'])),
      list(rows, () => whole(random, 5, 180)),
      list(rows, () => decimal(random, 0, 120, 2)),
      list(rows, () => pick(random, ['yes', 'no'])),
    ],
    target: 'returned',
  };
}

const COMMENTS = [
  'Works well, no complaints',
  'The "deluxe" one, in blue',
  'First line\nsecond line',
  'Said "never again", twice',
  'Too small;\nsent back, got a refund',
  'Good value; would buy again',
  'Plain and simple',
  'Ends with a "quote"',
  'A list:\n- light\n- cheap\n\nand quick',
];

function reviews(random: Random): CleanTable {
  const rows = 16;
  const products = list(rows, () => pick(random, ['Lamp', 'Chair, oak', 'Table 24"', 'Shelf']));
  // Each of the comments once, then by chance.
  const comments = list(rows, (row) => COMMENTS[row] ?? pick(random, COMMENTS));
  // These rows need no quotes, so that they can be damaged; and below the last two no quote mends the damage.
  for (const [row, comment] of [
    [6, 'Plain and simple'],
    [10, 'Does what it should'],
    [14, 'Plain and simple'],
    [15, 'Bought again'],
  ] as const) {
    products[row] = 'Shelf';
    comments[row] = comment;
  }
  return {
    name: 'reviews',
    header: ['review', 'product', 'comment', 'stars', 'helpful'],
    columns: [
      list(rows, (row) => row + 1),
      products,
      comments,
      list(rows, () => whole(random, 1, 5)),
      list(rows, () => decimal(random, 0, 1, 2)),
    ],
    target: 'stars',
  };
}

function wide(random: Random): CleanTable {
  const rows = 15;
  const names = list(29, (column) => `f${column + 1}`);
  return {
    name: 'wide',
    header: [...names, 'y'],
    columns: [...names, 'y'].map((_, column) =>
      list(rows, () => (column % 5 === 4 ? whole(random, 0, 500) : decimal(random, -1, 1, 4))),
    ),
    target: 'y',
  };
}

function single(random: Random): CleanTable {
  return {
    name: 'single',
    header: ['reading'],
    columns: [list(25, () => decimal(random, 15, 30, 1))],
    target: 'reading',
  };
}

/** Letters beyond ASCII, all of which Latin-1 has. */
export const LATIN_NAMES = [
  'München',
  'Köln',
  'Zürich',
  'Orléans',
  'Málaga',
  'Besançon',
  'Århus',
  'Großenhain',
];

function cities(random: Random): CleanTable {
  const rows = 18;
  return {
    name: 'cities',
    header: ['city', 'land', 'people', 'area', 'rain'],
    columns: [
      list(rows, () => pick(random, LATIN_NAMES)),
      list(rows, () => pick(random, ['north', 'south', 'west'])),
      list(rows, () => whole(random, 20000, 900000)),
      list(rows, () => decimal(random, 20, 900, 1)),
      list(rows, () => decimal(random, 300, 1500, 1)),
    ],
    target: 'rain',
  };
}

export function cleanTables(seed: number): ReadonlyMap<TableName, CleanTable> {
  const makers = { measurements, sensors, shop, visits, reviews, wide, single, cities };
  return new Map(TABLE_NAMES.map((name) => [name, makers[name](mulberry32(seedOf(seed, 'table', name)))]));
}

// A table with something changed

export const rowsOf = (table: CleanTable): number => table.columns[0].length;

export const headerOf = (table: CleanTable): readonly string[] => {
  if (table.header === null) throw new Error(`${table.name} has no header`);
  return table.header;
};

export const spoilt = (table: CleanTable, column: number, row: number, cell: Cell = null): CleanTable => ({
  ...table,
  columns: table.columns.map((cells, k) => (k === column ? cells.with(row, cell) : cells)),
});

export const withColumn = (
  table: CleanTable,
  at: number,
  name: string,
  cells: readonly Cell[],
): CleanTable => ({
  ...table,
  header: headerOf(table).toSpliced(at, 0, name),
  columns: table.columns.toSpliced(at, 0, cells),
});

export const someRows = (table: CleanTable, from: number, to: number): CleanTable => ({
  ...table,
  columns: table.columns.map((cells) => cells.slice(from, to)),
});

export const isNumeric = (cells: readonly Cell[]): boolean =>
  cells.every((cell) => cell === null || typeof cell === 'number');

export const isFractional = (cells: readonly Cell[]): boolean =>
  isNumeric(cells) && cells.some((cell) => cell !== null && !Number.isInteger(cell));

/** The places of the columns that are as asked. */
export const columnsThat = (table: CleanTable, are: (cells: readonly Cell[]) => boolean): number[] =>
  table.columns.flatMap((cells, column) => (are(cells) ? [column] : []));

// Writing

export interface Dialect {
  readonly delimiter: string;
  readonly quote: string;
  /** Which cells are quoted; those that would be misread otherwise always are. */
  readonly quoted: 'needed' | 'text' | 'numbers' | 'all';
  /** What stands for a missing cell. */
  readonly missing: string;
  /** A number's text; `fractional` says whether its column has fractions anywhere. */
  readonly number: (value: number, fractional: boolean) => string;
}

const STANDARD: Dialect = {
  delimiter: ',',
  quote: '"',
  quoted: 'needed',
  missing: '',
  number: (value) => String(value),
};

/** Every number of a column with fractions gets its comma: "12,0" for 12. */
export const decimalComma = (value: number, fractional: boolean): string =>
  fractional && Number.isInteger(value) ? `${value},0` : String(value).replace('.', ',');

export const inQuotes = (text: string, quote = '"'): string =>
  `${quote}${text.replaceAll(quote, quote + quote)}${quote}`;

function written(text: string, kind: 'text' | 'number' | 'missing', dialect: Dialect): string {
  const separator = dialect.delimiter.trim() || dialect.delimiter;
  const needed = [separator, dialect.quote, '\n', '\r'].some((mark) => text.includes(mark));
  const wanted =
    dialect.quoted === 'all' ||
    (dialect.quoted === 'text' && kind === 'text') ||
    (dialect.quoted === 'numbers' && kind === 'number');
  return needed || wanted ? inQuotes(text, dialect.quote) : text;
}

/** Every cell as it stands in the file, quotes and all; the header first where there is one. */
export function sheet(table: CleanTable, change: Partial<Dialect> = {}): string[][] {
  const dialect = { ...STANDARD, ...change };
  const fractional = table.columns.map(isFractional);
  const body = table.columns[0].map((_, row) =>
    table.columns.map((cells, column) => {
      const cell = cells[row];
      if (cell === null) return written(dialect.missing, 'missing', dialect);
      if (typeof cell === 'string') return written(cell, 'text', dialect);
      return written(dialect.number(cell, fractional[column]), 'number', dialect);
    }),
  );
  return table.header ? [table.header.map((name) => written(name, 'text', dialect)), ...body] : body;
}

/** Physical lines from 1; columns from 1 in characters. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface Written {
  readonly text: string;
  /** Where a cell of a row of the sheet starts, its quote included. */
  readonly at: (row: number, cell?: number) => Place;
}

/** A row of one cell is a line of its own wording: a comment, a title, a blank line (''). */
export function write(rows: readonly (readonly string[])[], delimiter = ',', lineEnd = '\n'): Written {
  const lines = rows.map((cells) => cells.join(delimiter) + lineEnd);
  return {
    text: lines.join(''),
    at: (row, cell = 0) => {
      const before = rows[row].slice(0, cell).map((text) => text + delimiter);
      const above = [...lines.slice(0, row), ...before].join('').split(/\r\n|\r|\n/);
      return { line: above.length, column: above[above.length - 1].length + 1 };
    },
  };
}
