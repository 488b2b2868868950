import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { textOf } from '../../src/host/text';
import { bytesOf, read } from './reading';

// Files that are called tables and are none: what they are is said, at line 1, and what to do.
const lines = (count: number, line: (k: number) => string) =>
  Array.from({ length: count }, (_, k) => `${line(k)}\n`).join('');
/** Bytes that begin like this, with others behind. */
const beginning = (start: string) =>
  Uint8Array.from({ length: 900 }, (_, k) =>
    k < start.length ? start.charCodeAt(k) : Math.imul(k + 7, 0x85ebca6b) >>> 24,
  );
/** A zip whose first file is called so. */
const zipOf = (name: string, content = '') =>
  beginning(
    `PK\x03\x04\x14\0\0\0\0\0${'\0'.repeat(16)}${String.fromCharCode(name.length)}\0\0\0${name}${content}`,
  );
const tar = bytesOf(
  `data.csv${'\0'.repeat(249)}ustar\0${'00'}${'\0'.repeat(247)}a,b\n1,2\n${'\0'.repeat(504)}`,
);
const records = Array.from({ length: 4000 }, (_, k) => ({ size: k, name: `a "name", ${k}`, tags: [k, 'x'] }));

const files: readonly [what: string, content: string | Uint8Array, told: RegExp][] = [
  ['06b-web-page.csv', readFileSync('test/field/06b-web-page.csv'), /^This is a web page.*Download/],
  ['a page without a doctype', '<html lang="en">\n<body>1,2\n3,4</body></html>\n', /web page/],
  [
    'a page below a comment',
    '<!-- saved from x -->\n<!DOCTYPE HTML PUBLIC "-//W3C//DTD">\n<html>',
    /web page/,
  ],
  ['a page in XML', '<?xml version="1.0"?>\n<html xmlns="x"><body/></html>', /web page/],
  [
    'a page in UTF-16',
    new Uint8Array(Buffer.from('\uFEFF<!doctype html>\n<html></html>', 'utf16le')),
    /web page/,
  ],
  ['what a server of files answers', '404: Not Found', /server answered .*“404: Not Found”.*again/],
  ['what a server says of too many', '429 Too Many Requests\n', /server answered/],
  [
    'what a store answers',
    '<?xml version="1.0"?>\n<Error><Code>AccessDenied</Code></Error>',
    /server answered/,
  ],
  ['what an API answers', '{"message": "Not Found", "status": "404"}', /server answered/],
  [
    'a pointer',
    'version https://git-lfs.github.com/spec/v1\noid sha256:1a\nsize 7\n',
    /Git LFS.*git lfs pull/,
  ],
  ['JSON in one piece', JSON.stringify(records), /^This is JSON.*Convert it to CSV/],
  ['JSON over lines', JSON.stringify(records.slice(0, 3), null, 2), /This is JSON/],
  ['one object', '{"columns": ["a", "b"], "data": [[1, 2], [3, 4]]}', /This is JSON/],
  ['XML', '<?xml version="1.0"?>\n<rows>\n<row a="1" b="2"/>\n</rows>', /This is XML/],
  ['XML without a declaration', '<rows>\n <row>1,2</row>\n</rows>\n', /This is XML/],
  ['a dump of a database', '-- MySQL dump 10.13\n--\nCREATE TABLE x (a int);\n', /This is SQL/],
  ['statements', lines(9, (k) => `INSERT INTO x VALUES (${k}, 'a');`), /This is SQL/],
  [
    'sparse rows',
    lines(9, (k) => `${k % 2 ? '+1' : '-1'} 3:0.5 ${k + 4}:1e-3`),
    /LIBSVM.*column for each feature/,
  ],
  ['sparse rows to be ranked', lines(9, (k) => `${k % 3} qid:${k} 1:1 2:0.${k} # doc`), /LIBSVM/],
  [
    'the log of a web server',
    lines(9, (k) => `10.0.0.${k} - - [10/Oct/2000:13:55:36 -0700] "GET /${k}" 200 ${k}`),
    /This is a log/,
  ],
  [
    'the log of a system',
    lines(9, (k) => `Jan ${k + 10} 10:00:0${k} host job[${k}]: did ${'a, '.repeat(k)}`),
    /This is a log/,
  ],
  [
    'the log of a program',
    lines(9, (k) => `2024-01-0${k + 1} 10:00:00,123 INFO main - ${'x, '.repeat(k)}`),
    /This is a log/,
  ],
  ['a workbook', zipOf('[Content_Types].xml', '<Types>'), /workbook, Excel \(xlsx\).*save the sheet as CSV/],
  ['an old workbook', beginning('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'), /workbook, Excel \(xls\)/],
  [
    'an open workbook',
    zipOf('mimetype', 'application/vnd.oasis.opendocument.spreadsheet'),
    /workbook, OpenDocument/,
  ],
  ['a zip', zipOf('data.csv', 'a,b'), /This is a zip archive.*Unpack it/],
  ['a tar', tar, /This is a tar archive/],
  ['a 7z', beginning('7z\xbc\xaf\x27\x1c'), /This is a 7z archive/],
  ['bzip2', beginning('BZh91AY'), /packed with bzip2/],
  ['Zstandard', beginning('\x28\xb5\x2f\xfd'), /packed with Zstandard/],
  ['Parquet', beginning('PAR1'), /This file is Parquet.*Export the table as CSV/],
  ['Arrow', beginning('ARROW1\0\0'), /Arrow/],
  ['HDF5', beginning('\x89HDF\r\n\x1a\n'), /HDF5/],
  ['NumPy', beginning('\x93NUMPY\x01\0v\0'), /NumPy/],
  ['SQLite', beginning('SQLite format 3\0'), /SQLite/],
  ['a PDF', beginning('%PDF-1.7\n'), /This file is PDF/],
];

/** Tables that merely look like one of these. */
const tables: readonly [what: string, content: string, columns: readonly string[]][] = [
  [
    'names in angle brackets',
    `<TICKER>,<PER>,<CLOSE>\n${lines(9, (k) => `X,D,${k}.5`)}`,
    ['<TICKER>', '<PER>', '<CLOSE>'],
  ],
  ['texts that are markup', `text,label\n${lines(9, (k) => `<p>Good ${k}</p>,${k % 2}`)}`, ['text', 'label']],
  [
    'markup in the first cell, without a header',
    lines(9, (k) => `<b>x${k}</b>,${k % 2},${k}`),
    ['column 1', 'column 2', 'column 3'],
  ],
  [
    'levels of a log in columns',
    `when,level,n\n${lines(9, (k) => `2024-01-0${k + 1} 10:00:00,INFO,${k}`)}`,
    ['when', 'level', 'n'],
  ],
  [
    'such a table without a header',
    lines(9, (k) => `2024-01-0${k + 1} 10:00:00;ERROR;${k}`),
    ['column 1', 'column 2', 'column 3'],
  ],
  ['objects in cells', `id,extra\n${lines(9, (k) => `${k},"{""a"": ${k}}"`)}`, ['id', 'extra']],
  ['lists in the first cell', `list;y\n${lines(9, (k) => `[1, ${k}];${k}`)}`, ['list', 'y']],
  ['a column called “error”', `error,message\n${lines(9, (k) => `${k},not found`)}`, ['error', 'message']],
  ['a name like a beginning', `PAR1,PAR2\n${lines(9, (k) => `${k},${k * k}`)}`, ['PAR1', 'PAR2']],
  ['ratios', `a b\n${lines(9, (k) => `${k} 1:${k}`)}`, ['a', 'b']],
  ['a column called “version”', `version,size\n${lines(9, (k) => `${k},${2 * k}`)}`, ['version', 'size']],
];

describe('a file that is no table', () => {
  for (const [what, content, told] of files)
    it(`is said to be what it is, at line 1: ${what}`, () => {
      const { problems, columns, rows } = read(content);
      const [problem] = problems.list;
      assert.deepEqual(
        problems.list.map(({ code, line, severity }) => `${severity} ${code} ${line}`),
        ['error no-table 1'],
      );
      assert.match(textOf(problem), told);
      assert.deepEqual([columns.length, rows], [0, 0]);
    });

  it('is refused where nothing is known of it but that it is packed', () => {
    for (const pack of [gzipSync, deflateSync, brotliCompressSync])
      assert.ok(read(new Uint8Array(pack('a,b\n1,2\n'.repeat(2000)))).problems.blocked);
  });

  for (const [what, content, columns] of tables)
    it(`is not what a table is taken for: ${what}`, () => {
      const table = read(content);
      assert.deepEqual(
        table.columns.map(({ name }) => name),
        columns,
      );
      assert.deepEqual(table.problems.list, []);
    });
});
