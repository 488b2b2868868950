import assert from 'node:assert/strict';
import { readNumbers, type PastedNumbers } from '../../src/core/pastedNumbers';

function read(text: string): PastedNumbers {
  const pasted = readNumbers(text);
  assert.ok(!('problem' in pasted), `${text}: ${JSON.stringify(pasted)}`);
  return pasted;
}
/** Values row by row; `…` where something is left out. */
const shown = (text: string): (string | (number | string)[])[] => {
  const { head, tail } = read(text);
  const row = (each: PastedNumbers['head'][number]) => [
    ...each.head.map(({ value }) => value),
    ...(each.tail ? ['…', ...each.tail.map(({ value }) => value)] : []),
  ];
  return [...head.map(row), ...(tail ? ['…', ...tail.map(row)] : [])];
};
const problem = (text: string): string => {
  const pasted = readNumbers(text);
  return 'problem' in pasted ? pasted.problem : JSON.stringify(pasted);
};

describe('pasted numbers', () => {
  const two = [
    [1.5, -2],
    [0.25, 4e-5],
  ];
  const forms: [name: string, text: string][] = [
    ['a NumPy repr', 'array([[ 1.5e+00, -2.0e+00],\n       [ 2.5e-01,  4.0e-05]])'],
    ['what NumPy prints', '[[ 1.5e+00 -2.0e+00]\n [ 2.5e-01  4.0e-05]]'],
    ['a NumPy repr with a type', 'array([[1.5, -2.], [0.25, 4e-05]], dtype=float32)'],
    [
      'NumPy scalars in a list',
      '[[np.float64(1.5), np.float64(-2.0)], [np.float64(0.25), np.float64(4e-05)]]',
    ],
    ['a Python list', '[[1.5, -2], [0.25, 4e-05]]'],
    ['a Python list with a comma at its end', '[\n  [1.5, -2,],\n  [0.25, 4e-05,],\n]'],
    ['a named result', 'dW1 = [[1.5 -2.]\n [0.25 4e-5]]'],
    ['an entry of a dictionary', 'grads["dW1"] = [[1.5, -2.], [0.25, 4e-5]]'],
    [
      'a tensor of PyTorch',
      'tensor([[1.5000, -2.0000],\n        [0.2500, 4.0e-05]], dtype=torch.float64, grad_fn=<MmBackward0>)',
    ],
    ['MATLAB with semicolons', '[1.5 -2; 0.25 4e-5]'],
    ['MATLAB, named', 'dW1 = [1.5, -2; 0.25, 4e-5];'],
    ['what MATLAB shows', 'dW1 =\n\n    1.5000   -2.0000\n    0.2500    0.00004\n'],
    ['a table with tabs', '1.5\t-2\n0.25\t0.00004\n'],
    ['a table with commas', '1.5, -2\r\n0.25, 4e-05\r\n'],
    ['a table of Markdown', '| 1.5 | -2 |\n|:---:|---:|\n| 0.25 | 4e-5 |'],
    ['real minus signs', '[[1.5, −2], [0.25, 4e−5]]'],
    ['Fortran exponents', '1.5d0 -2d0\n2.5D-1 4d-5'],
  ];
  for (const [name, text] of forms) {
    it(`are read from ${name}`, () => assert.deepEqual(shown(text), two));
  }

  it('are taken at the digits that are shown', () => {
    const [{ head }] = read('[0.1230, 12., 3e-05, -1.50E+03, .5, 1_000]').head;
    assert.deepEqual(
      head.map(({ value, uncertainty, digits }) => [value, uncertainty, digits]),
      [
        [0.123, 0.5e-4, 4],
        [12, 0.5, 2],
        [3e-5, 0.5e-5, 1],
        [-1500, 5, 3],
        [0.5, 0.05, 1],
        [1000, 0.5, 4],
      ],
    );
  });

  it('know how many brackets are around them', () => {
    const dimensions = ['0.5', 'np.float64(0.5)', '[0.5 0.25]', '[[0.5 0.25]]', '0.5 0.25', '[1; 2]'].map(
      (text) => read(text).dimensions,
    );
    assert.deepEqual(dimensions, [0, 0, 1, 2, null, 2]);
  });

  it('have a factor where MATLAB puts it before them', () => {
    const { head } = read('W =\n\n   1.0e+03 *\n\n    1.5000    0.0002\n');
    assert.deepEqual(
      head[0].head.map(({ value, uncertainty }) => [value, Number(uncertainty.toPrecision(12))]),
      [
        [1500, 0.05],
        [0.2, 0.05],
      ],
    );
  });

  it('are passed over where NumPy writes dots', () => {
    assert.deepEqual(
      shown('array([[1, 2, ..., 9],\n       ...,\n       [3, 4, ..., 8]], shape=(400, 400))'),
      [[1, 2, '…', 9], '…', [3, 4, '…', 8]],
    );
    assert.deepEqual(shown('[1 2 ... 9]'), [[1, 2, '…', 9]]);
    assert.deepEqual(shown('1 2 … 9'), [[1, 2, '…', 9]]);
  });

  it('may be no finite numbers', () => {
    assert.deepEqual(shown('[nan, inf, -inf, NaN, -Infinity]'), [[NaN, Infinity, -Infinity, NaN, -Infinity]]);
  });

  it('wrap over lines in one row of NumPy', () => {
    assert.deepEqual(shown('[1. 2.\n 3. 4.]'), [[1, 2, 3, 4]]);
  });

  for (const [text, says] of [
    ['', 'There is no number in it.'],
    ['array([])', 'There is no number in it.'],
    ['[[1, 2], [3]]', 'Its rows are not of equal length.'],
    ['[[[1]]]', 'It has more than two dimensions.'],
    ['[1, 2', 'A bracket is not closed.'],
    ['[1]]', 'A bracket is closed that was not opened.'],
    ['[1] 2', 'There is a number outside the brackets.'],
    ['[1, two]', '“two]” is not a number.'],
    ['1 + 1', '“+” is not a number.'],
    ['50 %', '“%” is not a number.'],
    ['3px', '“3px” is not a number.'],
    ['__import__("os").system("true")', '“__import__("os").sys” is not a number.'],
    ['exec(1)', '“exec(1)” is not a number.'],
    ['${1}', '“${1}” is not a number.'],
    ['1'.repeat(2_000_001), 'It is longer than 2,000,000 characters.'],
  ]) {
    it(`are none in ${JSON.stringify(text.slice(0, 40))}`, () => assert.equal(problem(text), says));
  }

  it('are read from a large table without delay', () => {
    const text = `[${Array.from({ length: 1000 }, (_, i) => `[${Array.from({ length: 100 }, (_, j) => (i / (j + 1)).toFixed(8)).join(', ')}]`).join(',\n ')}]`;
    const begun = performance.now();
    assert.equal(read(text).head.length, 1000);
    assert.ok(performance.now() - begun < 60_000, 'not by looking at all of it again for each number');
  });
});
