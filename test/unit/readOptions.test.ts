// What a person says about a file goes before what the reader finds in it.
import assert from 'node:assert/strict';
import { encodingOf } from '../../src/data/csv/encoding';
import type { ReadTable } from '../../src/data/csv/read';
import { bytesOf, cells, read, said } from './reading';
import { textOf } from '../../src/host/text';

const names = ({ columns }: ReadTable) => columns.map(({ name }) => name);
const errors = ({ problems }: ReadTable) =>
  problems.list.filter(({ severity }) => severity === 'error').map(({ code }) => code);

describe('the delimiter that is told', () => {
  const text = 'a;b,c\n1;2,3\n4;5,6\n';

  it('goes before the one that is found', () => {
    const semicolon = read(text, { delimiter: ';', decimalSeparator: ',' });
    assert.deepEqual(
      [names(semicolon), cells(semicolon)],
      [
        ['a', 'b,c'],
        [
          [1, 4],
          [2.3, 5.6],
        ],
      ],
    );
    const comma = read(text, { delimiter: ',' });
    assert.deepEqual(
      [names(comma), cells(comma)],
      [
        ['a;b', 'c'],
        [
          ['1;2', '4;5'],
          [3, 6],
        ],
      ],
    );
    assert.deepEqual([...said(semicolon), ...said(comma)], []);
  });

  it('may be any character of ASCII', () => {
    for (const delimiter of [':', '~', '^', '!', '_', 'x', '\x01', '\x1f']) {
      const table = read(['a', 'b\n1', '2\n3', '4\n'].join(delimiter), { delimiter });
      assert.deepEqual(
        [names(table), cells(table)],
        [
          ['a', 'b'],
          [
            [1, 3],
            [2, 4],
          ],
        ],
        JSON.stringify(delimiter),
      );
      assert.deepEqual(said(table), []);
    }
  });

  it('is what the first line of a spreadsheet says it is not', () => {
    const table = read('sep=;\na,b\n1,2\n', { delimiter: ',' });
    assert.deepEqual(
      [names(table), cells(table)],
      [
        ['a', 'b'],
        [[1], [2]],
      ],
    );
  });

  it('may stand between cells that have no other reading, one column wide', () => {
    const table = read('a,b\n1,2\n3,4\n', { delimiter: ';', decimalSeparator: ',' });
    assert.deepEqual([names(table), cells(table)], [['a,b'], [[1.2, 3.4]]]);
  });

  it('may have blanks beside it: they are never a part of a cell', () => {
    for (const delimiter of [', ', ' ,', ' , '])
      assert.deepEqual(
        cells(read('a, b\n1, 2\n3,4\n', { delimiter })),
        [
          [1, 3],
          [2, 4],
        ],
        delimiter,
      );
  });

  it('may be a blank, of which a run counts once, or a tab, of which each counts', () => {
    for (const delimiter of [' ', '  '])
      assert.deepEqual(cells(read('a b\n1   2\n  3 4 \n', { delimiter })), [
        [1, 3],
        [2, 4],
      ]);
    assert.deepEqual(cells(read('a\tb\tc\n1\t\t2\n3\t4\t5\n', { delimiter: '\t' })), [
      [1, 3],
      [null, 4],
      [2, 5],
    ]);
  });

  it('is found when it is auto', () => {
    assert.deepEqual(read(text, { delimiter: 'auto' }), read(text));
    assert.deepEqual(cells(read('a|b\n1|2\n', { delimiter: 'auto' })), [[1], [2]]);
  });

  it('may be several signs, or one beyond ASCII', () => {
    for (const delimiter of ['::', '|~|', '€', '→', '<=>'])
      assert.deepEqual(
        cells(read(`a${delimiter}b\n1${delimiter}"2${delimiter}3"\n`, { delimiter })),
        [[1], [`2${delimiter}3`]],
        delimiter,
      );
  });

  it('is refused, naming the setting, when nothing can be delimited by it', () => {
    for (const delimiter of ['', 'é', '\\t', 'comma', '\n', '\r', '\u00a0', ':\n:']) {
      const table = read('a,b\n1,2\n', { delimiter });
      assert.deepEqual(errors(table), ['unknown-delimiter'], JSON.stringify(delimiter));
      assert.match(textOf(table.problems.list[0]), /neuronLens\.csv\.delimiter/);
      assert.equal(table.rows, 0);
    }
  });
});

describe('the header that is told', () => {
  it('is present above a row of numbers, and absent above a row of words', () => {
    const years = read('2001,2002\n1,2\n3,4\n', { header: 'present' });
    assert.deepEqual(
      [names(years), cells(years)],
      [
        ['2001', '2002'],
        [
          [1, 3],
          [2, 4],
        ],
      ],
    );
    const words = read('x,y\nu,v\n', { header: 'absent' });
    assert.deepEqual(
      [names(words), cells(words)],
      [
        ['column 1', 'column 2'],
        [
          ['x', 'u'],
          ['y', 'v'],
        ],
      ],
    );
    assert.deepEqual([words.header, [...words.lines]], [false, [1, 2]]);
  });

  it('is found when it is auto', () => {
    for (const text of ['a,b\n1,2\n', '1,2\n3,4\n', 'x,y\nu,v\n'])
      assert.deepEqual(read(text, { header: 'auto' }), read(text));
  });

  it('is absent: then a first row with but one cell that is not empty is a row', () => {
    const table = read('x,,\nu,v,w\np,q,r\n', { header: 'absent' });
    assert.deepEqual(cells(table), [
      ['x', 'u', 'p'],
      [null, 'v', 'q'],
      [null, 'w', 'r'],
    ]);
  });

  it('is present: then the first line that is not passed over is the header', () => {
    const table = read('# a comment\n\n1,2\n3,4\n', { header: 'present' });
    assert.deepEqual(
      [names(table), cells(table)],
      [
        ['1', '2'],
        [[3], [4]],
      ],
    );
  });
});

describe('the decimal mark that is told', () => {
  it('goes before the one that is found', () => {
    const text = 'a;b\n1,234;2,5\n';
    assert.deepEqual(cells(read(text, { decimalSeparator: ',' })), [[1.234], [2.5]]);
    assert.deepEqual(cells(read('a;b\n1.234;2\n3.5;1\n', { decimalSeparator: '.' })), [
      [1.234, 3.5],
      [2, 1],
    ]);
    // With a point for the mark a comma groups thousands.
    assert.deepEqual(cells(read('a;b\n1,234;2\n2,345;3\n', { decimalSeparator: '.' })), [
      [1234, 2345],
      [2, 3],
    ]);
  });

  it('is found when it is auto', () => {
    for (const text of ['a;b\n1,5;2,5\n', 'a;b\n1.5;2.5\n'])
      assert.deepEqual(read(text, { decimalSeparator: 'auto' }), read(text));
  });

  it('may stand at the start of a number: a row of such numbers is no row of words', () => {
    const table = read('a;b;c\n1,5;2,5;x\n,5;,25;y\n', { decimalSeparator: ',' });
    assert.deepEqual(
      [cells(table), said(table)],
      [
        [
          [1.5, 0.5],
          [2.5, 0.25],
          ['x', 'y'],
        ],
        [],
      ],
    );
  });
});

describe('the comment prefixes that are told', () => {
  const text = 'a,b\n# one\n-- two\n3,4\n';

  it('are the only ones', () => {
    const table = read(text, { commentPrefixes: ['--'] });
    assert.deepEqual(
      said(table).filter((each) => each.startsWith('comments')),
      ['comments 3:1'],
    );
    assert.deepEqual(
      said(table).filter((each) => each.startsWith('ragged')),
      ['ragged-row 2:1'],
    );
  });

  it('may be several, of several characters', () => {
    const table = read('REM first\na,b\n1,2\n;; c\nREM d\n3,4\n', { commentPrefixes: ['REM', ';;'] });
    assert.deepEqual(
      [cells(table), said(table)],
      [
        [
          [1, 3],
          [2, 4],
        ],
        ['comments 1:1'],
      ],
    );
  });

  it('may be none: then no line is a comment', () => {
    const table = read('a\n#1\n%2\n//3\n', { commentPrefixes: [] });
    assert.deepEqual([cells(table), said(table)], [[['#1', '%2', '//3']], []]);
  });

  it('may be empty, which begins no line', () => {
    const table = read('a,b\n1,2\n', { commentPrefixes: [''] });
    assert.deepEqual([cells(table), said(table)], [[[1], [2]], []]);
  });

  it('begin no comment inside quotes', () => {
    const table = read('a,b\n"#x",1\n"y\n#z",2\n', { commentPrefixes: ['#'] });
    assert.deepEqual(
      [cells(table), said(table)],
      [
        [
          ['#x', 'y\n#z'],
          [1, 2],
        ],
        [],
      ],
    );
  });

  it('make the rest of their line a comment, quotes and all', () => {
    for (const comment of ['# of "all" things', '# a, "b" c', '# a, "b', "# don't, 'x"]) {
      const table = read(`a,b\n${comment}\n1,2\n3,4\n`, { commentPrefixes: ['#'] });
      // As many cells as a row has would be a row.
      if (comment.split(',').length === 2) continue;
      assert.deepEqual(
        [cells(table), said(table)],
        [
          [
            [1, 3],
            [2, 4],
          ],
          ['comments 2:1'],
        ],
        comment,
      );
    }
    for (const comment of ['# "a" b, c, "d', '# x, "y" z, w', '# "', '# one, "two'])
      assert.deepEqual(said(read(`a,b,c,d\n${comment}\n1,2,3,4\n`)), ['comments 2:1'], comment);
  });
});

describe('the lines to skip that are told', () => {
  it('are counted as they are in the file, whatever they hold', () => {
    for (const skipped of ['x\ny\n', '\n\n', '1,2,3\n"z"\n', '# c\n,,\n']) {
      const table = read(`${skipped}a,b\n1,2\n`, { skipLines: 2 });
      assert.deepEqual(
        [names(table), cells(table), [...table.lines]],
        [['a', 'b'], [[1], [2]], [4]],
        skipped,
      );
      assert.deepEqual(said(table), [], skipped);
    }
  });

  it('may hold a quote that is never closed', () => {
    const table = read('"an open quote\na,b\n1,2\n', { skipLines: 1 });
    assert.deepEqual([names(table), cells(table), said(table)], [['a', 'b'], [[1], [2]], []]);
  });

  it('may be more than there are', () => {
    const table = read('a,b\n1,2\n', { skipLines: 5 });
    assert.deepEqual([table.rows, errors(table)], [0, ['no-rows']]);
  });

  it('end with any of the line ends', () => {
    for (const end of ['\n', '\r\n', '\r'])
      assert.deepEqual(cells(read(['x', 'y', 'a,b', '1,2', ''].join(end), { skipLines: 2 })), [[1], [2]]);
  });
});

describe('the missing tokens that are told', () => {
  it('are the only ones, besides empty cells', () => {
    const text = 'a,b\n-999,x\n1,absent\nNA,NA\n,y\n2,z\n3,w\n';
    const table = read(text, { missingTokens: ['-999', 'absent'] });
    assert.deepEqual(cells(table), [
      [null, 1, null, null, 2, 3],
      ['x', null, 'NA', 'y', 'z', 'w'],
    ]);
    // NA is a word now, in a column of numbers.
    assert.deepEqual(said(table), ['text-in-numbers 4:1']);
  });

  it('may be none: then NA is a word like any other', () => {
    assert.deepEqual(cells(read('a\nNA\n?\nx\n', { missingTokens: [] })), [['NA', '?', 'x']]);
  });

  it('may be numbers, which are compared as they are written', () => {
    const table = read('a,b\n-999,1\n-999.0,2\n-99,3\n', { missingTokens: ['-999'] });
    assert.deepEqual(cells(table)[0], [null, -999, -99]);
  });

  it('count in quotes as well', () => {
    assert.deepEqual(cells(read('a,b\n"none at all",1\n"x",2\n', { missingTokens: ['none at all'] }))[0], [
      null,
      'x',
    ]);
  });
});

describe('the encoding that is told', () => {
  const umlaut = Uint8Array.of(...bytesOf('a,b\nT'), 0xfc, ...bytesOf('r,1\n'));

  it('goes before the one that is found', () => {
    // As UTF-8 these bytes are "é"; as Windows-1252 they are two letters.
    const bytes = bytesOf('a,b\né,1\n');
    assert.equal(encodingOf(bytes), 'utf-8');
    const table = read(bytes, { encoding: 'windows-1252' });
    assert.deepEqual([cells(table)[0], table.encoding], [['Ã©'], 'windows-1252']);
  });

  it('may go by any of its names', () => {
    for (const encoding of ['latin1', 'ISO-8859-1', 'windows-1252', 'cp1252'])
      assert.deepEqual(cells(read(umlaut, { encoding }))[0], ['Tür'], encoding);
    for (const encoding of ['utf-8', 'UTF8', 'utf8'])
      assert.deepEqual(cells(read('a,b\né,1\n', { encoding }))[0], ['é'], encoding);
    const greek = Uint8Array.of(...bytesOf('a,b\n'), 0xe1, ...bytesOf(',1\n'));
    assert.deepEqual(cells(read(greek, { encoding: 'iso-8859-7' }))[0], ['α']);
    const kana = Uint8Array.of(...bytesOf('a,b\n'), 0x83, 0x65, ...bytesOf(',1\n'));
    assert.deepEqual(cells(read(kana, { encoding: 'shift_jis' }))[0], ['テ']);
  });

  it('is UTF-16 with or without a mark', () => {
    for (const mark of ['', '\uFEFF']) {
      const little = new Uint8Array(Buffer.from(`${mark}a,b\né,1\n`, 'utf16le'));
      assert.deepEqual(cells(read(little, { encoding: 'utf-16le' })), [['é'], [1]]);
      const big = new Uint8Array(Buffer.from(`${mark}a,b\né,1\n`, 'utf16le').swap16());
      assert.deepEqual(cells(read(big, { encoding: 'utf-16be' })), [['é'], [1]]);
    }
  });

  it('is not guessed anew where the bytes do not fit it: the cell is missing, and that is said', () => {
    const table = read(umlaut, { encoding: 'utf-8' });
    assert.deepEqual([cells(table)[0], table.encoding], [[null], 'utf-8']);
    assert.ok(said(table).includes('broken-character 2:1'));
  });

  it('is found when it is auto', () => {
    const table = read(umlaut, { encoding: 'auto' });
    assert.deepEqual(
      [cells(table)[0], table.encoding, said(table)],
      [['Tür'], 'windows-1252', ['guessed-encoding 2:1']],
    );
  });

  it('is refused, naming the setting, when nobody knows it', () => {
    for (const encoding of ['nonsense', '', 'utf-9', 'UTF 8', 'latin1 ' + 'x']) {
      const table = read('a,b\n1,2\n', { encoding });
      assert.deepEqual(errors(table), ['unknown-encoding'], JSON.stringify(encoding));
      assert.match(textOf(table.problems.list[0]), /neuronLens\.csv\.encoding/);
      assert.ok(textOf(table.problems.list[0]).includes(encoding));
      assert.equal(table.rows, 0);
    }
  });
});

describe('the quote that is told', () => {
  it('is the only one', () => {
    const table = read(`a,b\n'x,y',"u"\n'it''s','v'\n`, { quote: "'" });
    assert.deepEqual(cells(table), [
      ['x,y', "it's"],
      ['"u"', 'v'],
    ]);
  });

  it('may be an apostrophe, between which there may be nothing', () => {
    const table = read("a,b,c\n'1','2','x'\n'','','x'\n'3','4','x'\n", { quote: "'" });
    assert.deepEqual(said(table), []);
    assert.deepEqual(cells(table), [
      [1, null, 3],
      [2, null, 4],
      ['x', 'x', 'x'],
    ]);
  });

  it('keeps apostrophes around every cell from being taken for quotes', () => {
    assert.deepEqual(names(read("'a','b'\n'x','y'\n", { quote: '"', header: 'present' })), ["'a'", "'b'"]);
  });

  it('may be any character of ASCII', () => {
    assert.deepEqual(cells(read('a,b\n|x,y|,1\n||||,2\n', { quote: '|', delimiter: ',' })), [
      ['x,y', '|'],
      [1, 2],
    ]);
  });

  it('may be none: then a quote is text like any other', () => {
    const table = read('a,b\n"x,1\n5",2\n"y",3\n', { quote: '' });
    assert.deepEqual(
      [cells(table), said(table)],
      [
        [
          ['"x', '5"', '"y"'],
          [1, 2, 3],
        ],
        [],
      ],
    );
  });

  it('is refused, naming the setting, when no cell can be quoted with it', () => {
    for (const quote of ['""', 'é', '“', '\n', 'auto']) {
      const table = read('a,b\n1,2\n', { quote });
      assert.deepEqual(errors(table), ['unknown-quote'], JSON.stringify(quote));
      assert.match(textOf(table.problems.list[0]), /neuronLens\.csv\.quote/);
    }
  });
});

describe('the most rows that are told', () => {
  const text = 'a,b\n1,2\n3,4\n5,6\n7,8\n';

  it('are all that is read', () => {
    const table = read(text, { maxRows: 3 });
    assert.deepEqual(
      [cells(table), said(table)],
      [
        [
          [1, 3, 5],
          [2, 4, 6],
        ],
        [],
      ],
    );
    assert.deepEqual([...table.lines], [2, 3, 4]);
    assert.deepEqual(cells(read(text, { maxRows: 1 })), [[1], [2]]);
  });

  it('keep what is below them from being looked at', () => {
    for (const below of ['1,2,3\n', '"open\n', 'word\n', 'x,y\n', '\0\0\0\n'])
      assert.deepEqual(said(read(`a,b\n1,2\n3,4\n5,6\n${below}`, { maxRows: 3 })), [], JSON.stringify(below));
  });

  it('count rows, not lines', () => {
    const table = read('t\na,b,c\n# c\n1,"x\ny",2\n\n3,z,4\n5,w,6\n', { maxRows: 2 });
    assert.deepEqual(cells(table)[0], [1, 3]);
  });

  it('are all of them when they are 0, or more than there are', () => {
    for (const maxRows of [0, 4, 5, 1e9]) assert.deepEqual(cells(read(text, { maxRows })), cells(read(text)));
  });
});
