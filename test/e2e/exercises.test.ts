import * as assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { exerciseOf, type ExerciseId } from '../../src/core/exercises/exercises';
import { signQuestion } from '../../src/core/exercises/signQuestion';
import { short } from '../../src/core/format';
import { matrix } from '../../src/core/matrix';
import { unflatten } from '../../src/core/network';
import { sampleOf } from '../../src/train/sample';
import { axeFindings } from './axe';
import { openPage, reference, waitForState } from './support';
import { openWorkbench, until, type Workbench } from './workbench';

const EPOCHS = 200;

describe('the exercises in the Lens', () => {
  let workbench: Workbench;
  let lens: Frame;
  const item = (id: ExerciseId) => lens.locator(`[data-exercise="${id}"]`);
  const isIn = (id: ExerciseId, state: string) =>
    lens.locator(`[data-exercise="${id}"][data-state="${state}"]`).waitFor();
  const open = async (id: ExerciseId) => {
    const button = item(id).locator('.disclosure');
    if ((await button.getAttribute('aria-expanded')) !== 'true') await button.click();
  };
  const entry = (): Record<string, unknown> | undefined => {
    const file = path.join(workbench.folder, '.vscode', 'settings.json');
    const text = existsSync(file) ? readFileSync(file, 'utf8').replace(/^\s*\/\/.*$/gm, '') : '{}';
    const all = JSON.parse(text) as Record<string, Record<string, Record<string, unknown>> | undefined>;
    return all['neuronLens.datasets']?.['flower.csv'];
  };

  before(async () => {
    workbench = await openWorkbench({
      file: 'flower.csv',
      theme: 'Default Dark Modern',
      settings: { 'neuronLens.view.epochsPerSecond': 0, 'neuronLens.training.epochs': EPOCHS },
      viewport: { width: 1500, height: 1000 },
    });
    await workbench.clickCodeLens('Train Neural Network');
    lens = await workbench.lens({ where: 'panel' });
    await waitForState(lens, `Done, epoch ${EPOCHS} of ${EPOCHS}`);
    await openPage(lens, 'Exercises');
  });
  after(() => workbench?.close());

  it('say of each what is missing by the run that is shown, the next one open', async () => {
    await isIn('straight-line', 'open');
    await item('straight-line').getByText('This run has 1 hidden layer; take it away.').waitFor();
    assert.equal(await lens.locator('.count').getAttribute('data-done'), '0');
    await open('four-units');
    await item('four-units').getByText('Without a test part').waitFor();
    assert.equal(await lens.locator('[data-exercise] .body:visible').count(), 1);
  });

  it('set what they name, train, and see the goal reached: four tanh units', async () => {
    await item('four-units').getByLabel('about 75 %').check();
    await item('four-units').locator('[data-guessed="1"]').waitFor();
    await item('four-units').locator('[data-do=set-up]').click();
    await isIn('four-units', 'done');
    const { settings } = exerciseOf('four-units').steps[0];
    const written = Object.fromEntries(
      // Those that hold anyway are not written.
      Object.entries(settings).filter(([key]) => !/hiddenLayers|hiddenActivation|initialization/.test(key)),
    );
    assert.deepEqual(entry(), written);
    await waitForState(lens, 'Done, epoch 5,000 of 5,000');
    const said = await item('four-units').locator('.says').innerText();
    const [, score, epoch] = /Accuracy ([\d.]+) at epoch ([\d,]+) with 4 tanh units/.exec(said) ?? [said];
    const at = Number(epoch.replaceAll(',', ''));
    const run = reference(workbench.folder, 'flower.csv', at, settings);
    assert.equal(score, short(run.measure().trainScore));
    assert.ok(run.measure().trainScore >= 0.89);
    await item('four-units').getByText('your guess', { exact: true }).waitFor();
    await item('four-units').getByText('so it is').waitFor();
    await workbench.screenshot('exercises-done');
  });

  it('ask for the sign of a gradient before it is seen, and count three in a row', async () => {
    await open('gradient-sign');
    const { settings } = exerciseOf('gradient-sign').steps[0];
    const run = reference(workbench.folder, 'flower.csv', 5000, settings);
    const sample = sampleOf(run.dataset, 1);
    const X = matrix(2, sample.count, sample.X);
    const parameters = unflatten(run.network, run.parameters());
    const ask = async (n: number, right: boolean) => {
      await item('gradient-sign').locator('[data-sign=ask]').click();
      const question = signQuestion(run.network, parameters, X, sample.y, n);
      assert.ok(question);
      const given = await item('gradient-sign')
        .locator('.signGiven [data-value]')
        .evaluateAll((all) => all.map((cell) => Number(cell.getAttribute('data-value'))));
      const { y, answer, hidden, a, w, dw } = question;
      assert.deepEqual(given, [y, answer, ...(hidden ? [hidden.through, hidden.slope] : []), a, w]);
      assert.equal(await item('gradient-sign').locator('.signAnswer').count(), 0, 'it is not seen before');
      if (n === 1) await workbench.screenshot('exercises-sign');
      const sign = dw > 0 === right ? 'positive' : 'negative';
      await item('gradient-sign').locator(`[data-sign=${sign}]`).click();
      const shown = item('gradient-sign').locator(`.signAnswer[data-right="${right}"] [data-value]`);
      assert.equal(Number(await shown.getAttribute('data-value')), dw);
    };
    await ask(0, true);
    await item('gradient-sign').locator('[data-in-a-row="1"]').waitFor();
    await ask(1, false);
    await item('gradient-sign').locator('[data-in-a-row="0"]').waitFor();
    await ask(2, true);
    await ask(3, true);
    await isIn('gradient-sign', 'under way');
    await ask(4, true);
    await isIn('gradient-sign', 'done');
    assert.equal(await lens.locator('.count').getAttribute('data-done'), '2');
  });

  it('are taken back by one undo', async () => {
    await lens.locator('[data-nudge="undo"]').click();
    await until('no entry', async () => (entry() === undefined ? true : undefined));
  });

  it('show nothing to axe, on a wide page and in a side bar’s width', async () => {
    await open('rate-that-diverges');
    await item('rate-that-diverges').locator('.solution summary').click();
    await item('rate-that-diverges').getByText('Open sine.csv').waitFor();
    assert.deepEqual(await axeFindings(lens), []);
    await workbench.screenshot('exercises-dark');
    await workbench.runCommand('Preferences: Toggle between Light/Dark Themes');
    await lens.locator('body.vscode-light').waitFor();
    assert.deepEqual(await axeFindings(lens), []);
    await workbench.screenshot('exercises-light');
    await workbench.page.setViewportSize({ width: 1000, height: 900 });
    await lens.getByRole('combobox', { name: 'Page' }).waitFor();
    const width = await lens.evaluate(() => innerWidth);
    assert.ok(width >= 300 && width <= 340, `${width}`);
    assert.deepEqual(await axeFindings(lens), []);
    const isWide = () =>
      lens.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
    assert.equal(await isWide(), false);
    await workbench.screenshot('exercises-narrow');
    await workbench.page.setViewportSize({ width: 1500, height: 1000 });
  });

  it('are what they were after a reload', async () => {
    await workbench.reload('"exercise":"rate-that-diverges"');
    lens = await workbench.lens({ where: 'panel' });
    await isIn('four-units', 'done');
    await isIn('gradient-sign', 'done');
    await isIn('straight-line', 'open');
    assert.equal(
      await item('rate-that-diverges').locator('.disclosure').getAttribute('aria-expanded'),
      'true',
    );
    await open('four-units');
    await item('four-units')
      .getByText(/Accuracy [\d.]+ at epoch/)
      .waitFor();
  });

  it('lead on to the next one, which is in sight then and has the focus', async () => {
    await lens.locator('[data-exercise="four-units"] .says').scrollIntoViewIfNeeded();
    await item('four-units')
      .getByRole('button', { name: /^Next: / })
      .click();
    const next = lens.locator('[data-exercise] .disclosure[aria-expanded=true]');
    await until('its title below what stays at the top', () =>
      next.evaluate((title) => {
        const { top, bottom } = title.getBoundingClientRect();
        const head = document.querySelector('.top')?.getBoundingClientRect().bottom ?? 0;
        return title === document.activeElement && top >= head && bottom <= innerHeight ? true : undefined;
      }),
    );
    await open('four-units');
  });

  it('begin anew once they are told to', async () => {
    await item('four-units').getByRole('button', { name: 'Begin This One Anew' }).click();
    await isIn('four-units', 'open');
    // The run that has reached the goal already is there still.
    await item('four-units').getByText('It was there before you began anew: restart.').waitFor();
  });

  it('are a walkthrough: a button opens the table, a step leads to the next, and what is done is ticked', async () => {
    const { page } = workbench;
    const id = 'rate-that-diverges';
    const openWalkthrough = async (ticked: boolean) => {
      await workbench.runCommand('Welcome: Open Walkthrough...');
      await page.locator('.quick-input-widget .monaco-list-row', { hasText: 'See into a Small' }).click();
      await page.locator(`[data-done-step-id$="#${id}"][aria-checked="${ticked}"]`).waitFor();
    };
    // A training in another window may have diverged: what has been reached is kept for all of them.
    await open(id);
    const anew = item(id).getByRole('button', { name: 'Begin This One Anew' });
    if ((await anew.count()) > 0) await anew.click();
    await isIn(id, 'open');
    // It turns the Lens to its page, where there is none yet as well.
    await open('zeros');
    await openPage(lens, 'Overview');
    await workbench.runCommand('View: Close All Editors');
    await openWalkthrough(false);
    await page.locator('.getting-started-step', { hasText: 'Find a rate that diverges' }).click();
    await page.getByRole('button', { name: 'Set Up on sine.csv and Train' }).click();
    lens = await until('the Lens of sine.csv', async () => {
      const shown = await workbench.lens({ where: 'panel', timeout: 1000 });
      return (await shown.locator('h1', { hasText: 'sine.csv' }).count()) > 0 ? shown : undefined;
    });
    await lens.getByRole('tabpanel', { name: 'Exercises' }).waitFor();
    await item(id).getByText('Rate 0.1: the cost is finite').waitFor();
    const solve = async () => {
      const solution = item(id).locator('.solution');
      if ((await solution.getAttribute('open')) === null) await solution.locator('summary').click();
      await solution.locator('[data-do=solve]').click();
    };
    await solve();
    // It stays open for the guess.
    await item(id).getByText('It reaches the goal. Make your guess: then it counts.').waitFor();
    await item(id).getByLabel('it learns a little slower').check();
    await item(id)
      .getByText(/With rate 2 the cost was no longer finite in epoch \d+\./)
      .waitFor();
    await isIn(id, 'under way');
    await solve();
    await isIn(id, 'done');
    await item(id)
      .getByText(/Rate 1 learns \([\d.]+ at epoch [\d,]+\), 2 diverges\./)
      .waitFor();
    await workbench.screenshot('exercises-diverged');
    await openWalkthrough(true);
    await workbench.screenshot('exercises-walkthrough');
    assert.deepEqual(workbench.webviewErrors, []);
  });
});
