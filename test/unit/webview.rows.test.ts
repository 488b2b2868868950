import assert from 'node:assert/strict';
import { signal, type Signal } from '@preact/signals';
import type { Request } from '../../src/protocol/lensRequests';
import type { RunView } from '../../src/protocol/lensViews';
import { Choices } from '../../webview/choices';
import type { RunSignals, SampleView } from '../../webview/store';
import type { LensContext } from '../../webview/ui/context';
import {
  chooseRange,
  chooseRow,
  goToRow,
  letGoOfRows,
  lightRows,
  rowText,
  showRows,
} from '../../webview/ui/rows';

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
  } as unknown as RunSignals;
  const models = { wrong: signal(Uint8Array.of(0, 1, 0)) };
  const send = (request: Request) => sent.push(request);
  const context = { run, choices, models, send } as unknown as LensContext;
  const select = (line: number, ...ranges: [number, number][]) =>
    choices.takeRows({ type: 'rows', uri: FILE, line, ranges }, run);
  const cursorOn = (line: number, uri = FILE) =>
    choices.takeRows({ type: 'rows', uri, line, ranges: [[line, line]] }, run);
  return { context, choices, cursorOn, select, sent };
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
      { type: 'showLines', lines: [5], focus: false },
      { type: 'showLines', lines: [5], focus: true },
    ]);
  });
});

describe('rows that are chosen together', () => {
  const chosen = ({ rows }: Choices) => [...(rows.value?.examples ?? [])];

  it('light while they are drawn, and are shown by the editor once they are let go, the followed one first', () => {
    const { context, choices, cursorOn, sent } = lensOf(3);
    cursorOn(5);
    lightRows(context, [2, 1]);
    assert.deepEqual(chosen(choices), [1, 2]);
    assert.deepEqual(
      [0, 1, 2].map((example) => choices.isChosen(example)),
      [false, true, true],
    );
    assert.equal(choices.example.value, 1);
    assert.deepEqual(sent, []);
    lightRows(context, [2, 0]);
    assert.equal(choices.example.value, 0);
    showRows(context);
    assert.deepEqual(sent, [{ type: 'showLines', lines: [2, 9], focus: false }]);
  });

  it('are those of the lines that are selected in the editor', () => {
    const { context, choices, select } = lensOf(3);
    select(9, [4, 6], [9, 9]);
    assert.deepEqual(chosen(choices), [1, 2]);
    assert.equal(choices.example.value, 2);
    assert.equal(
      rowText(context, 'Point.'),
      '2 rows are chosen on 4 selected lines, lines 5 to 9: kind = b: 2; predicted wrongly: 1. Escape lets go of them.',
    );
    select(2, [2, 9]);
    assert.deepEqual(chosen(choices), [0, 1, 2]);
    select(7, [7, 8]);
    assert.deepEqual(chosen(choices), []);
    assert.equal(choices.example.value, 0);
  });

  it('end with a click on one, and with Escape, which the editor hears of', () => {
    const { context, choices, sent } = lensOf(3);
    lightRows(context, [0, 1, 2]);
    chooseRow(context, 2);
    assert.deepEqual(chosen(choices), []);
    assert.equal(letGoOfRows(context), false);
    lightRows(context, [0, 1]);
    assert.equal(letGoOfRows(context), true);
    assert.deepEqual([choices.rows.value, choices.example.value], [null, 0]);
    assert.deepEqual(sent.at(-1), { type: 'showLines', lines: [2], focus: false });
  });

  it('are those on the way of the keys with Shift', () => {
    const { context, choices, sent } = lensOf(3);
    chooseRange(context, [2, 0, 1], 0, 1);
    assert.deepEqual(chosen(choices), [0, 2]);
    assert.equal(choices.example.value, 0);
    chooseRange(context, [2, 0, 1], 0, 2);
    assert.deepEqual(chosen(choices), [0, 1, 2]);
    assert.equal(choices.example.value, 1);
    chooseRange(context, [2, 0, 1], 0, 0);
    assert.deepEqual([choices.rows.value, choices.example.value], [null, 2]);
    assert.deepEqual(sent.at(-1), { type: 'showLines', lines: [9], focus: false });
  });

  it('are at most 500, the first in the file, which is said; what the editor says back changes nothing', () => {
    const { context, select, sent } = lensOf(1200);
    const lines = Float64Array.from({ length: 1200 }, (_, k) => 1201 - k);
    const sample = { y: new Float64Array(1200), test: new Float64Array(1200), lines };
    (context.run as unknown as { sample: Signal }).sample.value = sample;
    lightRows(context, [...sample.lines.keys()]);
    showRows(context);
    const shown = sent.flatMap((each) => (each.type === 'showLines' ? each.lines : []));
    assert.equal(shown.length, 500);
    assert.deepEqual(shown.slice(0, 3), [2, 3, 4]);
    const said = rowText(context, '');
    assert.match(said, /^500 rows are chosen, the first of 1,200, lines 2 to 501: kind = a: 500/);
    select(2, ...shown.map((line): [number, number] => [line, line]));
    assert.equal(rowText(context, ''), said);
  });
});
