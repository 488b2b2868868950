import * as assert from 'node:assert/strict';
import { distinctText, percent, sparkline } from '../../src/host/datasetText';

describe('what the Dataset view says', () => {
  it('draws a bar for each range, none where there are no rows, the highest one full', () => {
    assert.equal(sparkline([5, 9, 0, 22].map((rows) => ({ label: '', rows }))), '▂▄ █');
    assert.equal(sparkline([]), '');
  });

  it('has the thousands of a count apart', () => {
    assert.equal(distinctText(1000), '1,000');
    assert.equal(distinctText(Infinity), 'over 1,000');
  });

  it('never rounds what is there to nothing', () => {
    assert.equal(percent(1, 1000), '< 1 %');
    assert.equal(percent(0, 1000), '0 %');
    assert.equal(percent(345, 1000), '35 %');
    assert.equal(percent(0, 0), '0 %');
  });
});
