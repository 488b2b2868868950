import * as assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { parseModel } from '../../src/runs/modelFile';
import { predicted } from '../unit/predictions';
import { axeFindings } from './axe';
import { answerDialog, opened } from './fileDialog';
import { modelPage, openPage, reference, waitForState } from './support';
import { openWorkbench, until, type Workbench } from './workbench';

const EPOCHS = 20;
const proposedName = `penguins-epoch-${EPOCHS}.neuron.json`;

describe('a model of penguins.csv leaves the editor by the keys alone', () => {
  let workbench: Workbench;
  let lens: Frame;
  const at = (name: string) => path.join(workbench.folder, name);
  const keys = () => workbench.page.keyboard;
  const modelIn = (name: string) => parseModel(readFileSync(at(name)));
  const widget = () => workbench.page.locator('.quick-input-widget');
  const input = () => widget().locator('input[type=text]');

  before(async () => {
    workbench = await openWorkbench({
      file: 'penguins.csv',
      settings: { 'neuronLens.view.epochsPerSecond': 0, 'neuronLens.training.epochs': EPOCHS },
      viewport: { width: 1500, height: 1000 },
    });
    await command('Neuron Lens: Train Neural Network');
    lens = await workbench.lens({ where: 'panel' });
    await waitForState(lens, 'Done');
  });
  after(() => workbench?.close());

  const first = () =>
    widget().locator('.monaco-list-row.focused .quick-input-list-label .label-name').first();
  /** Takes an item of the list with this title, by its name. */
  async function pick(title: string, label: string) {
    await opened(workbench, title);
    await keys().type(label);
    await until(label, async () => ((await first().innerText()) === label ? true : undefined));
    await keys().press('Enter');
  }
  /** Opens the palette anew until it has the command: it lists those that there are when it opens. */
  async function command(title: string) {
    await until(title, async () => {
      await keys().press('F1');
      await input().waitFor();
      await keys().type(title);
      await widget().locator('.monaco-list-row').first().waitFor();
      if ((await first().innerText()) === title) return true;
      await keys().press('Escape');
      await widget().waitFor({ state: 'hidden' });
      return undefined;
    });
    await keys().press('Enter');
  }
  /** Has a file be the answer of the dialog with this title, which proposes another one or this. */
  const answer = (title: string, proposed: string, file: string) =>
    answerDialog(workbench, { title, file: at(file), proposed });
  /** A file is there once it is whole. */
  const isThere = (name: string) =>
    until(name, () => Promise.resolve(existsSync(at(name)) ? true : undefined));
  /** The predictions of the table, as the same model makes them here. */
  const predictions = () => predicted(modelIn('saved.neuron.json'), readFileSync(at('penguins.csv'))).text;

  it('Save Model… writes the weights of the run', async () => {
    await command('Neuron Lens: Save Model…');
    await answer('Save Model: with names of columns and classes', at(proposedName), 'saved.neuron.json');
    await isThere('saved.neuron.json');
    const run = reference(workbench.folder, 'penguins.csv', EPOCHS, { 'data.target': 'Species' });
    const weights = [...run.parameters()];
    assert.deepEqual([...modelIn('saved.neuron.json').weights], weights);
  });

  it('Save Model… adds the ending to a name without one, and leaves the one it proposes', async () => {
    for (const [typed, written] of [
      ['short', 'short.neuron.json'],
      [proposedName, proposedName],
    ]) {
      await command('Neuron Lens: Save Model…');
      await answer('Save Model', at(proposedName), typed);
      await isThere(written);
      assert.deepEqual(modelIn(written).weights, modelIn('saved.neuron.json').weights);
    }
  });

  it('Export Model… writes it in the form that is chosen, which agrees with itself', async () => {
    await command('Neuron Lens: Export Model…');
    await pick('Export Model', 'JavaScript');
    await answer('Export Model as JavaScript', at(`penguins-epoch-${EPOCHS}.mjs`), 'exported.mjs');
    await isThere('exported.mjs');
    const { status, stderr } = spawnSync(process.execPath, [at('exported.mjs')], { encoding: 'utf8' });
    assert.equal(status, 0, stderr);
  });

  it('Predict CSV File… asks for a model, a table and a place, and writes the predictions', async () => {
    await command('Neuron Lens: Predict CSV File…');
    await answer('Choose a Model', `${workbench.folder}/`, 'saved.neuron.json');
    await answer('Choose a CSV File to Predict', `${workbench.folder}/`, 'penguins.csv');
    await answer('Save the File with Its Predictions', at('penguins-predicted.csv'), 'out.csv');
    await isThere('out.csv');
    assert.equal(readFileSync(at('out.csv'), 'utf8'), predictions());
  });

  it('Save Model… keeps that the runs have been sorted by a test score, and the page of the model says so', async () => {
    assert.ok(!('chosenByTest' in modelIn('saved.neuron.json').training));
    await openPage(lens, 'Runs');
    const order = lens.getByLabel('Sort by');
    await until('runs by their test score', async () => {
      if ((await order.inputValue()) === 'last.testScore') return true;
      await order.press('ArrowDown');
      return undefined;
    });
    await lens.getByText('Sorted by the test part: what is starred, saved or taken over now').waitFor();
    await command('Neuron Lens: Save Model…');
    await answer('Save Model', at(proposedName), 'chosen.neuron.json');
    await isThere('chosen.neuron.json');
    assert.equal(modelIn('chosen.neuron.json').training.chosenByTest, true);
    assert.deepEqual(modelIn('chosen.neuron.json').weights, modelIn('saved.neuron.json').weights);
    await workbench.openFile('chosen.neuron.json');
    const page = await modelPage(workbench, 'chosen.neuron.json');
    await page.getByText(/ on the test part \(chosen by looking at it\), at save\./).waitFor();
    await workbench.screenshot('model-chosen');
    assert.deepEqual(await axeFindings(page), []);
  });

  it('Export Model… is in the menu of a model in the explorer', async () => {
    await workbench.openFile('saved.neuron.json');
    await modelPage(workbench, 'saved.neuron.json');
    const menu = workbench.page.locator('.monaco-menu');
    const item = menu.locator('.action-item', { hasText: /^Export Model…/ });
    // What a menu holds is decided as it opens: one that opened before the explorer had the keys lacks the item, and is closed.
    await until('a menu of the explorer with Export Model…', async () => {
      await keys().press('Control+Shift+E');
      await workbench.page
        .locator('.explorer-folders-view .monaco-list:focus-within .monaco-list-row.focused', {
          hasText: 'saved.neuron.json',
        })
        .waitFor({ timeout: 2000 });
      await keys().press('Shift+F10');
      await menu.waitFor();
      if ((await item.count()) === 1) return true;
      await keys().press('Escape');
      await menu.waitFor({ state: 'hidden' });
      return undefined;
    });
    await until('Export Model… chosen', async () => {
      if (/focused/.test((await item.getAttribute('class')) ?? '')) return true;
      await keys().press('ArrowDown');
      return undefined;
    });
    await keys().press('Enter');
    await pick('Export Model', 'LaTeX');
    await answer('Export Model as LaTeX', at(`saved-epoch-${EPOCHS}.tex`), 'saved.tex');
    await isThere('saved.tex');
    assert.match(readFileSync(at('saved.tex'), 'utf8'), /^% [^]*\\text\{Species\}[^]*\\end\{document\}\n$/);
    assert.deepEqual(workbench.webviewErrors, []);
  });
});
