import { byteOf, DELIMITERS } from './cells';
import type { Respelling } from './respelling';

/** Lines that are looked at, and how many of them at least tell anything. */
const MOST_LINES = 200;
const FEWEST_LINES = 3;
/** More of a line is not looked at. */
const LONGEST_LINE = 10_000;
/** Share of the lines in which a separator stands as often as in the first. */
const REGULAR = 0.8;

/** Single characters that hardly ever stand in texts. */
const RARE = ['~', '^', '\u00a6', '\u00a7', '\u00ac', '\u2502', '\uff0c', '\uff1b', '\uff5c', '\u3001'];
/** About five: a sign of a cell, not one between two. */
const APPROXIMATE = /(?:^|[,;\t| ])~\d/g;
const CONTROLS = Array.from({ length: 31 }, (_, k) => String.fromCharCode(k + 1)).filter(
  (character) => !'\t\n\v\f\r\x1a\x1b'.includes(character),
);
/** Characters that stand together in numbers, quotes, brackets and the like, not between cells. */
const RUN = /[!#%&*/:;<=>?@\\^_`|~,]{2,4}/g;
/** What one byte after the other may stand for cells without any text. */
const EMPTY_CELLS = /^(?:,+|;+|\t+|_+|\/+|\\+)$/;

/** The lines of the head, without blank ones and comments. */
export function linesOf(
  head: Uint8Array,
  whole: boolean,
  prefixes: readonly string[],
  skip: number,
): string[] {
  return new TextDecoder()
    .decode(head.subarray(0, (skip + MOST_LINES) * LONGEST_LINE))
    .split(/\r\n?|\n/, skip + MOST_LINES + 1)
    .slice(skip, whole ? undefined : -1)
    .filter(
      (line) => line.trim() !== '' && !prefixes.some((prefix) => prefix !== '' && line.startsWith(prefix)),
    )
    .map((line) => line.slice(0, LONGEST_LINE));
}

/** Lines with a letter for what stands in quotes. */
const unquoted = (lines: readonly string[]): string[] =>
  lines.map((line) => line.replace(/(^|[^\w\s"])\s*"(?:[^"]|"")*"/g, '$1x'));

const countOf = (line: string, text: string) => line.split(text).length - 1;

/** A byte that stands for none of the characters of a text. */
export function freeByte(head: Uint8Array): number {
  for (const byte of [31, 30, 29, 28, 1, 2, 3, 4, 5, 6, 7, 8]) if (!head.includes(byte)) return byte;
  return 31;
}

/**
 * What else may separate cells, from what stands (nearly) equally often in all lines: single characters that hardly
 * ever stand in texts, and runs of two to four signs. `isSure`: equally often in every line.
 */
export function rareSeparators(all: readonly string[]): { text: string; isSure: boolean }[] {
  const lines = unquoted(all);
  if (lines.length < FEWEST_LINES) return [];
  const [first] = lines;
  const runs = new Set((first.match(RUN) ?? []).flatMap((run) => [run, unitOf(run)]));
  const present = [...RARE, ...CONTROLS, ...runs].filter((text) => first.includes(text));
  const found = present.flatMap((text) => {
    // A sign behind a usual delimiter is the first of the next cell.
    const isEven = text === Array.from(text).reverse().join('');
    if (!isEven && DELIMITERS.some((delimiter) => text.includes(delimiter))) return [];
    if (EMPTY_CELLS.test(text) || (text === '~' && lines.every(isApproximate))) return [];
    const expected = countOf(first, text);
    const share = lines.filter((line) => countOf(line, text) === expected).length / lines.length;
    if (share < REGULAR) return [];
    // Of a usual delimiter in it, none may stand elsewhere.
    const isWhole = [...DELIMITERS, ...RARE]
      .filter((delimiter) => delimiter !== text && text.includes(delimiter))
      .every((delimiter) =>
        lines.every((line) => countOf(line, delimiter) === countOf(line, text) * countOf(text, delimiter)),
      );
    return isWhole ? [{ text, isSure: share === 1 }] : [];
  });
  // “~” is none where “~~” is one.
  return found.filter(({ text }) => !found.some((other) => other.text !== text && other.text.includes(text)));
}

const isApproximate = (line: string) => (line.match(APPROXIMATE) ?? []).length === countOf(line, '~');

/** :: of ::::, which has a cell without text in it. */
const unitOf = (run: string) => (run.length === 4 && run.startsWith(run.slice(2)) ? run.slice(2) : run);

/** Columns of characters that are blank in all lines, one between two cells; none where the lines have no such shape. */
export function gapsOf(lines: readonly string[]): number[] {
  if (lines.length < FEWEST_LINES || lines.some((line) => line.includes('\t'))) return [];
  const width = Math.max(...lines.map(({ length }) => length));
  const isBlank = Array.from({ length: width }, (_, at) => lines.every((line) => (line[at] ?? ' ') === ' '));
  const runs: { start: number; end: number }[] = [];
  for (let at = 0; at < width; at++) {
    if (!isBlank[at]) continue;
    const start = at;
    while (at < width && isBlank[at]) at++;
    if (start > 0 && at < width) runs.push({ start, end: at });
  }
  // A single blank without a name behind it may be one between words that happen to end alike.
  const gaps = runs.filter(({ start, end }, k) => {
    const named = lines[0].slice(end, runs[k + 1]?.start).trim() !== '';
    return end - start > 1 || named;
  });
  const wide = gaps.filter(({ start, end }) => end - start > 1);
  if (wide.length < gaps.length / 2) return [];
  return gaps.map(({ start, end }) => {
    // Longer cells of later lines grow to the left where the column stands on its right side.
    const starts = new Set(lines.map((line) => line.slice(end).search(/\S/)));
    return starts.size > 1 ? start : end - 1;
  });
}

/** Whether most lines have two blanks or more between other characters. */
export const hasRunsOfBlanks = (lines: readonly string[]): boolean =>
  lines.filter((line) => /\S {2,}\S/.test(line)).length > lines.length / 2;

/** Signs that may separate cells, or stand inside them: in times, paths, names, numbers. */
const SIGNS = [
  ':',
  '/',
  '\\',
  '=',
  '&',
  '!',
  '@',
  '*',
  '+',
  '#',
  '<',
  '>',
  '_',
  '-',
  '.',
  '%',
  "'",
  '?',
  '`',
  '$',
];
const FEWEST_TOLD = 5;
/** What one cell looks like that has such signs in it: dates and times, addresses, versions. */
const ONE_CELL =
  /^(?:[\d./:T\s+Z-]+|[a-z]+:\/\/\S+|\S+@\S+\.\w+|(?:[\d.]+)|[\da-f-]{36}|(?:[\da-f]{2}[:-]){5}[\da-f]{2}|\/?(?:[\w .-]+\/)+[\w .-]*)$/i;

/** A sign or two that stand equally often in every line of a table of one column, and how often. */
export function unsplitBy(all: readonly string[]): { separator: string; times: number } | null {
  const lines = unquoted(all);
  if (lines.length < FEWEST_TOLD || lines.slice(1).every((line) => ONE_CELL.test(line.trim()))) return null;
  const [first] = lines;
  const found = [...(first.match(RUN) ?? []).filter((run) => !EMPTY_CELLS.test(run)), ...SIGNS]
    .map((separator) => ({ separator, times: countOf(first, separator) }))
    .filter(
      ({ separator, times }) =>
        times > 0 &&
        (times > 1 || !"-_./'%+".includes(separator)) &&
        lines.every((line) => countOf(line, separator) === times),
    );
  return found.sort((a, b) => b.separator.length - a.separator.length || b.times - a.times).at(0) ?? null;
}

/** Whether blanks separate cells beside tabs: not where every blank is one within the cells that tabs make. */
export function tabsAreBlanks(lines: readonly string[]): boolean {
  const withTabs = lines.filter((line) => line.trim().includes('\t'));
  const isAligned = (line: string) =>
    line
      .trim()
      .split('\t')
      .some((cell) => / {2,}/.test(cell.trim()) || isRowOfNumbers(cell.trim()));
  return withTabs.filter(isAligned).length > withTabs.length / 2;
}

/** Numbers with blanks between them that are no thousands. */
const isRowOfNumbers = (cell: string) =>
  /^[-+]?[\d.]+(?: +[-+]?[\d.]+)+$/.test(cell) && !/^[-+]?\d{1,3}(?: \d{3})+(?:[.,]\d+)?$/.test(cell);

export const respellingOf = (separator: string, to: number): Respelling => ({ how: 'text', separator, to });

/** Whether a separator is one byte of ASCII, which needs no other spelling. */
export const isPlainSeparator = (separator: string): boolean =>
  separator.length === 1 && byteOf(separator) < 128;
