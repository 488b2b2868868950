import assert from 'node:assert/strict';
import { exportModel } from '../../src/export/formats';
import { latexNumber } from '../../src/export/copiedLatex';
import type { Model } from '../../src/runs/model';
import { exportMatrix, hostileModel, hostileNames, modelFor, withWeight } from './exportModels';

describe('a model as LaTeX', () => {
  const written = (model: Model) => String(exportModel(model, 'latex', { file: 'm.tex' }).content);
  /** A text without its comments, and without characters that a backslash makes plain. */
  const bare = (text: string) => text.replace(/^%.*$/gm, '').replace(/\\[{}%\\$&#_]/g, '');

  it('has the equations of each feature and layer, with the trained numbers', () => {
    const model = modelFor('three classes', 'relu', [4, 3]);
    const text = written(model);
    assert.equal(text.match(/^\\\[ x_\{\d+\} = /gm)?.length, model.network.sizes[0]);
    for (const l of [1, 2, 3]) assert.ok(text.includes(`Z^{[${l}]} = W^{[${l}]} \\cdot`));
    assert.ok(text.includes('g(z) = \\max(0, z)') && text.includes('\\mathrm{softmax}(Z^{[3]})'));
    const last = model.weights[model.weights.length - 1];
    assert.ok(text.includes(latexNumber(last)));
    assert.notEqual(written(withWeight(model, model.weights.length - 1, (w) => -w)), text);
  });

  it('closes what it opens, and takes hostile names for names', () => {
    for (const { name, model } of [...exportMatrix, { name: 'hostile', model: () => hostileModel() }]) {
      let depth = 0;
      for (const character of bare(written(model()))) {
        if (character === '{') depth++;
        if (character === '}') depth--;
        assert.ok(depth >= 0, name);
      }
      assert.equal(depth, 0, name);
    }
    const commands = new Set(bare(written(hostileModel())).match(/\\[A-Za-z]+/g));
    assert.ok(hostileNames.some((name) => name.includes('\\input')));
    assert.ok(!commands.has('\\input') && !commands.has('\\write'));
    assert.equal(written(hostileModel()).match(/\\end\{document\}/g)?.length, 1);
  });
});
