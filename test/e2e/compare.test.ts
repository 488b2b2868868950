import * as assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { axeFindings } from './axe';
import { layoutFaults, resizeLens } from './layout';
import { waitForState } from './support';
import { openWorkbench, until, type Workbench } from './workbench';

describe('Compare Settings…', () => {
  let workbench: Workbench;
  let lens: Frame;
  const keys = () => workbench.page.keyboard;
  const rows = () => lens.locator('tr[data-compared]');
  const form = () => lens.locator('.compare form');
  const settings = () => readFileSync(path.join(workbench.folder, '.vscode', 'settings.json'), 'utf8');

  before(async () => {
    workbench = await openWorkbench({
      file: 'flower.csv',
      settings: { 'neuronLens.view.epochsPerSecond': 0, 'neuronLens.training.epochs': 400 },
      viewport: { width: 1700, height: 1200 },
    });
  });
  after(() => workbench?.close());

  it('opens its page from the palette, where a grid is typed', async () => {
    await workbench.runCommand('Neuron Lens: Compare Settings…');
    lens = await workbench.lens({ where: 'panel' });
    await lens.locator('[data-page="lab"] .compare').waitFor();
    await waitForState(lens, 'Done');
    await form().getByText('4 settings × 1 seed, each on up to 5 folds: at most 20 trainings').waitFor();
  });

  it('says what cannot be compared while it is typed', async () => {
    const values = form().getByLabel('Values of training.learningRate');
    await values.fill('0.1, fast');
    await form()
      .getByText(/^training\.learningRate: "fast" is not a number/)
      .waitFor();
    assert.equal(await form().getByRole('button', { name: 'Compare', exact: true }).isDisabled(), true);
    await values.fill('0.01, 1.2');
  });

  it('compares all combinations, by the keys alone, and tests once what it chooses', async () => {
    await form().getByRole('button', { name: 'Add Setting' }).focus();
    await keys().press('Enter');
    await form().getByLabel('Setting', { exact: true }).nth(1).selectOption('model.hiddenLayers');
    await form().getByLabel('Values of model.hiddenLayers').fill('none; 1; 4');
    await form().getByLabel('Seeds').fill('2');
    await form().getByText('6 settings × 2 seeds, each on up to 5 folds: at most 60 trainings').waitFor();
    await keys().press('Enter');
    await lens
      .getByText(
        /^Chosen, the simplest within one .* on 5 folds\. Trained anew, its test accuracy is [\d.]+\.$/,
      )
      .waitFor();
    assert.equal(await rows().count(), 6);
    assert.match(await rows().first().innerText(), /best/);
    const scores = await rows().locator('td:nth-child(4)').allInnerTexts();
    // A straight line cannot tell the petals apart; four units can.
    assert.ok(Number(scores[0]) > 0.8 && Number(scores.at(-1)) < 0.7, scores.join());
    await workbench.screenshot('compare');
    assert.deepEqual(await axeFindings(lens), []);
  });

  it('selects the same line in the picture and in the table, each by keys', async () => {
    const picture = lens.locator('.comparison canvas');
    assert.equal(await picture.getAttribute('data-lines'), '6');
    await picture.focus();
    await keys().press('ArrowDown');
    const selected = lens.locator('tr[data-compared][aria-current=true]');
    const first = await rows().first().getAttribute('data-compared');
    await until('the best is selected', async () =>
      (await selected.getAttribute('data-compared')) === first ? true : undefined,
    );
    await keys().press('ArrowRight');
    await lens
      .locator('.comparison')
      .getByText(/^▸ training\.learningRate 1\.2, .*: accuracy 0\.\d+/)
      .waitFor();
    await rows()
      .nth(2)
      .getByRole('button', { name: /^Adopt/ })
      .focus();
    await until('the third is selected', async () =>
      (await selected.getAttribute('data-compared')) === (await rows().nth(2).getAttribute('data-compared'))
        ? true
        : undefined,
    );
  });

  it('has room in a narrow side bar, and in the dark', async () => {
    await resizeLens(workbench, lens, 300, 1000);
    // What is scrolled below the header lies under it.
    await lens.evaluate(() => scrollTo(0, 0));
    assert.deepEqual(await layoutFaults(lens), []);
    await workbench.screenshot('compare-300');
    workbench.editSettings({ 'workbench.colorTheme': 'Default Dark Modern' });
    await lens.locator('body.vscode-dark').waitFor();
    await resizeLens(workbench, lens, 1000, 1000);
    await lens.evaluate(() => scrollTo(0, 0));
    assert.deepEqual(await layoutFaults(lens), []);
    assert.deepEqual(await axeFindings(lens), []);
    await workbench.screenshot('compare-dark');
    workbench.editSettings({ 'workbench.colorTheme': undefined });
    await lens.locator('body.vscode-light').waitFor();
  });

  it('writes what is adopted for this file, and trains with it', async () => {
    const rate = /^[\d.]+/.exec(await rows().first().locator('th').innerText())?.[0];
    await rows()
      .first()
      .getByRole('button', { name: /^Adopt/ })
      .focus();
    await keys().press('Enter');
    await until('the settings of the file', () =>
      Promise.resolve(settings().includes(`"training.learningRate": ${rate}`) ? true : undefined),
    );
    await waitForState(lens, 'Done');
    assert.deepEqual(workbench.webviewErrors, []);
  });
});
