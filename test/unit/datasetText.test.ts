import * as assert from 'node:assert/strict';
import { viewOf } from '../../src/data/table/tableView';
import { distinctText, percent, sparkline, summaryOf } from '../../src/host/datasetText';
import { checked, fieldFile } from '../field/reading';

describe('what the Dataset view says', () => {
  it('draws a bar for each range, none where there are no rows, the highest one full', () => {
    assert.equal(sparkline([5, 9, 0, 22].map((rows) => ({ label: '', rows }))), '▂▄ █');
    assert.equal(sparkline([]), '');
  });

  it('has the thousands of a count apart', () => {
    assert.equal(distinctText(1000), '1,000');
    assert.equal(distinctText(Infinity), 'over 1,000');
  });

  it('says as what the target is predicted, and why', () => {
    assert.equal(
      summaryOf(viewOf(checked(fieldFile('T3-24-integer-classes.csv')))),
      '960 rows; comma-separated. Predicts label (“label” is a usual name for a target), ' +
        'as one of 24 classes, because its whole numbers repeat, and it is named like classes.',
    );
  });

  it('never rounds what is there to nothing', () => {
    assert.equal(percent(1, 1000), '< 1 %');
    assert.equal(percent(0, 1000), '0 %');
    assert.equal(percent(345, 1000), '35 %');
    assert.equal(percent(0, 0), '0 %');
  });
});
