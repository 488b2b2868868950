import type { Dialect } from './dialect';
import type { Problems, Spot } from '../problems';
import { cellText, PLAIN, type Syntax } from './cells';
import { BackslashEscapes } from './quotedCells';
import { Tokens } from './tokens';

/** What the columns are called. */
export interface Header {
  /** Names, one a column, no two the same. */
  readonly names: string[];
  /** Where each name stands; without a header, where the table starts. */
  readonly places: Spot[];
  /** The cells of the header as they are written; empty without one. */
  readonly texts: readonly string[];
  /** Where the header is, when it has a name fewer than the rows have cells, and whether all names are quoted. */
  readonly short: { readonly spot: Spot; readonly areQuoted: boolean } | null;
}

/** Names the columns from the present record, which is the header if the dialect has one. */
export function readHeader(tokens: Tokens, dialect: Dialect, problems: Problems): Header {
  const { width, surplus, syntax, headerSyntax, namesAbove, commentPrefixes } = dialect;
  const own = headerSyntax === syntax;
  let texts: string[] = [];
  let short: Header['short'] = null;
  if (namesAbove) {
    const { line, endColumn, names, how } = namesAbove;
    texts = [...names];
    problems.add('names-above', [line, 1, endColumn], { how });
    if (names.length !== width && names.length !== width - surplus)
      problems.add('header-mismatch', [line, 1, endColumn], { names: names.length, cells: width });
  } else if (dialect.header) {
    texts = own ? textsOf(tokens, syntax) : resplit(tokens, headerSyntax);
    const spot: Spot = [tokens.line, 1, tokens.place(tokens.starts[0], tokens.ends[tokens.count - 1])[2]];
    if (!own) problems.add('mended-row', spot, { how: 'header has other delimiter' });
    const bare =
      texts.length > 0 && tokens.kinds[0] === PLAIN ? withoutMark(texts, commentPrefixes) : texts[0];
    if (bare !== texts[0]) {
      texts = [bare, ...texts.slice(1)];
      problems.add('names-above', spot, { how: 'comment' });
    }
    if (surplus > 0 && texts.length === width - surplus) {
      // The rows end with delimiters, the header does not.
      if (!dialect.namesFit) problems.add('short-header', spot, { names: texts.length, cells: width });
      texts = [...texts, ...new Array<string>(surplus).fill('')];
    } else if (texts.length === width - 1) {
      short = { spot, areQuoted: own && texts.every((_, c) => tokens.kinds[c] !== PLAIN) };
      texts = ['', ...texts];
    } else if (texts.length > width && texts.slice(width).every((text) => text === '')) {
      texts = texts.slice(0, width);
    } else if (texts.length !== width) {
      problems.add('header-mismatch', spot, { names: texts.length, cells: width });
      texts = Array.from({ length: width }, (_, c) => texts[c] ?? '');
    }
  }
  const names: string[] = [];
  const places: Spot[] = [];
  const seen = new Map<string, number>();
  for (let c = 0; c < width; c++) {
    // A writer of marks that was run twice leaves a second one.
    const text = (texts[c] ?? '').replace(/^\uFEFF+/, '');
    const place: Spot = namesAbove
      ? [namesAbove.line, 1, namesAbove.endColumn]
      : dialect.header && own && c < tokens.count
        ? tokens.cellPlace(c)
        : [tokens.line, 1, 2];
    let name = text === '' ? `column ${c + 1}` : text;
    let times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    if (times > 1) {
      while (seen.has(`${name} (${times})`)) times++;
      seen.set(name, times);
      if (text !== '') {
        problems.add('duplicate-header', place, { name, column: `${name} (${times})` });
      }
      name = `${name} (${times})`;
      seen.set(name, 1);
    }
    names.push(name);
    places.push(place);
  }
  return { names, places, texts, short };
}

/** The cells of the present record. */
export function textsOf(tokens: Tokens, syntax: Syntax): string[] {
  return Array.from({ length: tokens.count }, (_, c) =>
    cellText(tokens.bytes, tokens.starts[c], tokens.ends[c], tokens.kinds[c], syntax),
  );
}

/** The cells of a line of text; none when it does not fit. */
export function cellsOf(line: string, syntax: Syntax): string[] {
  const tokens = new Tokens(syntax);
  tokens.over(new TextEncoder().encode(line), true);
  return firstCells(tokens, syntax);
}

/** The cells of the present record under another syntax; none when it does not fit. */
export function resplit(tokens: Tokens, syntax: Syntax): string[] {
  const other = new Tokens(syntax);
  other.over(tokens.bytes.subarray(tokens.recordStart, tokens.ends[tokens.count - 1]), true);
  return firstCells(other, syntax);
}

function firstCells(tokens: Tokens, syntax: Syntax): string[] {
  try {
    return tokens.next() ? textsOf(tokens, syntax) : [];
  } catch (error) {
    if (error instanceof BackslashEscapes) return [];
    throw error;
  }
}

/** A first name without the mark of a comment before it, if that is what the mark is. */
function withoutMark(names: readonly string[], prefixes: readonly string[]): string {
  const [first, ...others] = names;
  const prefix = prefixes.find((each) => each !== '' && first.startsWith(each));
  if (prefix === undefined || others.some((name) => name.startsWith(prefix))) return first;
  const bare = first.slice(prefix.length).trim();
  // “# of rooms” counts them.
  return bare === '' || /^(?:of|per)\b/i.test(bare) ? first : bare;
}
