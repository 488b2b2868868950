/** Texts of a column, each once, with a number in the order in which they came. Compared byte by byte. */
class Dictionary {
  readonly texts: string[] = [];
  private readonly codes = new Map<string, number>();

  codeOf(text: string): number {
    const known = this.codes.get(text);
    if (known !== undefined) return known;
    const code = this.texts.length;
    this.texts.push(text);
    this.codes.set(text, code);
    return code;
  }
}

/** Where a cell is. */
export interface CellPlace {
  readonly row: number;
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
}

/** Distinct numbers up to which the text of each is kept, as the name of a class. */
const MOST_NUMBER_TEXTS = 1000;
/** Places of texts that are kept, for the case that the column turns out to hold numbers. */
const MOST_PLACES = 200;

const MISSING = -1;
const NUMBER = -2;

/**
 * A column as it is read: every cell a number, or a code into the dictionary of its texts, or missing. Which of the
 * texts are numbers after all, or mean that a cell is missing, is decided when all of it is known.
 */
export class ColumnBuilder {
  numbers = new Float64Array(1024);
  /** −1 missing, −2 a number, else a text; null as long as there is no text and nothing missing. */
  codes: Int32Array | null = null;
  readonly dictionary = new Dictionary();
  /** The first text of each distinct number, as long as there are few. */
  numberTexts: Map<number, string> | null = new Map();
  readonly places: CellPlace[] = [];
  textCount = 0;
  missing = 0;
  rows = 0;

  addNumber(value: number): void {
    if (this.rows === this.numbers.length) this.grow();
    this.numbers[this.rows] = value;
    if (this.codes) this.codes[this.rows] = NUMBER;
    this.rows++;
  }

  /** Whether this number's text is still wanted. */
  wantsText(value: number): boolean {
    return this.numberTexts !== null && !this.numberTexts.has(value);
  }

  keepText(value: number, text: string): void {
    if (!this.numberTexts) return;
    if (this.numberTexts.size >= MOST_NUMBER_TEXTS) this.numberTexts = null;
    else this.numberTexts.set(value, text);
  }

  addMissing(): void {
    this.addCode(MISSING);
    this.missing++;
  }

  addText(text: string, place: () => CellPlace): void {
    this.addCode(this.dictionary.codeOf(text));
    this.textCount++;
    if (this.places.length < MOST_PLACES) this.places.push(place());
  }

  private addCode(code: number): void {
    if (this.rows === this.numbers.length) this.grow();
    if (!this.codes) {
      this.codes = new Int32Array(this.numbers.length).fill(NUMBER, 0, this.rows);
    }
    this.numbers[this.rows] = NaN;
    this.codes[this.rows] = code;
    this.rows++;
  }

  private grow(): void {
    const numbers = new Float64Array(this.numbers.length * 2);
    numbers.set(this.numbers);
    this.numbers = numbers;
    if (this.codes) {
      const codes = new Int32Array(numbers.length);
      codes.set(this.codes);
      this.codes = codes;
    }
  }
}
