import { arffOf } from './arff';
import { binaryKind } from './binaryKinds';
import { asUtf8, encodingOf, type Encoding } from './encoding';
import { guessEncoding } from './encodingGuess';
import { isNamedDate } from './dateNames';
import { detect } from './detect';
import type { Dialect } from './dialect';
import { MISSING, ownOf, type ReadOptions } from './readOptions';
import { headOf, type Head } from './head';
import type { NamesAbove } from './commentedNames';
import { jsonLinesOf } from './jsonLines';
import type { ProblemMessages } from '../message';
import { Problems, type ProblemCode, type Spot } from '../problems';
import { LostWords } from './lostWords';
import { resolveColumn, type ReadColumn, type Resolving } from './resolve';
import { settleDates } from './settleDates';
import type { Plan } from './part';
import { Passes, TOO_LONG, type Chunks, type Reading } from './passes';
import type { RowReader } from './rows';
import { wrongOption } from './wrongOption';
import { LF } from './cells';
import { LONGEST_RECORD } from './limits';
import { BackslashEscapes } from './quotedCells';
import { textKind } from './textKinds';

/** A table as it was read: typed columns, the line of each row, and everything a person should know of it. */
export interface ReadTable {
  readonly encoding: Encoding;
  readonly lineEnding: 'LF' | 'CRLF' | 'CR' | 'mixed';
  readonly dialect: Dialect | null;
  readonly header: boolean;
  readonly columns: readonly ReadColumn[];
  readonly rows: number;
  /** Physical line on which each row starts, from 1. */
  readonly lines: Int32Array;
  /** Where the name of each column stands; without a header, where the table starts. */
  readonly namePlaces: readonly Spot[];
  readonly problems: Problems;
  /** Tells apart the words of each row that were taken for missing; left out where there are none. */
  readonly lost?: Int32Array | null;
}

/** Reads a table from bytes that can be gone through several times. Never throws for what the bytes hold. */
export function readTable(chunks: Chunks, options: ReadOptions = {}, reading: Reading = {}): ReadTable {
  const wrong = wrongOption(options);
  if (wrong) return refused(wrong.code, wrong.args);
  const { encoding = 'auto' } = options;
  const start = headOf(chunks()).bytes;
  const binary = binaryKind(start);
  if (binary) return refused('no-table', binary);
  const found = encoding === 'auto' ? encodingOf(start) : new TextDecoder(encoding).encoding;
  if (found === 'binary') return refused('binary-file', {});
  const first = readAs(found, chunks, options, reading);
  const { broken, isMixed } = first;
  // Who names the encoding is taken at their word.
  const guess = broken && found === 'utf-8' && encoding === 'auto' ? guessEncoding(chunks(), isMixed) : null;
  if (broken === null || guess === null) {
    if (broken) first.table.problems.add('broken-character', broken, {});
    return first.table;
  }
  const { table } = readAs(guess.encoding, chunks, options, reading);
  table.problems.add('guessed-encoding', broken, guess);
  return table;
}

/** A table of which only the head is at hand: what there is of it, as if the file ended with its last whole line. */
export function readHead(bytes: Uint8Array, whole: boolean, options: ReadOptions): ReadTable {
  const end = whole ? bytes.length : bytes.lastIndexOf(LF) + 1 || bytes.length;
  return readTable(() => [bytes.subarray(0, end)], options, { headOnly: !whole });
}

function refused<C extends ProblemCode>(code: C, args: ProblemMessages[C], line = 1): ReadTable {
  const problems = new Problems();
  problems.add(code, [line, 1, 2], args);
  return {
    ...{ encoding: 'utf-8', lineEnding: 'LF', dialect: null, header: false, columns: [], rows: 0 },
    ...{ lines: new Int32Array(), namePlaces: [], problems },
  };
}

/** Reads JSON Lines, whose rows are those of the same lines of CSV. */
function readJsonLines(encoding: Encoding, chunks: Chunks, told: ReadOptions, reading: Reading): ReadTable {
  const found = jsonLinesOf(() => asUtf8(chunks(), encoding));
  if (!('rows' in found)) return refused('no-json-row', { why: found.why, name: found.name }, found.line);
  const options: ReadOptions = {
    ...told,
    ...{ delimiter: ',', quote: '"', decimalSeparator: '.', header: 'absent', commentPrefixes: [] },
  };
  // No part of the file is read on another thread, and its size is not that of the rows.
  const { headOnly } = reading;
  const { table } = readAs(
    'utf-8',
    found.rows,
    options,
    headOnly === undefined ? {} : { headOnly },
    found.namesAbove,
  );
  // The lines are those of the file; where on them a value stands, its row does not tell.
  const { list } = table.problems;
  list.splice(0, Infinity, ...list.map((problem) => ({ ...problem, column: 1, endColumn: 2 })));
  return { ...table, encoding };
}

/**
 * Reads the file in one encoding; `broken` is where its bytes are none of it, `isMixed` whether others are. `names`: of its
 * columns, where they are known already.
 */
function readAs(
  encoding: Encoding,
  chunks: Chunks,
  told: ReadOptions,
  reading: Reading,
  names?: NamesAbove,
): { table: ReadTable; broken: Spot | null; isMixed: boolean } {
  const head = headOf(asUtf8(chunks(), encoding));
  const alone = (table: ReadTable) => ({ table, broken: null, isMixed: false });
  if (head.whole && head.bytes.every((byte) => byte <= 32)) {
    return alone(refused('empty-file', {}));
  }
  if (head.bytes.length > LONGEST_RECORD && head.lineEnds === 0) {
    return alone(refused('row-too-long', TOO_LONG));
  }
  // Whoever skips lines has looked at the file.
  const isTold = (told.skipLines ?? 0) > 0;
  const isKnown = isTold || names !== undefined;
  const arff = isKnown ? undefined : arffOf(head.bytes, told);
  const other = arff && 'kind' in arff ? arff : isKnown ? undefined : textKind(head.bytes, head.whole);
  if (other?.kind === 'JSON Lines') return alone(readJsonLines(encoding, chunks, told, reading));
  if (other) return alone(refused('no-table', other));
  const { options, namesAbove } = arff && 'options' in arff ? arff : { options: told, namesAbove: names };
  const dialect = detect(head.bytes, head.whole, options);
  let plan: Plan = {
    // A name that comes late in JSON Lines has no value in the head.
    dialect: namesAbove ? { ...dialect, namesAbove, ...(names && { surplus: 0 }) } : dialect,
    skipLines: options.skipLines ?? 0,
    leftOut: new Set(options.leaveOutLines),
    maxRows: options.maxRows ?? 0,
    missing: new Set(options.missingTokens ?? MISSING),
    texts: new Set(),
    capacity: expectedRows(head, options, reading),
  };
  const passes = new Passes(chunks, encoding, reading);
  let rows: RowReader;
  try {
    rows = passes.over(plan);
  } catch (error) {
    if (!(error instanceof BackslashEscapes)) throw error;
    const { dialect } = plan;
    plan = { ...plan, dialect: { ...dialect, syntax: { ...dialect.syntax, escape: 92 } } };
    rows = passes.over(plan);
  }
  let { columns, lost: lostWords } = resolve(rows, plan, options);
  const lost = columns.flatMap((column, c) => (column === null ? [c] : []));
  if (lost.length > 0) {
    // Numbers that a column of text turned out to hold have lost their letters: they are read anew.
    plan = { ...plan, texts: new Set(lost), capacity: rows.store.rows };
    rows = passes.over(plan);
    ({ columns, lost: lostWords } = resolve(rows, plan, options));
  }
  const { problems, header, store } = rows;
  if (store.damaged) problems.add('lost-characters', store.damaged.place, { text: store.damaged.text });
  const { lf, crlf, cr } = passes.lineEnds;
  const kinds = Number(lf > 0) + Number(crlf > 0) + Number(cr > 0);
  return {
    ...{ broken: store.broken, isMixed: store.foreign },
    table: {
      encoding,
      lineEnding: kinds > 1 ? 'mixed' : crlf > 0 ? 'CRLF' : cr > 0 ? 'CR' : 'LF',
      dialect: plan.dialect,
      header: plan.dialect.header || plan.dialect.namesAbove !== null,
      columns: columns.filter((column) => column !== null),
      rows: store.rows,
      lines: store.lines.subarray(0, store.rows),
      namePlaces: header?.places.slice(0, columns.length) ?? [],
      problems,
      lost: lostWords,
    },
  };
}

/** Rows that the file has if its other lines are as long as those of its head. */
function expectedRows({ bytes, lineEnds }: Head, { maxRows = 0 }: ReadOptions, reading: Reading): number {
  const { size = bytes.length } = reading;
  const expected = Math.ceil((1.03 * size * (lineEnds + 1)) / Math.max(1, bytes.length)) + 1;
  return maxRows > 0 ? Math.min(maxRows, expected) : expected;
}

function resolve(
  { store, header, problems }: RowReader,
  plan: Plan,
  { columnTypes = {}, placeholders = {}, mergeSpellings = false }: ReadOptions,
): { columns: (ReadColumn | null)[]; lost: Int32Array | null } {
  const { rows, lines } = store;
  const words = new LostWords(rows);
  const columns = store.columns.map((column, c) => {
    const name = header?.names[c] ?? `column ${c + 1}`;
    const { dialect, missing, texts } = plan;
    const how: Resolving = {
      ...{ name, missing, mark: dialect.decimalMark, asWritten: texts.has(c) },
      isBesideDates: [c - 1, c + 1].some((beside) => isNamedDate(header?.names[beside] ?? '')),
      wanted: ownOf(columnTypes, name),
      placeholders: ownOf(placeholders, name) ?? [],
      ...{ mergeSpellings, lines, problems, lose: words.in(c) },
    };
    const read = resolveColumn(column, rows, how);
    return read && settleDates(read, { ...how, places: column.places });
  });
  return { columns, lost: words.hashes };
}
