import { arffOf } from '../data/csv/arff';
import type { Dialect } from '../data/csv/dialect';
import { asUtf8, type Encoding } from '../data/csv/encoding';
import { HEAD } from '../data/csv/head';
import { readHead } from '../data/csv/read';
import { readOptionsOf, type ReadOptions } from '../data/csv/readOptions';
import { textKind } from '../data/csv/textKinds';
import { byteOf, LF, type Syntax } from '../data/csv/cells';
import { UserError } from '../data/userError';
import type { Model } from '../runs/model';
import { OtherForm, type Form } from './sentences';

/** What a person may say of a file whose rows are predicted; all of it is found otherwise. */
export type Told = Pick<ReadOptions, 'encoding' | 'delimiter' | 'quote' | 'header' | 'skipLines'>;

/** How a file is written, found from its head. */
export interface FileHead {
  readonly encoding: Encoding;
  readonly dialect: Dialect;
  readonly skipLines: number;
  /** What new cells are written in: the file's own, but where it has one column, and so nothing between two. */
  readonly syntax: Syntax;
  /** Names of the columns, as a table of the file has them. */
  readonly names: readonly string[];
}

/** Lines that a head has at least, where they are not too long. */
const FEWEST_LINES = 4;
const LONGEST_HEAD = 16 * 0x10_0000;

/** Whether these bytes from the start of a file are enough to find out how it is written. */
export function isHead(bytes: Uint8Array): boolean {
  if (bytes.length >= LONGEST_HEAD) return true;
  if (bytes.length < HEAD) return false;
  let lines = 0;
  for (let at = bytes.indexOf(LF); at >= 0 && lines < FEWEST_LINES; at = bytes.indexOf(LF, at + 1)) lines++;
  return lines >= FEWEST_LINES;
}

/**
 * How a file is written. Its encoding, delimiter, quotes and header are its own; what begins a comment is as in the table that
 * was trained on. Throws UserError for what is no table,
 * CannotPredict for one that no cells can be added to.
 */
export function fileHeadOf(bytes: Uint8Array, whole: boolean, { settings }: Model, told: Told): FileHead {
  const options: ReadOptions = {
    ...readOptionsOf(settings),
    ...{ encoding: 'auto', delimiter: 'auto', header: 'auto', decimalSeparator: 'auto' },
    ...{ leaveOutLines: [], maxRows: 0, columnTypes: {}, placeholders: {}, mergeSpellings: false },
    ...told,
  };
  if (told.quote === undefined) delete (options as { quote?: string }).quote;
  const table = readHead(bytes, whole, options);
  const { dialect, encoding, columns, problems } = table;
  if (!dialect) {
    const [problem] = problems.list;
    const { line, column, endColumn } = problem;
    throw new UserError(problem, { line, column, endColumn });
  }
  const form = otherForm(bytes, whole, encoding, dialect, options);
  if (form) throw new OtherForm(form);
  const names = columns.map(({ name }) => name);
  return {
    encoding,
    dialect,
    skipLines: options.skipLines ?? 0,
    names,
    syntax: syntaxOfNew(dialect, bytes, told),
  };
}

function syntaxOfNew({ syntax, width }: Dialect, bytes: Uint8Array, { delimiter }: Told): Syntax {
  if (width > 1 || delimiter !== undefined) return syntax;
  const free = [',', ';', '\t'].find((each) => !bytes.includes(byteOf(each))) ?? ',';
  return { ...syntax, delimiter: byteOf(free), blanks: false, tabs: false };
}

/** Why no cells can be added behind the records of a file; null where they can. */
function otherForm(
  bytes: Uint8Array,
  whole: boolean,
  encoding: Encoding,
  { respelling }: Dialect,
  options: ReadOptions,
): Form | null {
  const utf8 = Buffer.concat([...asUtf8([bytes], encoding)]);
  if (textKind(utf8, whole)?.kind === 'JSON Lines') return 'JSON Lines';
  if (arffOf(utf8, options)) return 'ARFF';
  if (respelling) return respelling.how;
  return null;
}
