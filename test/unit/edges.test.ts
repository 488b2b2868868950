import assert from 'node:assert/strict';
import { edgesOf, type ComparedValues } from '../../src/core/verdicts/edges';
import { edgeAdvice, edgeText } from '../../src/sentences/edges';

/** Of one setting, with its loss on each fold. */
const of = (value: unknown, ...losses: number[]): ComparedValues => ({ values: { key: value }, losses });
/** About that loss, with differences between the folds that are the same for all. */
const about = (value: unknown, loss: number) => of(value, loss, loss + 0.3, loss - 0.1, loss + 0.1);
const edge = (best: ComparedValues, ...others: ComparedValues[]) =>
  edgesOf(best, [others[0], best, ...others.slice(1)]).map((found) => found.edge)[0] ?? null;

describe('the best of what was compared', () => {
  it('is at the edge where nothing beyond was compared', () => {
    assert.equal(edge(about(3, 0.5), about(1, 0.7), about(2, 0.6)), 'highest');
    assert.equal(edge(about(1, 0.5), about(2, 0.6), about(3, 0.7)), 'lowest');
    assert.equal(edge(about(2, 0.5), about(1, 0.6), about(3, 0.7)), null);
  });

  it('is at no edge of one value, of names, and of 0, below which nothing lies', () => {
    assert.equal(edge(about(1, 0.5), about(1, 0.6)), null);
    assert.equal(edge(about('tanh', 0.5), about('relu', 0.6)), null);
    assert.equal(edge(about(0, 0.5), about(1, 0.6)), null);
    assert.equal(edge(about(1, 0.5), about(0, 0.6)), 'highest');
    assert.equal(edge(about(1, 0.5), about('auto', 0.6)), null, 'what auto stands for differs by itself');
  });

  it('is at no edge where another value is as good but for chance', () => {
    // The differences are .1, .1, −.1 and .1: .05 on average, with an error of .05.
    assert.equal(edge(of(3, 0.5, 0.5, 0.5, 0.5), of(2, 0.6, 0.6, 0.4, 0.6)), null);
    // Here .11, .11, .01 and .11: .085 on average, with an error of .025.
    assert.equal(edge(of(3, 0.5, 0.5, 0.5, 0.5), of(2, 0.61, 0.61, 0.51, 0.61)), 'highest');
    assert.equal(
      edge(of(3, 0.5, 0.5, 0.5, 0.5), of(2, 0.6, 0.6, 0.4, 0.6), of(1, 0.9, 0.9, 0.9, 0.9)),
      null,
      'one that is as good is enough',
    );
  });

  it('is compared with what was trained on three folds at least, on these', () => {
    assert.equal(edge(about(3, 0.5), of(2, 0.6, 0.9)), null);
    assert.equal(edge(about(3, 0.5), of(2, 0.6, 0.9, 0.5)), 'highest');
    assert.equal(edge(about(3, 0.5), of(2, 0.6, 0.9, Infinity)), 'highest', 'what diverged is not as good');
  });

  it('has the units of all layers as one number', () => {
    assert.equal(edge(about([8, 8], 0.5), about([12], 0.6), about([], 0.7)), 'highest');
    assert.equal(edge(about([8, 4], 0.5), about([16], 0.6)), 'lowest');
    assert.equal(edge(about([], 0.5), about([16], 0.6)), null, 'there are no fewer than none');
  });

  it('is said in one sentence, with all edges', () => {
    const edges = [
      { key: 'training.l2', value: 0.1, edge: 'highest' as const },
      { key: 'model.hiddenLayers', value: 16, edge: 'highest' as const },
    ];
    const name = (key: string) => `--${key}`;
    assert.equal(
      edgeText(edges, name),
      'The best is at the edge of what was compared: --training.l2 0.1 is the highest, 16 hidden units are the most, and what lies beyond may be better.',
    );
    assert.equal(
      edgeAdvice(edges, name),
      'Try values of --training.l2, --model.hiddenLayers beyond that, too.',
    );
  });
});
