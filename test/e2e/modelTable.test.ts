import * as assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import { writeModel } from '../../src/runs/modelFile';
import type { Model } from '../../src/runs/model';
import type { Settings } from '../../src/settings/settings';
import { trained } from '../unit/models';
import { predicted, recordsOf } from '../unit/predictions';
import { axeFindings } from './axe';
import { answerDialog } from './fileDialog';
import { modelPage } from './support';
import { openWorkbench, until, type Workbench } from './workbench';

const TITLE = 'Choose the CSV of the Model';
const sample = (name: string) => readFileSync(path.join('samples', name), 'utf8');
const lineOf = (text: string, line: number) => text.split(/\r?\n/)[line - 1];

/** A model of a sample, which knows the hash of its file. */
function modelOf(name: string, settings: Partial<Settings>, epochs: number): Model {
  const text = sample(name);
  const { model } = trained(text, { 'model.hiddenLayers': [4], ...settings }, epochs);
  const tableHash = createHash('sha256').update(text).digest('hex');
  return { ...model, training: { ...model.training, tableHash } };
}

describe('the page of a model with the CSV that somebody chooses for it', () => {
  const flower = modelOf('flower.csv', {}, 1500);
  const penguins = modelOf('penguins.csv', { 'data.target': 'Species' }, 60);
  const cars = modelOf('cars.csv', { 'data.target': 'Miles_per_Gallon' }, 60);
  let workbench: Workbench;
  let page: Frame;
  const at = (name: string) => path.join(workbench.folder, name);
  const card = (title: string) =>
    page.locator('section.card').filter({ has: page.getByRole('heading', { name: title, exact: true }) });
  const cells = () =>
    page.locator('.rowForm input').evaluateAll((all) => all.map((each) => (each as HTMLInputElement).value));
  const outputs = () =>
    page
      .locator('.answer [data-value]')
      .evaluateAll((all) => all.map((cell) => Number(cell.getAttribute('data-value'))));

  before(async () => {
    workbench = await openWorkbench({
      file: 'flower.csv',
      theme: 'Default Dark Modern',
      viewport: { width: 1300, height: 1400 },
    });
    writeFileSync(at('flower-epoch-1500.neuron.json'), writeModel(flower));
    writeFileSync(at('birds.neuron.json'), writeModel(penguins));
    writeFileSync(at('cars.neuron.json'), writeModel(cars));
    const half = sample('flower.csv').split('\n');
    writeFileSync(at('half.csv'), half.slice(0, 200).join('\n'));
    await open('flower-epoch-1500.neuron.json');
  });
  after(() => workbench?.close());

  async function open(name: string): Promise<void> {
    await workbench.openFile(name);
    page = await modelPage(workbench, name);
    await page.locator('.answer [data-value]').first().waitFor();
  }
  /**
   * Presses a button and chooses a file: what the dialog proposes, or by typing its path over that. What is typed before the
   * dialog has come to its proposal may be lost, and the proposal taken.
   */
  async function choose(button: Locator, file: string, proposed = file): Promise<void> {
    await button.press('Enter');
    await answerDialog(workbench, { title: TITLE, file: at(file), proposed: at(proposed) });
  }
  /** The outputs that predict gives for the file of one row. */
  function ofOneRow(model: Model, file: string, line: number): number[] {
    const text = sample(file);
    const one = `${lineOf(text, 1)}\n${lineOf(text, line)}\n`;
    const [record] = recordsOf(predicted(model, one, { told: { delimiter: ',', header: 'present' } }).text);
    const names =
      model.labels.length > 0 ? model.labels.map((label) => `probability ${label}`) : ['prediction'];
    return names.map((name) => Number(record[name]));
  }
  const startsFrom = (line: number) =>
    page.locator('.startText', { hasText: `start from the row on line ${line}.` }).waitFor();

  it('says at each picture that needs rows that it does, with the button', async () => {
    for (const title of [
      ...['Rows over the map', 'Predictions beside the table', 'Units over the rows', 'Rows one by one'],
    ]) {
      await card(title)
        .getByText(/this needs the rows of a table, of which none is in the file\.$/)
        .waitFor();
      assert.equal(await card(title).getByRole('button', { name: 'Choose Its CSV…' }).count(), 1, title);
    }
    assert.equal(await page.locator('canvas.modelPoints').count(), 0);
    assert.deepEqual(await axeFindings(page), []);
  });

  it('proposes the file that it was trained on, knows it by its hash, and draws its rows', async () => {
    const button = card('Rows over the map').getByRole('button', { name: 'Choose Its CSV…' });
    await choose(button, 'flower.csv');
    const said = card('Its table');
    await said.getByText('is the file that was trained on, by its hash.').waitFor();
    const { result } = predicted(flower, sample('flower.csv'));
    assert.match(await said.innerText(), new RegExp(`Predicted ${result.predicted} of ${result.rows} rows`));
    await page.locator('canvas.modelPoints').waitFor();
    assert.equal(await page.locator('.unitBars canvas').count(), 4);
    const right = await page
      .locator('.confusion td.right')
      .evaluateAll((all) => all.reduce((sum, cell) => sum + Number(cell.getAttribute('data-value')), 0));
    assert.equal(right / result.rows, result.score?.value);
    await workbench.screenshot('model-table-dark');
    assert.deepEqual(await axeFindings(page), []);
  });

  it('starts the row from a point that the keys have gone to, to the bits of predict on that row', async () => {
    const points = page.locator('canvas.modelPoints');
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight']) await points.press(key);
    await page.locator('.pointed', { hasText: 'Line 4: petal = ' }).waitFor();
    await points.press('Enter');
    await startsFrom(4);
    await until('its cells', async () =>
      (await cells()).join() === lineOf(sample('flower.csv'), 4).split(',').slice(0, 2).join()
        ? true
        : undefined,
    );
    const wanted = ofOneRow(flower, 'flower.csv', 4);
    await until('its prediction', async () =>
      (await outputs()).join() === wanted.join() ? true : undefined,
    );
    assert.match(await page.locator('#read0').innerText(), /^read as /);
  });

  it('starts it from a line that is typed, says where no row begins, and goes back to means', async () => {
    const means = [...flower.transform.columns].map((column) =>
      column.kind === 'number' ? column.standIn : 0,
    );
    const field = page.getByRole('textbox', { name: 'Line of flower.csv' });
    await field.press('Control+A');
    await field.pressSequentially('1');
    await field.press('Enter');
    await page.getByText('No row begins on line 1.').waitFor();
    await field.press('Control+A');
    await field.pressSequentially('57');
    await field.press('Enter');
    await startsFrom(57);
    assert.equal(await page.getByText('No row begins on line 1.').count(), 0);
    const wanted = ofOneRow(flower, 'flower.csv', 57);
    await until('its prediction', async () =>
      (await outputs()).join() === wanted.join() ? true : undefined,
    );
    await page.getByRole('button', { name: 'Start from the row on line 3', exact: true }).press('Enter');
    await startsFrom(3);
    await page.getByRole('button', { name: 'Start from Means' }).press('Enter');
    await page.locator('.startText', { hasText: 'start at means' }).waitFor();
    assert.deepEqual(
      (await cells()).map(Number),
      means.map((mean) => Number(mean.toPrecision(4))),
    );
    await page.locator('#cell0').fill('1');
    await page.getByRole('button', { name: 'Start from Means' }).press('Enter');
    await until('the mean instead of what was typed', async () =>
      Number((await cells())[0]) === Number(means[0].toPrecision(4)) ? true : undefined,
    );
  });

  it('says of another file that it is another, and of one that does not fit why', async () => {
    const another = () => card('Its table').getByRole('button', { name: 'Choose Another CSV…' });
    await choose(another(), 'half.csv', 'flower.csv');
    await page.getByText('is another file than the one that was trained on').waitFor();
    assert.match(await card('Its table').innerText(), /Predicted 199 of 199 rows/);
    await choose(another(), 'penguins.csv', 'flower.csv');
    await page
      .getByRole('alert')
      .getByText(/penguins\.csv: It does not have 2 columns .*“x1”, “x2”/)
      .waitFor();
    assert.match(await card('Its table').innerText(), /half\.csv is another file/);
  });

  it('is light, narrow and without faults with a table too', async () => {
    workbench.editSettings({ 'workbench.colorTheme': 'Default Light Modern' });
    await page.locator('body.vscode-light').waitFor();
    await workbench.screenshot('model-table-light');
    await workbench.page.setViewportSize({ width: 600, height: 1400 });
    await until('300 px', async () =>
      (await page.evaluate(() => window.innerWidth <= 330)) ? true : undefined,
    );
    await page.locator('.startFrom').scrollIntoViewIfNeeded();
    await workbench.screenshot('model-table-narrow-form');
    await page.locator('canvas.modelPoints').scrollIntoViewIfNeeded();
    // What had been scrolled away is drawn anew once it is in sight.
    await until('the map as wide as the page', () =>
      page
        .locator('canvas.modelPoints')
        .evaluate((canvas: HTMLCanvasElement) =>
          Math.abs(canvas.width - canvas.clientWidth * window.devicePixelRatio) <= 1 ? true : undefined,
        ),
    );
    await workbench.screenshot('model-table-narrow');
    assert.deepEqual(await axeFindings(page), []);
    const tooWide = await page.evaluate(() =>
      [...document.querySelectorAll('main *')]
        .filter((each) => !each.closest('.numberTable'))
        .filter((each) => each.getBoundingClientRect().right > window.innerWidth)
        .map((each) => each.outerHTML.slice(0, 80)),
    );
    assert.deepEqual(tooWide, []);
    await workbench.page.setViewportSize({ width: 1300, height: 1400 });
  });

  it('has a table of classes, and of numbers a point for each row', async () => {
    await open('birds.neuron.json');
    await choose(
      card('Predictions beside the table').getByRole('button', { name: 'Choose Its CSV…' }),
      'penguins.csv',
    );
    await page.locator('.confusion').waitFor();
    assert.equal(await page.locator('.confusion td').count(), 9);
    assert.equal(await card('Rows over the map').count(), 0);
    await open('cars.neuron.json');
    await choose(
      card('Predictions beside the table').getByRole('button', { name: 'Choose Its CSV…' }),
      'cars.csv',
    );
    const points = page.locator('canvas.modelAnswers');
    await points.press('Home');
    await points.press('Enter');
    await startsFrom(2);
    const wanted = ofOneRow(cars, 'cars.csv', 2);
    await until('its prediction', async () =>
      (await outputs()).join() === wanted.join() ? true : undefined,
    );
    await workbench.screenshot('model-table-numbers');
    assert.deepEqual(await axeFindings(page), []);
    assert.deepEqual(workbench.webviewErrors, []);
  });
});
