import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { hiddenActivations } from '../../src/core/activations';
import { traceChain, type QuantityKey } from '../../src/core/chain';
import { matrix } from '../../src/core/matrix';
import { outputKinds, type Network } from '../../src/core/network';
import { cook, RIGHT } from '../../src/core/recipe';
import type { CopiedChain } from '../../src/export/chain';
import { latexMatrix, latexOf, latexText } from '../../src/export/copiedLatex';
import { notebookOf } from '../../src/export/copiedNotebook';
import { numpyOf } from '../../src/export/copiedNumpy';
import { pythonText } from '../../src/export/python';
import { chainOf, HOSTILE } from './copiedChains';
import { pythonWithNumpy, runPython } from './python';

/** What X was before it was standardised. */
const SCALES = [
  { mean: 3.25, deviation: 0.5 },
  { mean: -120, deviation: 17.5 },
  { mean: 0, deviation: 1 },
];

const networks: Network[] = [
  ...hiddenActivations.map((hidden): Network => ({ sizes: [2, 4, 1], hidden, output: 'sigmoid' })),
  ...outputKinds.map((output): Network => ({
    sizes: [3, 4, 3, output === 'softmax' ? 3 : 1],
    hidden: 'tanh',
    output,
  })),
  { sizes: [2, 1], hidden: 'tanh', output: 'sigmoid' },
  { sizes: [2, 3, 3, 3, 3, 3, 3, 1], hidden: 'leakyRelu', output: 'linear' },
];

/** All quantities that the script has under their names, as JSON. */
const SHOW = `
import json
print("JSON", json.dumps({k: np.asarray(v).tolist() for k, v in sorted(globals().items())
    if isinstance(v, (np.ndarray, np.floating, float)) and not k.startswith("_")}))
`;
const SHOW_NOTEBOOK = `
import json
every = {**cache, **grads, "cost": cost, **{k + "_new": v for k, v in globals().get("parameters", {}).items()}}
print("JSON", json.dumps({k: np.asarray(v).tolist() for k, v in every.items()}))
`;

type Shown = Record<string, number | number[][]>;
const shownBy = (output: string) => JSON.parse(output.slice(output.indexOf('JSON ') + 5)) as Shown;

const flatten = (value: number | number[][]): number[] =>
  typeof value === 'number' ? [value] : value.flat();
const near = (actual: number | number[][] | undefined, expected: Float64Array, what: string) => {
  assert.ok(actual !== undefined, `${what} is there`);
  const numbers = flatten(actual);
  assert.equal(numbers.length, expected.length, what);
  numbers.forEach((x, k) => {
    assert.ok(
      Math.abs(x - expected[k]) <= 1e-13 * Math.max(1, Math.abs(expected[k])),
      `${what}: ${x}, ${expected[k]}`,
    );
  });
};

describe('one update, copied', () => {
  let python: string | undefined;
  before(function () {
    this.timeout(600_000);
    python = pythonWithNumpy();
    if (!python) console.log('      (There is no NumPy here: the scripts are looked at, not run.)');
  });

  const compare = (chain: CopiedChain, shown: Shown) => {
    const { network, parameters, X, Y, weights, rule } = chain;
    const trace = traceChain(network, parameters, X, Y, weights);
    near(shown['cost'], trace.get('J')!.data, 'cost');
    const next = cook(RIGHT, {
      ...{ network, parameters, X, Y, epoch: 0, raw: null, others: null, rule },
      ...(weights && { weights }),
    });
    for (let l = 1; l < network.sizes.length; l++) {
      for (const name of [`Z${l}`, `A${l}`, `dW${l}`, `db${l}`]) {
        near(shown[name], trace.get(name as QuantityKey)!.data, name);
      }
      if (!rule) continue;
      near(shown[`W${l}_new`], next.get(`newW${l}`)!.data, `W${l}′`);
      near(shown[`b${l}_new`], next.get(`newb${l}`)!.data, `b${l}′`);
    }
  };
  it('says how X and Y come from the file, so that a program that begins there agrees', () => {
    const network: Network = { sizes: [3, 4, 1], hidden: 'tanh', output: 'linear' };
    const chain = chainOf(network, { scales: SCALES, targetScale: { mean: 10, deviation: 4 } });
    for (const script of [numpyOf(chain), notebookOf(chain)]) {
      assert.match(script, /X = \(X_raw - x_mean\) \/ x_deviation/);
      assert.match(script, /dZ is the derivative of the loss of each example/);
      if (!python) continue;
      const again = `
import json
assert np.allclose(X, (X_raw - x_mean) / x_deviation, rtol=1e-12, atol=1e-12)
assert np.allclose(Y, (Y_raw - y_mean) / y_deviation, rtol=1e-12, atol=1e-12)
print("JSON", json.dumps({"X": X_raw.tolist(), "Y": Y_raw.tolist(), "cost": float(cost)}))
`;
      const shown = shownBy(runPython(python, script + again));
      const { cols, data } = chain.X;
      near(
        shown['X'],
        data.map((x, k) => x * SCALES[Math.floor(k / cols)].deviation + SCALES[Math.floor(k / cols)].mean),
        'X_raw',
      );
      near(
        shown['Y'],
        chain.Y.data.map((y) => y * 4 + 10),
        'Y_raw',
      );
      near(shown['cost'], traceChain(network, chain.parameters, chain.X, chain.Y).get('J')!.data, 'cost');
    }
    const latex = latexOf(chain);
    assert.ok(
      latex.includes('X &= \\frac{X_{\\text{file}} - \\mu}{\\sigma}, \\quad \\mu = (3.25, -120, 0)'),
      latex,
    );
    assert.ok(!numpyOf(chainOf(network)).includes('x_mean'), 'nothing where nothing is standardised');
  });

  const variants: [string, Partial<CopiedChain>][] = [
    ['', {}],
    [
      ', classes balanced, with a penalty',
      {
        weights: Float64Array.from({ length: 7 }, (_, j) => 0.5 + j / 7),
        rule: { learningRate: 0.3, l1: 0.01, l2: 0.2 },
      },
    ],
  ];

  for (const network of networks) {
    for (const [what, change] of variants) {
      const name = `${network.sizes.join('–')} ${network.hidden} ${network.output}${what}`;
      it(`as NumPy gives the same numbers: ${name}`, () => {
        const chain = chainOf(network, change);
        const script = numpyOf(chain);
        assert.match(script, /np\.dot\(/);
        assert.match(script, /keepdims=True/);
        if (python) compare(chain, shownBy(runPython(python, script + SHOW)));
      });
      it(`as a cell of a notebook gives the same numbers: ${name}`, () => {
        const chain = chainOf(network, change);
        const cell = notebookOf(chain);
        for (const step of [
          'forward_propagation',
          'compute_cost',
          'backward_propagation',
          'update_parameters',
        ]) {
          assert.ok(cell.includes(`def ${step}(`), step);
        }
        if (python) compare(chain, shownBy(runPython(python, cell + SHOW_NOTEBOOK)));
      });
    }
  }

  it('gives a finite cost where an output is 0 or 1 to the last bit', () => {
    const chain = chainOf(
      { sizes: [2, 1], hidden: 'tanh', output: 'sigmoid' },
      {
        parameters: [{ W: matrix(1, 2, Float64Array.of(900, -700)), b: Float64Array.of(50) }],
      },
    );
    if (python)
      near(
        shownBy(runPython(python, numpyOf(chain) + SHOW))['cost'],
        traceChain(chain.network, chain.parameters, chain.X, chain.Y).get('J')!.data,
        'cost',
      );
  });

  it('says nothing of an update where the optimizer is another', () => {
    const chain = chainOf(networks[0], { rule: null });
    for (const text of [numpyOf(chain), notebookOf(chain), latexOf(chain)]) {
      assert.doesNotMatch(text, /learning_rate|_new|alpha/);
    }
    if (python) compare(chain, shownBy(runPython(python, numpyOf(chain) + SHOW)));
  });

  it('makes names of a file literals: hostile ones do nothing in Python', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'lens-hostile-'));
    try {
      for (const name of HOSTILE) {
        const chain = chainOf(networks[0], { file: name, target: name, features: [name, name] });
        for (const script of [numpyOf(chain), notebookOf(chain)]) {
          assert.doesNotMatch(script, /[^\n -~]/, 'ASCII alone');
          assert.doesNotMatch(script, /<script|<img|^\s*import os|'''|"""/m);
          // All that comes from a file stands in one line, between the quotes of its literal.
          const lines = script.split('\n').filter((line) => /^(file|features|target) = /.test(line));
          assert.deepEqual(lines, [
            `file = ${pythonText(name)}`,
            `features = [${pythonText(name)}, ${pythonText(name)}]`,
            `target = ${pythonText(name)}`,
          ]);
          for (const line of lines)
            assert.match(line, /^\w+ = \[?("([^"\\]|\\[uU][0-9a-f]{4,8})*"(, )?)+\]?$/);
          if (!python) continue;
          const output = runPython(
            python,
            `${script}\nimport json\nprint("JSON", json.dumps([file, target, *features]))`,
            folder,
          );
          const names = JSON.parse(output.slice(output.indexOf('JSON ') + 5)) as string[];
          assert.deepEqual(names, [name, name, name, name]);
        }
      }
      assert.deepEqual(readdirSync(folder), [], 'nothing was run');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('equations, copied as LaTeX', () => {
  /** Commands there are in it, without a text's escapes. */
  const commands = (text: string) => new Set(text.match(/\\[A-Za-z]+/g) ?? []);

  it('are the forward, cost, backward and update equations, and what stands in them', () => {
    const text = latexOf(chainOf({ sizes: [2, 4, 1], hidden: 'tanh', output: 'sigmoid' }));
    for (const equation of [
      'Z^{[1]} &= W^{[1]} \\cdot X + b^{[1]}',
      'A^{[1]} &= g(Z^{[1]})',
      'A^{[2]} &= \\sigma(Z^{[2]})',
      'dZ^{[2]} &= A^{[2]} - Y',
      'dW^{[2]} &= \\frac{1}{m} \\, dZ^{[2]} \\cdot {A^{[1]}}^{\\mathsf{T}}',
      "dZ^{[1]} &= {W^{[2]}}^{\\mathsf{T}} \\cdot dZ^{[2]} \\ast g'(Z^{[1]})",
      'W^{[1]} &:= W^{[1]} - \\alpha \\, dW^{[1]}',
    ]) {
      assert.ok(text.includes(equation), equation);
    }
    assert.match(text, /\\\[ A\^\{\[1\]\} = \\begin\{bmatrix\}/);
    assert.equal(text.match(/\\begin\{/g)?.length, text.match(/\\end\{/g)?.length);
    assert.equal(text.match(/(?<!\\)\{/g)?.length, text.match(/(?<!\\)\}/g)?.length);
  });

  it('write large matrices with dots, and numbers with 4 digits', () => {
    const text = latexMatrix(
      matrix(
        8,
        9,
        Float64Array.from({ length: 72 }, (_, k) => (k === 0 ? 1.23456e-7 : k)),
      ),
    );
    assert.match(text, /1\.235 \\cdot 10\^\{-7\} & 1 & 2 & 3 & \\cdots & 8 /);
    assert.match(text, /\\vdots & \\vdots & \\vdots & \\vdots & \\ddots & \\vdots /);
    assert.equal(text.split('\\\\').length, 6);
  });

  it('print names of a file and obey none', () => {
    const plain = commands(latexOf(chainOf(networks[0])));
    const known = new Set([
      ...plain,
      '\\textbackslash',
      '\\textasciicircum',
      '\\textasciitilde',
      '\\textless',
      '\\textgreater',
      '\\symbol',
      '\\textasciigrave',
    ]);
    for (const name of HOSTILE) {
      const text = latexOf(chainOf(networks[0], { file: name, target: name, features: [name, name] }));
      assert.deepEqual(
        [...commands(text)].filter((command) => !known.has(command)),
        [],
        name,
      );
      const escaped = latexText(name);
      assert.doesNotMatch(
        escaped,
        /(?<!\\)[$&#%_]|[\n^~<>"]|\\(?![$&#%_{}]|text[a-z]+\{\}|symbol\{34\})/,
        escaped,
      );
      assert.doesNotMatch(text, /<script|<img/);
    }
    assert.equal(latexText('\\input{a}'), '\\textbackslash{}input\\{a\\}');
  });
});
