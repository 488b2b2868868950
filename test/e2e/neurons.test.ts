import * as assert from 'node:assert/strict';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { forward, forwardPass, loss } from '../../src/core/equations';
import { matrix } from '../../src/core/matrix';
import { unflatten } from '../../src/core/network';
import { spreadOf } from '../../src/core/verdicts/spread';
import { rowOf } from '../../src/core/verdicts/unitFacts';
import { unitFindings, unitVerdicts } from '../../src/core/verdicts/unitVerdicts';
import { evidenceOf, unitFindingShort, unitWords } from '../../src/sentences/units';
import type { TrainingRun } from '../../src/train/run';
import { sampleOf } from '../../src/train/sample';
import { contributionsOf } from '../../webview/model/contributions';
import { busiestPair, hiddenSpace } from '../../webview/model/hiddenSpace';
import { histogramOf, rangeOfZ } from '../../webview/model/histogram';
import { axeFindings } from './axe';
import { openPage, reference, toggleNumbers, values, waitForState } from './support';
import { wideTable } from './wideTable';
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

/** Whether the numbers are the same, but for the order in which they were added up. */
const close = (found: readonly number[], expected: readonly number[]): boolean =>
  found.length === expected.length &&
  found.every((value, k) => Math.abs(value - expected[k]) <= 1e-12 * Math.max(1, Math.abs(expected[k])));

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
      (await texts(lens, '.findings .chip')).join() === findings.map(unitFindingShort).join()
        ? true
        : undefined,
    );
    const marks = await texts(lens, '.network .mark');
    assert.deepEqual(
      marks,
      verdicts[0].map(({ code, facts }) => unitWords(code).mark(facts)).filter((mark) => mark !== ''),
    );
    await workbench.screenshot('checks');
    assert.deepEqual(await axeFindings(lens), []);
  });

  it('opens the page of the unit that a verdict is of', async () => {
    await lens.locator('.findings .chip').first().focus();
    await workbench.page.keyboard.press('Enter');
    await lens.getByRole('tabpanel', { name: 'Neurons' }).waitFor();
    await lens.locator('.neuron h2', { hasText: 'unit 1, layer 1' }).waitFor();
    await lens.locator('.unitPlot:focus').waitFor();
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

  /** What the workspace's settings say of a file. */
  const settings = () =>
    JSON.parse(readFileSync(path.join(workbench.folder, '.vscode/settings.json'), 'utf8')) as Record<
      string,
      unknown
    >;
  const written = (file: string): unknown => {
    const datasets = settings()['neuronLens.datasets'] as Record<string, unknown> | undefined;
    return datasets?.[file];
  };

  it('is one click: a cost that does not move is restarted from Xavier weights, by a setting of this file', async () => {
    const finding = lens.locator('[data-finding=cost-stuck]');
    await finding.waitFor();
    assert.match(
      (await finding.innerText()).trim(),
      /^The training cost has not moved for 1,000 epochs: 0\.6931/,
    );
    await workbench.screenshot('checks-stuck');
    await lens.getByRole('button', { name: 'Restart with Xavier Weights' }).click();
    await lens.locator('[data-finding=none]').waitFor();
    assert.deepEqual(written('corners.csv'), { 'model.initialization': 'xavier' });
    await waitForState(lens, 'Done');
    const run = reference(workbench.folder, 'corners.csv', 1000, { 'model.initialization': 'xavier' });
    const shown = Number(
      await lens.locator('#train-numbers [data-value]').first().getAttribute('data-value'),
    );
    assert.equal(shown, run.measure().trainCost);
  });

  it('restarts a training that diverged with the rate that was found stable', async () => {
    workbench.editSettings({ 'neuronLens.training.learningRate': 1000 });
    await workbench.runCommand('View: Focus First Editor Group');
    await workbench.openFile('sine.csv');
    await workbench.clickCodeLens('Train Neural Network');
    await until('the Lens of sine.csv', async () => {
      lens = await workbench.lens({ where: 'panel' });
      return (await lens.getByRole('button', { name: 'sine.csv' }).count()) > 0 || undefined;
    });
    // The first training may have begun before the settings were there.
    await until('a divergence', async () => {
      await lens.locator('.state', { hasText: /Done|Diverged/ }).waitFor();
      if ((await lens.locator('.state').innerText()).includes('Diverged')) return true;
      await lens.locator('[data-action=restart]').click();
      return undefined;
    });
    const bar = lens.locator('[data-finding=diverged]');
    await bar.waitFor();
    await lens.locator('.findings', { hasText: 'The training has diverged.' }).waitFor();
    assert.equal(await lens.locator('.findings .remedy').count(), 0);
    await workbench.screenshot('checks-diverged');
    assert.deepEqual(await axeFindings(lens), []);
    const button = bar.getByRole('button', { name: /Restart with Rate/ });
    const rate = Number(/[\d.]+/.exec(await button.innerText())?.[0]);
    await button.click();
    await lens.getByText(`learning rate ${rate}`, { exact: true }).waitFor();
    await waitForState(lens, 'Done');
    // The workspace sets the rate of all files: that is the value which changes.
    assert.equal(written('sine.csv'), undefined);
    assert.equal(settings()['neuronLens.training.learningRate'], rate);
    assert.deepEqual(workbench.webviewErrors, []);
  });
});

describe('the page of the neurons', () => {
  let workbench: Workbench;
  let lens: Frame;
  before(async () => {
    workbench = await openWorkbench({
      file: 'flower.csv',
      viewport: { width: 1500, height: 1000 },
      settings: {
        ...{ 'neuronLens.view.epochsPerSecond': 0, 'neuronLens.training.epochs': 3000 },
        'workbench.sideBar.location': 'right',
      },
    });
    await workbench.clickCodeLens('Train Neural Network');
    lens = await workbench.lens({ where: 'panel' });
    await waitForState(lens, 'Done');
    await openPage(lens, 'Neurons');
  });
  after(() => workbench?.close());

  it('draws the z of each unit as bars that are those of the network, and says what it goes by', async () => {
    const { pass, verdicts, sample } = judged(reference(workbench.folder, 'flower.csv', 3000));
    await lens.locator('[data-unit="1-1"]').click();
    await lens.locator('.unit h2', { hasText: 'Unit 2, layer 1' }).waitFor();
    const z = rowOf(pass.Z[1], 1);
    const range = rangeOfZ(z, 'tanh');
    const expected = histogramOf(z, range, (j) => sample.y[j], 2)
      .groups.map((counts) => counts.join(' '))
      .join(';');
    await until('the bars of the last epoch', async () =>
      (await lens.locator('.unitPlot').getAttribute('data-bins')) === expected ? true : undefined,
    );
    const evidence = evidenceOf(verdicts[0][1].facts).map(({ value }) => value);
    await until('the evidence of the last epoch', async () =>
      close(await values(lens, '.evidence'), evidence) ? true : undefined,
    );
    await lens.locator('.unitPlot').focus();
    await workbench.page.keyboard.press('ArrowRight');
    await lens.locator('.unit .hover', { hasText: /^z from .*: \d+ rows? .*g\(.*\) = .*, slope / }).waitFor();
  });

  it('draws the hidden space of the two units that matter most, with the line of the output', async () => {
    const { pass, parameters, network } = judged(reference(workbench.folder, 'flower.csv', 3000));
    const pair = busiestPair(parameters[1].W);
    const { line } = hiddenSpace(network, parameters[1], pass.A[1], pair);
    assert.ok(line);
    const shown =
      (await lens.locator('canvas.space').getAttribute('data-line'))?.split(' ').map(Number) ?? [];
    assert.ok(close(shown, [line.wx, line.wy, line.c]), shown.join(' '));
    assert.equal(await lens.getByLabel('Unit across').inputValue(), String(pair[0]));
    await lens.getByLabel('Unit up').selectOption({ label: 'unit 1' });
    const chosen = hiddenSpace(network, parameters[1], pass.A[1], [
      pair[0] === 0 ? (pair[1] ?? 0) : pair[0],
      0,
    ]).line;
    const now = (await lens.locator('canvas.space').getAttribute('data-line'))?.split(' ').map(Number) ?? [];
    assert.ok(close(now, [chosen?.wx ?? 0, chosen?.wy ?? 0, chosen?.c ?? 0]), now.join(' '));
    await lens.locator('canvas.space').focus();
    await workbench.page.keyboard.press('ArrowRight');
    await lens
      .locator('.hiddenSpace .hover', {
        hasText: /^Line \d+: petal = 0.*: a\d = .*On this plane P\(petal = 1\) = /,
      })
      .waitFor();
  });

  it('sorts the heatmap by loss and by line, and shows Z', async () => {
    const { pass, sample } = judged(reference(workbench.folder, 'flower.csv', 3000));
    const Y = matrix(1, sample.count, sample.y);
    const losses = Array.from({ length: sample.count }, (_, j) => loss('sigmoid', pass.Z[2], Y, j));
    const worst = sample.lines[losses.indexOf(Math.max(...losses))];
    await lens.getByLabel('Order of the examples').selectOption('loss');
    await until('the worst first', async () =>
      Number(await lens.locator('.activations canvas.heat').getAttribute('data-first')) === worst
        ? true
        : undefined,
    );
    await lens.getByLabel('Order of the examples').selectOption('file');
    await until('the first line first', async () =>
      (await lens.locator('.activations canvas.heat').getAttribute('data-first')) === '2' ? true : undefined,
    );
    await lens.getByLabel('What the heatmap shows').selectOption('Z');
    await lens.locator('.activations h2', { hasText: 'Sums Z[1]' }).waitFor();
    const range = async () =>
      (await lens.locator('.activations canvas.heat').getAttribute('data-range'))?.split(' ').map(Number) ??
      [];
    const limit = Math.max(...pass.Z[1].data.map(Math.abs));
    assert.ok(close(await range(), [-limit, limit]));
    // What the output gives is a probability.
    await lens.getByLabel('What the heatmap shows').selectOption('A');
    await lens.getByLabel('Layer of the units').selectOption({ index: 1 });
    await lens.locator('.activations h2', { hasText: 'Activations A[2]' }).waitFor();
    assert.deepEqual(await range(), [0, 1]);
    await lens.getByLabel('Layer of the units').selectOption({ index: 0 });
    await lens.getByLabel('What the heatmap shows').selectOption('Z');
    await lens.locator('.activations h2', { hasText: 'Sums Z[1]' }).waitFor();
  });

  it('is beautiful: dark and light, and finds no fault with axe', async () => {
    await toggleNumbers(lens);
    assert.deepEqual(await axeFindings(lens), []);
    await toggleNumbers(lens);
    await workbench.runCommand('View: Maximize Editor Group');
    await lens.locator('section.units').scrollIntoViewIfNeeded();
    await workbench.screenshot('neurons');
    await lens.locator('.hiddenSpace').scrollIntoViewIfNeeded();
    await workbench.screenshot('neurons-space');
    await workbench.runCommand('Preferences: Toggle between Light/Dark Themes');
    await lens.locator('body.vscode-dark').waitFor();
    await workbench.screenshot('neurons-dark');
    assert.deepEqual(await axeFindings(lens), []);
    assert.deepEqual(workbench.webviewErrors, []);
  });
});

describe('the page of the neurons on a wide table and a deep network', () => {
  const settings = { 'model.hiddenLayers': [64, 8, 8, 8, 8, 8], 'training.epochs': 40 };
  let workbench: Workbench;
  let lens: Frame;
  before(async () => {
    workbench = await openWorkbench({
      viewport: { width: 1500, height: 1000 },
      settings: {
        'neuronLens.view.epochsPerSecond': 0,
        ...Object.fromEntries(Object.entries(settings).map(([key, value]) => [`neuronLens.${key}`, value])),
      },
    });
    writeFileSync(path.join(workbench.folder, 'letters.csv'), wideTable());
    await workbench.openFile('letters.csv');
    await workbench.clickCodeLens('Train Neural Network');
    lens = await workbench.lens({ where: 'panel' });
    await waitForState(lens, 'Done');
    await openPage(lens, 'Neurons');
  });
  after(() => workbench?.close());

  it('has the units page by page, and every layer', async () => {
    await lens.getByText('Units 1 to 12 of 64').waitFor();
    await lens.getByRole('button', { name: 'Units after' }).focus();
    await workbench.page.keyboard.press('Enter');
    await lens.getByText('Units 13 to 24 of 64').waitFor();
    await lens.locator('.unit h2', { hasText: 'Unit 13, layer 1' }).waitFor();
    await lens.getByLabel('Layer of the units').selectOption({ label: 'Output (26 units)' });
    await lens.locator('.unit h2', { hasText: 'P(letter = A), layer 7' }).waitFor();
    assert.equal(await lens.locator('.tile').count(), 12);
    await lens.getByLabel('Layer of the units').selectOption({ label: 'Layer 1 (64 units)' });
  });

  it('names the 15 inputs that vary most, and adds up the rest', async () => {
    const { pass, parameters } = judged(reference(workbench.folder, 'letters.csv', 40, settings));
    const { largest, rest, z } = contributionsOf(
      parameters[0],
      pass.A[0],
      Array.from({ length: 200 }, (_, k) => spreadOf(rowOf(pass.A[0], k))),
      rowOf(pass.Z[1], 0),
      0,
    );
    await toggleNumbers(lens);
    await lens.locator('.contributions .numberTable td').first().waitFor();
    const cells = await lens
      .locator('.contributions .numberTable tbody tr')
      .evaluateAll((rows) =>
        rows.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent ?? '')),
      );
    assert.equal(cells.length, 15 + 3);
    const numbers = (text: string) => Number(text.replaceAll('\u2212', '-'));
    largest.forEach(({ weight, spread, input }, k) => {
      assert.ok(cells[k][0].startsWith(`${input} `), cells[k][0]);
      const [w, lowest, highest, mean, deviation] = cells[k].slice(1).map(numbers);
      assert.ok(
        close(
          [w, lowest, highest, mean, deviation],
          [weight, spread.lowest, spread.highest, spread.mean, spread.deviation],
        ),
        `line ${k}`,
      );
    });
    assert.equal(cells[15][0], '185 more, together');
    assert.ok(
      close([numbers(cells[15][5]), numbers(cells[17][5])], [rest?.spread.deviation ?? NaN, z.deviation]),
    );
    await toggleNumbers(lens);
  });

  it('finds no fault with axe, wide and as narrow as a side bar', async () => {
    assert.deepEqual(await axeFindings(lens), []);
    await workbench.screenshot('neurons-wide-table');
    await workbench.runCommand('View: Maximize Editor Group');
    await workbench.page.setViewportSize({ width: 380, height: 1000 });
    await lens.getByRole('combobox', { name: 'Page' }).waitFor();
    await workbench.screenshot('neurons-narrow');
    const overflow = await lens.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(overflow <= 0, `${overflow} pixels wider than the page`);
    assert.deepEqual(await axeFindings(lens), []);
    assert.deepEqual(workbench.webviewErrors, []);
  });
});
