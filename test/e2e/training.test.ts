import * as assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { unflatten } from '../../src/core/network';
import { traceNeuron } from '../../src/core/trace';
import type { TrainingRun } from '../../src/train/run';
import { edges, openPage, pointCount, reference, value, values, waitForEpoch, waitForState } from './support';
import { openWorkbench, until, type Workbench } from './workbench';

const layers = (run: TrainingRun) => unflatten(run.network, run.parameters());

describe('one click on Train above flower.csv', () => {
  let workbench: Workbench;
  let lens: Frame;
  before(async () => {
    workbench = await openWorkbench({
      file: 'flower.csv',
      viewport: { width: 1500, height: 1000 },
      // So slow that a busy machine sees it run, too.
      settings: { 'neuronLens.view.epochsPerSecond': 200 },
    });
    await workbench.clickCodeLens('Train Neural Network');
    lens = await workbench.lens({ where: 'panel' });
  });
  after(() => workbench?.close());

  it('opens the Lens beside, and the curve grows', async () => {
    await lens.locator('.cost canvas').waitFor();
    const early = await until('points', async () => (await pointCount(lens)) || undefined);
    await until('more points', async () => ((await pointCount(lens)) > early + 100 ? true : undefined));
    assert.equal(await lens.locator('.output canvas.map').getAttribute('data-boundary'), 'drawn');
    await workbench.page
      .locator('.codelens-decoration', { hasText: /Epoch [\d,]+ of 10,000 — cost 0\.\d+/ })
      .waitFor();
    await lens
      .locator('.beside', {
        hasText:
          /^Test accuracy [\d.]+ \([\d.]+ to [\d.]+\); guessing gives 0\.5000, a straight line 0\.4500\.$/,
      })
      .waitFor();
    await workbench.screenshot('training');
  });

  it('takes a learning rate edited in settings.json while it trains: a mark on the curve', async () => {
    workbench.editSettings({ 'neuronLens.training.learningRate': 0.6 });
    await until('the mark', async () =>
      (await lens.locator('.cost canvas').getAttribute('data-marks'))?.includes('learning rate 1.2 → 0.6')
        ? true
        : undefined,
    );
    assert.match(await lens.locator('.cost .marks').innerText(), /Epoch [\d,]+: learning rate 1\.2 → 0\.6/);
    assert.match(await lens.locator('.summary').innerText(), /learning rate 0\.6/);
    await workbench.screenshot('mark');
  });

  it('offers a restart for settings that need one, and restarts with them', async () => {
    workbench.editSettings({
      'neuronLens.training.learningRate': 'auto',
      'neuronLens.model.hiddenLayers': [3],
    });
    await lens.getByText('model.hiddenLayers').waitFor();
    await lens.getByRole('button', { name: 'Restart with these settings' }).click();
    await lens.getByText('layers 2–3–1').waitFor();
    workbench.editSettings({ 'neuronLens.model.hiddenLayers': [4] });
    await lens.getByRole('button', { name: 'Restart with these settings' }).click();
    await lens.getByText('layers 2–4–1').waitFor();
    // The run before stays as a faint line.
    await lens.locator('.cost canvas[data-ghost]:not([data-ghost="0"])').waitFor();
  });

  it('pauses and steps one epoch at a time', async () => {
    await waitForEpoch(lens, 10);
    await lens.locator('[data-action=pause]').click();
    await waitForState(lens, 'Paused at epoch');
    const at = await waitForEpoch(lens, 10);
    await lens.locator('[data-action=step]').click();
    assert.equal(await waitForEpoch(lens, at), at + 1);
    await waitForState(lens, 'Paused at epoch');
    const run = reference(workbench.folder, 'flower.csv', at + 1);
    const { trainCost, trainScore, testCost, testScore } = run.measure();
    assert.deepEqual(await values(lens, '#train-numbers'), [trainCost, trainScore]);
    assert.deepEqual(await values(lens, '#test-numbers'), [testCost, testScore]);
    await lens.locator('[data-action=resume]').click();
    await waitForState(lens, 'Training');
  });

  it('skips to the end, and the numbers on the page are those of a training outside', async () => {
    await lens.locator('[data-action=skipToEnd]').click();
    await waitForState(lens, 'Done, epoch 10,000 of 10,000');
    const run = reference(workbench.folder, 'flower.csv', 10_000);
    const { trainCost, trainScore } = run.measure();
    assert.deepEqual(await values(lens, '#train-numbers'), [trainCost, trainScore]);
    const weights = layers(run).flatMap(({ W }) => [...W.data]);
    assert.deepEqual(await edges(lens), weights);
    assert.equal(await pointCount(lens), run.history.points.length);
  });

  it('a click on a neuron shows a sum that adds up to its z, and the backward numbers', async () => {
    await lens.locator('[data-neuron="1-2"]').click();
    const terms = await lens
      .locator('.terms tr.term td:nth-child(5)')
      .evaluateAll((cells) => cells.map((cell) => Number(cell.getAttribute('data-value'))));
    const [b] = await values(lens, '.terms tr.bias');
    const z = await value(lens, '#z');
    assert.ok(
      Math.abs(terms.reduce((sum, term) => sum + term, 0) + b - z) < 1e-12 * Math.max(1, Math.abs(z)),
    );
    const a = await value(lens, '#a');
    assert.equal(a, Math.tanh(z));

    const run = reference(workbench.folder, 'flower.csv', 10_000);
    const { X, Y } = run.dataset;
    const x = Float64Array.from({ length: X.rows }, (_, i) => X.data[i * X.cols]);
    const trace = traceNeuron(run.network, layers(run), x, Y.data.slice(0, 1), 1, 2);
    assert.deepEqual(
      [...trace.terms].map((term) => term + 0),
      terms,
    );
    for (const [id, expected] of [
      ['#z', trace.z],
      ['#loss', trace.loss],
      ['#da', trace.da],
      ['#dz', trace.dz],
    ] as const) {
      // An attribute has no −0.
      assert.equal(await value(lens, id), expected + 0, id);
    }
    await workbench.screenshot('neuron');
    await openPage(lens, 'Neurons');
    await lens.locator('.activations').scrollIntoViewIfNeeded();
    await lens.locator('.weights').scrollIntoViewIfNeeded();
    await workbench.screenshot('heatmaps');
  });

  it('shows exact numbers under the pointer', async () => {
    await openPage(lens, 'Overview');
    await lens.locator('.output canvas.map').hover();
    await lens.locator('.output .hover', { hasText: /P\(petal = 1\) = \d\.\d{6,}/ }).waitFor();
    await openPage(lens, 'Neurons');
    await lens.locator('.weights canvas[data-layer="1"]').hover({ position: { x: 5, y: 5 } });
    const run = reference(workbench.folder, 'flower.csv', 10_000);
    const w = String(layers(run)[0].W.data[0]).replace('-', '−');
    await lens.getByText(`w of unit 1 from x1 = ${w}`, { exact: true }).waitFor();
  });

  it('comes back the same after a reload of the window', async () => {
    await openPage(lens, 'Overview');
    const before = {
      numbers: await values(lens, '.numbers'),
      edges: await edges(lens),
      points: await pointCount(lens),
      state: await lens.locator('.state').innerText(),
      beside: await lens.locator('.beside').innerText(),
    };
    const ghost = await lens.locator('.cost canvas').getAttribute('data-ghost');
    assert.ok(Number(ghost) > 0, 'the run before is a faint line');
    await workbench.reload('"page":"overview","neuron":{"layer":1,"unit":2}');
    lens = await workbench.lens({ where: 'panel' });
    await lens.locator('.edges path').first().waitFor();
    assert.deepEqual(
      {
        numbers: await values(lens, '.numbers'),
        edges: await edges(lens),
        points: await pointCount(lens),
        state: await lens.locator('.state').innerText(),
        beside: await lens.locator('.beside').innerText(),
      },
      before,
    );
    assert.equal(await lens.locator('.terms').count(), 1, 'the chosen neuron is still open');
    await lens.locator(`.cost canvas[data-ghost="${ghost}"]`).waitFor();
    await workbench.screenshot('reloaded');
  });

  it('never makes its webview complain, under a policy without unsafe-*', async () => {
    const policy = await lens.locator('meta[http-equiv=Content-Security-Policy]').getAttribute('content');
    assert.match(policy ?? '', /default-src 'none'; script-src 'nonce-/);
    assert.doesNotMatch(policy ?? '', /unsafe/);
    assert.deepEqual(workbench.webviewErrors, []);
  });
});

describe('a broken CSV', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench({ file: 'iris.csv' });
  });
  after(() => workbench?.close());

  it('gets one sentence with line and column in the Lens, and no notification that says it again', async () => {
    const text = ['a,b,label', '1,2,x', '2,1,y', '3,7,8,x', '4,5,y'].join('\n');
    writeFileSync(path.join(workbench.folder, 'broken.csv'), text);
    await workbench.openFile('broken.csv');
    await workbench.clickCodeLens('Train Neural Network');
    const lens = await workbench.lens({ where: 'panel' });
    const sentence = /broken\.csv, line 4, column 7: This row has 4 cells, the header has 3/;
    assert.match(await lens.locator('.failure').innerText(), sentence);
    const notification = workbench.page.locator('.notification-list-item-message', { hasText: sentence });
    assert.equal(await notification.count(), 0);
    assert.doesNotMatch(await lens.locator('.failure').innerText(), /\bat \S+:\d+:\d+/);
    await workbench.screenshot('broken');
    await lens.getByRole('button', { name: 'Go to Line 4' }).click();
    await workbench.page.getByText('Ln 4', { exact: false }).first().waitFor();
  });

  it('and trains once it is mended', async () => {
    const text = ['a,b,label', '1,2,x', '2,1,y', '3,7,x', '4,5,y'].join('\n');
    writeFileSync(path.join(workbench.folder, 'broken.csv'), text);
    const lens = await workbench.lens({ where: 'panel' });
    await lens.getByRole('button', { name: 'Train Again' }).click();
    await waitForEpoch(lens, 5);
    assert.equal(await lens.locator('.failure').count(), 0);
  });
});
