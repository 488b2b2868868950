import * as assert from 'node:assert/strict';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { predictByHand } from '../../src/predict/byHand';
import { writeModel } from '../../src/runs/modelFile';
import { everyKind, trained } from '../unit/models';
import { axeFindings } from './axe';
import { until, openWorkbench, type Workbench } from './workbench';

const { model } = trained(everyKind(), { 'data.target': 'kind' }, 40);

describe('the file of a model', () => {
  let workbench: Workbench;
  let page: Frame;
  const answer = () => page.locator('.answer [role=status]').innerText();

  before(async () => {
    workbench = await openWorkbench({
      file: 'flower.csv',
      theme: 'Default Dark Modern',
      viewport: { width: 1300, height: 1400 },
    });
    const at = (name: string) => path.join(workbench.folder, name);
    // What was saved by the first version is opened by all later ones.
    copyFileSync(path.resolve('test/fixtures/model-1.neuron.json'), at('first.neuron.json'));
    const flower = trained(readFileSync('samples/flower.csv', 'utf8'), { 'model.hiddenLayers': [4] }, 1500);
    writeFileSync(at('flower.neuron.json'), writeModel(flower.model));
    writeFileSync(at('kinds.neuron.json'), writeModel(model));
    writeFileSync(at('torn.neuron.json'), writeModel(model).slice(0, 500));
    await workbench.openFile('kinds.neuron.json');
    page = await workbench.lens();
  });
  after(() => workbench?.close());

  it('shows what it is without its table: head, network, weights', async () => {
    await page.getByRole('heading', { name: 'kinds.neuron.json' }).waitFor();
    const head = await page.locator('header').innerText();
    assert.match(head, /Predicts kind, one of 3 classes, from 8 columns\./);
    assert.match(head, /epoch 40/);
    await page.locator('canvas.modelDiagram').waitFor();
    assert.equal(await page.locator('canvas.heat').count(), 2);
    await workbench.screenshot('model-dark');
    assert.deepEqual(await axeFindings(page), []);
  });

  it('predicts the row that is typed, by the keys alone, to the bit', async () => {
    const field = page.getByRole('textbox', { name: 'size' });
    const texts = await page
      .locator('.rowForm input')
      .evaluateAll((all) => all.map((each) => (each as HTMLInputElement).value));
    // Each key goes to the field, also while the workbench still gives the focus to the editor that has come.
    await field.press('Control+A');
    await field.pressSequentially('1000');
    await page.getByText('read as 1000: outside what was trained on').waitFor();
    await until('the answer', async () =>
      (await answer()).includes('Outside what was trained on: size') ? true : undefined,
    );
    const cells = await page
      .locator('.answer [data-value]')
      .evaluateAll((all) => all.map((cell) => Number(cell.getAttribute('data-value'))));
    assert.deepEqual(cells, predictByHand(model, ['1000', ...texts.slice(1)]).outputs);
    await field.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'cell1');
  });

  it('is light, narrow and without faults too', async () => {
    workbench.editSettings({ 'workbench.colorTheme': 'Default Light Modern' });
    await page.locator('body.vscode-light').waitFor();
    await workbench.page.setViewportSize({ width: 600, height: 1400 });
    await workbench.screenshot('model-narrow');
    assert.deepEqual(await axeFindings(page), []);
    const tooWide = await page.evaluate(() =>
      [...document.querySelectorAll('main *')]
        .filter((each) => !each.closest('.numberTable'))
        .filter((each) => each.getBoundingClientRect().right > window.innerWidth)
        .map((each) => each.outerHTML.slice(0, 80)),
    );
    assert.deepEqual(tooWide, []);
    assert.ok(await page.evaluate(() => window.innerWidth <= 330));
    await workbench.page.setViewportSize({ width: 1300, height: 1400 });
  });

  const open = async (name: string) => {
    await workbench.openFile(name);
    page = await until(name, async () => {
      const frame = await workbench.lens();
      return (await frame.getByRole('heading', { name }).count()) > 0 ? frame : undefined;
    });
    await page.locator('canvas.modelDiagram').waitFor();
  };

  it('opens what the first version has saved', async () => {
    await open('first.neuron.json');
    assert.match(await page.locator('header').innerText(), /from 7 columns/);
  });

  it('shows the units over the ranges where two numbers are all it takes', async () => {
    await open('flower.neuron.json');
    await page.getByText(/Each square: the unit over x1 from .* \(across\) and x2 from .* \(up\)/).waitFor();
    await workbench.screenshot('model-maps');
  });

  it('says in a sentence why a torn one cannot be shown, and opens it as text', async () => {
    await workbench.openFile('torn.neuron.json');
    page = await until('the torn one', async () => {
      const frame = await workbench.lens();
      return (await frame.getByRole('alert').count()) > 0 ? frame : undefined;
    });
    assert.equal(await page.getByRole('alert').innerText(), 'It is no JSON, or is cut off.');
    assert.deepEqual(await axeFindings(page), []);
    await page.getByRole('button', { name: 'Open as Text' }).click();
    await workbench.page.locator('.monaco-editor .view-lines', { hasText: 'neuronLensModel' }).waitFor();
    assert.deepEqual(workbench.webviewErrors, []);
  });
});
