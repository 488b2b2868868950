import { resplit, textsOf } from '../data/csv/header';
import { BackslashEscapes } from '../data/csv/quotedCells';
import { isRule } from '../data/csv/rules';
import { bareUnit, isKnownUnit } from '../data/csv/unitTable';
import { Tokens } from '../data/csv/tokens';
import type { CellValue } from '../data/rowTransform';
import { Predictor, type Model } from '../runs/model';
import { Answers } from './answers';
import { CellOfRecord, writtenAs } from './cells';
import type { Matched } from './columns';
import { Formulas } from './formulas';
import type { FileHead } from './head';
import { RawLines, type Lines } from './rawLines';
import { BEYOND, missingTexts, noteOf, RowReader, type Look } from './rowReader';
import type { Predicted, PredictionOptions, SeenRow } from './predicted';
import { Scoring } from './score';
import { BACKSLASHES, CannotPredict, OVERLONG } from './sentences';

/** Rows that are predicted together. */
const BATCH = 256;
const MOST_REFUSED = 10;

/** A record that is whole: its bytes, what is to stand behind them, and for a row to be predicted its place in the batch. */
interface Pending extends Lines {
  readonly lacking: number;
  readonly texts: readonly string[];
  readonly row?: {
    readonly at: number;
    readonly line: number;
    readonly outside: readonly string[];
    readonly note: string;
    readonly answer: string | null;
  };
  /** What is known of a row before it is predicted. */
  readonly seen?: SeenRow | undefined;
}

/**
 * Adds a model's predictions to the records of a file that comes in pieces. Each record comes out once, in its order and with
 * its bytes unchanged; those of rows and of the header have new cells behind them, others have none. No more is kept than
 * a piece and the record that is not whole yet.
 */
export class Prediction {
  private readonly predictor: Predictor;
  private readonly answers: Answers;
  private readonly tokens: Tokens;
  private readonly lines: RawLines;
  private readonly decoder: TextDecoder | null;
  private readonly rows: RowReader;
  private readonly scoring: Scoring;
  private readonly cell: CellOfRecord;
  private readonly formulas: Formulas;
  private readonly encoder = new TextEncoder();
  /** The line of the file whose bytes come out next. */
  private line = 1;
  private hasHeader = false;
  private isFirst = true;
  private batch: (readonly CellValue[])[] = [];
  private pending: Pending[] = [];
  private readonly counts = { rows: 0, predicted: 0, outside: 0, unknown: 0, missing: 0 };
  private readonly refused: { line: number; note: string }[] = [];
  private readonly see: ((row: SeenRow) => void) | undefined;

  /** Throws CannotPredict where a text of the model cannot be written in the file. */
  constructor(
    private readonly model: Model,
    private readonly head: FileHead,
    private readonly matched: Matched,
    { escapeFormulas = false, see }: PredictionOptions = {},
  ) {
    const { transform } = model;
    const { encoding, dialect, skipLines } = head;
    this.predictor = new Predictor(model);
    this.see = see;
    this.answers = new Answers(model, see ? writable(head) : head);
    this.lines = new RawLines(encoding);
    this.decoder = encoding === 'utf-8' ? null : new TextDecoder(encoding);
    this.cell = new CellOfRecord(dialect.syntax);
    this.formulas = new Formulas(head, this.answers.encode, escapeFormulas);
    const prefixes = dialect.commentPrefixes.map((prefix) => this.encoder.encode(prefix));
    this.tokens = new Tokens(dialect.syntax, undefined, { skipLines, prefixes, width: dialect.width });
    this.rows = new RowReader(model);
    this.scoring = new Scoring(model, missingTexts(model, transform.target.name));
  }

  /** Takes the next bytes; `final`: there are no more. Returns what is to be written. */
  take(chunk: Uint8Array, final: boolean): Uint8Array {
    const { tokens, lines } = this;
    lines.push(chunk);
    tokens.push(this.utf8(chunk, final), final);
    const written: Uint8Array[] = [];
    try {
      while (tokens.next()) {
        this.record();
        if (this.batch.length >= BATCH) this.flush(written);
      }
    } catch (error) {
      if (error instanceof BackslashEscapes) throw new CannotPredict(BACKSLASHES);
      throw error;
    }
    if (tokens.overlong) throw new CannotPredict(OVERLONG);
    this.flush(written);
    if (final) written.push(lines.rest());
    return Buffer.concat(written);
  }

  get result(): Predicted {
    return {
      ...this.counts,
      score: this.scoring.score(this.model.task === 'regression'),
      refused: this.refused,
      formulas: this.formulas.found,
      apostrophes: this.answers.apostrophes,
    };
  }

  private utf8(chunk: Uint8Array, final: boolean): Uint8Array {
    const { decoder, isFirst } = this;
    if (decoder) return this.encoder.encode(decoder.decode(chunk, { stream: !final }));
    this.isFirst &&= chunk.length === 0;
    const hasMark = isFirst && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf;
    return hasMark ? chunk.subarray(3) : chunk;
  }

  private record(): void {
    const { tokens, head } = this;
    const { dialect } = head;
    if (tokens.line > this.line) this.pass(this.lines.take(tokens.line - this.line));
    const raw = this.lines.take(tokens.nextLine - tokens.line);
    this.line = tokens.nextLine;
    const isNames = tokens.line === dialect.namesAbove?.line;
    const isBlank = tokens.count === 0 || (tokens.count === 1 && tokens.starts[0] === tokens.ends[0]);
    if (isNames && !this.hasHeader) this.header(raw);
    else if (isBlank || (!this.hasHeader && tokens.line < dialect.firstLine)) this.pass(raw);
    else if (dialect.header && !this.hasHeader) this.header(raw);
    else if (isRule(tokens, this.counts.rows === 0)) this.pass(raw);
    else if (this.counts.rows === 0 && (dialect.secondHeaders.includes(tokens.line) || this.areUnits()))
      this.pending.push({ ...raw, lacking: this.lacking, texts: this.answers.none('') });
    else this.row(raw);
  }

  /** Whether the present record, above all rows, has a unit in each column of numbers that the model takes. */
  private areUnits(): boolean {
    const { tokens, cell, matched, model, head } = this;
    const { columns } = model.transform;
    const ofNumbers = matched.features.filter((c, k) => c >= 0 && columns[k].kind === 'number');
    if (ofNumbers.length === 0 || tokens.count !== head.dialect.width) return false;
    return ofNumbers.every((c) => isKnownUnit(bareUnit(cell.at(tokens, c).text)));
  }

  /** Lets lines through as they are. */
  private pass(raw: Lines): void {
    this.pending.push({ ...raw, lacking: 0, texts: [] });
  }

  private header(raw: Lines): void {
    const { tokens, head } = this;
    const { width, surplus, headerSyntax, syntax, namesAbove } = head.dialect;
    this.hasHeader = true;
    const count = headerSyntax === syntax ? tokens.count : resplit(tokens, headerSyntax).length;
    // A header with one name fewer than the rows have cells has none for their first.
    const lacking = namesAbove === null && count < width && count === width - surplus ? surplus : 0;
    const texts = this.answers.names(head.names, this.model.labels);
    const cells = this.answers.cells(texts, lacking, headerSyntax === syntax ? head.syntax : headerSyntax);
    this.pass({ content: Buffer.concat([raw.content, cells]), end: raw.end });
  }

  private get lacking(): number {
    return Math.max(0, this.head.dialect.width - this.tokens.count);
  }

  private row(raw: Lines): void {
    const { tokens, head, counts, matched } = this;
    const { width, syntax } = head.dialect;
    counts.rows++;
    const content = this.formulas.see(tokens, raw.content);
    const refuse = (note: string, look?: Look) => {
      this.refuse(tokens.line, note);
      const seen = this.see && this.seen(look, note);
      this.pending.push({
        ...{ content, end: raw.end, lacking: this.lacking, texts: this.answers.none(note), seen },
      });
    };
    if (tokens.unterminated) return refuse('a quote is never closed');
    if (tokens.count < width) return refuse(`${tokens.count} of ${width} cells`);
    const isMore =
      tokens.count > width &&
      !textsOf(tokens, syntax)
        .slice(width)
        .every((text) => text === '');
    if (isMore) return refuse(`${tokens.count} cells where ${width} are expected`);
    const look = this.rows.look((k) => {
      const c = matched.features[k];
      return c < 0 ? null : this.cell.at(tokens, c);
    });
    counts.missing += look.missing.length;
    counts.unknown += look.unknown;
    const refusal = this.rows.refusal(look);
    if (refusal !== null) return refuse(refusal, look);
    const { values, outside } = look;
    const note = noteOf(look);
    const answer = matched.target < 0 ? null : this.cell.at(tokens, matched.target).text;
    if (outside.length > 0) counts.outside++;
    this.pending.push({
      ...{ content, end: raw.end, lacking: 0, texts: [], seen: this.see && this.seen(look, note) },
      row: { at: this.batch.length, line: tokens.line, outside, note, answer },
    });
    this.batch.push(values);
  }

  /** The present record before its prediction; without a look: one that is not whole. */
  private seen(look: Look | undefined, note: string): SeenRow {
    const { tokens, cell, matched } = this;
    const texts = look ? matched.features.map((c) => (c < 0 ? '' : cell.at(tokens, c).text)) : [];
    const { values = [], outside = [], unread = [] } = look ?? {};
    return { line: tokens.line, texts, values, outside, unread, note, prediction: null, answer: null };
  }

  private refuse(line: number, note: string): void {
    if (this.refused.length < MOST_REFUSED) this.refused.push({ line, note });
  }

  /** Predicts the rows of the batch, and writes what is pending. */
  private flush(written: Uint8Array[]): void {
    const { answers, counts } = this;
    const predictions = this.predictor.predict(this.batch);
    for (const { content, end, lacking, texts, row, seen } of this.pending) {
      written.push(content);
      const prediction = row && predictions[row.at];
      let known = seen;
      if (row && prediction) {
        const isNumber = prediction.outputs.every(Number.isFinite);
        if (isNumber) {
          counts.predicted++;
          const answer = row.answer === null ? null : this.scoring.see(writtenAs(row.answer), prediction);
          known = seen && { ...seen, prediction, answer };
          written.push(answers.cells(answers.predicted(prediction, row.outside, row.note), 0));
        } else {
          this.refuse(row.line, BEYOND);
          known = seen && { ...seen, note: BEYOND };
          written.push(answers.cells(answers.none(BEYOND), 0));
        }
      } else if (texts.length > 0) written.push(answers.cells(texts, lacking));
      written.push(end);
      if (known) this.see?.(known);
    }
    this.pending = [];
    this.batch = [];
  }
}

/** Where nothing is kept of what is written, no label is one that the file's own encoding and quotes cannot hold. */
const writable = (head: FileHead): FileHead => ({
  ...head,
  encoding: 'utf-8',
  syntax: { ...head.syntax, quote: '"'.charCodeAt(0), escape: 0 },
});
