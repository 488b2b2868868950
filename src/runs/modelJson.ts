import { createHash } from 'node:crypto';

/** What is wrong with the file of a model, as a sentence. */
export class ModelError extends Error {}

/** A larger file is not read. */
export const MOST_BYTES = 256 * 0x10_0000;
/** Lists and objects in one another: those of a model are 7 deep. */
const DEEPEST = 12;
/**
 * So many lists and objects may be there, and so many items of theirs, and one more for each of so many characters: more
 * would fill the memory.
 */
const FEW_PARTS = 8192;
const CHARACTERS_TO_A_PART = 16;
const FEW_ITEMS = 300_000;
const CHARACTERS_TO_AN_ITEM = 10;
/** Keys that are no names of fields but steer JavaScript. */
const STEERING = new Set(['__proto__', 'constructor', 'prototype']);

/** The content of the file of a model, without trust in it. Throws ModelError for what is no JSON, or is made to do harm. */
export function parseJson(bytes: Uint8Array): unknown {
  const text = textOf(bytes);
  mustBeFlat(text);
  try {
    return JSON.parse(text);
  } catch {
    throw new ModelError('It is no JSON, or is cut off.');
  }
}

function textOf(bytes: Uint8Array): string {
  if (bytes.length > MOST_BYTES) throw new ModelError(TOO_LARGE);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ModelError('It is no text in UTF-8.');
  }
}

export const TOO_LARGE = 'It is larger than 256 MB, which no model is read from.';

/** Throws ModelError for a text of which the parts are too deep in one another, or too many to be parsed without harm. */
function mustBeFlat(text: string): void {
  const mostParts = FEW_PARTS + text.length / CHARACTERS_TO_A_PART;
  const mostItems = FEW_ITEMS + text.length / CHARACTERS_TO_AN_ITEM;
  let [depth, parts, items] = [0, 0, 0];
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (character === QUOTE) at = endOfText(text, at);
    else if (character === COMMA) items++;
    else if (character === OPEN_LIST || character === OPEN_OBJECT) {
      if (++depth > DEEPEST) throw new ModelError('Its lists and objects are too deep in one another.');
      parts++;
    } else if (character === CLOSE_LIST || character === CLOSE_OBJECT) depth--;
    if (parts > mostParts || items > mostItems)
      throw new ModelError('It holds more than a model of its size.');
  }
}

/** A text of JSON with as many blanks behind it as its items, which may all be short, need in order to be parsed again. */
export function withRoom(json: string): string {
  let items = 0;
  for (let at = json.indexOf(','); at >= 0; at = json.indexOf(',', at + 1)) items++;
  return json.padEnd((items - FEW_ITEMS) * CHARACTERS_TO_AN_ITEM);
}

const COMMA = 0x2c;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** Where the text that begins with the quote at `at` ends. */
function endOfText(text: string, at: number): number {
  for (let end = text.indexOf('"', at + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return end;
  }
  return text.length;
}

/**
 * SHA-256 of parsed JSON, whatever its indentation, line ends and order of keys: docs/model-file.md has the rule. Throws
 * ModelError for what no model holds: keys that steer JavaScript, numbers that are not finite, halves of characters.
 */
export function contentHash(content: unknown): string {
  const hash = createHash('sha256');
  const buffer = Buffer.alloc(BUFFER);
  let used = 0;
  const room = (bytes: number) => {
    if (used + bytes <= BUFFER) return;
    hash.update(buffer.subarray(0, used));
    used = 0;
  };
  const tag = (character: string, length?: number) => {
    room(9);
    buffer[used++] = character.charCodeAt(0);
    if (length === undefined) return;
    buffer.writeDoubleBE(length, used);
    used += 8;
  };
  const addText = (text: string) => {
    if (!isWellFormed(text)) throw new ModelError('A text in it holds half a character.');
    const bytes = Buffer.from(text);
    tag('s', bytes.length);
    room(BUFFER);
    hash.update(bytes);
  };
  const add = (value: unknown): void => {
    if (typeof value === 'number') {
      if (!Number.isFinite(value)) throw new ModelError('A number in it is not finite.');
      tag('d', value);
    } else if (typeof value === 'string') addText(value);
    else if (Array.isArray(value)) {
      tag('[', value.length);
      value.forEach(add);
    } else if (typeof value === 'object' && value !== null) {
      const keys = Object.keys(value).sort();
      tag('{', keys.length);
      for (const key of keys) {
        if (STEERING.has(key)) throw new ModelError(`It holds the key “${key}”, which no model has.`);
        addText(key);
        add((value as Readonly<Record<string, unknown>>)[key]);
      }
    } else if (value === null) tag('n');
    else tag(value === true ? 't' : 'f');
  };
  add(content);
  return hash.update(buffer.subarray(0, used)).digest('hex');
}

const BUFFER = 0x1_0000;
const isWellFormed = (text: string) => !/\p{Surrogate}/u.test(text);

/** JSON as a person can read it: a list of numbers or texts on a line of its own, all else indented. No bit of a number is lost. */
export function writeJson(value: unknown, indent = ''): string {
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : JSON.stringify(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const deeper = `${indent}  `;
  const lines = (open: string, parts: readonly string[], close: string) =>
    parts.length === 0
      ? open + close
      : `${open}\n${parts.map((part) => deeper + part).join(',\n')}\n${indent}${close}`;
  if (!Array.isArray(value)) {
    const fields = Object.entries(value).filter(([, each]) => each !== undefined);
    return lines(
      '{',
      fields.map(([key, each]) => `${JSON.stringify(key)}: ${writeJson(each, deeper)}`),
      '}',
    );
  }
  const isFlat = value.every((each) => typeof each !== 'object' || each === null);
  const parts = value.map((each: unknown) => writeJson(each, deeper));
  return isFlat ? `[${parts.join(', ')}]` : lines('[', parts, ']');
}
