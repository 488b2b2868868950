import * as assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Frame } from 'playwright-core';
import { writeModel } from '../../src/runs/modelFile';
import { PAGE_NAMES } from '../../webview/keptChoices';
import { everyKind, trained } from '../unit/models';
import { axeFindings } from './axe';
import { modelPage, toggleNumbers, waitForState } from './support';
import { openWorkbench, type Workbench } from './workbench';

const LIGHT = { theme: 'Default Light Modern', body: 'vscode-light' };
const OTHER_THEMES = [
  { theme: 'Default Dark Modern', body: 'vscode-dark' },
  { theme: 'Default High Contrast', body: 'vscode-high-contrast' },
  { theme: 'Default High Contrast Light', body: 'vscode-high-contrast-light' },
];

describe('axe finds nothing wrong in the Lens, in any theme,', () => {
  let workbench: Workbench;
  let lens: Frame;
  before(async () => {
    workbench = await openWorkbench({
      file: 'penguins.csv',
      theme: LIGHT.theme,
      // It is still going on when all pages have been looked at.
      settings: { 'neuronLens.training.epochs': 100_000 },
      viewport: { width: 1500, height: 1000 },
    });
    await workbench.runCommand('Neuron Lens: Show Lens');
    lens = await workbench.lens({ where: 'panel' });
  });
  after(() => workbench?.close());

  /** What axe finds on the pages (all of them, where there are any): by all rules in the light, by contrast elsewhere. */
  async function check(pages: readonly string[] = []) {
    const found: string[] = [];
    for (const { theme, body } of [...OTHER_THEMES, LIGHT]) {
      workbench.editSettings({ 'workbench.colorTheme': theme });
      await lens.locator(`body.${body}`).waitFor();
      for (const page of pages.length > 0 ? pages : ['']) {
        if (page) await openNamed(page);
        const rules = theme === LIGHT.theme ? undefined : ['color-contrast'];
        found.push(...(await axeFindings(lens, rules)).map((line) => `${theme}, ${page}: ${line}`));
      }
    }
    assert.deepEqual(found, []);
  }
  async function openNamed(page: string) {
    await lens.locator(`#page-${page}`).click();
    await lens.locator(`[data-page=${page}] > *`).first().waitFor();
  }
  async function train(file: string) {
    await workbench.openFile(file);
    await workbench.runCommand('Neuron Lens: Train Neural Network');
    lens = await workbench.lens({ where: 'panel' });
  }

  it('while nothing is trained', async () => {
    await lens.getByText('Nothing is being trained').waitFor();
    await check();
  });

  it('when a file cannot be trained on', async () => {
    writeFileSync(path.join(workbench.folder, 'broken.csv'), 'a,b,label\n1,2,x\n2,1,y\n3,7,8,x\n4,5,y\n');
    await train('broken.csv');
    await lens.locator('.failure').waitFor();
    await waitForState(lens, 'Cannot train');
    await check();
  });

  it('while a file is read', async () => {
    // Small on the disk, and long to read: doubled quotes in each cell.
    const names = Array.from({ length: 20 }, (_, k) => `x${k}`).join();
    const row = (word: string, label: string) => `${`"${word} ""b"" c, d ""e"" f",`.repeat(20)}${label}\n`;
    const rows = gzipSync((row('a', 'p') + row('1', 'q')).repeat(10_000));
    const parts = [gzipSync(`${names},label\n`), ...Array.from({ length: 90 }, () => rows)];
    writeFileSync(path.join(workbench.folder, 'long.csv.gz'), Buffer.concat(parts));
    await workbench.openFile('long.csv.gz');
    // Before that the button may still be the one of the file that was shown.
    await workbench.page.getByText(/^The file is not displayed/).waitFor();
    await workbench.page
      .locator('.editor-actions')
      .getByRole('button', { name: 'Train Neural Network' })
      .first()
      .click();
    lens = await workbench.lens({ where: 'panel' });
    await waitForState(lens, 'Reading the file');
    await check();
    // It still is: that was looked at in each theme.
    await waitForState(lens, 'Reading the file');
    await lens.getByRole('button', { name: 'Stop' }).click();
    await waitForState(lens, 'Stopped');
  });

  it('on each page while a training goes on, and while it is paused', async () => {
    await train('penguins.csv');
    await waitForState(lens, 'Training');
    await check(PAGE_NAMES);
    await lens.locator('[data-action=pause]').click();
    await waitForState(lens, 'Paused');
    await check(PAGE_NAMES);
  });

  it('on each page when it is done, with a unit and the numbers of the pictures open', async () => {
    await openNamed('overview');
    await lens.locator('[data-neuron="1-0"]').click();
    await lens.locator('.neuron').waitFor();
    await toggleNumbers(lens);
    await lens.locator('.numberTable td').first().waitFor();
    await lens.locator('[data-action=resume]').click();
    await lens.locator('[data-action=skipToEnd][aria-disabled=false]').click();
    await waitForState(lens, 'Done');
    await check(PAGE_NAMES);
  });

  it('where runs have names, stars and notes, and while one is written', async () => {
    await openNamed('runs');
    await lens.locator('[data-action=restart]').click();
    await waitForState(lens, 'Training');
    const other = lens.locator('tr[data-run]').nth(1);
    await other.getByRole('button', { name: /^Star/ }).click();
    await other.locator('button[aria-pressed=true]').waitFor();
    await other.getByRole('button', { name: /^Note/ }).click();
    await other.getByRole('textbox').fill('the first that tells Adelie from Gentoo');
    await other.getByRole('textbox').press('Enter');
    await other.locator('.note').waitFor();
    await other.getByRole('checkbox').check();
    await lens.locator('.cost canvas[data-overlaid="1"]').waitFor();
    await check(['runs']);
    await other.getByRole('button', { name: /^Rename/ }).click();
    await other.getByRole('textbox').waitFor();
    assert.deepEqual(await axeFindings(lens), []);
    await other.getByRole('textbox').press('Escape');
  });

  it('while networks are compared, and when the best of them is shown', async () => {
    await openNamed('lab');
    await lens.getByRole('button', { name: 'Find a good network' }).click();
    const find = lens.locator('.find');
    await find.getByRole('checkbox', { name: 'Keep what is set' }).uncheck();
    await find.getByRole('textbox', { name: 'Seconds' }).fill('600');
    await find.getByRole('button', { name: 'Find', exact: true }).click();
    await lens.locator('tr[data-candidate]').first().waitFor();
    await check(['lab']);
    await find.getByRole('button', { name: 'Stop', exact: true }).click();
    await lens.getByText(/Stopped after \d+ candidates/).waitFor();
    await lens.locator('tr[aria-current="true"]').waitFor();
    await check(['lab']);
  });

  it('when trainings that differ in one thing are compared', async () => {
    await openNamed('lab');
    await lens.getByRole('button', { name: 'Hidden size' }).click();
    await lens.getByRole('textbox', { name: 'Hidden units' }).fill('0, 2');
    await lens.getByRole('button', { name: 'Train All' }).click();
    await lens.getByText('All 2 trained.').waitFor();
    await lens.locator('.sweep canvas[data-points="2"]').waitFor();
    await check(['lab']);
  });

  it('on the page of a model’s file, and where it cannot be opened', async () => {
    const whole = writeModel(trained(everyKind(), { 'data.target': 'kind' }, 40).model);
    const open = async (name: string, text: string, title: string) => {
      writeFileSync(path.join(workbench.folder, name), text);
      await workbench.openFile(name);
      lens = await modelPage(workbench, title);
    };
    await open('kinds.neuron.json', whole, 'kinds.neuron.json');
    await lens.locator('#cell0').fill('1000');
    await lens.locator('.outside').waitFor();
    await check();
    await open('torn.neuron.json', whole.slice(0, 500), 'This model cannot be opened');
    await check();
  });

  it('on each page when it has diverged', async () => {
    workbench.editSettings({ 'neuronLens.training.learningRate': 20 });
    // No table of the exercises: what they have counted is kept for all windows.
    await train('cars.csv');
    await waitForState(lens, 'Diverged');
    await workbench.screenshot('axe-diverged');
    await check(PAGE_NAMES);
    assert.deepEqual(workbench.webviewErrors, []);
  });
});
