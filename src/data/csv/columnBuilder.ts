import { isOddlyWritten } from './number';

const decoder = new TextDecoder();

/** Where a cell is. */
export interface CellPlace {
  readonly row: number;
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
}

/** What `codes` holds for a cell that is no text. */
export const MISSING = -1;
export const NUMBER = -2;

/** Spellings of numbers that are kept, as the names of classes. */
const MOST_NUMBER_TEXTS = 1000;
/**
 * Places of texts, each where it stands first, that are kept for the case that the column turns out to hold numbers; for
 * texts that do not start as numbers do, twice as many.
 */
const MOST_PLACES = 200;

const NONE: ReadonlyMap<number, string> = new Map();
const PADDED = /^0\d/;

/** A column as it was read, in the form in which it crosses threads. */
export interface ColumnCells {
  /** Longer than the rows; NaN where there is no number. */
  readonly numbers: Float64Array;
  /** −1 missing, −2 a number, else a text; null as long as every cell is a number. */
  readonly codes: Int32Array | null;
  /** Each text once, in the order in which they came. */
  readonly texts: string[];
  /** How numbers are written that may not be written as JavaScript would; null when there are too many for classes. */
  readonly numberTexts: ReadonlyMap<number, string> | null;
  /** The first of them where there are too many. */
  readonly someTexts: readonly string[];
  /** A number that is written otherwise in another cell, there with zeros in front: 0 beside 00; null where none was seen. */
  readonly respelled: string | null;
  readonly places: CellPlace[];
}

/**
 * A column while it is read: every cell a number, or a code into the dictionary of its texts, or missing. Which of
 * the texts are numbers after all, or mean that a cell is missing, is decided when all of it is known. A cell may be
 * set again as long as its row is not done.
 */
export class ColumnBuilder implements ColumnCells {
  numbers: Float64Array;
  codes: Int32Array | null = null;
  texts: string[] = [];
  numberTexts: ReadonlyMap<number, string> | null = NONE;
  someTexts: readonly string[] = [];
  respelled: string | null = null;
  places: CellPlace[] = [];
  // Made when they are needed: a table may have a hundred thousand columns of numbers.
  private codeOf: Map<string, number> | null = null;
  private known: KnownBytes | null = null;

  constructor(capacity: number) {
    this.numbers = new Float64Array(capacity);
  }

  /** The number that is written in bytes[start, end). */
  setNumber(row: number, value: number, bytes: Uint8Array, start: number, end: number): void {
    this.numbers[row] = value;
    if (this.codes) this.codes[row] = NUMBER;
    if (this.numberTexts === null) return;
    const known = this.numberTexts.get(value);
    if (known === undefined) {
      if (isOddlyWritten(bytes, start, end)) this.keepText(value, decoder.decode(bytes.subarray(start, end)));
    } else if (known.length !== end - start && this.respelled === null && PADDED.test(known))
      this.respelled = decoder.decode(bytes.subarray(start, end));
  }

  setMissing(row: number): void {
    this.setCode(row, MISSING);
  }

  /**
   * `bytes`, where the text is written there as it is: the next cell of the same bytes is found without decoding.
   * True for a text that is new.
   */
  setText(row: number, text: string, place: () => CellPlace, bytes?: Uint8Array): boolean {
    const before = this.texts.length;
    const code = this.codeFor(text);
    if (bytes) (this.known ??= new KnownBytes()).add(bytes, code);
    this.setCode(row, code);
    const isNew = code === before;
    if (isNew && this.hasRoomFor(text)) this.places.push(place());
    return isNew;
  }

  /** Sets a text that these bytes have stood for before; false when they have not. */
  setKnownText(row: number, bytes: Uint8Array, start: number, end: number): boolean {
    if (!this.known) return false;
    const code = this.known.codeOf(bytes, start, end);
    if (code < 0) return false;
    this.setCode(row, code);
    return true;
  }

  private hasRoomFor(text: string): boolean {
    const { length } = this.places;
    return length < MOST_PLACES || (length < 2 * MOST_PLACES && !/^[-+.,\d]/.test(text));
  }

  private keepText(value: number, text: string): void {
    const texts = this.numberTexts;
    if (texts === null || texts.has(value)) return;
    if (texts.size >= MOST_NUMBER_TEXTS) this.forgetTexts([...texts.values()]);
    else if (texts instanceof Map && texts !== NONE) texts.set(value, text);
    else this.numberTexts = new Map([[value, text]]);
  }

  private forgetTexts(some: readonly string[]): void {
    this.numberTexts = null;
    if (this.someTexts.length === 0) this.someTexts = some;
  }

  resize(capacity: number): void {
    const numbers = new Float64Array(capacity);
    numbers.set(this.numbers);
    this.numbers = numbers;
    if (!this.codes) return;
    const codes = new Int32Array(capacity);
    codes.set(this.codes);
    this.codes = codes;
  }

  /**
   * Adds the cells of a later part of the file, for which there must be room: `rows` to the `before` that there are, on
   * lines from `line` on.
   */
  append(later: ColumnCells, before: number, rows: number, line: number): void {
    this.numbers.set(later.numbers.subarray(0, rows), before);
    if (this.codes ?? later.codes) {
      const codes = (this.codes ??= new Int32Array(this.numbers.length).fill(NUMBER, 0, before));
      const { length: known } = this.texts;
      const own = later.texts.map((text) => this.codeFor(text));
      for (const place of later.places) {
        const code = own[later.codes?.[place.row] ?? NUMBER] ?? NUMBER;
        if (code < known || !this.hasRoomFor(this.texts[code])) continue;
        this.places.push({ ...place, row: place.row + before, line: place.line + line });
      }
      if (!later.codes) codes.fill(NUMBER, before, before + rows);
      else {
        for (let row = 0; row < rows; row++) {
          const code = later.codes[row];
          codes[before + row] = code < 0 ? code : own[code];
        }
      }
    }
    this.respelled ??= later.respelled;
    if (!later.numberTexts) this.forgetTexts(later.someTexts);
    else {
      for (const [value, text] of later.numberTexts) {
        const known = this.numberTexts?.get(value);
        if (known === undefined) this.keepText(value, text);
        else if (known !== text && PADDED.test(known)) this.respelled ??= text;
      }
    }
  }

  private codeFor(text: string): number {
    const codes = (this.codeOf ??= new Map<string, number>());
    let code = codes.get(text);
    if (code === undefined) {
      code = this.texts.push(text) - 1;
      codes.set(text, code);
    }
    return code;
  }

  private setCode(row: number, code: number): void {
    this.codes ??= new Int32Array(this.numbers.length).fill(NUMBER, 0, row);
    this.numbers[row] = NaN;
    this.codes[row] = code;
  }
}

/** How many cells are missing, and how many hold a text. */
export function countCells({ codes }: ColumnCells, rows: number): { missing: number; texts: number } {
  let missing = 0;
  let texts = 0;
  if (codes) {
    for (let row = 0; row < rows; row++) {
      if (codes[row] === MISSING) missing++;
      else if (codes[row] !== NUMBER) texts++;
    }
  }
  return { missing, texts };
}

const MOST_KNOWN = 4096;

/** The bytes of some texts and their codes: an open hash table. */
class KnownBytes {
  private slots: Int32Array | null = null;
  private codes: number[] = [];
  private bytes: Uint8Array[] = [];

  codeOf(from: Uint8Array, start: number, end: number): number {
    if (!this.slots) return -1;
    const mask = this.slots.length - 1;
    for (let slot = hashOf(from, start, end) & mask; ; slot = (slot + 1) & mask) {
      const entry = this.slots[slot] - 1;
      if (entry < 0) return -1;
      const own = this.bytes[entry];
      if (own.length !== end - start) continue;
      let k = 0;
      while (k < own.length && own[k] === from[start + k]) k++;
      if (k === own.length) return this.codes[entry];
    }
  }

  add(bytes: Uint8Array, code: number): void {
    if (this.codes.length === MOST_KNOWN || this.codeOf(bytes, 0, bytes.length) >= 0) return;
    this.codes.push(code);
    this.bytes.push(bytes.slice());
    if (this.slots && this.codes.length * 2 <= this.slots.length) {
      this.place(this.slots, this.codes.length - 1);
      return;
    }
    this.slots = new Int32Array(this.slots ? this.slots.length * 4 : 16);
    for (let entry = 0; entry < this.codes.length; entry++) this.place(this.slots, entry);
  }

  private place(slots: Int32Array, entry: number): void {
    const bytes = this.bytes[entry];
    const mask = slots.length - 1;
    let slot = hashOf(bytes, 0, bytes.length) & mask;
    while (slots[slot] !== 0) slot = (slot + 1) & mask;
    slots[slot] = entry + 1;
  }
}

/** FNV-1a. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ bytes[at], 0x01000193);
  return hash ^ (hash >>> 15);
}
