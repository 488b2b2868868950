import * as assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { waitForState } from './support';
import { openWorkbench, until, type Workbench } from './workbench';

const settingsOf = ({ folder }: Workbench) =>
  JSON.parse(readFileSync(path.join(folder, '.vscode', 'settings.json'), 'utf8')) as Record<string, unknown>;

describe('the table', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench({
      file: 'penguins.csv',
      settings: { 'neuronLens.training.epochs': 50, 'neuronLens.view.epochsPerSecond': 0 },
      viewport: { width: 1500, height: 950 },
    });
  });
  after(() => workbench?.close());
  const codeLens = (text: RegExp): Locator =>
    workbench.page.locator('.codelens-decoration a').getByText(text).first();

  it('shows its columns in the Dataset view, where one click makes another column the target', async () => {
    const { page } = workbench;
    await codeLens(/344 rows × 7 columns, comma/).click();
    const row = (name: string) =>
      page.locator('.part.auxiliarybar .monaco-list-row').filter({ hasText: name }).first();
    assert.match(await row('Sex').innerText(), /category · 3 % missing · 2 distinct/);
    assert.match((await row('Species').getAttribute('aria-label')) ?? '', /Species, target, category/);
    await workbench.screenshot('dataset');
    await row('Island').hover();
    await row('Island').getByLabel('Use as Target').click();
    await codeLens(/^Target: Island$/).waitFor();
    await row('Species').hover();
    await row('Species').getByLabel('Ignore Column').click();
    await until('the ignored column', async () =>
      /ignored/.test(await row('Species').innerText()) ? true : undefined,
    );
    assert.deepEqual(settingsOf(workbench)['neuronLens.datasets'], {
      ...(settingsOf(workbench)['neuronLens.datasets'] as object),
      'penguins.csv': { 'data.target': 'Island', 'data.ignoredColumns': ['Species'] },
    });
    await workbench.clickCodeLens('Train Neural Network');
    const lens = await workbench.lens();
    await waitForState(lens, 'Done');
    assert.match(await lens.locator('header').innerText(), /predicts Island/);
    assert.deepEqual(workbench.webviewErrors, []);
  });

  it('changes the type of a column in two clicks', async () => {
    const { page } = workbench;
    await page.locator('.tab').filter({ hasText: 'penguins.csv' }).first().click();
    const row = page.locator('.part.auxiliarybar .monaco-list-row').filter({ hasText: 'Body Mass' }).first();
    await row.hover();
    await row.getByLabel('Change Type…').click();
    const choices = page.locator('.quick-input-widget .monaco-list-row');
    await choices.filter({ hasText: /^category/ }).waitFor();
    await workbench.screenshot('dataset-type');
    await choices.filter({ hasText: /^category/ }).click();
    await until('the category', async () => (/category/.test(await row.innerText()) ? true : undefined));
    const { 'penguins.csv': entry } = settingsOf(workbench)['neuronLens.datasets'] as Record<string, object>;
    assert.deepEqual((entry as Record<string, unknown>)['data.columnTypes'], {
      'Body Mass (g)': 'category',
    });
  });

  it('lists what is wrong with it in Problems, once it is asked to, with a fix at the cell', async () => {
    const { page, folder } = workbench;
    const rows = Array.from(
      { length: 60 },
      (_, i) => `${(i * 37) % 11},${i === 7 ? 'oops' : i / 2},${i % 2 ? 'a' : 'b'}`,
    );
    writeFileSync(path.join(folder, 'odd.csv'), `x,size,label\n${rows.join('\n')}\n`);
    await workbench.openFile('odd.csv');
    await codeLens(/60 rows × 3 columns, comma/).waitFor();
    const markers = page.locator('.markers-panel .monaco-list-row');
    assert.equal(await page.locator('.squiggly-info, .squiggly-error').count(), 0, 'nothing on opening');
    await workbench.runCommand('Neuron Lens: Check CSV File');
    const oops = markers.filter({ hasText: '“oops” is no number' });
    await oops.waitFor();
    assert.match(await oops.innerText(), /text-in-numbers.*\[Ln 9, Col \d+\]/s);
    await workbench.screenshot('problems');
    await page.locator('.view-line').filter({ hasText: 'oops' }).click();
    const fix = page.getByText('Take “oops” for missing');
    await until('the fix', async () => {
      await page.keyboard.press('Control+.');
      await fix.waitFor({ timeout: 3000 });
      return true;
    });
    await workbench.screenshot('fix');
    await page.keyboard.press('Enter');
    await oops.waitFor({ state: 'detached' });
    const datasets = settingsOf(workbench)['neuronLens.datasets'] as Record<string, Record<string, unknown>>;
    assert.deepEqual(datasets['odd.csv']['data.placeholders'], { size: ['oops'] });
  });
});
