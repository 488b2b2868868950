import * as assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { backward, forward, forwardPass, propagation } from '../../src/core/equations';
import { matrix, selectColumns } from '../../src/core/matrix';
import { unflatten } from '../../src/core/network';
import { principalComponents } from '../../src/core/principalComponents';
import { axeFindings } from './axe';
import { reference, waitForState } from './support';
import { openWorkbench, until, type Workbench } from './workbench';

const EPOCHS = 300;
const settings = {
  'training.epochs': EPOCHS,
  'training.learningRate': 0.1,
  'model.hiddenLayers': [4],
} as const;

describe('the curves and the output of the Lens', () => {
  let workbench: Workbench;
  let lens: Frame;
  before(async () => {
    workbench = await openWorkbench({
      file: 'penguins.csv',
      viewport: { width: 1500, height: 1000 },
      settings: {
        'neuronLens.view.epochsPerSecond': 0,
        ...Object.fromEntries(Object.entries(settings).map(([key, value]) => [`neuronLens.${key}`, value])),
      },
    });
    await workbench.clickCodeLens('Train Neural Network');
    lens = await workbench.lens({ where: 'panel' });
    await waitForState(lens, `Done, epoch ${EPOCHS} of ${EPOCHS}`);
  });
  after(() => workbench?.close());

  const canvas = () => lens.locator('.cost canvas[role=img]');
  const window = async () => ((await canvas().getAttribute('data-window')) ?? '').split(' ').map(Number);
  const windowIs = (what: string, holds: (from: number, to: number) => boolean) =>
    until(what, async () => {
      const [from, to] = await window();
      return holds(from, to) ? [from, to] : undefined;
    });
  const choose = (name: string, label: string) =>
    lens.getByRole('combobox', { name }).selectOption({ label });
  const press = (...keys: string[]) =>
    keys.reduce((before, key) => before.then(() => workbench.page.keyboard.press(key)), Promise.resolve());
  /** The number behind a name in the exact text of the curve at the last epoch. */
  const readAtEnd = async (name: string): Promise<number> => {
    await canvas().focus();
    await press('ArrowRight', 'End');
    const text = await lens.locator('.cost .hover', { hasText: `Epoch ${EPOCHS}:` }).innerText();
    return Number(
      new RegExp(`${name.replace(/[[\]/]/g, '\\$&')} (?:= )?([\\d.,e+-]+?)(?:,|;|$)`).exec(text)?.[1],
    );
  };
  const near = (actual: number, expected: number, share: number) =>
    assert.ok(Math.abs(actual / expected - 1) < share, `${actual}, not ${expected}`);
  const trained = (epochs = EPOCHS) =>
    reference(workbench.folder, 'penguins.csv', epochs, { ...settings, 'data.target': 'Species' });

  it('draw the gradient norm of each layer, which is that of the equations', async () => {
    await choose('Curve', 'Gradient norm');
    await lens.locator('.cost .caption', { hasText: 'over all training examples' }).waitFor();
    const run = trained();
    const parameters = unflatten(run.network, run.parameters());
    const X = matrix(run.dataset.X.rows, run.dataset.X.cols, Float64Array.from(run.dataset.X.data));
    const p = propagation(run.network, selectColumns(X, run.dataset.train));
    forward(p, parameters);
    backward(p, parameters, selectColumns(run.dataset.Y, run.dataset.train));
    for (const l of [1, 2]) {
      const norm = Math.sqrt(p.gradients[l].W.data.reduce((sum, dw) => sum + dw * dw, 0));
      near(await readAtEnd(`‖dW[${l}]‖`), norm, 1e-4);
    }
    await workbench.screenshot('curves-gradient');
  });

  it('draw how far the last epoch moved each layer, and the learning rate', async () => {
    await choose('Curve', 'Update / weight');
    const [before, after] = [trained(EPOCHS - 1), trained()].map((run) =>
      unflatten(run.network, run.parameters()),
    );
    const size = (values: Float64Array) => Math.sqrt(values.reduce((sum, x) => sum + x * x, 0));
    const moved = before[0].W.data.map((w, k) => after[0].W.data[k] - w);
    near(await readAtEnd('‖ΔW[1]‖ / ‖W[1]‖'), size(moved) / size(before[0].W.data), 1e-3);
    await choose('Curve', 'Learning rate');
    assert.equal(await readAtEnd('learning rate'), 0.1);
  });

  it('draw the accuracy, which is that of the training outside', async () => {
    await choose('Curve', 'Accuracy');
    near(await readAtEnd('Accuracy training'), trained().measure().trainScore, 1e-12);
    await choose('Curve', 'Cost');
  });

  it('stand beside a network whose marks have every bias, and a search for its features', async () => {
    const shown = await lens
      .locator('[data-bias]')
      .evaluateAll((all) => all.map((each) => Number(each.getAttribute('data-bias'))));
    const run = trained();
    const biases = unflatten(run.network, run.parameters()).flatMap(({ b }) => [...b]);
    assert.deepEqual(
      shown.toSorted((a, b) => a - b),
      biases.toSorted((a, b) => a - b),
    );
    const names = run.dataset.features.map(({ name }) => name);
    const last = names.findLastIndex((name) => !name.includes('missing'));
    const across = lens.getByLabel('Feature across');
    const before = await across.inputValue();
    const field = lens.locator('input.find');
    await field.fill(names[last]);
    await field.press('Enter');
    await until('the feature across', async () =>
      (await across.inputValue()) === String(last) ? true : undefined,
    );
    await across.selectOption(before);
  });

  it('zoom, move and show all again by keys and buttons, and by the wheel', async () => {
    await choose('Curve', 'Cost');
    assert.deepEqual(await window(), [0, EPOCHS]);
    await canvas().focus();
    await press('+', '+');
    const [from, to] = await windowIs('a part', (a, b) => b - a < 150);
    await press('Shift+ArrowLeft');
    await windowIs('an earlier part', (a, b) => a < from && Math.abs(b - a - (to - from)) < 1e-6);
    await press('Home', 'Home');
    await windowIs('the part that the keys went to', (a) => a === 0);
    await press('-');
    await windowIs('more', (a, b) => b - a > to - from);
    await press('0');
    await windowIs('all', (a, b) => a === 0 && b === EPOCHS);
    await lens.getByRole('button', { name: 'Show fewer epochs' }).click();
    await windowIs('a part by the button', (_, b) => b < EPOCHS);
    await lens.getByRole('button', { name: 'Show all epochs' }).click();
    await windowIs('all by the button', (a, b) => a === 0 && b === EPOCHS);
    const box = await canvas().boundingBox();
    assert.ok(box);
    await workbench.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await workbench.page.keyboard.down('Control');
    await workbench.page.mouse.wheel(0, -100);
    await workbench.page.keyboard.up('Control');
    const [left] = await windowIs('a part by the wheel', (a, b) => a > 0 && b < EPOCHS);
    await workbench.page.mouse.down();
    await workbench.page.mouse.move(box.x + box.width / 2 + 60, box.y + box.height / 2, { steps: 3 });
    await workbench.page.mouse.up();
    await windowIs('an earlier part by a drag', (a) => a < left);
    await canvas().focus();
    await press('0');
  });

  it('space values and epochs by powers of ten where that is chosen', async () => {
    await choose('Scale of the values', 'log');
    await choose('Scale of the epochs', 'log epochs');
    await windowIs('epoch 1 on', (a, b) => a === 1 && b === EPOCHS);
    assert.equal(await canvas().getAttribute('data-scale'), 'log');
    near(await readAtEnd('training'), trained().measure().trainCost, 1e-6);
    await workbench.screenshot('curves-log');
    assert.deepEqual(await axeFindings(lens), []);
    await choose('Scale of the values', 'auto scale');
    await choose('Scale of the epochs', 'epochs');
  });

  /** What the map says at its middle. */
  const middle = async () => {
    const map = lens.locator('.output canvas.map');
    const box = await map.boundingBox();
    assert.ok(box);
    await map.hover({ position: { x: box.width / 2, y: box.height / 2 } });
    return lens.locator('.output .hover', { hasText: 'P(' }).innerText();
  };

  it('draw the output over the chosen row', async () => {
    const before = await middle();
    const map = lens.locator('.output canvas.map');
    await map.focus();
    await press('ArrowRight', 'End');
    const line = Number(await map.getAttribute('data-row'));
    await choose('Plane', 'others at row');
    await lens.locator('.output .caption', { hasText: 'what they are in the chosen row' }).waitFor();
    // At the row itself the map says what the network says of it.
    await map.focus();
    await press('ArrowLeft', 'End');
    const said = await lens.locator('.output .hover', { hasText: `Line ${line}` }).innerText();
    const run = trained();
    const { dataset } = run;
    const example = Array.from({ length: dataset.X.cols }, (_, j) => j).find(
      (j) => dataset.lines[j] === line,
    );
    assert.ok(example !== undefined);
    const x = Float64Array.from(
      { length: dataset.X.rows },
      (_, i) => dataset.X.data[i * dataset.X.cols + example],
    );
    const pass = forwardPass(run.network, matrix(x.length, 1, x));
    forward(pass, unflatten(run.network, run.parameters()));
    const best = Math.max(...pass.A[run.network.sizes.length - 1].data);
    near(Number(/= ([\d.e-]+)\. Line/.exec(said)?.[1]), best, 1e-4);
    assert.notEqual(await middle(), before);
  });

  it('draw the output over two principal components, and say their share of the variance', async () => {
    await choose('Plane', 'components');
    const { X } = trained(1).dataset;
    const { shares } = principalComponents(matrix(X.rows, X.cols, Float64Array.from(X.data)));
    const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
    const sentence = `${percent(shares[0] + shares[1])} of the variance (${percent(shares[0])} and ${percent(shares[1])})`;
    await lens.locator('.output .caption', { hasText: sentence }).waitFor();
    assert.match(await middle(), /^component 1 .*, component 2 /);
    assert.equal(await lens.getByRole('combobox', { name: 'Feature across' }).count(), 0);
    assert.deepEqual(await axeFindings(lens), []);
    await workbench.screenshot('curves-components');
  });

  it('draw a number over two features beside its scale, and how much of its variance is told', async () => {
    await workbench.openFile('cars.csv');
    await workbench.clickCodeLens('Train Neural Network');
    lens = await workbench.lens({ where: 'panel' });
    await lens.locator('h1', { hasText: 'cars.csv predicts Miles_per_Gallon' }).waitFor();
    await waitForState(lens, `Done, epoch ${EPOCHS} of ${EPOCHS}`);
    const run = reference(workbench.folder, 'cars.csv', EPOCHS, {
      ...settings,
      'data.target': 'Miles_per_Gallon',
    });
    const { dataset } = run;
    const { mean, deviation } = dataset.targetScale;
    const scale = lens.locator('.output .scale');
    const ends =
      /^(\S+) to (\S+)$/
        .exec((await scale.getAttribute('title')) ?? '')
        ?.slice(1)
        .map(Number) ?? [];
    near(ends[0], mean - 2 * deviation, 1e-9);
    near(ends[1], mean + 2 * deviation, 1e-9);
    assert.match(await scale.innerText(), /^Miles_per_Gallon/);
    const map = lens.locator('.output canvas.map');
    await map.focus();
    await press('ArrowRight', 'End');
    const line = Number(await map.getAttribute('data-row'));
    await choose('Plane', 'others at row');
    await lens.locator('.output .caption', { hasText: 'what they are in the chosen row' }).waitFor();
    await map.focus();
    await press('ArrowLeft', 'End');
    const said = await lens.locator('.output .hover', { hasText: `Line ${line}` }).innerText();
    const pass = forwardPass(run.network, selectColumns(dataset.X, [dataset.lines.indexOf(line)]));
    forward(pass, unflatten(run.network, run.parameters()));
    const [answer] = pass.A[run.network.sizes.length - 1].data;
    near(Number(/Miles_per_Gallon = ([\d.e-]+)\. Line/.exec(said)?.[1]), answer * deviation + mean, 1e-6);
    await choose('Curve', 'R²');
    near(await readAtEnd('R² training'), run.measure().trainScore, 1e-12);
    await workbench.screenshot('curves-regression');
    assert.deepEqual(workbench.webviewErrors, []);
  });
});
