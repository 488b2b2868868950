import * as assert from 'node:assert/strict';
import { copyFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { forward, forwardPass } from '../../src/core/equations';
import { matrix } from '../../src/core/matrix';
import { unflatten } from '../../src/core/network';
import { unitCheck } from '../../src/core/verdicts/unitChecks';
import { unitFindings, unitVerdicts } from '../../src/core/verdicts/unitVerdicts';
import type { TrainingRun } from '../../src/train/run';
import { sampleOf } from '../../src/train/sample';
import { axeFindings } from './axe';
import { reference, waitForState } from './support';
import { openWorkbench, until, type Workbench } from './workbench';

/** What the checks say of a training, computed here, and the pass over its examples that they go by. */
function judged(run: TrainingRun) {
  const sample = sampleOf(run.dataset, run.settings['training.seed']);
  const { network } = run;
  const parameters = unflatten(network, run.parameters());
  const pass = forwardPass(network, matrix(network.sizes[0], sample.count, sample.X));
  forward(pass, parameters);
  const verdicts = unitVerdicts(network, parameters, pass);
  return { network, parameters, pass, sample, verdicts, findings: unitFindings(verdicts) };
}

const texts = (lens: Frame, selector: string): Promise<string[]> =>
  lens.locator(selector).evaluateAll((all) => all.map((each) => each.textContent?.trim() ?? ''));

describe('what the checks find of flower.csv', () => {
  let workbench: Workbench;
  let lens: Frame;
  before(async () => {
    workbench = await openWorkbench({
      file: 'flower.csv',
      viewport: { width: 1500, height: 1000 },
      settings: { 'neuronLens.view.epochsPerSecond': 0, 'neuronLens.training.epochs': 3000 },
    });
    await workbench.clickCodeLens('Train Neural Network');
    lens = await workbench.lens({ where: 'panel' });
    await waitForState(lens, 'Done');
  });
  after(() => workbench?.close());

  it('stands on the overview: the verdicts of the units, the same as those computed outside', async () => {
    const { verdicts, findings } = judged(reference(workbench.folder, 'flower.csv', 3000));
    assert.ok(findings.some(({ code }) => code === 'saturated'));
    await until('the verdicts of the last epoch', async () =>
      (await texts(lens, '.findings .chip')).join() === findings.map(({ short }) => short).join()
        ? true
        : undefined,
    );
    const marks = await texts(lens, '.network .mark');
    assert.deepEqual(
      marks,
      verdicts[0].map(({ code, facts }) => unitCheck(code).mark(facts)).filter((mark) => mark !== ''),
    );
    await workbench.screenshot('checks');
    assert.deepEqual(await axeFindings(lens), []);
  });

  it('opens the page of the unit that a verdict is of', async () => {
    await lens.locator('.findings .chip').first().focus();
    await workbench.page.keyboard.press('Enter');
    await lens.getByRole('tabpanel', { name: 'Neurons' }).waitFor();
    await lens.locator('.neuron h2', { hasText: 'unit 1, layer 1' }).waitFor();
    assert.deepEqual(workbench.webviewErrors, []);
  });
});

describe('what can be done about what the checks find', () => {
  let workbench: Workbench;
  let lens: Frame;
  before(async () => {
    workbench = await openWorkbench({
      viewport: { width: 1500, height: 1000 },
      settings: { 'neuronLens.view.epochsPerSecond': 0, 'neuronLens.training.epochs': 1000 },
    });
    // As xor.csv, for which the settings of the samples have Xavier weights.
    copyFileSync(path.join(workbench.folder, 'xor.csv'), path.join(workbench.folder, 'corners.csv'));
    await workbench.openFile('corners.csv');
    await workbench.clickCodeLens('Train Neural Network');
    lens = await workbench.lens({ where: 'panel' });
    await waitForState(lens, 'Done');
  });
  after(() => workbench?.close());

  /** What the workspace's settings say of the file. */
  const written = (): unknown => {
    const text = readFileSync(path.join(workbench.folder, '.vscode/settings.json'), 'utf8');
    const settings = JSON.parse(text) as Record<string, Record<string, unknown>>;
    return settings['neuronLens.datasets']['corners.csv'];
  };

  it('is one click: a cost that does not move is restarted from Xavier weights, by a setting of this file', async () => {
    const finding = lens.locator('[data-finding=cost-stuck]');
    await finding.waitFor();
    assert.match(await finding.innerText(), /^The training cost has not moved for 1,000 epochs: 0\.6931/);
    await workbench.screenshot('checks-stuck');
    await lens.getByRole('button', { name: 'Restart with Xavier Weights' }).click();
    await lens.locator('[data-finding=none]').waitFor();
    assert.deepEqual(written(), { 'model.initialization': 'xavier' });
    await waitForState(lens, 'Done');
    const run = reference(workbench.folder, 'corners.csv', 1000, { 'model.initialization': 'xavier' });
    const shown = Number(
      await lens.locator('#train-numbers [data-value]').first().getAttribute('data-value'),
    );
    assert.equal(shown, run.measure().trainCost);
  });

  it('restarts a training that diverged with the rate that was found stable', async () => {
    workbench.setUserSettings({
      ...{ 'neuronLens.view.epochsPerSecond': 0, 'neuronLens.training.epochs': 1000 },
      'neuronLens.training.learningRate': 1000,
    });
    await lens.locator('[data-action=restart]').click();
    await waitForState(lens, 'Diverged after epoch');
    const bar = lens.locator('[data-finding=diverged]');
    await bar.waitFor();
    await workbench.screenshot('checks-diverged');
    assert.deepEqual(await axeFindings(lens), []);
    const button = bar.getByRole('button', { name: /Restart with Rate/ });
    const rate = Number(/[\d.]+/.exec(await button.innerText())?.[0]);
    await button.click();
    await lens.getByText(`learning rate ${rate}`, { exact: true }).waitFor();
    await waitForState(lens, 'Done');
    assert.deepEqual(written(), { 'model.initialization': 'xavier', 'training.learningRate': rate });
    assert.deepEqual(workbench.webviewErrors, []);
  });
});
