import * as assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { axeFindings } from './axe';
import { layoutFaults, resizeLens } from './layout';
import { waitForState } from './support';
import { openWorkbench, type Workbench } from './workbench';

describe('Cross-Validate', () => {
  let workbench: Workbench;
  let lens: Frame;
  const keys = () => workbench.page.keyboard;
  const form = () => lens.locator('.folds form');
  const rows = () => lens.locator('.folds tbody tr');

  before(async () => {
    workbench = await openWorkbench({
      file: 'flower.csv',
      settings: { 'neuronLens.view.epochsPerSecond': 0, 'neuronLens.training.epochs': 400 },
      viewport: { width: 1700, height: 1200 },
    });
  });
  after(() => workbench?.close());

  it('trains on five folds from the palette, and says what they come to', async () => {
    await workbench.runCommand('Neuron Lens: Cross-Validate');
    lens = await workbench.lens({ where: 'panel' });
    await lens.locator('[data-page="lab"] .folds').waitFor();
    await waitForState(lens, 'Done');
    await lens
      .getByText(
        /^Accuracy 0\.\d+ ± 0\.\d+ in stratified 5-fold cross-validation; guessing gives 0\.\d+, a straight line 0\.\d+\.$/,
      )
      .waitFor();
    assert.equal(await rows().count(), 5);
    // 400 rows.
    assert.deepEqual(
      await rows()
        .first()
        .locator('td')
        .allInnerTexts()
        .then((cells) => cells.slice(3, 5)),
      ['320', '80'],
    );
    assert.deepEqual(await axeFindings(lens), []);
    await workbench.screenshot('folds');
  });

  it('repeats with other folds, by the keys alone, and says what cannot be', async () => {
    await form().getByLabel('Folds').fill('1');
    await form().getByText('Type a number of folds, 2 or more.').waitFor();
    await form().getByLabel('Folds').fill('200');
    await form().getByLabel('Repeats').fill('3');
    await form().getByText('These are 600 trainings; at most 500 are done.').waitFor();
    assert.equal(await form().getByRole('button', { name: 'Cross-Validate' }).isDisabled(), true);
    await form().getByLabel('Folds').fill('3');
    await keys().press('Enter');
    await lens.getByText(/in stratified 3-fold cross-validation, 3 times; guessing gives/).waitFor();
    assert.equal(await rows().count(), 9);
    assert.deepEqual(
      await rows()
        .last()
        .locator('td, th')
        .allInnerTexts()
        .then((cells) => cells.slice(0, 2)),
      ['3', '3'],
    );
  });

  it('is stopped by a click, and keeps what it has', async () => {
    await form().getByLabel('Folds').fill('100');
    await form().getByLabel('Repeats').fill('5');
    await form().getByRole('button', { name: 'Cross-Validate' }).click();
    await rows().nth(1).waitFor();
    await form().getByRole('button', { name: 'Stop' }).click();
    await form()
      .getByText(/^Stopped after \d+ folds\.$/)
      .waitFor();
  });

  it('has room in a narrow side bar, and in the dark', async () => {
    await resizeLens(workbench, lens, 300, 1000);
    await lens.evaluate(() => scrollTo(0, 0));
    assert.deepEqual(await layoutFaults(lens), []);
    await workbench.screenshot('folds-300');
    workbench.editSettings({ 'workbench.colorTheme': 'Default Dark Modern' });
    await lens.locator('body.vscode-dark').waitFor();
    await resizeLens(workbench, lens, 1000, 1000);
    await lens.evaluate(() => scrollTo(0, 0));
    assert.deepEqual(await layoutFaults(lens), []);
    assert.deepEqual(await axeFindings(lens), []);
    await workbench.screenshot('folds-dark');
  });
});
