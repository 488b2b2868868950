import assert from 'node:assert/strict';
import { signal } from '@preact/signals';
import { nodeLabel } from '../../webview/model/diagram';
import type { RunSignals } from '../../webview/store';
import { drawAxes, fitted, LEFT } from '../../webview/ui/axes';
import { drawPoint, type DrawnExample } from '../../webview/ui/points';
import type { Palette } from '../../webview/ui/theme';
import { recorded } from './recordedPen';

const runOf = (
  names: readonly string[],
  output: 'softmax' | 'sigmoid',
  classes: readonly string[],
): RunSignals =>
  ({
    view: signal({
      network: {
        sizes: [names.length, 4, output === 'softmax' ? classes.length : 1],
        hidden: 'tanh',
        output,
      },
      dataset: { task: 'classes', target: 'Species', classes },
    }),
    features: signal(names.map((name) => ({ name, mean: 0, deviation: 1 }))),
  }) as unknown as RunSignals;

describe('the names at the edges of the network', () => {
  const penguins = [
    'Island = Biscoe',
    'Island = Dream',
    'Island = Torgersen',
    'Beak Length (mm)',
    'Sex is missing',
  ];
  const species = ['Adelie', 'Chinstrap', 'Gentoo'];

  it('are what tells one from another: class and category', () => {
    const run = runOf(penguins, 'softmax', species);
    assert.deepEqual(
      penguins.map((_, k) => nodeLabel(run, 0, k)),
      ['Biscoe', 'Dream', 'Torgersen', 'Beak Length (mm)', 'Sex is missing'],
    );
    assert.deepEqual(
      species.map((_, k) => nodeLabel(run, 2, k)),
      species,
    );
  });

  it('are whole where a category alone would not tell', () => {
    const asked = ['paid = Yes', 'paid = No', 'left = Yes', 'left = No', 'a = b'];
    const run = runOf(asked, 'sigmoid', ['no', 'yes']);
    assert.deepEqual(
      asked.map((_, k) => nodeLabel(run, 0, k)),
      asked,
    );
    assert.equal(nodeLabel(run, 2, 0), 'P(Species = yes)');
    assert.equal(nodeLabel(run, 1, 2), 'unit 3');
  });
});

const palette = { muted: '#888', grid: '#ccc', text: '#000', background: '#fff' } as unknown as Palette;

describe('pictures over two features', () => {
  it('keep their numbers off the name that stands upright', () => {
    const { pen, told } = recorded();
    drawAxes(
      pen,
      { x: LEFT, y: 8, width: 300, height: 200 },
      { name: 'Displacement', from: 50, to: 480 },
      { name: 'Weight_in_lbs' },
      { from: 1300, to: 123_456_789 },
      palette,
      'Miles',
    );
    const upright = told.find(({ what }) => what === 'translate')!.args[0] as number;
    const numbers = told.filter(({ what, args }) => what === 'fillText' && args[1] === LEFT - 5);
    assert.ok(numbers.length >= 3);
    for (const { args } of numbers) {
      const [text, right, , most] = args as [string, number, number, number];
      // Letters are 11 px tall: half of that to each side of their middle.
      assert.ok(right - Math.min(most, text.length * 6.5) >= upright + 5.5, text);
    }
    assert.ok(
      numbers.some(({ args }) => String(args[0]).length * 6.5 > Number(args[3])),
      'a long one is there',
    );
  });

  it('leave out a number across that would run into the one before, on a narrow map', () => {
    const across = (width: number) => {
      const { pen, told } = recorded();
      const area = { x: LEFT, y: 8, width, height: 100 };
      drawAxes(pen, area, { name: 'x1', from: -5, to: 5 }, { name: 'x2' }, { from: -5, to: 5 }, palette, '');
      return told
        .filter(({ what, args }) => what === 'fillText' && args[2] === area.y + area.height + 4)
        .map(({ args }) => ({ text: String(args[0]), at: Number(args[1]) }));
    };
    assert.deepEqual(
      across(300).map(({ text }) => text),
      ['−4', '−2', '0', '2', '4'],
    );
    const narrow = across(60);
    assert.ok(narrow.length >= 2 && narrow.length < 5);
    const half = ({ text }: { text: string }) => (text.length * 6.5) / 2;
    for (const [k, number] of narrow.slice(1).entries())
      assert.ok(number.at - half(number) >= narrow[k].at + half(narrow[k]) + 4, number.text);
  });

  it('ring what is wrong alone; what is followed has a cross-hair', () => {
    const example: DrawnExample = {
      ...{ x: 50, y: 50, k: 1, colour: [0, 0, 200], alpha: 0.95 },
      ...{ isTest: false, isWrong: false, isFollowed: true },
    };
    const rings = (change: Partial<DrawnExample>) => {
      const { pen, told } = recorded();
      drawPoint(pen, { ...example, ...change }, palette);
      return {
        rings: told.filter(({ what }) => what === 'arc').length,
        strokes: told.filter(({ what }) => what === 'lineTo').length,
      };
    };
    assert.deepEqual(rings({}), { rings: 0, strokes: 8 });
    assert.deepEqual(rings({ isWrong: true }), { rings: 1, strokes: 8 });
    assert.deepEqual(rings({ isWrong: true, isFollowed: false }), { rings: 1, strokes: 0 });
  });

  it('keep a name of 200 characters within its axis', () => {
    const area = { x: LEFT, y: 8, width: 150, height: 90 };
    const { pen, told } = recorded();
    const [across, up] = ['a'.repeat(200), 'b'.repeat(200)];
    drawAxes(pen, area, { name: across, from: -5, to: 5 }, { name: up }, { from: -5, to: 5 }, palette, '');
    const room = (letter: string) => {
      const name = told.find(({ what, args }) => what === 'fillText' && String(args[0]).startsWith(letter));
      return String(name?.args[0]);
    };
    for (const [name, most] of [
      [room('a'), area.width],
      [room('b'), area.height],
    ] as const) {
      assert.match(name, /^.{5,}…$/, 'as much as there is room for');
      assert.ok(pen.measureText(name).width <= most, name);
    }
    assert.equal(fitted(pen, 'short', 100), 'short');
    assert.equal(fitted(pen, 'short', 10), '', 'a letter alone would tell nothing');
  });
});
