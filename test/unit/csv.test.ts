import assert from 'node:assert/strict';
import fc from 'fast-check';
import { delimiters, detectDialect, isNumber, readTable, type Delimiter } from '../../src/data/csv';
import { readDataset } from '../../src/data/dataset';
import { UserError } from '../../src/data/userError';
import { defaults, type Settings } from '../../src/settings';

/** Names and rows of a text, the way it is looked at on the page. */
function read(text: string): { names: readonly string[]; rows: string[][] } {
  const { names, columns, rows } = readTable(text);
  return { names, rows: Array.from({ length: rows }, (_, r) => columns.map((column) => column[r])) };
}

function errorOf(body: () => unknown): UserError {
  try {
    body();
  } catch (error) {
    assert.ok(error instanceof UserError, String(error));
    return error;
  }
  throw new assert.AssertionError({ message: 'no error was thrown' });
}

describe('reading a CSV', () => {
  const plain = { names: ['a', 'b'], rows: [['1', 'x'], ['2', 'y']] }; // prettier-ignore

  for (const [name, delimiter] of [
    ['comma', ','],
    ['semicolon', ';'],
    ['tab', '\t'],
    ['pipe', '|'],
  ] as const) {
    it(`finds the delimiter ${name} by itself`, () => {
      const text = 'a,b\n1,x\n2,y\n'.replaceAll(',', delimiter);
      assert.equal(readTable(text).dialect.delimiter, delimiter);
      assert.deepEqual(read(text), plain);
    });
  }

  for (const [name, eol] of [
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['CR', '\r'],
  ] as const) {
    it(`takes ${name} as the line end, with or without one after the last row`, () => {
      const text = ['a,b', '1,x', '2,y'].join(eol);
      assert.deepEqual(read(text), plain);
      assert.deepEqual(read(text + eol), plain);
      assert.deepEqual(readTable(text).lines, [2, 3]);
    });
  }

  it('takes mixed line ends without merging rows', () => {
    const text = 'a,b\r\n1,x\n2,y\r3,z\r\n';
    assert.deepEqual(read(text).rows, [['1', 'x'], ['2', 'y'], ['3', 'z']]); // prettier-ignore
    assert.deepEqual(readTable(text).lines, [2, 3, 4]);
  });

  it('reads quoted cells with delimiters, doubled quotes and line breaks in them', () => {
    const text = 'a,b\n"1,5","say ""hi"""\n"two\nlines","two\r\nlines"\n"","x"\n';
    assert.deepEqual(read(text).rows, [
      ['1,5', 'say "hi"'],
      ['two\nlines', 'two\r\nlines'],
      ['', 'x'],
    ]);
  });

  it('counts lines inside quoted cells, so that each row knows the line it starts on', () => {
    assert.deepEqual(readTable('a,b\n"x\ny\nz",1\n2,3\n"p\r\nq",4\n5,6').lines, [2, 5, 6, 8]);
  });

  it('counts a lone CR inside a quoted cell as a line, as editors do', () => {
    assert.deepEqual(readTable('a,b\r"x\ry",1\r2,3\r').lines, [2, 4]);
  });

  it('takes a quote inside an unquoted cell as it stands', () => {
    assert.deepEqual(read('a,b\n5" disk,x\n1,y"\n').rows, [['5" disk', 'x'], ['1', 'y"']]); // prettier-ignore
  });

  it('trims unquoted cells and keeps the spaces of quoted ones', () => {
    assert.deepEqual(read('a , b\n 1 ,  "  x, y "  \n'), { names: ['a', 'b'], rows: [['1', '  x, y ']] });
  });

  it('passes over blank lines wherever they are, and keeps the line numbers right', () => {
    const text = '\n\na,b\n\n1,x\n   \n2,y\n\n\n';
    assert.deepEqual(read(text), plain);
    assert.deepEqual(readTable(text).lines, [5, 7]);
  });

  it('keeps a row whose cells are all empty: it is not a blank line', () => {
    assert.deepEqual(read('a,b\n1,x\n,\n2,y\n').rows, [['1', 'x'], ['', ''], ['2', 'y']]); // prettier-ignore
  });

  it('leaves out the column that a delimiter at the end of every line makes', () => {
    assert.deepEqual(read('a,b,\n1,x,\n2,y,\n'), plain);
    assert.deepEqual(read('a;b;\r\n1;x;\r\n2;y;'), plain);
  });

  it('reads an empty last cell at the end of the file', () => {
    assert.deepEqual(read('a,b\n1,x\n2,').rows, [['1', 'x'], ['2', '']]); // prettier-ignore
  });

  it('reads a file of a single column', () => {
    assert.deepEqual(read('a\n1\n2\n'), { names: ['a'], rows: [['1'], ['2']] });
  });

  it('knows a header by its cells: none is a number', () => {
    assert.deepEqual(detectDialect('x;y\n1;2\n'), { delimiter: ';', header: true });
    assert.deepEqual(detectDialect('red,blue\ngreen,red\n'), { delimiter: ',', header: true });
    assert.deepEqual(detectDialect('1,2\n3,4\n'), { delimiter: ',', header: false });
    assert.deepEqual(detectDialect('5.1,3.5,setosa\n4.9,3,setosa\n'), { delimiter: ',', header: false });
  });

  it('calls the columns column 1, column 2, … where there is no header, and keeps the first row', () => {
    assert.deepEqual(read('1,2\n3,4\n'), { names: ['column 1', 'column 2'], rows: [['1', '2'], ['3', '4']] }); // prettier-ignore
    assert.deepEqual(readTable('1,2\n3,4\n').lines, [1, 2]);
  });

  it('takes quotes off header names, and allows delimiters in them', () => {
    assert.deepEqual(read('"width, cm";"say ""x"""\n1;2\n').names, ['width, cm', 'say "x"']);
  });

  it('is not misled by other delimiters in the cells', () => {
    assert.equal(detectDialect('a;b\n1,5;2,5\n3,5;4,5\n').delimiter, ';');
    assert.equal(detectDialect('when,what\n"1|2|3",x\n"4|5|6",y\n').delimiter, ',');
    assert.equal(detectDialect('note\tclass\na, b, c\tx\nd, e\ty\n').delimiter, '\t');
  });

  it('finds delimiter and header of a file far longer than the part it looks at', () => {
    const long = Array.from({ length: 3000 }, (_, r) => `${r};"${'x,\n'.repeat(10)}";${r % 2}`);
    const table = readTable(`id;note;label\n${long.join('\n')}\n`);
    assert.equal(table.dialect.delimiter, ';');
    assert.equal(table.rows, 3000);
    assert.equal(table.columns[0][2999], '2999');
    // Each record is 11 lines long.
    assert.equal(table.lines[2999], 2 + 2999 * 11);
  });

  it('does not take decimal commas between semicolons for delimiters, even without a header', () => {
    const text = '1,5;2,5\n3,5;4,5\n';
    assert.deepEqual(read(text).rows, [['1,5', '2,5'], ['3,5', '4,5']]); // prettier-ignore
  });
});

describe('a number in a cell', () => {
  it('has an optional sign, digits, one point and an exponent', () => {
    for (const cell of ['0', '-1', '+2.5', '.5', '5.', '1e3', '1E-3', '-1.5e+10', '007']) {
      assert.ok(isNumber(cell), cell);
    }
  });

  it('is nothing that merely begins like one', () => {
    for (const cell of [
      '',
      ' ',
      '1,5',
      '1 000',
      '1_000',
      '0x10',
      '12px',
      '1e',
      'e5',
      '.',
      '-',
      '--1',
      'NaN',
      'Infinity',
      '1.2.3',
      '5%',
      '$5',
    ]) {
      assert.ok(!isNumber(cell), cell);
    }
  });

  it('is every text that JavaScript writes for a finite number', () => {
    fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => isNumber(String(x))));
  });
});

describe('a table written by the rules of RFC 4180', () => {
  interface Written {
    text: string;
    /** Where each cell (its quote, if it has one) starts; row 0 is the header. */
    starts: number[][];
    quoted: boolean[][];
  }
  const atom = (breaks: readonly string[]) =>
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom('a', 'B', 'é', '7', '-', '.', '😀', "'", ' ', '0') },
      { weight: 2, arbitrary: fc.constantFrom(',', ';', '\t', '|', '"', '""') },
      { weight: 1, arbitrary: fc.constantFrom(...breaks) },
    );
  const tables = (breaks: readonly string[]) =>
    fc.tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 1, max: 8 })).chain(([width, height]) =>
      fc.record({
        cells: fc.array(
          fc.array(
            fc.array(atom(breaks), { maxLength: 6 }).map((atoms) => atoms.join('')),
            { minLength: width, maxLength: width },
          ),
          { minLength: height, maxLength: height },
        ),
        delimiter: fc.constantFrom<Delimiter>(...delimiters),
        eol: fc.constantFrom('\n', '\r\n', '\r'),
        finalEol: fc.boolean(),
        quoteAll: fc.boolean(),
        pad: fc.boolean(),
      }),
    );

  function write(table: {
    cells: string[][];
    delimiter: Delimiter;
    eol: string;
    finalEol: boolean;
    quoteAll: boolean;
    pad: boolean;
  }): Written & { names: string[] } {
    const { cells, delimiter, eol, finalEol, quoteAll, pad } = table;
    const names = cells[0].map((_, c) => `name ${'abcde'[c]}`);
    const starts: number[][] = [];
    const quoted: boolean[][] = [];
    let text = '';
    [names, ...cells].forEach((row, r) => {
      if (r > 0) text += eol;
      starts.push([]);
      quoted.push([]);
      row.forEach((cell, c) => {
        if (c > 0) text += delimiter;
        const needs = /[",;|\t\r\n]/.test(cell) || cell !== cell.trim();
        if (pad && c > 0) text += ' ';
        starts[r].push(text.length);
        quoted[r].push(needs || (quoteAll && r > 0));
        text += quoted[r][c] ? `"${cell.replaceAll('"', '""')}"` : cell;
      });
    });
    return { text: finalEol ? text + eol : text, starts, quoted, names };
  }

  /** Line and column of an offset, by counting. */
  function placeOf(text: string, offset: number): { line: number; column: number } {
    const lines = text.slice(0, offset).split(/\r\n|\n|\r/);
    return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
  }

  it('reads back equal: any cells, each delimiter and each line end', () => {
    fc.assert(
      fc.property(tables(['\n', '\r\n', '\r']), (table) => {
        const { text, names } = write(table);
        const found = readTable(text);
        assert.equal(found.dialect.delimiter, table.delimiter);
        assert.deepEqual(read(text), { names, rows: table.cells });
      }),
      { numRuns: 500 },
    );
  });

  it('gives each cell the line and column at which it was written', () => {
    fc.assert(
      fc.property(tables(['\n', '\r\n']), (table) => {
        const { text, starts } = write(table);
        const found = readTable(text);
        starts.forEach((row, r) =>
          row.forEach((start, c) => {
            const { line, column } = found.locate(r - 1, c);
            assert.deepEqual({ line, column }, placeOf(text, start));
          }),
        );
        assert.deepEqual(
          found.lines,
          starts.slice(1).map((row) => placeOf(text, row[0]).line),
        );
      }),
      { numRuns: 300 },
    );
  });
});

describe('the range of a cell', () => {
  it('ends one past its last character', () => {
    const table = readTable('ab;c\n  xyz ;1\n');
    assert.deepEqual(table.locate(0, 0), { line: 2, column: 3, endColumn: 6 });
    assert.deepEqual(table.locate(-1, 1), { line: 1, column: 4, endColumn: 5 });
  });

  it('takes in the quotes of a quoted cell', () => {
    assert.deepEqual(readTable('a,b\n1,"xyz"\n').locate(0, 1), { line: 2, column: 3, endColumn: 8 });
  });
});

describe('what is wrong with a CSV', () => {
  const wrong: [what: string, text: string, line: number, column: number, message: RegExp][] = [
    ['a quote that is never closed', 'a,b\n1,"x\n2,y\n', 2, 3, /never closed/],
    [
      'a quote that is never closed, after a quoted line break',
      'a,b\n"p\nq",  "x\n2,y\n',
      3,
      6,
      /never closed/,
    ],
    ['text after a closing quote', 'a,b\n1,"x"y\n', 2, 6, /after the closing quote/],
    [
      'text after a closing quote on a later line of the cell',
      'a,b\n"1\n2"3,y\n',
      3,
      3,
      /after the closing quote/,
    ],
    [
      'a row that is too short, at its last cell',
      'a,b,c\n1,2,3\n1,22\n',
      3,
      3,
      /has 2 cells, the header has 3/,
    ],
    [
      'a row that is too long, at its first extra cell',
      'a,b\n1,2\n3,4,5,6\n',
      3,
      5,
      /has 4 cells, the header has 2/,
    ],
    ['a long row after quoted line breaks', 'a,b\n"x\ny",2,"z"\n', 3, 6, /has 3 cells/],
    [
      'a row that is too long without a header',
      '1,2\n3,4\n5,6,7\n',
      3,
      5,
      /has 3 cells, the first row has 2/,
    ],
    ['a delimiter at the end of one row alone', 'a,b\n1,2,\n3,4\n', 2, 5, /has 3 cells/],
    ['a delimiter at the end of the last row, without a line end', 'a,b\n1,2\n3,4,', 3, 5, /has 3 cells/],
    ['two columns of one name, at the second', 'a,bb,a\n1,2,3\n', 1, 6, /Columns 1 and 3 are both named “a”/],
    ['a row that is too short in a file of CRs', 'a,b\r1,2\r3\r', 3, 1, /has 1 cells/],
    ['a row that is too short after CRLFs and blank lines', 'a,b\r\n\r\n1,2\r\n3\r\n', 4, 1, /has 1 cells/],
  ];
  it('is no column without a name: it gets one', () => {
    assert.deepEqual(readTable(',a,\n0,1,2\n').names, ['column 1', 'a', 'column 3']);
  });
  for (const [what, text, line, column, message] of wrong) {
    it(`is told with line and column: ${what}`, () => {
      const error = errorOf(() => readTable(text));
      assert.deepEqual([error.place?.line, error.place?.column], [line, column], error.message);
      assert.match(error.message, message);
    });
  }

  const empty: [what: string, text: string, line: number, message: RegExp][] = [
    ['an empty file', '', 1, /empty/],
    ['a file of blank lines', '\n  \r\n\n', 1, /empty/],
    ['a header without rows', 'a,b\n', 1, /a header but no rows/],
    ['a header without rows, after blank lines', '\n\na,b\n', 3, /a header but no rows/],
  ];
  for (const [what, text, line, message] of empty) {
    it(`is told with its line: ${what}`, () => {
      const error = errorOf(() => readTable(text));
      assert.equal(error.place?.line, line);
      assert.match(error.message, message);
    });
  }

  const unusable: [
    what: string,
    text: string,
    line: number,
    column: number | undefined,
    message: RegExp,
    settings?: Partial<Settings>,
  ][] = [
    ['text in a column of numbers', 'x,label\n1,a\n2,b\n oops,a\n4,b\n', 4, 2, /“oops” is no number.*“x”/],
    ['a number too big for the computer', 'x,label\n1,a\n1e999,b\n3,a\n', 3, 1, /“1e999” is no number/],
    [
      'a decimal point among decimal commas',
      'x;label\n1,5;a\n2.5;b\n3,5;a\n4,5;b\n',
      3,
      1,
      /“2\.5” is no number/,
    ],
    [
      'text in a target of numbers',
      'x,y\n1,1.5\n2,2.5\n3,high\n4,3.5\n',
      4,
      3,
      /“high” is no number.*target “y”/,
    ],
    [
      'text where a linear output needs numbers',
      'x,y\n1,low\n2,high\n',
      2,
      3,
      /text “low”; a linear output/,
      { 'model.output': 'linear' },
    ],
    ['a target of one class', 'x,z\n1,a\n2,a\n', 2, 3, /only one class, “a”/, { 'data.target': 'z' }],
    ['a target without values', 'x,z\n1,\n2,NA\n', 2, 3, /“z” has no values/, { 'data.target': 'z' }],
    ['a target that is not there', 'x,y\n1,2\n', 1, undefined, /no column “z”.*x, y/, { 'data.target': 'z' }],
    [
      'a target that is not there, in a file that begins with blank lines',
      '\n\nx,y\n1,2\n',
      3,
      undefined,
      /no column “z”/,
      { 'data.target': 'z' },
    ],
  ];
  for (const [what, text, line, column, message, settings] of unusable) {
    it(`is told with its place: ${what}`, () => {
      const error = errorOf(() => readDataset(text, { ...defaults, ...settings }));
      assert.match(error.message, message);
      assert.equal(error.place?.line, line);
      if (column !== undefined) assert.equal(error.place?.column, column);
    });
  }

  it('is told with a line and a column whatever it is', () => {
    const lacking = [...wrong, ...empty, ...unusable].filter(([, text, , , , settings]) => {
      const { place } = errorOf(() => readDataset(text, { ...defaults, ...(settings as Partial<Settings>) }));
      return place?.line === undefined || place.column === undefined;
    });
    assert.deepEqual(
      lacking.map(([what]) => what),
      [],
    );
  });

  it('names the columns there are when the target is not among them, the first twelve of many', () => {
    const names = Array.from({ length: 15 }, (_, c) => `c${c}`);
    const text = `${names.join(',')}\n${names.map(() => 1).join(',')}\n`;
    const { message } = errorOf(() => readDataset(text, { ...defaults, 'data.target': 'nope' }));
    assert.match(message, /c0, c1, .*c11 and 3 more/);
  });
});
