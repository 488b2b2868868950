import type { Glob, Part, Parts } from './globs';

/** Longer ones are no globs that a person writes. */
const LONGEST = 500;
/** How deep braces and parentheses may stand in one another. */
const DEEPEST = 10;

/** Why a text is no glob that can be used. */
export type GlobFault = 'empty' | 'too-long' | 'too-deep';

/**
 * Makes a glob of a text: `*`, `?`, `**`, `[a-z]`, `[^a-z]`, `{a,b}`, `{1..20}`, `(a|b)`, `?(a|b)`, `*(…)`, `+(…)`,
 * `@(…)` and `!(…)`; a backslash takes the next character as it is, a bracket that is not closed is one, and a `!` in
 * front means nothing. Files that start with a dot are files like any other.
 */
export function parseGlob(text: string): Glob | { readonly fault: GlobFault } {
  const pattern = text.replace(/^(\.\/)+/, '').replace(/(^|\/)\*\*(\/\*\*)+(?=\/|$)/g, '$1**');
  if (pattern === '') return { fault: 'empty' };
  if (pattern.length > LONGEST) return { fault: 'too-long' };
  try {
    return { text, parts: new Parser(pattern).parse() };
  } catch (error) {
    if (error instanceof Unusable) return { fault: error.fault };
    throw error;
  }
}

class Unusable extends Error {
  constructor(readonly fault: GlobFault) {
    super(fault);
  }
}

const closing = { '{': '}', '(': ')' } as const;
type Opening = keyof typeof closing;

class Parser {
  private readonly groups: ReadonlyMap<number, Group>;
  /** Whether no bracket ends any more: once looked for in vain, it is not looked for again. */
  private noneEnds = false;

  constructor(
    private readonly pattern: string,
    private readonly depth = 0,
  ) {
    if (depth > DEEPEST) throw new Unusable('too-deep');
    this.groups = groupsOf(pattern);
  }

  parse(): Parts {
    const { pattern } = this;
    const parts: Part[] = [];
    let at = 0;
    const text = (characters: string, length = characters.length) => {
      const last = parts.at(-1);
      if (last?.kind === 'text') parts[parts.length - 1] = { kind: 'text', text: last.text + characters };
      else parts.push({ kind: 'text', text: characters });
      at += length;
    };
    while (at < pattern.length) {
      const character = pattern[at];
      const found = this.group(at) ?? this.stars(at) ?? this.one(at);
      if (found) {
        parts.push(...found.parts);
        at = found.end;
      } else if (character === '\\' && at + 1 < pattern.length) text(pattern[at + 1], 2);
      else text(character);
    }
    return parts;
  }

  /**
   * `**` is a path of its own only where it is all there is between two slashes. At the end it means the folder itself
   * too, unless that is any folder.
   */
  private stars(at: number): Found | undefined {
    const { pattern } = this;
    if (
      pattern.startsWith('/**', at) &&
      pattern.length === at + 3 &&
      !/(^|[^\\])\*$/.test(pattern.slice(0, at))
    )
      return { parts: [{ kind: 'below' }], end: at + 3 };
    if (pattern[at] !== '*') return undefined;
    let end = at;
    while (pattern[end] === '*') end++;
    const begins = at === 0 || pattern[at - 1] === '/';
    if (begins && end - at === 2 && end === pattern.length) return { parts: [{ kind: 'anything' }], end };
    if (begins && end - at === 2 && pattern[end] === '/')
      return { parts: [{ kind: 'folders' }], end: end + 1 };
    return { parts: [{ kind: 'star' }], end };
  }

  private one(at: number): Found | undefined {
    const { pattern } = this;
    if (pattern[at] === '?') return { parts: [{ kind: 'one', accepts: (c) => c !== '/' }], end: at + 1 };
    if (pattern[at] !== '[' || this.noneEnds) return undefined;
    const negated = pattern[at + 1] === '^';
    const from = at + (negated ? 2 : 1);
    const ranges: [low: string, high: string][] = [];
    let plain = !negated;
    let end = from;
    const next = () => {
      if (pattern[end] === '\\' && end + 1 < pattern.length) end++;
      return pattern[end++];
    };
    while (end < pattern.length && (pattern[end] !== ']' || end === from)) {
      if (/[\\\-*+?.^${}(|)[\]]/.test(pattern[end])) plain = false;
      const low = next();
      const isRange = pattern[end] === '-' && end + 1 < pattern.length && pattern[end + 1] !== ']';
      if (isRange) {
        plain = false;
        end++;
      }
      ranges.push([low, isRange ? next() : low]);
    }
    if (end >= pattern.length) {
      this.noneEnds = true;
      return undefined;
    }
    end++;
    const listed = (c: string) => ranges.some(([low, high]) => c >= low && c <= high);
    const one: Part = { kind: 'one', accepts: negated ? (c) => c !== '/' && !listed(c) : listed };
    // A name such as data[1].csv means itself too.
    const itself: Part = { kind: 'text', text: pattern.slice(at, end) };
    return { parts: [plain ? { kind: 'choice', of: [[one], [itself]], least: 1, most: 1 } : one], end };
  }

  /** Braces, and parentheses with or without a sign before them. */
  private group(at: number): Found | undefined {
    const { pattern } = this;
    const sign = pattern[at + 1] === '(' && '?*+@!'.includes(pattern[at]) ? pattern[at] : '';
    const open = at + sign.length;
    const opening = pattern[open];
    if (opening !== '{' && opening !== '(') return undefined;
    const inside = this.alternatives(open, opening);
    if (!inside) return undefined;
    const { texts, end } = inside;
    if (opening === '{' && texts.length === 1) {
      const range = rangeOf(texts[0]);
      return range && { parts: [range], end };
    }
    const of = texts.map((each) => new Parser(each, this.depth + 1).parse());
    if (sign === '!') return { parts: [{ kind: 'not', of }], end };
    const least = sign === '?' || sign === '*' ? 0 : 1;
    return { parts: [{ kind: 'choice', of, least, most: sign === '*' || sign === '+' ? 'any' : 1 }], end };
  }

  /** What stands between commas or bars, and where the group ends; undefined when it is not closed. */
  private alternatives(open: number, opening: Opening): { texts: string[]; end: number } | undefined {
    const { pattern } = this;
    const group = this.groups.get(open);
    if (group?.close === undefined) return undefined;
    const cuts = [open, ...(opening === '{' ? group.commas : group.bars), group.close];
    const texts = cuts.slice(1).map((cut, k) => pattern.slice(cuts[k] + 1, cut));
    return { texts, end: group.close + 1 };
  }
}

interface Group {
  readonly opening: Opening;
  readonly commas: number[];
  readonly bars: number[];
  close?: number;
}

/** The groups of a pattern by where they open, found in one go: patterns of nothing but brackets cost no more. */
function groupsOf(pattern: string): ReadonlyMap<number, Group> {
  const groups = new Map<number, Group>();
  const open: Group[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at];
    const inner = open.at(-1);
    if (character === '\\') at++;
    else if (character === '{' || character === '(') {
      const group: Group = { opening: character, commas: [], bars: [] };
      groups.set(at, group);
      open.push(group);
    } else if (character === ',') inner?.commas.push(at);
    else if (character === '|') inner?.bars.push(at);
    else if (inner && character === closing[inner.opening]) {
      inner.close = at;
      open.pop();
    }
  }
  return groups;
}

interface Found {
  readonly parts: Parts;
  readonly end: number;
}

/** `1..20` and `a..f`. */
function rangeOf(text: string): Part | undefined {
  const [, low, high] = /^(\d{1,9}|[a-zA-Z])\.\.(\d{1,9}|[a-zA-Z])$/.exec(text) ?? [];
  if (low === undefined || high === undefined || /\d/.test(low) !== /\d/.test(high)) return undefined;
  if (/\d/.test(low)) {
    const [least, most] = [Number(low), Number(high)].sort((a, b) => a - b);
    return { kind: 'number', least, most };
  }
  const [first, last] = [low, high].sort();
  return { kind: 'one', accepts: (character) => character >= first && character <= last };
}
