import type { NoTable } from '../message';
import { jsonShape } from './jsonShape';

/** Lines that are looked at, and how many of them at least tell anything. */
const MOST_LINES = 50;
const FEWEST_LINES = 3;
/** A file of more lines is no answer of a server. */
const MOST_ANSWER_LINES = 5;
/** More of a line is not looked at. */
const LONGEST_LINE = 1000;

/** Each comment ends at its first end: could one go on behind it, comments could be parted in 2ⁿ ways. */
const WEB_PAGE =
  /^(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->)[^])*-->\s*)*<(?:!doctype\s+html|html|head|body)[\s>]/i;
const SERVER_ERROR =
  /^(?:HTTP\/[\d.]+ )?(?:[45]\d\d:? +)?(?:not found|forbidden|unauthorized|access denied|bad (?:request|gateway)|internal server error|service unavailable|gateway time-?out|too many requests|(?:api )?rate limit exceeded|moved permanently|gone)\b[^,;\t|]*$/i;
const ERROR_IN_XML = /^(?:<\?xml[^>]*>\s*)?<error[\s>]/i;
const ERROR_IN_JSON = /^\{\s*"(?:error|errors|message|detail|status|code)"\s*:/i;
const NUMBER = String.raw`[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?`;
const LIBSVM = new RegExp(
  String.raw`^${NUMBER}(?:,${NUMBER})*(?: +qid:\d+)?(?:\s+\d+:${NUMBER})+\s*(?:#.*)?$`,
  'i',
);
const SQL = /^(?:insert\s+into|create\s+(?:table|database)|drop\s+table|pragma|begin\s+transaction)\b/i;
const DUMP = /^-- (?:MySQL|MariaDB|PostgreSQL)\b.* dump/;
const LOGS = [
  // Servers of web pages: address, two names, time in brackets, request.
  /^\S+ \S+ \S+ \[\d\d\/\w{3}\/\d{4}:[^\]]*\] "/,
  // The system's log: Jan  5 10:00:00 host program[1]: …
  /^(?:<\d+>)?[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S+ \S/,
  // Programs: a time, and a level among the first words.
  /^\[?\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d\S*(?: [-+]\d{4})?[\]\s:|-]+(?:\S+\s+){0,3}?[[(]?(?:TRACE|DEBUG|INFO|NOTICE|WARN(?:ING)?|ERROR|FATAL|CRITICAL|SEVERE)\b/i,
  /^\[?(?:TRACE|DEBUG|INFO|NOTICE|WARN(?:ING)?|ERROR|FATAL|CRITICAL)\b[\]:\s].*\d\d:\d\d/,
];

/**
 * What a text is that is no table of cells, found from its head; undefined when it may be one. `whole`: the head is the whole
 * file.
 */
export function textKind(
  head: Uint8Array,
  whole: boolean,
): NoTable | { readonly kind: 'JSON Lines' } | undefined {
  const text = new TextDecoder().decode(head).trimStart();
  const lines = text
    .split(/\r\n?|\n/, MOST_LINES + 1)
    // The last line may go on behind the head.
    .slice(0, whole ? undefined : -1)
    .filter((line) => line.trim() !== '')
    .map((line) => line.slice(0, LONGEST_LINE));
  const [first = ''] = lines;
  if (WEB_PAGE.test(text)) return { kind: 'web page', name: 'HTML' };
  if (/^version https:\/\/git-lfs\.github\.com\/spec\//.test(first))
    return { kind: 'pointer', name: 'Git LFS' };
  if (whole && lines.length <= MOST_ANSWER_LINES && SERVER_ERROR.test(first.trim()))
    return { kind: 'server error', name: first.trim() };
  if (first.startsWith('<') && isXml(text, lines, whole)) {
    return ERROR_IN_XML.test(text)
      ? { kind: 'server error', name: '<Error>' }
      : { kind: 'text', name: 'XML' };
  }
  if (/^[[{]/.test(first)) {
    const shape = jsonShape(text, whole);
    // The line that is no JSON may be a later one.
    const areObjects = lines.length > 2 && lines.slice(0, 2).every(isObject);
    if (shape === 'lines' || (shape === undefined && areObjects)) return { kind: 'JSON Lines' };
    if (shape === 'one' && whole && ERROR_IN_JSON.test(text) && !text.includes('['))
      return { kind: 'server error', name: first.trim() };
    if (shape === 'one') return { kind: 'text', name: 'JSON' };
  }
  const statement = lines.find((line) => !/^\s*(?:--|\/\*|#)/.test(line)) ?? '';
  if (DUMP.test(lines.find((line) => !/^-*$/.test(line.trim())) ?? '') || SQL.test(statement.trim()))
    return { kind: 'text', name: 'SQL' };
  if (lines.length >= 2 && lines.every((line) => LIBSVM.test(line)))
    return { kind: 'LIBSVM', name: 'LIBSVM' };
  if (isLog(lines)) return { kind: 'log', name: '' };
  return undefined;
}

function isObject(line: string): boolean {
  try {
    return line.trimStart().startsWith('{') && typeof JSON.parse(line) === 'object';
  } catch {
    return false;
  }
}

/** One element around all: a table may well have names or texts in angle brackets. */
function isXml(text: string, lines: readonly string[], whole: boolean): boolean {
  if (/^<\?xml[\s?]/.test(text)) return true;
  const root = /^<([A-Za-z_][\w.:-]*)(?:\s[^<>]*)?>/.exec(text)?.[1];
  if (root === undefined) return false;
  const end = `</${root}>`;
  return whole
    ? text.trimEnd().endsWith(end)
    : !lines[0].includes(end) && lines.every((line) => /^\s*</.test(line));
}

/** Lines of a log, unless a delimiter stands equally often in all of them: that is a table of what happened. */
function isLog(lines: readonly string[]): boolean {
  if (lines.length < FEWEST_LINES) return false;
  const like = lines.filter((line) => LOGS.some((pattern) => pattern.test(line)));
  if (like.length < 0.8 * lines.length) return false;
  return !['\t', ';', '|', ','].some((delimiter) => {
    const counts = lines.map((line) => line.split(delimiter).length);
    const fewest = LOGS.some((pattern) => pattern.test(lines[0])) ? 3 : 2;
    return counts[0] >= fewest && counts.every((count) => count === counts[0]);
  });
}
