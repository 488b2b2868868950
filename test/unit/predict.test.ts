import assert from 'node:assert/strict';
import { encoderOf } from '../../src/predict/encode';
import { CannotPredict } from '../../src/predict/sentences';
import { Predictor, type Model } from '../../src/runs/model';
import { UserError } from '../../src/data/userError';
import { predicted, recordsOf } from './predictions';
import { trained } from './models';

/** Two features and a class, 40 rows: size from 1 to 40, of which some are missing. */
const TABLE = [
  'size,colour,kind',
  ...Array.from(
    { length: 40 },
    (_, k) => `${k % 10 === 9 ? '' : k + 1},${['red', 'green'][k % 2]},${k < 20 ? 'a' : 'b'}`,
  ),
].join('\n');
const { model } = trained(TABLE, {}, 300);
const { model: dropping } = trained(TABLE, { 'data.missingValues': 'dropRows' }, 300);
const { model: three } = trained(
  TABLE.replaceAll('38,green,b', '38,green,c').replaceAll('28,green,b', '28,green,c'),
  {},
  10,
);
const { model: numbers } = trained('x,y\n1,2\n2,4.5\n3,6\n4,8\n5,9\n6,13.5\n', {}, 300);

const lines = (text: string) => text.split('\n');

describe('predictions behind the records of a file', () => {
  it('are the class, each probability in the order of the model, what is outside, and a note', () => {
    const { text } = predicted(three, 'size,colour\n3,red\n');
    const [record] = recordsOf(text);
    assert.deepEqual(Object.keys(record), [
      ...[
        'size',
        'colour',
        'prediction',
        'probability a',
        'probability b',
        'probability c',
        'outside',
        'note',
      ],
    ]);
    const [{ outputs, index }] = new Predictor(three).predict([[3, 'red']]);
    assert.equal(record['prediction'], three.labels[index]);
    const written = three.labels.map((label) => Number(record[`probability ${label}`]));
    assert.deepEqual(written, [...outputs]);
  });

  it('are a number alone where a number is predicted, to the bit', () => {
    const [record] = recordsOf(predicted(numbers, 'x\n2.5\n').text);
    assert.deepEqual(Object.keys(record), ['x', 'prediction', 'outside', 'note']);
    assert.equal(Number(record['prediction']), new Predictor(numbers).predict([[2.5]])[0].outputs[0]);
  });

  it('leave every byte of every record as it is, in its order: title, comments, units, blank lines, quotes, line ends', () => {
    const file = [
      'A title of the table\r\n',
      '# a comment, with commas\n',
      '"size" , colour,remark,weight\r\n',
      'cm,,,kg\n',
      ' 3 ,"red","two\nlines, and ""quotes""",1.5\r\n',
      '\n',
      '# another\r',
      '4,green,,2.5\n',
      '5,red,last,3',
    ];
    const { text, result } = predicted(model, file.join(''));
    assert.equal(result.rows, 3);
    let at = 0;
    for (const record of file) {
      const content = record.replace(/[\r\n]+$/, '');
      assert.ok(
        text.startsWith(content, at),
        `${JSON.stringify(content)} in ${JSON.stringify(text.slice(at))}`,
      );
      at += content.length;
      const end = record.slice(content.length);
      at = end === '' ? text.length : text.indexOf(end, at) + end.length;
    }
    assert.equal(at, text.length);
    const outLines = text.split(/\r\n|\n|\r/);
    assert.equal(outLines[0], 'A title of the table');
    assert.equal(outLines[1], '# a comment, with commas');
    assert.equal(
      outLines[2],
      '"size" , colour,remark,weight,prediction,probability a,probability b,outside,note',
    );
    assert.equal(outLines[3], 'cm,,,kg,,,,,');
    assert.equal(outLines[6], '');
    assert.equal(outLines[7], '# another');
  });

  it('are the same however the bytes come', () => {
    const file = `\ufeff${TABLE}\r\n"41","gr\n""een""",b\r\n`;
    const whole = predicted(model, file).text;
    for (const piece of [1, 2, 3, 7, 64]) assert.equal(predicted(model, file, { piece }).text, whole);
  });

  it('come in the encoding, the delimiter, the quotes, the decimal mark and the line ends of the file', () => {
    const { model: german } = trained(
      TABLE.replaceAll('red', 'rötlich').replaceAll(',a', ',Größe; "A"').replaceAll('size', 'Maß'),
      {},
      100,
    );
    const file = 'Maß;colour\r\n3,5;rötlich\r\n12,25;green\r\n';
    for (const encoding of ['utf-8', 'windows-1252', 'utf-16le', 'utf-16be']) {
      const bytes = encoderOf(encoding)(file);
      assert.ok(bytes);
      const { out } = predicted(german, bytes, { told: { encoding } });
      const text = new TextDecoder(encoding).decode(out);
      const [first, second] = recordsOf(text, ';');
      assert.match(
        text,
        /^Maß;colour;prediction;"probability Größe; ""A""";probability b;outside;note\r\n3,5;rötlich;/,
      );
      assert.ok(text.endsWith('\r\n') && lines(text).length === 4);
      for (const record of [first, second]) {
        const p = ['Größe; "A"', 'b'].map((label) =>
          Number(record[`probability ${label}`].replace(',', '.')),
        );
        assert.ok(Math.abs(p[0] + p[1] - 1) < 1e-12);
      }
      assert.match(first['probability b'], /^0,\d+$/);
    }
  });

  it('are refused where a class cannot be written in the encoding, or would need quotes that mean nothing', () => {
    const { model: greek } = trained(TABLE.replaceAll(',a', ',άλφα'), {}, 1);
    const latin = encoderOf('windows-1252')('size,colour\n1,é\n');
    assert.ok(latin);
    assert.throws(
      () => predicted(greek, latin, { told: { encoding: 'windows-1252' } }),
      /“άλφα” cannot be written in windows-1252/,
    );
  });

  it('say what is unlike the training part: numbers beyond its range, unknown categories', () => {
    const { text, result } = predicted(model, 'size,colour\n3,red\n41,red\n3,violet\n-1,violet\n');
    assert.deepEqual(
      recordsOf(text).map((record) => record['outside']),
      ['', 'size', 'colour', 'size;colour'],
    );
    assert.deepEqual([result.outside, result.unknown], [3, 2]);
    const [{ outputs }] = new Predictor(model).predict([[3, 'violet']]);
    assert.equal(Number(recordsOf(text)[2]['probability a']), outputs[0]);
  });

  it('take the stand-in for what is missing or cannot be read, and say so of the latter', () => {
    const { text, result } = predicted(model, 'size,colour\n,red\nNA,red\nbig,red\n');
    const [empty, word, unread] = recordsOf(text);
    assert.equal(empty['probability a'], word['probability a']);
    assert.equal(unread['probability a'], empty['probability a']);
    assert.deepEqual([empty['note'], word['note'], unread['note']], ['', '', 'not read: size']);
    assert.deepEqual([result.missing, result.unknown, result.predicted], [2, 1, 3]);
  });

  it('are left out, with the reason, where rows with missing values were dropped, and where a row has not its cells', () => {
    const { text, result } = predicted(dropping, 'size,colour\n3,red\n,red\nbig,\n7\n7,red,more\n8,green\n');
    const rows = lines(text).slice(1, -1);
    assert.equal(rows[1], ',red,,,,,no value: size');
    assert.equal(rows[2], 'big,,,,,,no value: colour; size');
    assert.equal(rows[3], '7,,,,,,1 of 2 cells');
    assert.equal(rows[4], '7,red,more,,,,,3 cells where 2 are expected');
    assert.deepEqual([result.rows, result.predicted], [6, 2]);
    assert.deepEqual(
      result.refused.map(({ line }) => line),
      [3, 4, 5, 6],
    );
  });

  it('have names of their own where the file has such names', () => {
    const { text } = predicted(model, 'size,colour,prediction,note,note (2)\n3,red,x,y,z\n');
    assert.equal(
      lines(text)[0],
      'size,colour,prediction,note,note (2),prediction (2),probability a,probability b,outside,note (3)',
    );
  });

  it('find columns in any order and by another spelling, which is said, and refuse where one is absent or in doubt', () => {
    const ordered = predicted(model, 'size,colour\n3,red\n').text;
    const { text, matched } = predicted(model, 'more,COLOUR, Size.\n1,red,3\n');
    assert.deepEqual(matched.spelled, [
      { name: 'size', inFile: 'Size.' },
      { name: 'colour', inFile: 'COLOUR' },
    ]);
    assert.equal(recordsOf(text)[0]['probability a'], recordsOf(ordered)[0]['probability a']);
    assert.throws(() => predicted(model, 'size\n3\n'), /"why":"absent","names":\["colour"\]/);
    assert.throws(() => predicted(model, 'SIZE,Size,colour\n3,3,red\n'), /"why":"ambiguous"/);
    const allowed = predicted(model, 'size\n3\n', { allowMissing: ['colour'] });
    const [{ outputs }] = new Predictor(model).predict([[3, null]]);
    assert.equal(Number(recordsOf(allowed.text)[0]['probability a']), outputs[0]);
    assert.throws(
      () => predicted(model, 'size,colour\n3,red\n', { allowMissing: ['weight'] }),
      /not a feature/,
    );
  });

  it('are scored where the answers are in the file, which are never an input', () => {
    const { result } = predicted(model, TABLE);
    const wrong = predicted(model, TABLE.replace(/[ab]$/gm, 'b'));
    const areB = recordsOf(wrong.text).filter((record) => record['prediction'] === 'b');
    assert.equal(wrong.result.score?.value, areB.length / 40);
    assert.ok((result.score?.value ?? 0) > 0.9 && result.score?.rows === 40);
    const column = (text: string) => recordsOf(text).map((record) => record['probability a']);
    assert.deepEqual(column(wrong.text), column(predicted(model, TABLE).text));
    const some = predicted(model, 'size,colour,kind\n3,red,\n4,red,z\n5,red,a\n');
    assert.deepEqual(some.result.score, { rows: 2, value: 0.5, unknown: 1 });
    assert.equal(predicted(model, 'size,colour\n3,red\n').result.score, null);
    const r2 = predicted(numbers, 'x,y\n1,2\n2,4.5\n3,6\n4,8\n5,9\n6,13.5\n').result.score;
    assert.ok(r2?.value != null && r2.value > 0.8 && r2.value <= 1);
  });

  it('count what looks like formulas and leave it, unless an apostrophe is asked for; of labels they escape their own', () => {
    const file = 'size,colour,more\n3,red,"=HYPERLINK(""x"")"\n-4,red,-5\n+3,@red,+A1\n';
    const { text, result } = predicted(model, file);
    assert.deepEqual(result.formulas, { count: 3, columns: ['more', 'colour'] });
    assert.ok(text.includes('3,red,"=HYPERLINK(""x"")",'));
    const escaped = predicted(model, file, { escapeFormulas: true }).text;
    assert.ok(escaped.includes(`3,red,"'=HYPERLINK(""x"")",`));
    assert.ok(escaped.includes('-4,red,-5,') && escaped.includes(`+3,'@red,'+A1,`));
    const { model: formulas } = trained(TABLE.replaceAll(',a', ',=a()'), {}, 300);
    const named = predicted(formulas, 'size,colour\n3,red\n38,red\n');
    assert.deepEqual(
      recordsOf(named.text).map((record) => record['prediction']),
      [`'=a()`, 'b'],
    );
    assert.equal(named.result.apostrophes, 1);
  });

  it('are refused for what is no table, and for forms to which no cell can be added', () => {
    const says = (file: string, said: RegExp) =>
      assert.throws(
        () => predicted(model, file),
        (error) => (error instanceof CannotPredict || error instanceof UserError) && said.test(error.message),
      );
    says('', /empty-file/);
    says(
      '{"size": 1, "colour": "red"}\n{"size": 2, "colour": "red"}\n{"size": 3, "colour": "red"}\n',
      /JSON Lines/,
    );
    says('@relation r\n@attribute size numeric\n@attribute colour {red}\n@data\n1,red\n2,red\n', /ARFF/);
    says(
      'size||colour\n1||red\n22||green\n3||red\n',
      /separated by more than one character\. .*save it as CSV/,
    );
    const padded = [1, 22, 3, 14].map((k) =>
      `${String(k).padEnd(8)}${k % 2 ? 'red' : 'dark green'}`.padEnd(24),
    );
    const fixed = ['size    colour'.padEnd(24), ...padded].map(
      (line, k) => `${line}${k === 0 ? 'more' : 'm n '}`,
    );
    says(`${fixed.join('\n')}\n`, /(?:fixed places|runs of blanks).* save it as CSV/);
  });

  it('mean nothing where a number is beyond all numbers, which is said', () => {
    const { model: line } = trained('x,y\n1,2\n2,4.5\n3,6\n4,8\n5,9\n', { 'model.hiddenLayers': [] }, 0);
    const huge: Model = { ...line, weights: line.weights.map(() => 3e38) };
    const { result, text } = predicted(huge, 'x\n1e308\n');
    assert.deepEqual([result.rows, result.predicted], [1, 0]);
    assert.match(text, /beyond all numbers/);
  });
});
