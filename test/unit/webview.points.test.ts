import assert from 'node:assert/strict';
import { signal } from '@preact/signals';
import { editLines, MARKS } from '../../webview/pictures/curveMarks';
import { smallClassesLast } from '../../webview/pictures/outputDrawing';
import { mayOverlay, overlaidAfter } from '../../webview/model/otherRuns';
import type { LensContext } from '../../webview/ui/context';
import { chosenLast, drawPoint, type DrawnExample } from '../../webview/ui/points';
import type { Palette } from '../../webview/ui/theme';
import { recorded } from './recordedPen';

const palette = { muted: '#888', text: '#000', background: '#fff', mark: '#c0c' } as unknown as Palette;

describe('an example on a map', () => {
  const example: DrawnExample = {
    ...{ x: 50, y: 50, k: 1, colour: [0, 0, 200], alpha: 0.95 },
    ...{ isTest: false, isWrong: false, isFollowed: false },
  };
  const drawn = (change: Partial<DrawnExample>) => {
    const { pen, told } = recorded();
    drawPoint(pen, { ...example, ...change }, palette);
    return told;
  };
  const words = (change: Partial<DrawnExample>) => drawn(change).map(({ what }) => what);

  it('is filled in the training part, and hollow in the test part', () => {
    assert.deepEqual(words({}), ['beginPath', 'rect', 'fill', 'stroke']);
    assert.deepEqual(words({ isTest: true }), ['beginPath', 'rect', 'stroke']);
    assert.equal(drawn({ isTest: true }).at(-1)?.stroke, 'rgba(0,0,200,0.95)', 'in the colour of its class');
  });

  it('has a shape of its class, the same in both parts', () => {
    for (const isTest of [false, true]) {
      const shapes = Array.from({ length: 6 }, (_, k) =>
        JSON.stringify(
          drawn({ k, isTest })
            .filter(({ what }) => what !== 'fill')
            .map(({ what, args }) => [what, args]),
        ),
      );
      assert.equal(new Set(shapes).size, 6);
    }
  });

  it('has an edge where it has the colour of the map behind it: a number near the mean is not white on white', () => {
    const edge = drawn({ k: null, colour: [255, 255, 255] }).at(-1);
    assert.deepEqual([edge?.what, edge?.stroke], ['stroke', palette.muted]);
    assert.notEqual(edge?.stroke, palette.background);
  });

  it('of a small class is drawn after those of large ones, which else would hide it', () => {
    const y = Float64Array.of(2, 0, 1, 0, 1, 0, 0, 1);
    assert.deepEqual(smallClassesLast(y, 3), [1, 3, 5, 6, 2, 4, 7, 0]);
    assert.deepEqual(smallClassesLast(Float64Array.of(0.5, 2, 1), 0), [0, 1, 2], 'numbers keep their order');
  });
});

describe('the order of examples on a map', () => {
  const order = (followed: number, rows: readonly number[] | null) => {
    const chosen = rows && new Set(rows);
    const choices = {
      example: signal(followed),
      isChosen: (example: number) => chosen?.has(example) ?? example === followed,
    } as unknown as LensContext['choices'];
    return (examples: readonly number[], exampleAt?: (k: number) => number) =>
      chosenLast({ choices }, examples, exampleAt);
  };

  it('has the followed one last, which a crowd else would hide', () => {
    assert.deepEqual(order(2, null)([0, 1, 2, 3, 4]), [0, 1, 3, 4, 2]);
    assert.deepEqual(
      order(30, null)([0, 1, 2, 3], (k) => [10, 30, 20, 40][k]),
      [0, 2, 3, 1],
    );
  });

  it('has those that are chosen with it after all others', () => {
    assert.deepEqual(order(1, [1, 3])([0, 1, 2, 3, 4]), [0, 2, 4, 3, 1]);
  });
});

describe('the marks of edits on a curve', () => {
  const area = { left: 40, right: 240, top: 30, bottom: 130 };

  /** The numbers that stand above the curve, each with the ends of its box. */
  function numbersAt(epochs: readonly number[]) {
    const { pen, told } = recorded();
    const edits = epochs.map((epoch) => ({ epoch, text: '' }));
    const context = { run: { live: signal({ edits }) }, palette: signal(palette) } as unknown as LensContext;
    const scales = { x: { getPixelForValue: (epoch: number) => area.left + epoch } };
    const chart = { ctx: pen, chartArea: area, scales };
    const draw = editLines(context).afterDatasetsDraw as unknown as (of: typeof chart) => void;
    draw(chart);
    const boxes = told.filter(({ what }) => what === 'fillRect').map(({ args }) => args.map(Number));
    const texts = told.filter(({ what }) => what === 'fillText').map(({ args }) => String(args[0]));
    const lines = told.filter(({ what }) => what === 'lineTo').map(({ args }) => Number(args[0]));
    return { boxes, texts, lines };
  }

  it('have their numbers in the room above it, one beside the other', () => {
    const { boxes, texts, lines } = numbersAt([10, 12, 15, 60, 70, 71, 120]);
    assert.equal(lines.length, 7, 'each has its line');
    assert.ok(texts.length >= 3 && texts.length < 7, 'what would stand over another is left to the list');
    for (const [k, [left, top, , height]] of boxes.entries()) {
      assert.ok(top >= area.top - MARKS && top + height <= area.top, 'above the curve');
      if (k > 0) assert.ok(left >= boxes[k - 1][0] + boxes[k - 1][2], texts[k]);
    }
  });

  it('stay within the chart at both ends, and are left out beyond them', () => {
    const { boxes, lines } = numbersAt([-30, 0, 200, 300]);
    assert.deepEqual(lines, [area.left, area.right]);
    for (const [left, , width] of boxes) {
      assert.ok(left >= area.left, `${left}`);
      assert.ok(left + width <= area.right, `${left + width}`);
    }
  });
});

describe('the curves of other runs', () => {
  const rows = Array.from({ length: 9 }, (_, k) => ({ id: `run ${k}` }));
  const drawn = (count: number) => rows.slice(0, count).map(({ id }) => id);

  it('are six at most', () => {
    assert.ok(mayOverlay(drawn(5), rows));
    assert.ok(!mayOverlay(drawn(6), rows));
    assert.deepEqual(overlaidAfter(drawn(5), rows, { id: 'run 7', isDrawn: true }), [...drawn(5), 'run 7']);
    assert.deepEqual(overlaidAfter(drawn(6), rows, { id: 'run 7', isDrawn: true }), drawn(6));
  });

  it('make room once one is chosen no longer, or its run is deleted', () => {
    const five = overlaidAfter(drawn(6), rows, { id: 'run 0', isDrawn: false });
    assert.deepEqual(five, drawn(6).slice(1));
    const without = rows.slice(1);
    assert.ok(mayOverlay(drawn(6), without));
    assert.deepEqual(overlaidAfter(drawn(6), without, { id: 'run 7', isDrawn: true }), [...five, 'run 7']);
  });
});
