/** A number as it was written, and how much the digits that are not shown may hide. */
export interface Pasted {
  readonly value: number;
  /** Half a unit of the last digit shown. */
  readonly uncertainty: number;
  /** Significant digits shown. */
  readonly digits: number;
}

/** Numbers from the left and, after `...`, those up to the right; `null`: nothing is left out. */
export interface PastedRow {
  readonly head: readonly Pasted[];
  readonly tail: readonly Pasted[] | null;
}

export interface PastedNumbers {
  /** Brackets around it; null where it was a table without any. */
  readonly dimensions: 0 | 1 | 2 | null;
  readonly head: readonly PastedRow[];
  /** Rows after a line of `...`. */
  readonly tail: readonly PastedRow[] | null;
}

/** Why a text is not read as numbers, in a sentence. */
export interface Unreadable {
  readonly problem: string;
}

const LONGEST = 2_000_000;
/** What NumPy, Python, PyTorch and MATLAB write around numbers. */
const WORDS = new Set([
  'array',
  'np',
  'numpy',
  'matrix',
  'tensor',
  'ans',
  'list',
  'tf',
  'torch',
  'jnp',
  'columns',
  'through',
]);

type Token =
  | { readonly kind: 'number'; readonly number: Pasted }
  | { readonly kind: 'rest' | 'open' | 'close' | 'comma' | 'semicolon' | 'line' };

/**
 * Numbers as NumPy, Python, MATLAB or a table prints them. The text is taken apart, and nothing in it is evaluated.
 */
export function readNumbers(text: string): PastedNumbers | Unreadable {
  if (text.length > LONGEST) return { problem: 'It is longer than 2,000,000 characters.' };
  const tokens = tokensOf(text);
  if ('problem' in tokens) return tokens;
  const { list, factor } = tokens;
  if (!list.some(({ kind }) => kind === 'number')) return { problem: 'There is no number in it.' };
  const read = list.some(({ kind }) => kind === 'open' || kind === 'close') ? bracketed(list) : table(list);
  if ('problem' in read || factor === 1) return read;
  const times = (row: PastedRow): PastedRow => ({
    head: row.head.map((one) => scaled(one, factor)),
    tail: row.tail?.map((one) => scaled(one, factor)) ?? null,
  });
  return { ...read, head: read.head.map(times), tail: read.tail?.map(times) ?? null };
}

const scaled = ({ value, uncertainty, digits }: Pasted, factor: number): Pasted => ({
  value: value * factor,
  uncertainty: uncertainty * factor,
  digits,
});

const NUMBER = /^[+\-−–]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eEdD][+\-−]?\d+)?/;
const WORD = /^[\p{L}_][\p{L}\p{N}_]*/u;
/** What stands at the beginning of MATLAB's output: a factor for all that follows. */
const FACTOR = /^\s*(?:[\p{L}_]\w*\s*=\s*)?(1(?:\.0)?e[+-]?\d+)\s*\*\s*$/mu;
/** Options of a call that say nothing of the numbers. */
const OPTION = /^(?:dtype|device|shape|grad_fn|requires_grad)\s*=\s*(?:\([^()]*\)|<[^<>]*>|'[^']*'|[\w.<>]+)/;
const LABEL = /^[\p{L}_][\p{L}\p{N}_.]*(?:\[\s*["']?\w+["']?\s*\])?\s*(?:=|:)(?!=)/u;

function tokensOf(text: string): { list: Token[]; factor: number } | Unreadable {
  const list: Token[] = [];
  const factor = FACTOR.exec(text);
  let rest = factor ? text.replace(FACTOR, '\n') : text;
  const take = (length: number) => (rest = rest.slice(length));
  while (rest.length > 0) {
    const [first] = rest;
    const label = list.every(({ kind }) => kind === 'line') ? LABEL.exec(rest) : null;
    const option = OPTION.exec(rest);
    const number = NUMBER.exec(rest);
    const word = WORD.exec(rest);
    const special = /^[+\-−]?(?:nan|inf(?:inity)?)\b/i.exec(rest);
    if (/^(?:\.\.\.|…)/.test(rest)) {
      list.push({ kind: 'rest' });
      take(first === '…' ? 1 : 3);
    } else if (special) {
      list.push({ kind: 'number', number: notFinite(special[0]) });
      take(special[0].length);
    } else if (number) {
      list.push({ kind: 'number', number: pasted(number[0]) });
      take(number[0].length);
      if (/^[\p{L}%]/u.test(rest)) return unknown(`${number[0]}${rest}`);
    } else if (label) take(label[0].length);
    else if (option) take(option[0].length);
    else if (word && (WORDS.has(word[0].toLowerCase()) || /^float(?:16|32|64)?$/.test(word[0]))) {
      take(word[0].length);
    } else if (/^\s*\n|^\r/.test(first)) {
      list.push({ kind: 'line' });
      take(1);
    } else if (/\s/.test(first) || '()|.'.includes(first)) take(1);
    else if (/^:?-{2,}:?/.test(rest)) take(/^[:-]+/.exec(rest)?.[0].length ?? 1);
    else if (first === '[' || first === '{') {
      list.push({ kind: 'open' });
      take(1);
    } else if (first === ']' || first === '}') {
      list.push({ kind: 'close' });
      take(1);
    } else if (first === ',' || first === ';') {
      list.push({ kind: first === ',' ? 'comma' : 'semicolon' });
      take(1);
    } else return unknown(rest);
  }
  return { list, factor: factor ? Number(factor[1]) : 1 };
}

function unknown(rest: string): Unreadable {
  const [excerpt] = /^\S{1,20}/u.exec(rest) ?? [rest.slice(0, 1)];
  return { problem: `“${excerpt}” is not a number.` };
}

function pasted(text: string): Pasted {
  const plain = text.replace(/[−–]/g, '-').replaceAll('_', '').replace(/[dD]/, 'e');
  const [mantissa, exponent = '0'] = plain.toLowerCase().split('e');
  const decimals = mantissa.split('.')[1]?.length ?? 0;
  const shown = mantissa.replace(/[+\-.]/g, '').replace(/^0+/, '');
  return {
    value: Number(plain),
    uncertainty: Number(`0.5e${Number(exponent) - decimals}`),
    digits: shown.length,
  };
}

const notFinite = (text: string): Pasted => ({
  value: /nan/i.test(text) ? NaN : /^[-−]/.test(text) ? -Infinity : Infinity,
  uncertainty: 0,
  digits: 17,
});

/** Numbers with `...` somewhere between them. */
function rowOf(tokens: readonly Token[]): PastedRow {
  const at = tokens.findIndex(({ kind }) => kind === 'rest');
  const numbers = (some: readonly Token[]) =>
    some.flatMap((token) => (token.kind === 'number' ? [token.number] : []));
  return at < 0
    ? { head: numbers(tokens), tail: null }
    : { head: numbers(tokens.slice(0, at)), tail: numbers(tokens.slice(at + 1)) };
}

function bracketed(tokens: readonly Token[]): PastedNumbers | Unreadable {
  const rows: (PastedRow | 'rest')[] = [];
  let depth = 0;
  let deepest = 0;
  let row: Token[] = [];
  for (const token of tokens) {
    switch (token.kind) {
      case 'open':
        deepest = Math.max(deepest, ++depth);
        if (depth > 2) return { problem: 'It has more than two dimensions.' };
        if (row.some(({ kind }) => kind === 'number')) return { problem: 'Its brackets do not match.' };
        if (row.length > 0) rows.push('rest');
        row = [];
        break;
      case 'close':
        if (--depth < 0) return { problem: 'A bracket is closed that was not opened.' };
        if (row.some(({ kind }) => kind === 'number')) rows.push(rowOf(row));
        else if (row.length > 0) rows.push('rest');
        row = [];
        break;
      case 'semicolon':
        if (row.length > 0) rows.push(rowOf(row));
        row = [];
        deepest = 2;
        break;
      case 'number':
      case 'rest':
        if (depth === 0) return { problem: 'There is a number outside the brackets.' };
        row.push(token);
        break;
      case 'comma':
      case 'line':
        break;
      default:
        token satisfies never;
    }
  }
  if (depth > 0) return { problem: 'A bracket is not closed.' };
  return withRest(rows, deepest === 1 ? 1 : 2);
}

function table(tokens: readonly Token[]): PastedNumbers | Unreadable {
  const rows: (PastedRow | 'rest')[] = [];
  let row: Token[] = [];
  const end = () => {
    if (row.some(({ kind }) => kind === 'number')) rows.push(rowOf(row));
    else if (row.length > 0) rows.push('rest');
    row = [];
  };
  for (const token of tokens) {
    if (token.kind === 'line') end();
    else if (token.kind === 'number' || token.kind === 'rest') row.push(token);
  }
  end();
  const [first] = rows;
  if (rows.length === 1 && first !== 'rest' && first.head.length === 1 && !first.tail) {
    return { dimensions: 0, head: [first], tail: null };
  }
  return withRest(rows, null);
}

function withRest(
  rows: readonly (PastedRow | 'rest')[],
  dimensions: PastedNumbers['dimensions'],
): PastedNumbers | Unreadable {
  const at = rows.indexOf('rest');
  const whole = (some: readonly (PastedRow | 'rest')[]) =>
    some.flatMap((row) => (row === 'rest' ? [] : [row]));
  const head = whole(at < 0 ? rows : rows.slice(0, at));
  const tail = at < 0 ? null : whole(rows.slice(at + 1));
  const [first] = [...head, ...(tail ?? [])];
  const uneven = [...head, ...(tail ?? [])].some(
    (row) => row.head.length !== first.head.length || row.tail?.length !== first.tail?.length,
  );
  if (uneven) return { problem: 'Its rows are not of equal length.' };
  return { dimensions, head, tail };
}
