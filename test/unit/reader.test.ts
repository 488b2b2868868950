import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parse } from 'csv-parse/sync';
import { parseNumber } from '../../src/data/number';
import { readTable, type ReadTable } from '../../src/data/read';
import type { ReadOptions } from '../../src/data/detect';
import { cellText, Tokens } from '../../src/data/tokens';
import { Problems } from '../../src/data/problems';
import { syntaxOf } from '../../src/data/detect';
import { typeOf } from '../../src/data/types';

const encoder = new TextEncoder();
const read = (content: string | Uint8Array, options?: ReadOptions): ReadTable => {
  const bytes = typeof content === 'string' ? encoder.encode(content) : content;
  return readTable(() => [bytes], options);
};
const cells = ({ columns }: ReadTable) =>
  columns.map(({ holds, rows, numbers, codes, texts }) =>
    Array.from({ length: rows }, (_, row) => {
      if (holds === 'numbers') return Number.isNaN(numbers[row]) ? null : numbers[row];
      return codes[row] < 0 ? null : texts[codes[row]];
    }),
  );
const said = ({ problems }: ReadTable) =>
  problems.list.map(({ code, line, column }) => `${code} ${line}:${column}`);
/** `npm run fuzz` multiplies the runs. */
const RUNS = Number(process.env['NEURON_LENS_FUZZ'] ?? 1);

describe('a number', () => {
  const number = (text: string, mark?: number) => {
    const bytes = encoder.encode(text);
    return parseNumber(bytes, 0, bytes.length, mark);
  };

  it('is sign, digits, one point, exponent and nothing else', () => {
    for (const text of ['0', '1', '-1', '+1', '.5', '5.', '-.5', '1e3', '1E-3', '1.5e+10', '007', '-0']) {
      assert.ok(Object.is(number(text), Number(text)), text);
    }
    for (const text of [
      '',
      '-',
      '+',
      '.',
      'e5',
      '1e',
      '1e+',
      '1_000',
      '0x1F',
      '1,5',
      '1.2.3',
      ' 1',
      '1 ',
      'Infinity',
      'NaN',
      '--1',
    ])
      assert.ok(Number.isNaN(number(text)), text);
  });

  it('has the decimal mark that is asked for', () => {
    assert.equal(number('1,5', 44), 1.5);
    assert.equal(number('-,25e2', 44), -25);
    assert.ok(Number.isNaN(number('1.5', 44)));
  });

  it('is rounded correctly: every float64 comes back from its shortest text, and from more digits', () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.integer({ min: 0, max: 25 }),
        (value, digits) => {
          assert.ok(Object.is(number(String(value)), value + 0));
          const longer = value.toExponential(digits);
          assert.ok(Object.is(number(longer), Number(longer)), longer);
        },
      ),
      { numRuns: 5000 * RUNS },
    );
  });

  it('with a million digits takes no longer for each than one with ten', () => {
    const long = `0.${'3'.repeat(1_000_000)}`;
    const from = performance.now();
    assert.equal(number(long), 1 / 3);
    assert.ok(performance.now() - from < 1000);
  });
});

describe('a table', () => {
  const plain = 'name,size,when\nx,1.5,2020-01-02\n"y, z",2,2021-03-04\n';
  it('has names, typed columns and the line of each row', () => {
    const table = read(plain);
    assert.deepEqual(
      table.columns.map(({ name }) => name),
      ['name', 'size', 'when'],
    );
    assert.deepEqual(cells(table), [
      ['x', 'y, z'],
      [1.5, 2],
      ['2020-01-02', '2021-03-04'],
    ]);
    assert.deepEqual([...table.lines], [2, 3]);
    assert.deepEqual(
      table.columns.map((column) => typeOf(column).type),
      ['category', 'number', 'date'],
    );
    assert.deepEqual(said(table), []);
  });

  it('is the same in chunks of any size', () => {
    const text = 'a;b;c\r\n"x\r\n""y""";1,5;\r\n# a comment\r\nü;2,25;NA\r\n';
    const bytes = encoder.encode(text);
    const whole = read(bytes);
    for (let size = 1; size < bytes.length; size++) {
      const chunks = () =>
        Array.from({ length: Math.ceil(bytes.length / size) }, (_, k) =>
          bytes.slice(k * size, (k + 1) * size),
        );
      const parts = readTable(chunks);
      assert.deepEqual(cells(parts), cells(whole), `chunks of ${size}`);
      assert.deepEqual(parts.problems.list, whole.problems.list, `chunks of ${size}`);
      assert.deepEqual(parts.lines, whole.lines);
    }
  });

  const dialects: [what: string, text: string, columns: number, delimiter: string][] = [
    ['comma', 'a,b\n1,2\n', 2, ','],
    ['semicolon with decimal commas', 'a;b\n1,5;2\n3,25;4\n', 2, ';'],
    ['tab', 'a\tb\n1\t2\n', 2, '\t'],
    ['pipe', 'a|b\n1|2\n', 2, '|'],
    ['blanks', 'a  b\n1  2\n 3   4\n', 2, ' '],
  ];
  for (const [what, text, columns, delimiter] of dialects) {
    it(`shows its delimiter: ${what}`, () => {
      const table = read(text);
      assert.equal(table.columns.length, columns);
      assert.equal(table.dialect?.syntax.delimiter, delimiter.charCodeAt(0));
    });
  }

  it('keeps the text of numbers in a column of texts', () => {
    const rows = Array.from({ length: 3000 }, (_, i) => (i % 5 === 0 ? `${i}.50` : `room ${i}`));
    const table = read(`room,x\n${rows.map((room, i) => `${room},${i}`).join('\n')}\n`);
    assert.deepEqual(cells(table)[0], rows);
  });

  it('says where each thing is that it could not use', () => {
    const problems: [text: string, said: string][] = [
      ['a,b\n1,2\n3\n', 'ragged-row 3:1'],
      ['a,b\n1,2\n3,4,5\n', 'ragged-row 3:5'],
      ['a,b\n1,"x\n', 'unterminated-quote 2:3'],
      ['a,b\n1,"x"y\n', 'text-after-quote 2:6'],
      ['a,b,a\n1,2,3\n', 'duplicate-header 1:5'],
      ['a,b\n1,2\n2,4\nfoo,5\n', 'text-in-numbers 4:1'],
      ['a,b\n"x\ny",2\n"z",3,4\n', 'ragged-row 4:7'],
    ];
    for (const [text, expected] of problems) assert.deepEqual(said(read(text)), [expected], text);
  });

  it('written in any dialect reads back equal', () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
    const text = fc
      .stringMatching(/^[a-z][a-z ",;|\n'é-]{0,8}[a-z]$/)
      .filter((word) => !/^(?:nan?|null|none)$/.test(word));
    const table = fc
      .tuple(fc.array(fc.boolean(), { minLength: 1, maxLength: 5 }), fc.integer({ min: 1, max: 12 }))
      .chain(([numeric, rows]) =>
        fc.array(fc.tuple(...numeric.map((is): fc.Arbitrary<string | number> => (is ? number : text))), {
          minLength: rows,
          maxLength: rows,
        }),
      );
    const dialect = fc.record({
      delimiter: fc.constantFrom(',', ';', '\t', '|'),
      lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
      mark: fc.boolean(),
      last: fc.boolean(),
    });
    fc.assert(
      fc.property(table, dialect, (rows, { delimiter, lineEnd, mark, last }) => {
        const quoted = (value: string | number) =>
          typeof value === 'number' ? String(value) : `"${value.replaceAll('"', '""')}"`;
        const header = rows[0].map((_, c) => `"name ${c}"`).join(delimiter);
        const body = rows.map((row) => row.map(quoted).join(delimiter)).join(lineEnd);
        const text = `${mark ? '\uFEFF' : ''}${header}${lineEnd}${body}${last ? lineEnd : ''}`;
        const found = read(text, { delimiter, header: 'present', decimalSeparator: '.' });
        assert.equal(found.problems.blocked, false, JSON.stringify(found.problems.list));
        assert.equal(found.rows, rows.length);
        rows[0].forEach((_, c) => {
          assert.deepEqual(
            cells(found)[c],
            rows.map((row) => row[c]),
          );
        });
      }),
      { numRuns: 1000 * RUNS },
    );
  });

  it('of any bytes whatever is read or refused, quickly', () => {
    const byte = fc.oneof(
      fc.constantFrom(...[...',;\t|"\'\n\r 0123456789.-eE#\\'].map((c) => c.charCodeAt(0))),
      fc.integer({ min: 0, max: 255 }),
    );
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 300 }), (bytes) => {
        const from = performance.now();
        const { rows, columns, lines } = read(Uint8Array.from(bytes));
        assert.ok(performance.now() - from < 1000);
        assert.equal(lines.length, rows);
        for (const column of columns) assert.equal(column.rows, rows);
      }),
      { numRuns: 10_000 * RUNS },
    );
  });
});

/** Records and cells as our tokens have them, blank lines left out; null when there is an error. */
function tokenize(text: string): string[][] | null {
  const problems = new Problems();
  const syntax = syntaxOf(',');
  const tokens = new Tokens(syntax, problems);
  tokens.push(encoder.encode(text), true);
  const records: string[][] = [];
  try {
    while (tokens.next()) {
      const record = Array.from({ length: tokens.count }, (_, c) =>
        cellText(tokens.bytes, tokens.starts[c], tokens.ends[c], tokens.kinds[c], syntax),
      );
      if (record.length > 1 || tokens.starts[0] !== tokens.ends[0]) records.push(record);
    }
  } catch {
    return null;
  }
  return problems.list.length > 0 ? null : records;
}

describe('beside other readers', () => {
  it('the cells are those of csv-parse wherever it accepts a text', () => {
    const piece = fc.constantFrom(
      'a',
      'b c',
      ' ',
      ',',
      ',',
      '"',
      '""',
      '\n',
      '\r\n',
      '1',
      '-2.5',
      'é',
      "'",
      '\\',
      '"x,y"',
      '"p""q"',
    );
    let accepted = 0;
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        let expected: string[][];
        try {
          expected = parse(text, {
            ...{ relax_column_count: true, skip_empty_lines: true, trim: true, bom: false },
            record_delimiter: ['\r\n', '\n', '\r'],
          });
        } catch {
          return;
        }
        const ours = tokenize(text);
        // A quote inside a cell that is not quoted is text to both, text behind a closing quote an error to both.
        if (ours === null) return;
        accepted++;
        const trimmed = (records: string[][]) =>
          records
            .map((record) => record.map((cell) => cell.trim()))
            .filter((record) => record.some((cell) => cell !== ''));
        assert.deepEqual(trimmed(ours), trimmed(expected), JSON.stringify(text));
      }),
      { numRuns: 5000 * RUNS },
    );
    assert.ok(accepted > 500, `only ${accepted} texts were compared`);
  });

  it('csv-spectrum: 12 of 12, one of its expectations put right', () => {
    const folder = 'node_modules/csv-spectrum';
    const names = readdirSync(`${folder}/csvs`).map((name) => name.replace(/\.csv$/, ''));
    assert.equal(names.length, 12);
    for (const name of names) {
      const expected = JSON.parse(readFileSync(`${folder}/json/${name}.json`, 'utf8')) as Record<
        string,
        string
      >[];
      const records = tokenize(readFileSync(`${folder}/csvs/${name}.csv`, 'utf8'));
      assert.ok(records, name);
      const [header, ...rows] = records;
      const found = rows.map((row) => Object.fromEntries(header.map((key, c) => [key, row[c]])));
      // Its JSON is no list, and has another telephone number than its CSV.
      const right =
        name === 'location_coordinates'
          ? [{ ...(expected as unknown as object), 'Contact Phone Number': '2095257564' }]
          : expected;
      assert.deepEqual(found, right, name);
    }
  });
});
