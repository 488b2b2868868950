import assert from 'node:assert/strict';
import { exportModel } from '../../src/export/formats';
import { latexOf } from '../../src/export/copiedLatex';
import type { Model } from '../../src/runs/model';
import { chainOf, HOSTILE } from './copiedChains';
import { exportMatrix, hostileModel } from './exportModels';
import { hasLatex, setByLatex } from './latexRun';

/** Names in alphabets that pdfLaTeX's fonts have no letters for, or only some of its fonts. */
const ALPHABETS = ['目標 の値', 'الهدف', 'целевой', 'στόχος', 'þjóð «łąka» „đ“', 'é\u0301 → ∞ €'];
const isAscii = (name: string) => /^[ -~]*$/.test(name);
const NAMES = [...HOSTILE, ...ALPHABETS];

describe('LaTeX, where it may run programs and read any file,', () => {
  before(function () {
    if (!hasLatex()) this.skip();
  });

  const clean = (what: string, document: string) =>
    assert.deepEqual(setByLatex(document), { status: 0, faults: [], made: [], read: [] }, what);

  it('does what the tests look for, where a document asks for it', () => {
    const asking = ['\\write18{touch pwned}', '\\input{/etc/hostname}'].join('\n');
    const { made, read } = setByLatex(
      `\\documentclass{article}\\begin{document}\n${asking}\n\\end{document}`,
    );
    assert.deepEqual({ made, read }, { made: ['pwned'], read: ['/etc/hostname'] });
  });

  describe('sets a model that was exported', () => {
    const written = (model: Model) => String(exportModel(model, 'latex', { file: 'm.tex' }).content);
    for (const { name, model } of exportMatrix)
      it(name, () => {
        clean(name, written(model()));
      });
    it('whatever its columns and classes are called', () => {
      clean('hostile', written(hostileModel()));
      clean('hostile', written(hostileModel(NAMES)));
    });
  });

  describe('sets the equations that were copied', () => {
    const document = (equations: string) =>
      `\\documentclass{article}\n\\usepackage{amsmath}\n\\begin{document}\n${equations}\\end{document}\n`;
    for (const output of ['sigmoid', 'softmax', 'linear'] as const)
      it(`with an output that is ${output}`, () => {
        const network = { sizes: [20, 9, 3, output === 'softmax' ? 3 : 1], hidden: 'tanh', output } as const;
        clean(output, document(latexOf(chainOf(network))));
      });
    const named = (name: string) =>
      latexOf(
        chainOf(
          { sizes: [2, 1], hidden: 'tanh', output: 'sigmoid' },
          { file: name, target: name, features: [name, name] },
        ),
      );
    it('whatever the file and its columns are called', () => {
      for (const name of [...HOSTILE.filter(isAscii), 'größe in "mm"', '--flag, ?`']) {
        assert.doesNotMatch(named(name), /^%/);
        clean(name, document(named(name)));
      }
    });
    it('but for letters that its fonts lack, which the first line says', () => {
      for (const name of [...HOSTILE.filter((each) => !isAscii(each)), ...ALPHABETS]) {
        assert.match(named(name), /^% pdfLaTeX may lack letters/);
        const { faults, made, read } = setByLatex(document(named(name)));
        const others = faults.filter((fault) => !/Unicode character|unavailable in encoding/.test(fault));
        assert.deepEqual({ others, made, read }, { others: [], made: [], read: [] }, name);
      }
    });
  });
});
