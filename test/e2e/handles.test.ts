import * as assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { axeFindings } from './axe';
import { openPage, trainFlower, waitForEpoch, waitForState } from './support';
import { openWorkbench, until, type Workbench } from './workbench';

/** What the workspace's settings.json says of flower.csv in `neuronLens.datasets`. */
function entryOf({ folder }: Workbench, name = 'flower.csv'): Record<string, unknown> | undefined {
  const all = written(folder)['neuronLens.datasets'] as Record<string, Record<string, unknown>> | undefined;
  return all?.[name];
}

function written(folder: string): Record<string, unknown> {
  const file = path.join(folder, '.vscode', 'settings.json');
  if (!existsSync(file)) return {};
  return JSON.parse(readFileSync(file, 'utf8').replace(/^\s*\/\/.*$/gm, '')) as Record<string, unknown>;
}

/** Waits until the entry of flower.csv is this; undefined: that there is none. */
const entryIs = (workbench: Workbench, expected: Record<string, unknown> | undefined) =>
  until(`the entry ${JSON.stringify(expected)}`, async () =>
    JSON.stringify(entryOf(workbench)) === JSON.stringify(expected) ? true : undefined,
  );

const handle = (lens: Frame, key: string) => lens.locator(`[data-key="${key}"]`);
const valueOf = async (lens: Frame, key: string): Promise<unknown> =>
  JSON.parse((await handle(lens, key).getAttribute('data-value')) ?? 'null');
const valueIs = (lens: Frame, key: string, expected: unknown) =>
  until(`${key} ${JSON.stringify(expected)}`, async () =>
    JSON.stringify(await valueOf(lens, key)) === JSON.stringify(expected) ? true : undefined,
  );
/** The learning rate that the training says it goes by. */
const actingRate = async (lens: Frame): Promise<number> =>
  Number(/learning rate ([\d.]+)/.exec(await lens.locator('.summary').first().innerText())?.[1]);
const click = (lens: Frame, nudge: string) => lens.locator(`[data-nudge="${nudge}"]`).click();
const openAll = async (lens: Frame) => {
  const all = lens.locator('[data-action=handles]');
  if ((await all.getAttribute('aria-expanded')) === 'false') await all.click();
};
const isWide = (lens: Frame) =>
  lens.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);

describe('the handles of the Lens', () => {
  let workbench: Workbench;
  let lens: Frame;
  before(async () => {
    ({ workbench, lens } = await trainFlower({
      'neuronLens.view.epochsPerSecond': 200,
      'neuronLens.training.epochs': 1_000_000,
    }));
    await waitForEpoch(lens, 5);
  });
  after(() => workbench?.close());
  /** What one test leaves behind is not the next one's. */
  afterEach(function () {
    if (this.currentTest?.state === 'failed') workbench.editSettings({ 'neuronLens.datasets': undefined });
  });

  it('are there at once, as the settings and the run have them', async () => {
    assert.equal(await valueOf(lens, 'training.learningRate'), 'auto');
    assert.equal(await lens.locator('[data-field="training.learningRate"]').inputValue(), '1.2 auto');
    assert.equal(await valueOf(lens, 'model.hiddenLayers'), 'auto');
    assert.equal(await lens.locator('[data-units="1"]').inputValue(), '4');
    assert.equal(await valueOf(lens, 'training.batchSize'), 'auto');
    assert.equal(await lens.locator('[data-field="training.batchSize"]').inputValue(), 'all auto');
    await workbench.screenshot('handles-closed');
  });

  it('act on the run while they are dragged, and are written once they are let go', async () => {
    const slider = lens.locator('[data-slider="training.learningRate"]');
    const box = await slider.boundingBox();
    assert.ok(box);
    const { mouse } = workbench.page;
    const y = box.y + box.height / 2;
    await mouse.move(box.x + box.width * 0.7, y);
    await mouse.down();
    await mouse.move(box.x + box.width * 0.5, y, { steps: 5 });
    const held = Number(await valueOf(lens, 'training.learningRate'));
    assert.ok(held > 0 && held < 1, `${held}`);
    await until('the rate of the run', async () => ((await actingRate(lens)) === held ? true : undefined));
    await mouse.move(box.x + box.width * 0.4, y, { steps: 5 });
    const lower = Number(await valueOf(lens, 'training.learningRate'));
    assert.ok(lower < held);
    await until('the lower rate', async () => ((await actingRate(lens)) === lower ? true : undefined));
    assert.equal(entryOf(workbench), undefined, 'nothing is written while it is held');
    await mouse.up();
    await entryIs(workbench, { 'training.learningRate': lower });
    assert.equal(await actingRate(lens), lower);
    const marks = (await lens.locator('.cost canvas').getAttribute('data-marks'))?.split('\n') ?? [];
    assert.equal(marks.length, 1, 'a drag is one mark');
    assert.match(marks[0], new RegExp(`learning rate 1\\.2 → ${lower}$`));
    // The same on the timeline.
    const triangle = lens.locator('.timeline svg[data-mark]');
    assert.equal(await triangle.count(), 1);
    const epoch = await triangle.getAttribute('data-mark');
    assert.equal(marks[0], `${epoch}: learning rate 1.2 → ${lower}`);
    assert.match(
      (await triangle.locator('title').textContent()) ?? '',
      new RegExp(`^Epoch [\\d,]+: learning rate 1\\.2 → ${lower}$`),
    );
  });

  it('take back their last write by Undo, and the run follows', async () => {
    await lens.getByTitle('Undo: training.learningRate "auto" → ').waitFor();
    await click(lens, 'undo');
    await entryIs(workbench, undefined);
    await until('the rate', async () => ((await actingRate(lens)) === 1.2 ? true : undefined));
    await lens.locator('[data-nudge=undo][aria-disabled=true]').waitFor();
  });

  it('go by keys: a slider by arrows, written when the key is let go; a field by typing', async () => {
    await lens.locator('[data-slider="training.learningRate"]').focus();
    await workbench.page.keyboard.down('ArrowLeft');
    await workbench.page.keyboard.down('ArrowLeft');
    assert.equal(entryOf(workbench), undefined);
    await workbench.page.keyboard.up('ArrowLeft');
    await entryIs(workbench, { 'training.learningRate': 1 });
    await lens.locator('[data-field="training.learningRate"]').fill('0,5');
    await workbench.page.keyboard.press('Enter');
    await entryIs(workbench, { 'training.learningRate': 0.5 });
    await until('the rate', async () => ((await actingRate(lens)) === 0.5 ? true : undefined));
  });

  it('say what cannot be, and write nothing', async () => {
    const field = lens.locator('[data-field="training.learningRate"]');
    await field.fill('1e9');
    await lens.locator('.fault', { hasText: '1000000000 is above 1000' }).waitFor();
    await workbench.page.keyboard.press('Enter');
    await workbench.screenshot('handles-fault');
    await workbench.page.keyboard.press('Escape');
    await lens.locator('.fault').waitFor({ state: 'detached' });
    assert.deepEqual(entryOf(workbench), { 'training.learningRate': 0.5 });
  });

  it('go back to auto, which takes the key away', async () => {
    await click(lens, 'reset-training.learningRate');
    await entryIs(workbench, undefined);
    await until('the rate', async () => ((await actingRate(lens)) === 1.2 ? true : undefined));
    assert.equal(await valueOf(lens, 'training.learningRate'), 'auto');
  });

  it('move when settings.json is edited', async () => {
    const datasets = written(workbench.folder)['neuronLens.datasets'] as Record<string, unknown>;
    workbench.editSettings({
      'neuronLens.datasets': { ...datasets, 'flower.csv': { 'training.l2': 0.01 } },
    });
    await valueIs(lens, 'training.l2', 0.01);
    workbench.editSettings({ 'neuronLens.datasets': datasets });
    await valueIs(lens, 'training.l2', 'auto');
  });

  it('change the workspace’s value where that sets the key for all files', async () => {
    workbench.editSettings({ 'neuronLens.training.l2': 0.25 });
    await valueIs(lens, 'training.l2', 0.25);
    await lens.locator('[data-field="training.l2"]').fill('0.5');
    await workbench.page.keyboard.press('Enter');
    await until('the write', async () =>
      written(workbench.folder)['neuronLens.training.l2'] === 0.5 ? true : undefined,
    );
    assert.equal(entryOf(workbench), undefined);
    await openAll(lens);
    await click(lens, 'reset-training.l2');
    await until('the removal', async () =>
      'neuronLens.training.l2' in written(workbench.folder) ? undefined : true,
    );
    await valueIs(lens, 'training.l2', 'auto');
  });

  it('of what needs a restart say so, and restart with it: page, scroll and choices stay', async () => {
    await click(lens, 'layers-more');
    await click(lens, 'units-fewer-2');
    await entryIs(workbench, { 'model.hiddenLayers': [4, 3] });
    await lens.locator('.tail', { hasText: 'Edited since: model.hiddenLayers' }).waitFor();
    await lens.getByRole('img', { name: 'acts after a restart' }).first().waitFor();
    await workbench.screenshot('handles-open');
    assert.deepEqual(await axeFindings(lens), []);
    await openPage(lens, 'Neurons');
    await lens.evaluate(() => scrollTo(0, 150));
    const scrolled = await lens.evaluate(() => scrollY);
    assert.ok(scrolled > 0);
    await lens.getByRole('button', { name: 'Restart with these settings' }).click();
    await lens.getByText('layers 2–4–3–1').waitFor();
    await lens.locator('.activations canvas').first().waitFor();
    assert.equal(await lens.locator('[data-page=neurons]').count(), 1);
    // What is found above may take a line more, or less.
    const moved = Math.abs((await lens.evaluate(() => scrollY)) - scrolled);
    assert.ok(moved <= 60, `the place in the page has moved by ${moved} pixels`);
    assert.equal(await lens.locator('[data-action=handles]').getAttribute('aria-expanded'), 'true');
    await openPage(lens, 'Overview');
    await click(lens, 'undo');
    await entryIs(workbench, { 'model.hiddenLayers': [4, 4] });
    await click(lens, 'undo');
    await entryIs(workbench, undefined);
    await lens.getByRole('button', { name: 'Restart with these settings' }).click();
    await lens.getByText('layers 2–4–1').waitFor();
  });

  it('choose the target in VS Code’s list, seeds by a die, and an optimizer', async () => {
    await openAll(lens);
    await lens.locator('[data-action=chooseTarget]').click();
    const rows = workbench.page.locator('.quick-input-widget .monaco-list-row');
    await rows.filter({ hasText: 'x1' }).first().click();
    await entryIs(workbench, { 'data.target': 'x1' });
    await click(lens, 'undo');
    await entryIs(workbench, undefined);
    await click(lens, 'dice');
    await until('a seed', async () => {
      const seed = entryOf(workbench)?.['training.seed'];
      return typeof seed === 'number' && seed >= 1 ? true : undefined;
    });
    await click(lens, 'reset-training.seed');
    await entryIs(workbench, undefined);
    assert.ok(await lens.locator('[data-field="training.momentum"]').isDisabled());
    await lens.locator('[data-choice-of="training.optimizer"]').selectOption('momentum');
    await entryIs(workbench, { 'training.optimizer': 'momentum' });
    assert.ok(await lens.locator('[data-field="training.momentum"]').isEnabled());
    await click(lens, 'reset-training.optimizer');
    await entryIs(workbench, undefined);
  });

  it('turn the rest as well: activation and start with a restart, batch, momentum and L1 at once', async () => {
    await openAll(lens);
    const marks = async () =>
      ((await lens.locator('.cost canvas').getAttribute('data-marks')) ?? '')
        .split('\n')
        .filter((text) => text !== '')
        .map((text) => text.replace(/^\d+: /, ''));
    const marksAre = (expected: readonly string[]) =>
      until(`the marks ${expected.join('; ')}`, async () =>
        (await marks()).join() === expected.join() ? true : undefined,
      );
    let entry: Record<string, unknown> = {};
    const turned = async (key: string, value: unknown) => {
      entry = { ...entry, [key]: value };
      await entryIs(workbench, entry);
    };
    for (const [key, value] of [
      ['model.hiddenActivation', 'relu'],
      ['model.initialization', 'xavier'],
      ['training.optimizer', 'momentum'],
    ]) {
      await lens.locator(`[data-choice-of="${key}"]`).selectOption(value);
      await turned(key, value);
    }
    await lens
      .locator('.tail', {
        hasText: 'Edited since: model.hiddenActivation, model.initialization, training.optimizer',
      })
      .waitFor();
    await lens.getByRole('button', { name: 'Restart with these settings' }).click();
    await lens.locator('.layer', { hasText: 'A[1] relu' }).waitFor();
    await marksAre([]);
    for (const [key, text, value] of [
      ['training.batchSize', '32', 32],
      ['training.momentum', '0.5', 0.5],
      ['training.l1', '0.01', 0.01],
    ] as const) {
      await lens.locator(`[data-field="${key}"]`).fill(text);
      await workbench.page.keyboard.press('Enter');
      await turned(key, value);
    }
    const done = ['batch size 0 → 32', 'momentum 0.9 → 0.5', 'l1 0 → 0.01'];
    await marksAre(done);
    for (const key of Object.keys(entry).toReversed()) {
      const { [key]: _, ...rest } = entry;
      entry = rest;
      await click(lens, 'undo');
      await entryIs(workbench, Object.keys(rest).length > 0 ? rest : undefined);
    }
    // What is taken back has acted: its mark stays, and so does that of taking it back.
    await marksAre([...done, 'l1 0.01 → 0', 'momentum 0.5 → 0.9', 'batch size 32 → 0']);
    await lens.getByRole('button', { name: 'Restart with these settings' }).click();
    await lens.locator('.layer', { hasText: 'A[1] tanh' }).waitFor();
  });

  it('of speed pause and step, go slowly, at a pace and at full speed', async () => {
    const speed = (name: string) => lens.locator(`[data-speed=${name}]`);
    const pressed = (name: string) => lens.locator(`[data-speed=${name}][aria-pressed=true]`).waitFor();
    const pace = () => written(workbench.folder)['neuronLens.view.epochsPerSecond'];
    await speed('step').click();
    await waitForState(lens, 'Paused');
    await pressed('step');
    const at = await waitForEpoch(lens, 0);
    await speed('step').click();
    assert.equal(await waitForEpoch(lens, at), at + 1);
    await speed('slow').click();
    await pressed('slow');
    await waitForState(lens, 'Training');
    await until('the write', async () => (pace() === 10 ? true : undefined));
    await speed('paced').click();
    await until('the write', async () => (pace() === 1000 ? true : undefined));
    await pressed('paced');
    await speed('full').click();
    await until('the write', async () => (pace() === 0 ? true : undefined));
    await pressed('full');
    await speed('paced').click();
    await until('the write', async () => (pace() === 1000 ? true : undefined));
  });

  it('move nothing: not by the pointer, a unit that is chosen, or the end of the training', async () => {
    await lens.locator('[data-action=handles]').click();
    const boxes = () =>
      lens.evaluate(() =>
        [...document.querySelectorAll('header, header *, .pages, .card:not(.neuron) > h2, .card canvas')]
          .filter(
            // The mark of the present epoch is there to move, and what is drawn of an icon is its own.
            (element) =>
              !element.closest(
                '.summary, .spoken, .numbers, .timeline svg > *, .neuron, .icon > *, option, math',
              ),
          )
          .map((element) => {
            const { x, y, width, height } = element.getBoundingClientRect();
            // What is found may take a line more: the pictures keep their places among themselves.
            const from = element.closest('.pictures')?.getBoundingClientRect().y ?? -scrollY;
            const name = `${element.tagName}.${element.classList[0] ?? ''}`;
            return `${name} ${[x, y - from, width, height].map(Math.round).join(' ')}`;
          }),
      );
    await lens.evaluate(() => scrollTo(0, 0));
    const before = await boxes();
    assert.ok(before.length > 40);
    for (const selector of ['.output canvas.map', '.cost canvas', '[data-key="training.learningRate"]'])
      await lens.locator(selector).first().hover();
    await lens.evaluate(() => scrollTo(0, 0));
    assert.deepEqual(await boxes(), before, 'the pointer');
    await lens.locator('[data-neuron="1-1"]').click();
    const card = lens.locator('.card.neuron');
    await card.waitFor();
    await lens.evaluate(() => scrollTo(0, 0));
    assert.deepEqual(await boxes(), before, 'a unit');
    // It is in sight, whatever the page has above it.
    const [seen, height] = await card.evaluate((each) => [each.getBoundingClientRect().bottom, innerHeight]);
    assert.ok(seen <= height, `${seen} of ${height}`);
    await lens.locator('.card.neuron').getByRole('button', { name: 'Close' }).click();
    assert.deepEqual(await boxes(), before, 'no unit');
    await lens.locator('[data-action=skipToEnd]').click();
    await lens.locator('[data-action=stop]').click();
    await waitForState(lens, 'Stopped');
    await lens.evaluate(() => scrollTo(0, 0));
    assert.deepEqual(await boxes(), before, 'the end');
    await workbench.screenshot('handles-stopped');
  });

  it('go away for a file without a run, which has Train and one click back', async () => {
    await workbench.runCommand('View: Focus First Editor Group');
    await workbench.openFile('moons.csv');
    await lens.getByText('moons.csv has not been trained on yet').waitFor();
    await lens.getByRole('button', { name: 'Train on the Open CSV' }).waitFor();
    await workbench.screenshot('handles-no-run');
    assert.deepEqual(await axeFindings(lens), []);
    await lens.getByRole('button', { name: 'Back to flower.csv' }).click();
    await lens.locator('.file', { hasText: 'flower.csv' }).waitFor();
    await lens.locator('.handles').waitFor();
    await workbench.runCommand('View: Focus First Editor Group');
    await workbench.openFile('xor.csv');
    await lens.getByText('xor.csv has not been trained on yet').waitFor();
    await workbench.openFile('README.md');
    await lens.getByText('xor.csv has not been trained on yet').waitFor();
    await workbench.openFile('flower.csv');
    await lens.locator('.file', { hasText: 'flower.csv' }).waitFor();
  });

  it('open the settings beside the Lens, not over it', async () => {
    await lens.locator('[data-action=openSettings]').click();
    await workbench.page.locator('.settings-editor').waitFor();
    const groups = workbench.page.locator('.editor-group-container');
    await until('the settings in a column', async () =>
      (await groups.first().locator('.settings-editor').isVisible()) ? true : undefined,
    );
    await workbench.screenshot('handles-settings');
    assert.equal(await groups.count(), 2);
    assert.ok(await lens.locator('.handles').isVisible());
    assert.deepEqual(workbench.webviewErrors, []);
  });
});

describe('the handles where there is little room', () => {
  let workbench: Workbench;
  let lens: Frame;
  before(async () => {
    workbench = await openWorkbench({
      file: 'flower.csv',
      theme: 'Default Light Modern',
      viewport: { width: 1280, height: 900 },
      findsSettings: true,
      settings: { 'neuronLens.view.epochsPerSecond': 200 },
    });
    await workbench.runCommand('Neuron Lens: Focus on Lens View');
    await workbench.clickCodeLens('Train Neural Network');
    lens = await workbench.lens({ where: 'view' });
    await waitForEpoch(lens, 5);
  });
  after(() => workbench?.close());

  it('wrap at 300 px, closed and open, with nothing cut off', async () => {
    const width = await lens.evaluate(() => innerWidth);
    assert.ok(width <= 320, `${width}`);
    assert.equal(await isWide(lens), false);
    await workbench.screenshot('handles-narrow');
    await openAll(lens);
    for (let k = 0; k < 5; k++) await click(lens, 'layers-more');
    await valueIs(lens, 'model.hiddenLayers', [4, 4, 4, 4, 4, 4]);
    assert.equal(await isWide(lens), false);
    assert.deepEqual(await axeFindings(lens), []);
    await workbench.screenshot('handles-narrow-open');
  });
});
