import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decode } from '../../src/data/decode';
import { UserError } from '../../src/data/userError';

const bytes = (...values: number[]) => Uint8Array.from(values);
const utf8 = (text: string) => new Uint8Array(Buffer.from(text, 'utf8'));
const utf16le = (text: string) => new Uint8Array(Buffer.from(text, 'utf16le'));
const utf16be = (text: string) => new Uint8Array(Buffer.from(text, 'utf16le').swap16());
const join = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));

const text = 'größe;Straße\n1;ж\n2;😀\n';

function errorOf(file: Uint8Array): UserError {
  try {
    decode(file);
  } catch (error) {
    assert.ok(error instanceof UserError, String(error));
    return error;
  }
  throw new assert.AssertionError({ message: 'no error was thrown' });
}

describe('the bytes of a CSV', () => {
  it('are UTF-8, with or without a byte order mark', () => {
    assert.equal(decode(utf8(text)), text);
    assert.equal(decode(join(bytes(0xef, 0xbb, 0xbf), utf8(text))), text);
  });

  it('are UTF-16 of either order when a byte order mark says so', () => {
    assert.equal(decode(join(bytes(0xff, 0xfe), utf16le(text))), text);
    assert.equal(decode(join(bytes(0xfe, 0xff), utf16be(text))), text);
  });

  it('may be none at all', () => {
    assert.equal(decode(bytes()), '');
  });

  it('are read from where a view of a larger buffer begins', () => {
    const buffer = join(utf8('xxxx'), utf8(text), utf8('yyyy'));
    assert.equal(decode(buffer.subarray(4, buffer.length - 4)), text);
  });

  it('give back every text in the three encodings', () => {
    const texts = fc.string({ unit: 'grapheme' }).filter((each) => !/^\uFEFF|\0/.test(each));
    fc.assert(
      fc.property(texts, (each) => {
        assert.equal(decode(utf8(each)), each);
        assert.equal(decode(join(bytes(0xff, 0xfe), utf16le(each))), each);
        assert.equal(decode(join(bytes(0xfe, 0xff), utf16be(each))), each);
      }),
    );
  });

  it('that are not UTF-8 are refused with the line, and what to do', () => {
    // Latin-1: “ö” is the byte 0xf6.
    const error = errorOf(join(utf8('a,b\n1,2\ngr'), bytes(0xf6), utf8('n,3\n')));
    assert.match(error.message, /not valid UTF-8.*Save/);
    assert.equal(error.place?.line, 3);
  });

  it('that are not UTF-8 are refused with the column, in UTF-16 units as editors count', () => {
    const error = errorOf(join(utf8('a,b\n1,2\n😀gr'), bytes(0xf6), utf8('n,3\n')));
    assert.equal(error.place?.column, 5);
  });

  it('that are not UTF-8 are found on the right line of a file of CRs, too', () => {
    assert.equal(errorOf(join(utf8('a,b\r1,2\rgr'), bytes(0xf6), utf8('n,3\r'))).place?.line, 3);
  });

  it('that end in the middle of a character are refused on the last line', () => {
    assert.equal(errorOf(join(utf8('a,b\n1,'), bytes(0xe2, 0x82))).place?.line, 2);
  });

  it('of a binary file are refused, with the place of the first zero', () => {
    const error = errorOf(bytes(0x50, 0x4b, 3, 4, 0, 0, 9));
    assert.match(error.message, /not a text file: byte 5 is zero/);
    assert.equal(error.place?.line, 1);
  });

  it('with a zero in the middle are refused on its line', () => {
    assert.equal(errorOf(join(utf8('a,b\n1,2\n3,'), bytes(0), utf8('4\n'))).place?.line, 3);
  });

  it('of UTF-16 without a byte order mark are refused rather than misread', () => {
    assert.match(errorOf(utf16le('a,b\n1,2\n')).message, /not a text file/);
  });

  it('of UTF-16 cut in the middle of a character are refused', () => {
    assert.throws(() => decode(join(bytes(0xff, 0xfe), utf16le('a,b'), bytes(0x41))), UserError);
  });
});
