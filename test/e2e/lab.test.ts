import * as assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import type { SettingKey } from '../../src/settings/settings';
import { axeFindings } from './axe';
import { openPage, reference, waitForState } from './support';
import { openWorkbench, until, type Workbench } from './workbench';

const EPOCHS = 400;

describe('the Lab', () => {
  let workbench: Workbench;
  let lens: Frame;
  const tile = (label: string) => lens.locator(`[data-tile="${label}"]`);
  const choose = (title: string) =>
    lens.getByRole('group', { name: 'Experiment' }).getByRole('button', { name: title }).click();
  const train = () => lens.getByRole('button', { name: 'Train All' }).click();
  /** Training and test accuracy of a tile, in full. */
  const scores = (label: string) =>
    tile(label)
      .locator('[data-value]')
      .evaluateAll((all) => all.map((cell) => Number(cell.getAttribute('data-value'))));
  const exact = (changes: Partial<Record<SettingKey, unknown>>, epochs = EPOCHS) => {
    const { trainScore, testScore } = reference(workbench.folder, 'flower.csv', epochs, changes).measure();
    return [trainScore, testScore];
  };
  const field = (name: string) => lens.getByRole('textbox', { name });

  before(async () => {
    workbench = await openWorkbench({
      file: 'flower.csv',
      settings: { 'neuronLens.view.epochsPerSecond': 0, 'neuronLens.training.epochs': EPOCHS },
      viewport: { width: 1900, height: 1300 },
    });
    await workbench.clickCodeLens('Train Neural Network');
    lens = await workbench.lens({ where: 'panel' });
    await waitForState(lens, `Done, epoch ${EPOCHS} of ${EPOCHS}`);
    await openPage(lens, 'Lab');
  });
  after(() => workbench?.close());

  it('compares initialisations: zeros stay alike, and all numbers are those of a training alone', async () => {
    await train();
    await lens.getByText('All 6 trained.').waitFor();
    assert.deepEqual(await scores('Zeros'), exact({ 'model.initialization': 'zeros' }));
    const hundred = { 'model.initialization': 'smallRandom', 'model.initializationScale': 100 };
    assert.deepEqual(await scores('×100'), exact(hundred));
    assert.deepEqual(await scores('He'), exact({ 'model.initialization': 'he' }));
    await lens.locator('[data-tile="He"] [data-drawn="yes"]').waitFor();
    await workbench.screenshot('lab-initialization');
    await tile('Zeros').locator('[data-finding="cost-stuck"]').waitFor();
    await tile('Zeros').locator('[data-finding="same"]').waitFor();
    assert.deepEqual(await axeFindings(lens), []);
  });

  it('compares sizes that somebody types, and draws the scores over them', async () => {
    await choose('Hidden size');
    await field('Hidden units').fill('0, 2, 2.5');
    await lens.getByText('“2.5” cannot be used').waitFor();
    assert.equal(await lens.getByRole('button', { name: 'Train All' }).isDisabled(), true);
    await field('Hidden units').fill('20, 0, 3');
    await workbench.page.keyboard.press('Enter');
    await lens.getByText('All 3 trained.').waitFor();
    assert.deepEqual(await scores('Logistic regression'), exact({ 'model.hiddenLayers': [] }));
    assert.deepEqual(await scores('20 units'), exact({ 'model.hiddenLayers': [20] }));
    const chart = lens.locator('.sweep canvas[data-points="3"]');
    await chart.focus();
    await workbench.page.keyboard.press('ArrowRight');
    const [training, test] = exact({ 'model.hiddenLayers': [] });
    await lens.getByText(`Hidden units 0: training ${training}, test ${test}`).waitFor();
    await workbench.screenshot('lab-sizes');
    assert.deepEqual(await axeFindings(lens), []);
  });

  it('shows all of it again in a webview that was thrown away', async () => {
    // It covers the Lens, which keeps nothing then, once the group of the Lens lets it in.
    await lens.locator('.status').click();
    await workbench.runCommand('View: Unlock Editor Group');
    await workbench.openFile('README.md');
    await workbench.page.getByRole('tab', { name: /^Lens: flower/ }).click();
    lens = await workbench.lens({ where: 'panel' });
    await lens.getByText('All 3 trained.').waitFor();
    assert.deepEqual(await scores('20 units'), exact({ 'model.hiddenLayers': [20] }));
  });

  it('adopts a tile: its settings are written, it is trained, and its test score says how it was chosen', async () => {
    await choose('Learning rate');
    await field('Learning rates').fill('0.3, 1.2');
    await train();
    await lens.getByText('All 2 trained.').waitFor();
    await tile('Rate 0.3')
      .getByRole('button', { name: /Train with This/ })
      .click();
    await lens.getByText('learning rate 0.3', { exact: true }).waitFor({ state: 'attached' });
    await waitForState(lens, `Done, epoch ${EPOCHS} of ${EPOCHS}`);
    const settings = readFileSync(path.join(workbench.folder, '.vscode', 'settings.json'), 'utf8');
    assert.match(settings, /"training\.learningRate": 0\.3/);
    const cell = lens.locator('#test-numbers');
    await cell.getByText('chosen by looking at it').waitFor();
    const [, test] = exact({ 'training.learningRate': 0.3 });
    const shown = await cell
      .locator('[data-value]')
      .evaluateAll((all) => all.map((each) => Number(each.getAttribute('data-value'))));
    assert.equal(shown.at(-1), test);
    await workbench.page
      .locator('.codelens-decoration')
      .getByText(/chosen by looking at it/)
      .first()
      .waitFor();
    await openPage(lens, 'Runs');
    await until(
      'a mark in the list',
      async () =>
        (await lens.locator('tr[data-run]').first().innerText()).includes('chosen by looking at it') ||
        undefined,
    );
  });

  it('adopts a tile that is clicked, once, and one undo takes back all that it has set', async () => {
    await lens.locator('[data-nudge="undo"]').click();
    const entry = () => {
      const text = readFileSync(path.join(workbench.folder, '.vscode', 'settings.json'), 'utf8');
      const all = JSON.parse(text.replace(/^\s*\/\/.*$/gm, '')) as Record<string, Record<string, unknown>>;
      return JSON.stringify(all['neuronLens.datasets']?.['flower.csv'] ?? null);
    };
    await until('no entry', async () => (entry() === 'null' ? true : undefined));
    // An experiment has the settings of its run, which are those of now after a restart.
    await lens.locator(`[data-key="training.learningRate"][data-value='"auto"']`).waitFor();
    await lens.getByRole('button', { name: 'Restart' }).first().click();
    await lens.getByText('learning rate 1.2 (auto)', { exact: true }).waitFor({ state: 'attached' });
    await waitForState(lens, `Done, epoch ${EPOCHS} of ${EPOCHS}`);
    await openPage(lens, 'Runs');
    await lens.locator('tr[data-run]').nth(1).waitFor();
    const runs = await lens.locator('tr[data-run]').count();
    await openPage(lens, 'Lab');
    await choose('Initialisation');
    await train();
    await lens.getByText('All 6 trained.').waitFor();
    // The same has been tried before: those tiles cannot be clicked any more.
    await lens.locator('.labTile.ready[data-tile="×100"]').waitFor();
    await tile('×100').locator('canvas.map').dblclick();
    const written = { 'model.initialization': 'smallRandom', 'model.initializationScale': 100 };
    await until('an entry', async () => (entry() === JSON.stringify(written) ? true : undefined));
    const [training] = exact(written);
    await until('its run', async () =>
      (await lens.locator('#train-numbers [data-value]').last().getAttribute('data-value')) ===
      String(training)
        ? true
        : undefined,
    );
    await openPage(lens, 'Runs');
    await until('one run more', async () =>
      (await lens.locator('tr[data-run]').count()) === runs + 1 ? true : undefined,
    );
    await lens.locator('[data-nudge="undo"]').click();
    await until('no entry', async () => (entry() === 'null' ? true : undefined));
  });

  it('is cancelled while it trains, and says how far it has come', async () => {
    workbench.editSettings({ 'neuronLens.training.epochs': 10_000_000 });
    // What was edited acts a little later: until then a restart is one of the old length.
    await until('a training that goes on', async () => {
      await lens.locator('[data-action=restart]').click();
      await lens.locator('.state', { hasText: / of (400|10,000,000)/ }).waitFor();
      return (await lens.locator('.state').innerText()).includes('of 10,000,000') || undefined;
    });
    await openPage(lens, 'Lab');
    await train();
    await lens.getByText('0 of 6 trained…').waitFor();
    await lens.locator('[data-status=running]').first().waitFor();
    await lens.getByRole('button', { name: 'Cancel' }).click();
    await lens.getByText('Cancelled: 0 of 6 trained.').waitFor();
    assert.deepEqual(workbench.webviewErrors, []);
  });
});
