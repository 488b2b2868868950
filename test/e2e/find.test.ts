import * as assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { axeFindings } from './axe';
import { openPage, waitForState } from './support';
import { openWorkbench, until, type Workbench } from './workbench';

describe('Find a Good Network', () => {
  let workbench: Workbench;
  let lens: Frame;
  const candidates = () => lens.locator('tr[data-candidate]');
  const settings = () => readFileSync(path.join(workbench.folder, '.vscode', 'settings.json'), 'utf8');

  before(async () => {
    workbench = await openWorkbench({
      file: 'penguins.csv',
      settings: { 'neuronLens.view.epochsPerSecond': 0 },
      viewport: { width: 1700, height: 1200 },
      findsSettings: true,
    });
  });
  after(() => workbench?.close());

  it('begins with one click above a file that nothing is trained on, and shows candidates as they come', async () => {
    await workbench.clickCodeLens('Find a Good Network');
    lens = await workbench.lens({ where: 'panel' });
    await lens.locator('[data-page="lab"] .find').waitFor();
    await candidates().first().waitFor();
    // The automatic network is trained meanwhile.
    await lens
      .getByText(/^Done, epoch/)
      .first()
      .waitFor();
    await lens.getByText(/\d+ candidates compared…/).waitFor();
    await workbench.screenshot('find-running');
  });

  it('can be stopped: the best so far is marked, and drawn with its score over its size', async () => {
    await lens.locator('tr[aria-current="true"]').waitFor();
    await lens.getByRole('button', { name: 'Stop', exact: true }).last().click();
    await lens.getByText(/Stopped after \d+ candidates/).waitFor();
    const chart = lens.locator('.search canvas');
    await chart.focus();
    await workbench.page.keyboard.press('ArrowRight');
    await lens.getByText(/straight line, \d+ numbers: [\d.]+ ± [\d.]+ on \d folds?/).waitFor();
    assert.deepEqual(await axeFindings(lens), []);
  });

  it('ends with what it found, in a sentence with the score on the test part', async () => {
    await lens.getByRole('textbox', { name: 'Seconds' }).fill('2');
    await workbench.page.keyboard.press('Enter');
    await lens.getByText(/^Found: .* on 5 folds\. Trained anew, its test accuracy is [\d.]+\.$/).waitFor();
    await workbench.screenshot('find-done');
    assert.deepEqual(await axeFindings(lens), []);
  });

  it('says what cannot be typed', async () => {
    const seconds = lens.getByRole('textbox', { name: 'Seconds' });
    await seconds.fill('soon');
    await lens.getByText('Type a number of seconds from 1 to 86,400.').waitFor();
    assert.equal(await lens.getByRole('button', { name: 'Find', exact: true }).isDisabled(), true);
    await seconds.fill('2');
  });

  it('writes what a candidate has for this file, and trains with it; one undo takes it back', async () => {
    const best = lens.locator('tr[aria-current="true"]');
    const epochs = await best.locator('td').nth(7).innerText();
    await best.getByRole('button', { name: 'Adopt' }).click();
    await waitForState(
      lens,
      `Done, epoch ${Number(epochs).toLocaleString('en')} of ${Number(epochs).toLocaleString('en')}`,
    );
    const written = settings();
    assert.ok(written.includes('"training.earlyStopping.patience": 0'), written);
    assert.ok(written.includes(`"training.epochs": ${epochs}`), written);
    // What was found stays to be looked at, and is kept by the next search.
    await best.waitFor();
    await lens.getByRole('button', { name: 'Find', exact: true }).click();
    await lens.getByText(/Kept as set: .*training\.l2/).waitFor();
    await lens.getByText(/^Found: /).waitFor();
    assert.equal(await candidates().count(), 1);
    await lens.getByRole('checkbox', { name: 'Keep what is set' }).uncheck();
    await lens.getByRole('button', { name: 'Find', exact: true }).click();
    await candidates().nth(3).waitFor();
    await lens.getByText(/^Found: /).waitFor();
    await lens.locator('[data-nudge="undo"]').click();
    await until('the settings before', () =>
      Promise.resolve(settings().includes('training.l2') ? undefined : true),
    );
  });

  it('is found in the palette', async () => {
    await openPage(lens, 'Overview');
    await workbench.openFile('penguins.csv');
    await workbench.runCommand('Neuron Lens: Find a Good Network');
    await lens.locator('[data-page="lab"] .find').waitFor();
  });
});

describe('Find a Good Network where what was compared has an end', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await openWorkbench({
      file: 'moons.csv',
      settings: { 'neuronLens.view.epochsPerSecond': 0 },
      findsSettings: true,
    });
  });
  after(() => workbench?.close());

  it('says that the best is at the edge of it, and is silent once that is muted, by keys', async () => {
    await workbench.clickCodeLens('Train Neural Network');
    const lens = await workbench.lens({ where: 'panel' });
    await waitForState(lens, 'Done');
    await openPage(lens, 'Lab');
    await lens.getByRole('button', { name: 'Find a good network' }).click();
    await lens.getByRole('textbox', { name: 'Seconds' }).fill('4');
    await workbench.page.keyboard.press('Enter');
    await lens.getByText(/^Found: /).waitFor();
    const check = lens.getByRole('list', { name: 'Checks of the search' });
    await check.getByText(/The best is at the edge of what was compared: /).waitFor();
    assert.deepEqual(await axeFindings(lens), []);
    await workbench.screenshot('find-edge');
    await check.getByRole('button', { name: /^Mute: / }).focus();
    await workbench.page.keyboard.press('Enter');
    await check.waitFor({ state: 'detached' });
  });
});
