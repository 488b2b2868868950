import * as assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import type { NumbersKey, ToWebview } from '../../src/protocol/lens';
import { axeFindings } from './axe';
import { openPage, waitForEpoch, waitForState } from './support';
import { openWorkbench, until, type Workbench } from './workbench';

/** Where each handle stands, by its place in the row; what it does there follows from the state. */
const places = (lens: Frame) =>
  lens
    .locator('.toolbar button')
    .evaluateAll((buttons) => buttons.map((button) => Math.round(button.getBoundingClientRect().left)));
/** The element that has the focus. */
const focused = (lens: Frame) =>
  lens.evaluate(() => {
    const { activeElement } = document;
    return activeElement?.getAttribute('data-action') ?? activeElement?.id ?? activeElement?.tagName ?? '';
  });
const enabled = (lens: Frame, action: string) =>
  lens.locator(`[data-action=${action}][aria-disabled=false]`).waitFor();

describe('the Lens while a training goes on and ends', () => {
  let workbench: Workbench;
  let lens: Frame;
  let running: number[];
  before(async () => {
    workbench = await openWorkbench({
      file: 'flower.csv',
      viewport: { width: 1500, height: 1000 },
      settings: { 'neuronLens.view.epochsPerSecond': 200 },
    });
    await workbench.clickCodeLens('Train Neural Network');
    lens = await workbench.lens({ where: 'panel' });
    await waitForEpoch(lens, 5);
    running = await places(lens);
  });
  after(() => workbench?.close());

  it('speaks of the state alone: not of every epoch', async () => {
    const spoken = () => lens.locator('[role=status]').innerText();
    assert.equal(await spoken(), 'Training');
    await waitForEpoch(lens, await waitForEpoch(lens, 5));
    assert.equal(await spoken(), 'Training');
  });

  it('has pause and resume in one place, and no handle moves', async () => {
    await lens.locator('[data-action=pause]').focus();
    await workbench.page.keyboard.press('Enter');
    await waitForState(lens, 'Paused at epoch');
    assert.equal(await focused(lens), 'resume');
    assert.deepEqual(await places(lens), running);
    await workbench.page.keyboard.press('Enter');
    await waitForState(lens, 'Training');
    assert.equal(await focused(lens), 'pause');
    await workbench.screenshot('handles');
  });

  it('does nothing more after Skip to End, however often it is clicked: the epochs stay', async () => {
    const { x, y, width, height } = (await lens.locator('[data-action=skipToEnd]').boundingBox()) ?? {
      x: 0,
      y: 0,
      width: 0,
      height: 0,
    };
    for (let click = 0; click < 8; click++) await workbench.page.mouse.click(x + width / 2, y + height / 2);
    await waitForState(lens, 'Done, epoch 10,000 of 10,000');
    await workbench.page.mouse.click(x + width / 2, y + height / 2);
    assert.deepEqual(await places(lens), running);
    assert.equal(await focused(lens), 'skipToEnd', 'the focus stays on it');
    await enabled(lens, 'continue');
    assert.match(await lens.locator('[data-action=continue]').innerText(), /\+10,000/);
    await waitForState(lens, 'Done, epoch 10,000 of 10,000');
  });

  it('gives the focus back to the unit when its card is closed, by Escape too', async () => {
    for (const close of ['Escape', 'Enter']) {
      await lens.locator('[data-neuron="1-2"]').focus();
      await workbench.page.keyboard.press('Enter');
      await lens.locator('.neuron').waitFor();
      if (close === 'Enter') await lens.getByRole('button', { name: 'Close' }).focus();
      await workbench.page.keyboard.press(close);
      await lens.locator('.neuron').waitFor({ state: 'detached' });
      const unit = await lens.evaluate(() => document.activeElement?.getAttribute('data-neuron'));
      assert.equal(unit, '1-2', close);
    }
  });

  it('has every picture and every feature in reach of keys, with exact numbers', async () => {
    await lens.locator('button.node.input').first().focus();
    await lens.locator('.network .hover', { hasText: 'x1: standardised' }).waitFor();
    for (const [page, picture, says] of [
      ['Overview', '.cost', /^Epoch 0: training 0\.\d+/],
      ['Overview', '.output', /P\(petal = \d\) = .*Line \d+: petal = 0/],
      ['Neurons', '.activations', /^Unit 1, Line \d+: petal = 0.*: a = /],
      ['Neurons', '.weights', /^w of unit 1 from x1 = /],
    ] as const) {
      await openPage(lens, page);
      await lens.locator(`${picture} canvas[role=img]`).first().focus();
      await workbench.page.keyboard.press('ArrowRight');
      await lens.locator(`${picture} .hover`, { hasText: says }).first().waitFor();
    }
    await workbench.page.keyboard.press('Enter');
    await lens.locator('.neuron').waitFor();
  });

  it('goes from page to page by the arrow keys, and keeps what is above them in sight', async () => {
    await lens.getByRole('tab', { name: 'Neurons' }).focus();
    await workbench.page.keyboard.press('ArrowLeft');
    await lens.getByRole('tabpanel', { name: 'Overview' }).waitFor();
    assert.equal(await focused(lens), 'page-overview');
    await workbench.page.keyboard.press('End');
    await lens.getByRole('tabpanel', { name: 'Overview' }).waitFor({ state: 'detached' });
    await openPage(lens, 'Overview');
    await lens.locator('.cost').scrollIntoViewIfNeeded();
    const { y } = (await lens.locator('.top').boundingBox()) ?? { y: -1 };
    const { y: top } = (await lens.locator('main').boundingBox()) ?? { y: 0 };
    assert.ok(y >= Math.max(0, top), `the header is at ${y}`);
  });

  it('keeps its marks of the classes when the theme changes', async () => {
    /** The legend's marks as drawn: their size, and how many of their pixels are. */
    const marks = () =>
      lens.locator('.output canvas.shape').evaluateAll((all) =>
        all.map((canvas) => {
          const { width, height } = canvas as HTMLCanvasElement;
          const pixels = (canvas as HTMLCanvasElement)
            .getContext('2d')
            ?.getImageData(0, 0, width, height).data;
          return [...(pixels ?? [])].filter((alpha, k) => k % 4 === 3 && alpha > 0).length > 20
            ? [...(pixels ?? [])].slice(4 * (6 * width + 6), 4 * (6 * width + 6) + 3).join()
            : 'nothing';
        }),
      );
    const light = await marks();
    assert.equal(light.length, 2);
    assert.ok(!light.includes('nothing'), light.join(' '));
    await workbench.runCommand('Preferences: Toggle between Light/Dark Themes');
    await until('the marks in the dark', async () => {
      const dark = await marks();
      return dark.length === 2 && !dark.includes('nothing') && dark[0] !== light[0] ? true : undefined;
    });
    await workbench.screenshot('dark');
    await workbench.runCommand('Preferences: Toggle between Light/Dark Themes');
    await until('the marks in the light', async () => ((await marks())[0] === light[0] ? true : undefined));
    assert.deepEqual(workbench.webviewErrors, []);
  });
});

describe('the Lens on a large network', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench({
      file: 'flower.csv',
      settings: {
        'neuronLens.model.hiddenLayers': [512, 512, 512],
        'neuronLens.training.epochs': 3,
      },
      viewport: { width: 1500, height: 1000 },
    });
  });
  after(() => workbench?.close());

  it('still answers, and says that its maps are coarse and follow behind', async () => {
    await workbench.clickCodeLens('Train Neural Network');
    const lens = await workbench.lens({ where: 'panel' });
    await lens.locator('.output .caption', { hasText: /the map has 12 points across/ }).waitFor();
    await lens.locator('[data-neuron="3-3"]').click();
    await lens.locator('.neuron h2', { hasText: 'unit 4, layer 3' }).waitFor();
    await openPage(lens, 'Neurons');
    await lens.locator('.activations .caption', { hasText: /\d\d of them are passed through it/ }).waitFor();
    assert.match(await lens.locator('.weights figcaption').nth(1).innerText(), /each cell: of 4 × 2 weights/);
    await waitForState(lens, 'Done, epoch 3 of 3');
    await workbench.screenshot('large');
    assert.deepEqual(workbench.webviewErrors, []);
  });
});

/** A frame of a run that a host might send: it asks something, and replaced another run. */
const asking = () => {
  const numbers = (key: NumbersKey, values: number[]): ToWebview => ({
    type: 'numbers',
    run: 'asking',
    version: 1,
    key,
    offset: 0,
    total: values.length,
    values: Float64Array.from(values),
  });
  const measures = (rate: number) =>
    Array.from({ length: 60 }, (_, k) => [
      5 * k,
      0.2 + 0.5 / (1 + rate * k),
      0.25 + 0.5 / (1 + rate * k),
      0.9,
      0.9,
    ]);
  /** With the extremes of points that were thinned. */
  const points = measures(0.5).map((measure, k) => {
    const [, train, test] = measure;
    const spread = [0.01 + 0.004 * (k % 4), 0.02 + 0.02 * (k % 5)];
    return [...measure, train - spread[0], train + spread[1], test - spread[0], test + spread[1]];
  });
  const messages: ToWebview[] = [
    {
      type: 'run',
      run: {
        id: 'asking',
        version: 1,
        uri: 'file:///asking.csv',
        file: 'asking.csv',
        seed: 1,
        dataset: {
          target: 'label',
          targetReason: 'It is the last column.',
          task: 'binary',
          taskReason: 'because its values are no and yes',
          classes: ['no', 'yes'],
          targetScale: { mean: 0, deviation: 1 },
          dialect: 'semicolon, decimal comma',
          trainRows: 12_345,
          testRows: 3086,
          featureCount: 2,
        },
        network: { sizes: [2, 1], hidden: 'tanh', output: 'sigmoid' },
        sampleCount: 4,
      },
    },
    { type: 'features', run: 'asking', version: 1, offset: 0, names: ['size', 'age'] },
    numbers('scales', [0, 1, 0, 1]),
    numbers('X', [-1, 1, -1, 1, -1, -1, 1, 1]),
    numbers('y', [0, 1, 0, 1]),
    numbers('test', [0, 0, 0, 1]),
    numbers('lines', [2, 3, 4, 5]),
    {
      type: 'live',
      run: 'asking',
      version: 1,
      live: {
        status: 'running',
        reading: null,
        epochs: 300,
        continueEpochs: 10_000,
        learningRate: 1.2,
        learningRateIsAuto: true,
        ways: [],
        baselines: null,
        rule: { optimizer: 'gradientDescent', momentum: 0.9, l1: 0, l2: 0, batchSize: 0, balanced: false },
        measure: Float64Array.from([295, 0.21, 0.26, 0.9, 0.9]),
        penalty: 0,
        edits: [{ epoch: 120, text: 'learning rate 0.6 → 1.2' }],
        notices: ['2 columns are left out.'],
        checked: { initialization: 'auto', patience: 0, diverged: null },
        failure: null,
        pending: ['model.hiddenLayers'],
        canGoOn: true,
        canUndo: true,
        undoByHand: null,
        chosen: false,
        question: {
          text: 'The settings now say 100 epochs, and 295 are done. What should happen?',
          choices: [
            { id: 'stop', label: 'Stop Now' },
            { id: 'goOn', label: 'Go On to 300' },
          ],
        },
        paced: true,
      },
    },
    numbers('history', points.flat()),
    numbers('ghost', measures(0.2).flat()),
    numbers('parameters', [2, -1, 0.5]),
    { type: 'frame', run: 'asking' },
  ];
  messages.forEach((message) => window.postMessage(message));
};

describe('what the Lens is told beside the numbers', () => {
  let workbench: Workbench;
  let lens: Frame;
  before(async () => {
    workbench = await openWorkbench({ file: 'moons.csv', viewport: { width: 1500, height: 1000 } });
    await workbench.runCommand('Neuron Lens: Show Lens');
    lens = await workbench.lens({ where: 'panel' });
    await lens.getByText('Nothing is being trained').waitFor();
    await lens.evaluate(asking);
  });
  after(() => workbench?.close());

  it('is drawn: a question, the curve of the run before, and what can be brought back', async () => {
    await lens.locator('.question', { hasText: 'What should happen?' }).waitFor();
    assert.equal(await lens.locator('.cost canvas').getAttribute('data-ghost'), '60');
    await lens.locator('.cost .caption', { hasText: 'shaded: from the lowest to the highest' }).waitFor();
    await enabled(lens, 'undo');
    assert.match(await lens.locator('.summary').first().innerText(), /semicolon, decimal comma/);
    assert.match(await lens.locator('.numbers').innerText(), /12,345/);
    await workbench.screenshot('question');
    assert.deepEqual(await axeFindings(lens), []);
  });

  it('says why something that is asked for cannot be, and keeps the focus when a bar goes', async () => {
    await lens.locator('[data-choice=goOn]').click();
    const refusal = lens.locator('.bar.warning', { hasText: 'nothing' });
    await refusal.waitFor();
    await refusal.getByRole('button', { name: 'Close this message' }).click();
    await refusal.waitFor({ state: 'detached' });
    assert.equal(await focused(lens), 'app', 'not the body of the page');
  });

  it('passes over a message that is none', async () => {
    await lens.evaluate(asking);
    await lens.evaluate(() => {
      window.postMessage({ type: 'live', run: 'asking', version: 1, live: { status: 'dancing' } });
      window.postMessage({ type: 'frame', run: 'asking' });
    });
    await waitForState(lens, 'Training, epoch 295 of 300');
  });
});
