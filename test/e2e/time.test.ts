import * as assert from 'node:assert/strict';
import { appendFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { unflatten } from '../../src/core/network';
import { axeFindings } from './axe';
import { edges, reference, trainFlower, value, values, waitForEpoch, waitForState } from './support';
import { openWorkbench, until, type Workbench } from './workbench';

const LAST = 10_000;

const slider = (lens: Frame) => lens.getByRole('slider', { name: 'Epoch shown' });
const now = async (lens: Frame) => Number(await slider(lens).getAttribute('aria-valuenow'));
const when = (lens: Frame) => lens.locator('.timeline .when .text').innerText();
const handle = (lens: Frame, name: string) => lens.locator(`.timeline [data-time=${name}]`);

/** Waits until what is shown is exactly an epoch. */
const shows = (lens: Frame, epoch: number) =>
  until(`exactly epoch ${epoch}`, async () =>
    (await now(lens)) === epoch && !/[≈%]/.test(await when(lens)) ? true : undefined,
  );

/** What the Lens shows of an epoch is what a fresh training that stopped there comes to, to the last bit. */
async function isAsFresh(lens: Frame, folder: string, epoch: number): Promise<void> {
  const run = reference(folder, 'flower.csv', epoch);
  const { trainCost, trainScore, testCost, testScore } = run.measure();
  await until(`the numbers of epoch ${epoch}`, async () =>
    (await value(lens, '#train-numbers [data-value]:nth-child(3)')) === trainCost ? true : undefined,
  );
  assert.deepEqual(await values(lens, '#train-numbers'), [trainCost, trainScore]);
  assert.deepEqual(await values(lens, '#test-numbers'), [testCost, testScore]);
  const weights = unflatten(run.network, run.parameters()).flatMap(({ W }) => [...W.data]);
  assert.deepEqual(await edges(lens), weights);
}

describe('the timeline of a training', () => {
  let workbench: Workbench;
  let lens: Frame;
  before(async () => {
    ({ workbench, lens } = await trainFlower({ 'neuronLens.view.epochsPerSecond': 0 }));
    await waitForState(lens, 'Done, epoch 10,000 of 10,000');
    await lens.locator('.edges path').first().waitFor();
  });
  after(() => workbench?.close());

  it('shows the epoch it is dragged to, equal to the bit to a training that stopped there', async () => {
    assert.equal(await when(lens), 'live: epoch 10,000');
    const box = await slider(lens).boundingBox();
    assert.ok(box);
    const { mouse } = workbench.page;
    await mouse.move(box.x + box.width, box.y + box.height / 2);
    await mouse.down();
    for (const share of [0.9, 0.7, 0.4, 0.37]) await mouse.move(box.x + box.width * share, box.y + 10);
    await mouse.up();
    const epoch = await until('an earlier epoch', async () => {
      const shown = await now(lens);
      return shown > 3000 && shown < 4500 ? shown : undefined;
    });
    await shows(lens, epoch);
    assert.match(await when(lens), /^epoch 3,\d\d\d \(live: 10,000\)$/);
    await isAsFresh(lens, workbench.folder, epoch);
    assert.equal(await lens.locator('.cost canvas').getAttribute('data-shown'), String(epoch));
    assert.equal(
      await lens.locator('.state').innerText(),
      `Shown: epoch ${epoch.toLocaleString('en')} of 10,000 (done)`,
    );
    await workbench.screenshot('time');
  });

  it('goes by the keys: an epoch, more, to the first and back to now', async () => {
    await slider(lens).focus();
    const { keyboard } = workbench.page;
    await keyboard.press('Home');
    await shows(lens, 0);
    await isAsFresh(lens, workbench.folder, 0);
    await keyboard.press('ArrowRight');
    await keyboard.press('ArrowRight');
    await keyboard.press('ArrowRight');
    await shows(lens, 3);
    await isAsFresh(lens, workbench.folder, 3);
    await keyboard.press('PageUp');
    await shows(lens, 1003);
    await keyboard.press('Shift+ArrowLeft');
    await shows(lens, 903);
    await isAsFresh(lens, workbench.folder, 903);
    await keyboard.press('End');
    await until('the present', async () => ((await when(lens)).startsWith('live') ? true : undefined));
    await keyboard.press('ArrowLeft');
    await shows(lens, LAST - 1);
    await keyboard.press('Escape');
    await isAsFresh(lens, workbench.folder, LAST);
    assert.equal(await handle(lens, 'live').getAttribute('aria-disabled'), 'true');
  });

  it('shows every step, and says how long it takes', async () => {
    await slider(lens).focus();
    /** From the key to the frame behind the picture's change. */
    const times = await lens.evaluate(async () => {
      const target = document.querySelector('.timeline .slider');
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      const shown = () => document.querySelector('#train-numbers [data-value]')?.getAttribute('data-value');
      const took: number[] = [];
      const press = (key: string, shiftKey = false) =>
        target?.dispatchEvent(new KeyboardEvent('keydown', { key, shiftKey, bubbles: true }));
      press('Home');
      for (let k = 0; k < 30; k++) {
        // What the key before has changed is drawn.
        for (let k = 0; k < 3; k++) await frame();
        const before = shown();
        const from = performance.now();
        press('PageUp', false);
        if (k % 2 === 1) press('ArrowLeft', true);
        while (shown() === before && performance.now() - from < 20_000) await frame();
        took.push(performance.now() - from);
        if (k % 8 === 7) press('Home');
      }
      return took;
    });
    const sorted = times.toSorted((a, b) => a - b);
    console.log(
      `    a step of the timeline: median ${sorted[15].toFixed(0)} ms, p90 ${sorted[26].toFixed(0)} ms`,
    );
    assert.ok(sorted[29] < 20_000, 'every step is shown');
    await slider(lens).press('End');
  });

  it('plays the training, faster if wanted, and ends with now', async () => {
    await lens.getByRole('combobox', { name: 'Speed of playing' }).selectOption('4');
    await handle(lens, 'play').click();
    const seen = new Set<number>();
    await until('several epochs, one after the other', async () => {
      seen.add(await now(lens));
      return seen.size > 4 ? true : undefined;
    });
    const epochs = [...seen].filter((epoch) => epoch < LAST);
    assert.deepEqual(
      epochs,
      epochs.toSorted((a, b) => a - b),
    );
    await until('the end', async () => ((await when(lens)) === 'live: epoch 10,000' ? true : undefined));
    assert.equal(await handle(lens, 'play').getAttribute('aria-label'), 'Play the training so far');
    await handle(lens, 'play').click();
    await until('an epoch', async () => ((await now(lens)) < LAST ? true : undefined));
    await handle(lens, 'play').click();
    const held = await now(lens);
    await shows(lens, held);
    await handle(lens, 'live').click();
    assert.equal(await when(lens), 'live: epoch 10,000');
  });

  it('moves nothing when an epoch is chosen, and passes axe', async () => {
    const tops = () =>
      lens
        .locator('.toolbar button, .timeline button, .timeline .slider, .tabs button, .card')
        .evaluateAll((all) =>
          all.map((each) => {
            const { left, top, width } = each.getBoundingClientRect();
            return [Math.round(left), Math.round(top), Math.round(width)];
          }),
        );
    const before = await tops();
    await slider(lens).press('PageDown');
    await shows(lens, 9000);
    assert.deepEqual(await tops(), before);
    assert.deepEqual(await axeFindings(lens), []);
  });

  it('is at the same epoch after a reload of the window, trained again from the start', async () => {
    await slider(lens).press('ArrowLeft');
    await shows(lens, 8999);
    await workbench.reload('"epoch":8999');
    lens = await workbench.lens({ where: 'panel' });
    await lens.locator('.edges path').first().waitFor();
    await shows(lens, 8999);
    await isAsFresh(lens, workbench.folder, 8999);
    await waitForState(lens, 'Shown: epoch 8,999 of 10,000 (done)');
  });

  it('branches from an epoch under the settings of today; the run before comes back by Undo', async () => {
    await slider(lens).press('Home');
    await slider(lens).press('PageUp');
    await shows(lens, 1000);
    workbench.editSettings({ 'neuronLens.training.learningRate': 0.4, 'neuronLens.training.epochs': 3000 });
    await lens.locator('[data-action=continue]', { hasText: '+3,000' }).waitFor();
    await handle(lens, 'branch').click();
    await waitForState(lens, 'Done, epoch 3,000 of 3,000');
    assert.equal(await when(lens), 'live: epoch 3,000');
    const marks = await lens.locator('.cost canvas').getAttribute('data-marks');
    assert.match(marks ?? '', /^1000: learning rate 1.2 → 0.4/);
    await slider(lens).press('Home');
    await slider(lens).press('PageUp');
    for (let k = 0; k < 4; k++) await slider(lens).press('ArrowRight');
    await until('an epoch of the branch', async () => ((await now(lens)) < 3000 ? true : undefined));
    const at = await now(lens);
    await shows(lens, at);
    await isAsFresh(lens, workbench.folder, at);
    await workbench.screenshot('time-branch');
    await lens.locator('[data-action=undo]').click();
    await waitForState(lens, 'Done, epoch 10,000 of 10,000');
    assert.equal(await when(lens), 'live: epoch 10,000');
  });
});

describe('the timeline of a training whose file is another now', () => {
  let workbench: Workbench;
  let lens: Frame;
  before(async () => {
    ({ workbench, lens } = await trainFlower({
      'neuronLens.view.epochsPerSecond': 0,
      'neuronLens.training.epochs': 2000,
    }));
    await waitForState(lens, 'Done, epoch 2,000 of 2,000');
  });
  after(() => workbench?.close());

  it('still shows every epoch to the bit while its data are there', async () => {
    const run = reference(workbench.folder, 'flower.csv', 803);
    appendFileSync(path.join(workbench.folder, 'flower.csv'), '1,2,1\n');
    await lens.locator('.notices', { hasText: 'The file holds something else now' }).waitFor();
    await slider(lens).press('Home');
    for (let k = 0; k < 4; k++) await slider(lens).press('PageUp');
    for (let k = 0; k < 3; k++) await slider(lens).press('ArrowRight');
    await shows(lens, 803);
    const { trainCost, trainScore } = run.measure();
    assert.deepEqual(await values(lens, '#train-numbers'), [trainCost, trainScore]);
  });

  it('is live in a later window, and says why it can be nothing else', async () => {
    await workbench.reload('"epoch":803');
    lens = await workbench.lens({ where: 'panel' });
    await lens
      .getByRole('alert')
      .filter({ hasText: 'they are not kept but trained again, and the file is another now' })
      .waitFor();
    assert.equal(await when(lens), 'live: epoch 2,000');
    await waitForState(lens, 'Done, epoch 2,000 of 2,000');
  });
});

describe('the timeline while a training goes on', () => {
  let workbench: Workbench;
  let lens: Frame;
  before(async () => {
    ({ workbench, lens } = await trainFlower(
      { 'neuronLens.view.epochsPerSecond': 100, 'neuronLens.training.epochs': 100_000 },
      { theme: 'Default Light Modern', viewport: { width: 1000, height: 800 } },
    ));
    await waitForEpoch(lens, 60);
  });
  after(() => workbench?.close());

  it('stays at the epoch that was chosen, and the training goes on', async () => {
    await slider(lens).press('Home');
    for (let k = 0; k < 20; k++) await slider(lens).press('ArrowRight');
    await shows(lens, 20);
    await isAsFresh(lens, workbench.folder, 20);
    const live = () => lens.locator('.timeline .when .text').innerText();
    const before = await live();
    assert.match(before, /^epoch 20 \(live: [\d,]+\)$/);
    await until('a later epoch', async () => ((await live()) !== before ? true : undefined));
    await isAsFresh(lens, workbench.folder, 20);
    await workbench.screenshot('time-light');
  });

  it('goes back to now with another run', async () => {
    await lens.locator('[data-action=restart]').click();
    await until('the new run', async () => ((await when(lens)).startsWith('live') ? true : undefined));
    await workbench.page.setViewportSize({ width: 620, height: 800 });
    await waitForEpoch(lens, 50);
    await slider(lens).press('Home');
    await shows(lens, 0);
    await workbench.screenshot('time-narrow');
  });
});

describe('the timeline of a training whose epochs take long', () => {
  let workbench: Workbench;
  let lens: Frame;
  before(async () => {
    // A million weights: a few snapshots take all the memory that there is for them, and stand eight epochs apart.
    workbench = await openWorkbench({
      settings: {
        'neuronLens.view.epochsPerSecond': 0,
        ...{ 'neuronLens.training.epochs': 31, 'neuronLens.model.hiddenLayers': [1024, 1024] },
      },
      viewport: { width: 1500, height: 1000 },
    });
    const rows = Array.from({ length: 200 }, (_, j) => `${(j % 7) / 7},${(j % 11) / 11},${j % 2}`);
    writeFileSync(path.join(workbench.folder, 'long.csv'), ['a,b,kind', ...rows].join('\n'));
    await workbench.openFile('long.csv');
    await workbench.clickCodeLens('Train Neural Network');
    lens = await workbench.lens({ where: 'panel' });
    await waitForState(lens, 'Done, epoch 31 of 31');
  });
  after(() => workbench?.close());

  it('shows an epoch near the one that is asked for, and says so, until that is computed', async () => {
    await lens.locator('.timeline .when .text').evaluate((text) => {
      const said: string[] = [];
      Object.assign(globalThis, { said });
      new MutationObserver(() => said.push((text as HTMLElement).innerText)).observe(text, {
        ...{ childList: true, characterData: true, subtree: true },
      });
    });
    const box = await slider(lens).boundingBox();
    assert.ok(box);
    await slider(lens).click({ position: { x: (box.width * 22.5) / 31, y: box.height / 2 } });
    const near = /^≈ epoch 24, \d+ % of the way to (2[23])$/;
    const said = () => lens.evaluate(() => (globalThis as unknown as { said: string[] }).said);
    const epoch = await until('an epoch near it', async () => {
      const found = (await said()).map((text) => near.exec(text)).find((match) => match !== null);
      return found ? Number(found[1]) : undefined;
    });
    await shows(lens, epoch);
    assert.equal((await said()).at(-1), `epoch ${epoch} (live: 31)`);
    assert.deepEqual(workbench.webviewErrors, []);
  });
});
