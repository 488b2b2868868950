import assert from 'node:assert/strict';
import { signal } from '@preact/signals';
import type { Request } from '../../src/protocol/lens';
import type { RunView } from '../../src/protocol/lensViews';
import { Choices } from '../../webview/choices';
import type { RunState, SampleView } from '../../webview/store';
import type { LensContext } from '../../webview/ui/context';
import { chooseRow, goToRow, rowText } from '../../webview/ui/rows';

const FILE = 'file:///rows.csv';

/** A Lens that draws the rows on lines 2, 5 and 9 of as many examples as are said. */
function lensOf(examples: number) {
  const sent: Request[] = [];
  const choices = new Choices({ getState: () => undefined, setState: () => undefined });
  const dataset = {
    target: 'kind',
    task: 'binary',
    classes: ['a', 'b'],
    trainRows: examples - 1,
    testRows: 1,
  };
  const sample = {
    y: Float64Array.of(0, 1, 1),
    test: Float64Array.of(0, 0, 1),
    lines: Float64Array.of(2, 5, 9),
  };
  const run = {
    view: signal({ uri: FILE, sampleCount: 3, dataset } as unknown as RunView),
    sample: signal(sample as unknown as SampleView),
  } as unknown as RunState;
  const context = { run, choices, send: (request: Request) => sent.push(request) } as unknown as LensContext;
  const cursorOn = (line: number, uri = FILE) => choices.takeRow({ type: 'row', uri, line }, run);
  return { context, choices, cursorOn, sent };
}

describe('the chosen row', () => {
  it('is that of the editor’s cursor', () => {
    const { context, choices, cursorOn, sent } = lensOf(3);
    assert.equal(rowText(context, 'Point.'), 'Point.');
    cursorOn(9);
    assert.equal(choices.example.value, 2);
    assert.equal(rowText(context, 'Point.'), 'Line 9: kind = b (test)');
    assert.deepEqual(sent, []);
  });

  it('stays where the line is no example, or none of those that are drawn, which is said', () => {
    for (const [examples, said] of [
      [3, 'Line 1,234 is no example.'],
      [4000, 'Line 1,234 is not among the 3 examples that are drawn.'],
    ] as const) {
      const { context, choices, cursorOn } = lensOf(examples);
      cursorOn(5);
      cursorOn(1234);
      assert.equal(choices.example.value, 1);
      assert.equal(rowText(context, 'Point.'), said);
    }
  });

  it('does not follow the cursor in another file', () => {
    const { choices, cursorOn } = lensOf(3);
    cursorOn(9, 'file:///other.csv');
    assert.equal(choices.example.value, 0);
    assert.equal(choices.cursorLine.value, null);
  });

  it('is shown by the editor: one click leaves the focus, two take it there', () => {
    const { context, choices, cursorOn, sent } = lensOf(3);
    cursorOn(9);
    chooseRow(context, 1);
    assert.equal(choices.example.value, 1);
    assert.equal(rowText(context, 'Point.'), 'Point.');
    goToRow(context, 1);
    assert.deepEqual(sent, [
      { type: 'showLine', line: 5, focus: false },
      { type: 'showLine', line: 5, focus: true },
    ]);
  });
});
