import * as assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { areMereTexts, clickWords, nothingHasRun, ORDER, tableOfOrders } from './orders';
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

  describe('whose names, classes and cells would give orders', () => {
    const page = () => workbench.page;
    const notification = () =>
      page().locator('.notification-list-item-message').filter({ hasText: 'Repair' });
    const picker = () => page().locator('.quick-input-widget');
    const hover = () => page().locator('.monaco-hover:visible').filter({ hasText: 'Repair this file' });
    /** A file whose name begins with the order, opened from the explorer. */
    const open = async (what: string, content: string | Buffer) => {
      writeFileSync(path.join(workbench.folder, `${ORDER} ${what}.csv`), content);
      const row = page()
        .locator('.explorer-folders-view .monaco-list-row')
        .filter({ hasText: `${what}.csv` });
      // The explorer of a new window may not watch its folder yet.
      await until(`${what}.csv in the explorer`, async () => {
        await workbench.runCommand('Refresh Explorer');
        await row.waitFor({ timeout: 2000 });
        return true;
      });
      await row.dblclick();
      await page()
        .locator('.tab.active')
        .filter({ hasText: `${what}.csv` })
        .waitFor();
    };
    const clear = async () => {
      await workbench.runCommand('Notifications: Clear All Notifications');
      await notification().waitFor({ state: 'detached' });
    };

    it('is nothing but text in a notification of what was found', async () => {
      await open('clean', readFileSync(path.join(workbench.folder, 'flower.csv')));
      await codeLens(/400 rows × 3 columns/).waitFor();
      await workbench.runCommand('Neuron Lens: Check CSV File');
      // That it is being checked goes away meanwhile.
      await clickWords(page(), notification().filter({ hasText: 'There is nothing wrong with it.' }));
      await workbench.screenshot('orders-notification');
      await clear();
    });

    it('is nothing but text in one of what went wrong', async () => {
      await open('empty', '');
      await workbench.runCommand('Neuron Lens: Choose Target Column');
      await clickWords(page(), notification().filter({ hasText: 'The file is empty' }));
      await clear();
    });

    it('is nothing but text above its first line, and in the list that a click there opens', async () => {
      await open('named', tableOfOrders());
      const target = codeLens(/^Target: label/);
      // A lens that is drawn anew while the button is down has not been clicked.
      await until('the list', async () => {
        await clickWords(page(), target);
        await picker().getByText('Column to predict').waitFor({ timeout: 3000 });
        return true;
      });
      assert.match((await picker().locator('input').getAttribute('placeholder')) ?? '', /Repair this file/);
      await clickWords(page(), picker().locator('.monaco-list-row').filter({ hasText: 'kind' }));
      await codeLens(/^Target: kind/).waitFor();
    });

    it('is nothing but text in the Dataset view and what hovers over it', async () => {
      await workbench.runCommand('Neuron Lens: Show Dataset');
      const row = page().locator('.part.auxiliarybar .monaco-list-row').filter({ hasText: 'label' }).first();
      // A hover is gone with the list that it came from, when that is filled anew.
      await until('what hovers over it', async () => {
        await page().mouse.move(5, 5);
        await row.hover();
        await hover().first().waitFor({ timeout: 3000 });
        return true;
      });
      await areMereTexts(page());
      await clickWords(page(), row);
    });

    it('is nothing but text in Problems and in the fixes at a cell', async () => {
      await workbench.runCommand('Neuron Lens: Check CSV File');
      const marker = page().locator('.markers-panel .monaco-list-row').filter({ hasText: 'is no number' });
      await clickWords(page(), marker);
      await page().locator('.view-line').filter({ hasText: 'word [Repair' }).click();
      const fix = page()
        .locator('.action-widget')
        .getByText(/Take “word/);
      await until('the fix', async () => {
        await page().keyboard.press('Control+.');
        await fix.waitFor({ timeout: 3000 });
        return true;
      });
      await areMereTexts(page());
      await workbench.screenshot('orders-fixes');
      await page().keyboard.press('Escape');
    });

    it('is nothing but text in the status bar, in the Lens and on its tab', async () => {
      workbench.editSettings({
        'neuronLens.training.epochs': 10_000_000,
        'neuronLens.view.epochsPerSecond': 10,
      });
      const item = page().locator('.statusbar-item').filter({ hasText: 'Repair this file' }).first();
      // A training by the settings of before is over soon.
      await until('a training that goes on', async () => {
        await workbench.runCommand('Neuron Lens: Train Neural Network');
        return item.waitFor({ timeout: 10_000 }).then(
          () => true,
          () => undefined,
        );
      });
      await item.hover();
      await hover().first().waitFor();
      await clickWords(page(), item);
      await workbench.runCommand('Neuron Lens: Open Lens in Tab');
      const lens = await workbench.lens({ where: 'panel' });
      await waitForState(lens, 'Training');
      await lens.locator('header').getByText('Repair this file').first().waitFor();
      assert.equal(await lens.locator('a', { hasText: 'Repair' }).count(), 0);
      await clickWords(page(), page().locator('.tab').filter({ hasText: 'Lens: ' }));
      await lens.locator('[data-action=stop]').click();
      await waitForState(lens, 'Stopped at epoch');
    });

    it('is nothing but text at the ends of its lines', async () => {
      await page().locator('.tab').filter({ hasText: 'named.csv' }).first().click();
      await workbench.runCommand('Neuron Lens: Show or Hide Predictions in the Editor');
      const mark = page().locator('.view-line span[class*="ced-"]').first();
      await mark.waitFor({ state: 'attached' });
      await areMereTexts(page());
    });

    it('and nothing that it asks for has been done', () => nothingHasRun(page(), workbench.runCommand));
  });
});
