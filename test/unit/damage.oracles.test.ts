// What two other readers complain of in the damaged files, and whether we have something to say there too.
import assert from 'node:assert/strict';
import { CsvError, parse } from 'csv-parse/sync';
import Papa from 'papaparse';
import { corpus, type DamagedFile } from '../damage/corpus';
import { linesBefore, read } from './reading';

const SEEDS = [1, 2, 3];

/** The delimiters of the kinds that have no comma, as somebody who looks at the file sees them. */
const DELIMITERS: Record<string, readonly string[]> = {
  ';': [
    ...['semicolon-delimiter', 'currency-behind', 'decimal-comma-semicolon', 'decimal-comma-declared'],
    ...['points-between-thousands', 'mixed-decimals-one-comma', 'mixed-decimals-one-point'],
  ],
  '\t': ['tab-delimiter', 'tab-leading-missing', 'decimal-comma-tab', 'utf-16-tabs-crlf'],
  '|': ['pipe-delimiter'],
  ' ': ['space-delimiter', 'aligned-with-blanks'],
};

function delimiterOf({ kind, settings }: DamagedFile, text: string): string {
  const declared = /^sep=(.)/.exec(text);
  if (settings?.delimiter !== undefined) return settings.delimiter;
  if (declared) return declared[1];
  return Object.entries(DELIMITERS).find(([, kinds]) => kinds.includes(kind))?.[0] ?? ',';
}

function decode({ bytes, settings }: DamagedFile): string {
  if (settings?.encoding !== undefined) return new TextDecoder(settings.encoding).decode(bytes);
  const [first, second] = bytes;
  const big = first === 0xfe && second === 0xff;
  const little = (first === 0xff && second === 0xfe) || second === 0;
  return new TextDecoder(big ? 'utf-16be' : little ? 'utf-16le' : 'utf-8').decode(bytes);
}

/** What another reader complains of first: its words, and the line, where it names the one that it means. */
interface Complaint {
  readonly what: string;
  readonly line: number | undefined;
}
type Oracle = (file: DamagedFile) => Complaint | undefined;

/** Without any of its options to relax: it stops at the first thing that is wrong. */
const csvParse: Oracle = (file) => {
  const text = decode(file);
  const { quote = '"', skipLines = 0 } = file.settings ?? {};
  try {
    parse(text, {
      ...{ delimiter: delimiterOf(file, text), quote, escape: quote, from_line: skipLines + 1 },
      ...{ record_delimiter: ['\r\n', '\n', '\r'], skip_empty_lines: true },
    });
    return undefined;
  } catch (error) {
    assert.ok(error instanceof CsvError, String(error));
    // Of a quote that never closes it names the end of the file.
    const line = error.code === 'CSV_QUOTE_NOT_CLOSED' ? undefined : (error['lines'] as number);
    return { what: error.message, line };
  }
};

const papaparse: Oracle = (file) => {
  const text = decode(file);
  const { quote = '"', skipLines = 0 } = file.settings ?? {};
  const told = { delimiter: delimiterOf(file, text), quoteChar: quote, skipFirstNLines: skipLines };
  const { errors } = Papa.parse(text, {
    ...{ ...told, header: true, skipEmptyLines: true },
    transformHeader: (_, column) => String(column),
  });
  if (errors.length === 0) return undefined;
  // Where each row starts, the header first: behind the row before, and behind blank lines.
  const starts: number[] = [];
  let end = 0;
  Papa.parse<unknown>(text, {
    ...{ ...told, skipEmptyLines: true },
    step: ({ meta }) => {
      starts.push(end + (/^[\r\n]*/.exec(text.slice(end))?.[0].length ?? 0));
      end = meta.cursor;
    },
  });
  const complaints = errors.map(({ type, message, row, index }) => ({
    what: message,
    // Of a quote it gives the offset, of a row its number without the header.
    line: linesBefore(text.slice(0, type === 'Quotes' ? index : starts[(row ?? 0) + 1])) + 1,
  }));
  return complaints.reduce((first, each) => (each.line < first.line ? each : first));
};

/** Kinds of which we say nothing at all, and why. */
const SILENT: Record<string, string> = {
  'comma-space-delimiter': 'Blanks outside quotes are no part of a cell.',
  'blanks-around-quoted-cells': 'Blanks outside quotes are no part of a cell.',
  'mixed-line-ends': 'LF, CR LF and CR each end a line; papaparse takes but one of them in a file.',
  'one-line-ends-with-cr': 'LF, CR LF and CR each end a line; papaparse takes but one of them in a file.',
  'blank-lines-at-start': 'A blank line holds nothing; papaparse takes it for the header.',
  'lines-of-blanks': 'To the eye a line of blanks is a blank line.',
  'aligned-with-blanks': 'A run of blanks is one delimiter.',
  'backslash-escaped-quotes': 'Read in any other way the file is no table.',
  'quote-in-unquoted-cell': 'A quote inside a cell that is not quoted is text.',
  'dos-end-mark': 'The mark for the end of a file is no row.',
  'trailing-delimiter-header-only': 'A last column without a name and without a cell is none.',
  'trailing-delimiter-rows-only':
    'Where the last name says what the last cells hold, no name can be missing.',
  'row-names': 'A first column without a name that counts or names the rows is how R writes tables.',
  'preamble-skipped': 'The user has said that these lines are to be skipped.',
};

const ODD_FIRST = 'The first record is the odd one out, and said to be, not the second.';
const NO_TEXT = 'The file is no text: that is said once, at its start.';
/** Kinds of which we speak at another line, and why. */
const ELSEWHERE: Record<string, string> = {
  'excel-sep-line': ODD_FIRST,
  'trailing-delimiter-rows-only': ODD_FIRST,
  'header-other-delimiter': ODD_FIRST,
  'names-run-together': ODD_FIRST,
  'one-name-too-many': ODD_FIRST,
  'unquoted-decimal-commas': ODD_FIRST,
  'preamble-title': ODD_FIRST,
  'preamble-without-blank': ODD_FIRST,
  'preamble-with-cells': ODD_FIRST,
  'comments-hash': ODD_FIRST,
  'comments-slashes': ODD_FIRST,
  'comments-percent': ODD_FIRST,
  'comment-prefix-declared': ODD_FIRST,
  'binary-file': NO_TEXT,
  gzip: NO_TEXT,
};

/** Shares of the files of which an oracle complains: of how many we say something, and on the very line. */
const FLOORS: readonly [name: string, oracle: Oracle, said: number, placed: number][] = [
  ['csv-parse', csvParse, 0.8, 0.52],
  ['papaparse', papaparse, 0.78, 0.52],
];

describe('what other readers complain of in the damaged files', () => {
  const files = SEEDS.flatMap((seed) => corpus(seed));
  const measured = FLOORS.map(([name, oracle, ...floors]) => {
    const all = files.flatMap((file) => {
      const complaint = oracle(file);
      if (!complaint) return [];
      const { list } = read(file.bytes, file.settings).problems;
      const said = list.length > 0;
      const placed = complaint.line === undefined || list.some(({ line }) => line === complaint.line);
      const text = `${file.name}: ${complaint.what}, line ${complaint.line}; we: ${list.map((problem) => `${problem.code} ${problem.line}`).join(', ') || 'nothing'}`;
      return [
        { kind: file.kind, group: file.group, said, lined: complaint.line !== undefined, placed, text },
      ];
    });
    return { name, all, floors };
  });
  const of = <T>(list: readonly T[], is: (each: T) => boolean) => list.filter(is).length;

  for (const { name, all, floors } of measured) {
    it(`is mostly what we say as well: ${name}`, () => {
      const [said, lined] = [of(all, (each) => each.said), of(all, (each) => each.lined)];
      const placed = of(all, ({ lined: has, said: is, placed: at }) => has && is && at);
      const ambiguous = all.filter(({ group }) => group === 'ambiguous');
      const asked = of(ambiguous, (each) => each.said);
      console.log(
        `      problems recall: ${name} ${said} of ${all.length} (line ${placed} of ${lined}), ` +
          `${asked} of ${ambiguous.length} of those that a person would have to ask about`,
      );
      assert.equal(asked, ambiguous.length);
      assert.ok(said / all.length >= floors[0], 'too few files with a problem');
      assert.ok(placed / lined >= floors[1], 'too few problems on the same line');
    });

    it(`is nowhere without a word of ours for no reason: ${name}`, () => {
      const silent = all.filter(({ kind, said }) => !said && !(kind in SILENT));
      assert.deepEqual(
        silent.map(({ text }) => text),
        [],
      );
    });

    it(`is said at the same line but for a reason: ${name}`, () => {
      const elsewhere = all.filter(({ kind, said, placed }) => said && !placed && !(kind in ELSEWHERE));
      assert.deepEqual(
        elsewhere.map(({ text }) => text),
        [],
      );
    });
  }

  it('is what every reason is needed for', () => {
    const all = measured.flatMap((each) => each.all);
    const silent = new Set(all.filter(({ said }) => !said).map(({ kind }) => kind));
    const elsewhere = new Set(all.filter(({ said, placed }) => said && !placed).map(({ kind }) => kind));
    assert.deepEqual(
      Object.keys(SILENT).filter((kind) => !silent.has(kind)),
      [],
    );
    assert.deepEqual(
      Object.keys(ELSEWHERE).filter((kind) => !elsewhere.has(kind)),
      [],
    );
  });
});
