// Columns whose cells list answers: "1,3", "red;blue", "tea|coffee|water".

/** How the cells of a column list answers. */
export interface AnswerList {
  readonly separator: string;
  /** The answers that become features: all in their order, or the commonest of many. */
  readonly answers: readonly string[];
}

/** A list that was found, rather than told. */
export interface FoundList extends AnswerList {
  /** Whether nothing else can be meant. */
  readonly sure: boolean;
  /** Whether its answers are numbers with commas between them: decimals, if it is no list. */
  readonly areNumbers: boolean;
  /** A cell with more than one answer. */
  readonly example: string;
}

/** Each text of a column once, and in how many rows it stands. */
export interface TextRows {
  readonly texts: readonly string[];
  readonly rows: ArrayLike<number>;
}

/** More answers than this do not become features. */
const MOST_ANSWERS = 30;
/** Of more different parts than this a column is no list. */
const MOST_PARTS = 200;
/** An answer that was chosen from a few is no longer than this. */
const LONGEST_ANSWER = 80;
const SEPARATORS = [';', '|', ','];
/** What else may stand between answers, where a person says that they are lists. */
const OTHER_SEPARATORS = ['/', '+', '\n', ' '];

/** Whether there may be a list among these texts at all; most columns end here. */
export const mayHoldLists = (texts: readonly string[]): boolean => texts.some((text) => /[;|,]/.test(text));

/** The answers in a cell, each once: without blanks around them, nor the brackets and quotes of programs. */
export function answersIn(text: string, separator: string): string[] {
  const bare = /^\[.*\]$|^\{.*\}$/s.test(text) ? text.slice(1, -1) : text;
  const parts = bare.split(separator).map((part) => {
    const answer = part.trim();
    return /^'.+'$|^".+"$/s.test(answer) ? answer.slice(1, -1) : answer;
  });
  return [...new Set(parts.filter((answer) => answer !== ''))];
}

/** Whether cells, one a row, list answers for sure. The first may be a header. */
export function areLists(cells: readonly string[]): boolean {
  if (!mayHoldLists(cells)) return false;
  const rows = new Map<string, number>();
  for (const text of cells.slice(1)) rows.set(text, (rows.get(text) ?? 0) + 1);
  rows.delete('');
  return findList({ texts: [...rows.keys()], rows: [...rows.values()] })?.sure === true;
}

/** The list that a column holds, or may hold; null where it holds none. */
export function findList(cells: TextRows): FoundList | null {
  let maybe: FoundList | null = null;
  for (const separator of SEPARATORS) {
    if (!cells.texts.some((text) => text.includes(separator))) continue;
    const parts = partsOf(cells, separator, true);
    if (!parts || parts.multiple.size === 0) continue;
    const areNumbers = separator === ',' && parts.areNumbers;
    const verdict = areNumbers ? judgeNumbers(parts) : judge(parts, separator);
    if (verdict === 'no') continue;
    const [example] = parts.multiple.keys();
    const found = { separator, answers: answersOf(parts), sure: verdict === 'sure', areNumbers, example };
    if (found.sure) return found;
    maybe ??= found;
  }
  return maybe;
}

/** How cells list answers that are said to: by the separator that most of them have. */
export function listOf(cells: TextRows): AnswerList {
  let best = { separator: SEPARATORS[0], count: 0 };
  for (const separator of [...SEPARATORS, ...OTHER_SEPARATORS]) {
    const count = cells.texts.reduce(
      (sum, text, k) => (answersIn(text, separator).length > 1 ? sum + cells.rows[k] : sum),
      0,
    );
    // One of those that lists are rarely written with has to stand where no other does.
    if (count > best.count && (best.count === 0 || SEPARATORS.includes(separator)))
      best = { separator, count };
  }
  // 135 is 1, 3 and 5.
  if (best.count === 0 && cells.texts.every((text) => /^\d{1,9}$/.test(text)))
    best = { separator: '', count: 1 };
  const parts = partsOf(cells, best.separator, false);
  return { separator: best.separator, answers: parts ? answersOf(parts) : [] };
}

/** What a column consists of under a separator. */
interface Parts {
  /** For each part, the rows that it stands in, in how many texts, and whether as the first and as a later one. */
  readonly of: ReadonlyMap<string, { rows: number; texts: number; first: boolean; later: boolean }>;
  /** The texts with more than one part, and their parts. */
  readonly multiple: ReadonlyMap<string, readonly string[]>;
  /** Whether each part is a whole number of one or two digits. */
  readonly areNumbers: boolean;
  /** Rows with a text, with more than one part, with more than two. */
  readonly rows: number;
  readonly multipleRows: number;
  readonly tripleRows: number;
  /** Whether some texts have more parts than others. */
  readonly doVary: boolean;
}

/** Null where the texts cannot be lists of few answers; `strict`: of answers that were chosen from a few. */
function partsOf({ texts, rows }: TextRows, separator: string, strict: boolean): Parts | null {
  const of = new Map<string, { rows: number; texts: number; first: boolean; later: boolean }>();
  const multiple = new Map<string, readonly string[]>();
  const sizes = new Set<number>();
  let [total, multipleRows, tripleRows, areNumbers] = [0, 0, 0, true];
  for (const [k, text] of texts.entries()) {
    const parts = answersIn(text, separator);
    if (rows[k] === 0 || parts.length === 0) continue;
    if (strict && parts.some((part) => part.length > LONGEST_ANSWER)) return null;
    // Nobody chooses an answer twice.
    if (strict && parts.length < text.split(separator).filter((part) => part.trim() !== '').length)
      return null;
    parts.forEach((part, at) => {
      const known = of.get(part) ?? { rows: 0, texts: 0, first: false, later: false };
      const first = known.first || at === 0;
      const later = known.later || at > 0;
      of.set(part, { rows: known.rows + rows[k], texts: known.texts + 1, first, later });
      areNumbers &&= /^\d\d?$/.test(part);
    });
    if (strict && of.size > MOST_PARTS) return null;
    total += rows[k];
    sizes.add(parts.length);
    if (parts.length > 1) {
      multiple.set(text, parts);
      multipleRows += rows[k];
    }
    if (parts.length > 2) tripleRows += rows[k];
  }
  return { of, multiple, areNumbers, rows: total, multipleRows, tripleRows, doVary: sizes.size > 1 };
}

/** The parts as answers: numbers in their order, texts in alphabetical order. */
function answersOf({ of }: Parts): string[] {
  const known = [...of].sort(([, a], [, b]) => b.rows - a.rows).slice(0, MOST_ANSWERS);
  const answers = known.map(([part]) => part);
  const areNumbers = answers.every((answer) => Number.isFinite(Number(answer)));
  return answers.sort((a, b) => (areNumbers ? Number(a) - Number(b) : 0) || (a < b ? -1 : 1));
}

type Verdict = 'sure' | 'maybe' | 'no';

/** Rows with more than one answer that have to be there for it not to be chance. */
const FEWEST_ROWS = 5;
/** How often an answer stands there, on average, where answers repeat much. */
const MUCH = 5;

/** Texts, or numbers between marks that no number has: a list where the parts repeat much, and in different places. */
function judge(parts: Parts, separator: string): Verdict {
  const { of, multiple, rows, multipleRows, tripleRows, doVary } = parts;
  const all = [...of.values()];
  const occurrences = all.reduce((sum, part) => sum + part.rows, 0);
  if (!doVary || of.size < 2 || occurrences < MUCH * of.size) return 'no';
  if (multipleRows < Math.max(FEWEST_ROWS, rows / 20)) return 'no';
  // A comma is within names and sentences as well: two of them in a cell are needed.
  if (separator === ',' && tripleRows < 2) return 'no';
  const mixed = all.filter(({ first, later }) => first && later).length;
  const inLists = new Set([...multiple.values()].flat());
  const shared = [...inLists].filter((part) => (of.get(part)?.texts ?? 0) > 1).length;
  if (mixed < Math.max(1, of.size / 3) || shared < 0.8 * inLists.size) return 'no';
  return of.size <= MOST_ANSWERS ? 'sure' : 'maybe';
}

/** So many different numbers at most are answers, where each cell might be a decimal. */
const MOST_NUMBERS = 12;
/** Rows that have to have a comma, and for each of their texts, for numbers to be answers for sure. */
const MANY_ROWS = 10;
const MANY_FOR_EACH = 3;

/** Whole numbers between commas: "2,3" may be a decimal, "1,2,3" is none. */
function judgeNumbers(parts: Parts): Verdict {
  const { of, multiple, rows, multipleRows, tripleRows, doVary } = parts;
  const cells = [...multiple.values()].map((each) => each.map(Number));
  const doRise = cells.every((numbers) => numbers.every((value, k) => k === 0 || value > numbers[k - 1]));
  if (tripleRows > 0) {
    const triples = cells.filter((numbers) => numbers.length > 2).length;
    const isList = doVary && tripleRows > 1 && of.size <= MOST_ANSWERS && (doRise || triples > 1);
    return isList ? 'sure' : 'no';
  }
  const isWritten = [...of.keys()].every((part) => String(Number(part)) === part && part !== '0');
  if (!doRise || !isWritten || of.size > MOST_NUMBERS) return 'no';
  const firsts = new Set(cells.map(([first]) => first));
  const seconds = new Set(cells.map(([, second]) => second));
  // The fraction of a decimal has nothing to do with what is before the comma.
  const inBoth = [...firsts].filter((value) => seconds.has(value)).length;
  if (inBoth === 0 || firsts.size < 2 || seconds.size < 2 || seconds.size > firsts.size + 1) return 'no';
  if (multipleRows < FEWEST_ROWS || multiple.size < 2) return 'no';
  const isSure = multipleRows < rows && multipleRows >= Math.max(MANY_ROWS, MANY_FOR_EACH * multiple.size);
  return isSure ? 'sure' : 'maybe';
}
