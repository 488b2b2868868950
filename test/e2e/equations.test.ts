import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import { stepsOf, traceChain, type ChainTrace, type QuantityKey } from '../../src/core/chain';
import { matrix, selectColumns } from '../../src/core/matrix';
import { unflatten } from '../../src/core/network';
import { sampleOf } from '../../src/train/sample';
import { axeFindings } from './axe';
import { openPage, reference, value, waitForState } from './support';
import { openWorkbench, until, type Workbench } from './workbench';

const EPOCHS = 300;
const RAW = { 'model.hiddenLayers': [4], 'training.epochs': EPOCHS } as const;
const LIGHT = 'Default Light Modern';

/** What the Lens has to show: the trace over all training rows, in its order. */
function expectedTrace(folder: string) {
  const run = reference(folder, 'flower.csv', EPOCHS, { 'model.hiddenLayers': [4] });
  const { dataset, network } = run;
  const sample = sampleOf(dataset, run.settings['training.seed']);
  const X = matrix(dataset.X.rows, sample.count, sample.X);
  const order = Array.from({ length: sample.count }, (_, j) => j)
    .sort((a, b) => sample.y[a] - sample.y[b] || a - b)
    .filter((j) => sample.test[j] === 0);
  const Y = matrix(
    1,
    order.length,
    Float64Array.from(order, (j) => sample.y[j]),
  );
  const trace = traceChain(network, unflatten(network, run.parameters()), selectColumns(X, order), Y);
  return { run, trace, network };
}

/** The last bits of e^x and tanh are the browser's own. */
const isNear = (shown: number, exact: number, what = '') =>
  assert.ok(
    Math.abs(shown - exact) <= 1e-12 * Math.max(1, Math.abs(exact)),
    `${what}: ${shown}, not ${exact}`,
  );

/** The cells of a matrix that are in its window: row, column, number. */
const cells = (lens: Frame, quantity: string): Promise<[number, number, number][]> =>
  lens
    .locator(`figure.matrix[data-quantity="${quantity}"] [data-value]`)
    .evaluateAll((all) =>
      all.map((cell): [number, number, number] => [
        Number(cell.getAttribute('data-row')),
        Number(cell.getAttribute('data-col')),
        Number(cell.getAttribute('data-value')),
      ]),
    );
const cellOf = (lens: Frame, quantity: string, row: number, col: number): Locator =>
  lens.locator(`figure.matrix[data-quantity="${quantity}"] [data-row="${row}"][data-col="${col}"]`);
const go = async (lens: Frame, step: string) => {
  await lens.locator(`[data-step="${step}"]`).click();
  await lens.locator(`[data-step="${step}"][aria-current]`).waitFor();
};
const lit = (lens: Frame, quantity: string): Promise<string[]> =>
  lens
    .locator(`figure.matrix[data-quantity="${quantity}"] .origin`)
    .evaluateAll((all) =>
      all.map((cell) => `${cell.getAttribute('data-row')},${cell.getAttribute('data-col')}`),
    );

describe('the Equations page', () => {
  let workbench: Workbench;
  let lens: Frame;
  let expected: ReturnType<typeof expectedTrace>;
  let trace: ChainTrace;
  before(async () => {
    workbench = await openWorkbench({
      file: 'flower.csv',
      theme: LIGHT,
      viewport: { width: 1500, height: 1000 },
      settings: {
        'neuronLens.view.epochsPerSecond': 0,
        ...Object.fromEntries(Object.entries(RAW).map(([key, each]) => [`neuronLens.${key}`, each])),
      },
    });
    expected = expectedTrace(workbench.folder);
    trace = expected.trace;
    await workbench.clickCodeLens('Train Neural Network');
    lens = await workbench.lens({ where: 'panel' });
    await waitForState(lens, 'Done');
    await openPage(lens, 'Equations');
    await lens.locator('.equations figure.matrix').first().waitFor();
  });
  after(() => workbench?.close());

  it('has the numbers of every matrix as src/core computes them', async () => {
    let compared = 0;
    for (const step of stepsOf(expected.network)) {
      if (step.kind === 'update') continue;
      await go(lens, step.key);
      const quantities = await lens
        .locator('figure.matrix')
        .evaluateAll((all) => all.map((figure) => figure.getAttribute('data-quantity') ?? ''));
      assert.ok(quantities.includes(step.key), step.key);
      for (const quantity of quantities) {
        const exact = trace.get(quantity as QuantityKey);
        assert.ok(exact, quantity);
        for (const [row, col, shown] of await cells(lens, quantity)) {
          isNear(shown, exact.data[row * exact.cols + col], `${quantity} ${row}, ${col}`);
          compared++;
        }
      }
    }
    assert.ok(compared > 200, String(compared));
  });

  it('stands under every symbol with its shape', async () => {
    await go(lens, 'dW1');
    const shapes = await lens
      .locator('.formulas .shape')
      .evaluateAll((all) => all.map((shape) => shape.textContent));
    const m = trace.m;
    assert.deepEqual(shapes, ['4 × 2', `4 × ${m}`, `${m} × 2`]);
    assert.equal(await lens.locator('.formulas mo.dot').textContent(), '·');
    await go(lens, 'dZ1');
    assert.equal(await lens.locator('.formulas mo.star').textContent(), '∗');
    const colours = await lens
      .locator('.formulas mo.dot, .formulas mo.star')
      .evaluateAll((all) => all.map((sign) => getComputedStyle(sign).color));
    assert.equal(new Set(colours).size, 2);
  });

  it('lights up the row and the column, or the one cell, that made a cell, and writes its sum out', async () => {
    await go(lens, 'Z1');
    await cellOf(lens, 'Z1', 2, 1).hover();
    assert.deepEqual(await lit(lens, 'W1'), ['2,0', '2,1']);
    assert.deepEqual(await lit(lens, 'A0'), ['0,1', '1,1']);
    assert.deepEqual(await lit(lens, 'b1'), ['2,0']);
    isNear(await value(lens, '.story output'), trace.get('Z1')!.data[2 * trace.m + 1]);
    assert.match(await lens.locator('.story .sum').innerText(), /×.*\+.*×.*\+ b /);
    await workbench.screenshot('equations-light');
    await go(lens, 'dZ1');
    await cellOf(lens, 'dZ1', 3, 2).hover();
    assert.deepEqual(await lit(lens, 'W2'), ['0,3']);
    assert.deepEqual(await lit(lens, 'dZ2'), ['0,2']);
    assert.deepEqual(await lit(lens, 'slope1'), ['3,2']);
    await go(lens, 'A1');
    await cellOf(lens, 'A1', 0, 2).hover();
    assert.deepEqual(await lit(lens, 'Z1'), ['0,2']);
  });

  it('lights up a quantity in sentence, formula and matrix together', async () => {
    await go(lens, 'Z2');
    await lens.locator('.sentence [data-quantity="W2"]').hover();
    await lens.locator('.formulas .lit[data-quantity="W2"]').waitFor();
    await lens.locator('figure.matrix.lit[data-quantity="W2"]').waitFor();
    await cellOf(lens, 'A1', 0, 0).hover();
    await lens.locator('.sentence .lit[data-quantity="A1"]').waitFor();
    assert.equal(await lens.locator('.sentence .lit').count(), 1);
  });

  it('is reached and read by keys, and large matrices scroll with them', async () => {
    const { keyboard, mouse } = workbench.page;
    // What scrolls under a pointer that rests there is pointed at.
    await mouse.move(0, 0);
    await lens.locator('[data-step="Z2"]').focus();
    await keyboard.press('ArrowRight');
    await lens.locator('[data-step="A2"][aria-current]').waitFor();
    await lens.locator('figure.matrix[data-quantity="A2"] [tabindex="0"]').focus();
    await keyboard.press('End');
    const last = trace.m - 1;
    await cellOf(lens, 'A2', 0, last).waitFor();
    await until('what it is made of, in view too', async () =>
      (await lit(lens, 'Z2')).join() === `0,${last}` ? true : undefined,
    );
    isNear(await value(lens, '.story output'), trace.get('A2')!.data[last]);
    await keyboard.press('ArrowLeft');
    await until('the cell before', async () =>
      Math.abs((await value(lens, '.story output')) - trace.get('A2')!.data[last - 1]) < 1e-12
        ? true
        : undefined,
    );
    await keyboard.press('Home');
    await cellOf(lens, 'A2', 0, 0).waitFor();
  });

  it('shows one example, a few, or all', async () => {
    await go(lens, 'J');
    await lens.locator('[data-examples=one]').click();
    await lens.locator('.chooser .caption', { hasText: /^m = 1: Line \d+: petal = / }).waitFor();
    const [[, , one]] = await cells(lens, 'J');
    const [[, , loss]] = await cells(lens, 'loss');
    assert.equal(one, loss);
    await lens.locator('[data-examples=few]').click();
    await lens.locator('.chooser .caption', { hasText: 'm = 5' }).waitFor();
    assert.equal(
      await lens.locator('figure.matrix[data-quantity=loss] table').getAttribute('aria-colcount'),
      '6',
    );
    await lens.locator('[data-examples=all]').click();
    await lens.locator('.chooser .caption', { hasText: 'all training rows' }).waitFor();
    const [[, , J]] = await cells(lens, 'J');
    isNear(J, trace.get('J')!.data[0]);
    assert.ok(Math.abs(J - (await value(lens, '#train-numbers td:nth-child(3)'))) < 1e-6, 'the cost above');
  });

  it('takes a step apart, with the engine’s own numbers: before, change and after, and both costs', async () => {
    await go(lens, 'db1');
    await lens.locator('[data-move=next]').click();
    await lens.locator('[data-step=update1][aria-current]').waitFor();
    const { run } = expected;
    const before = unflatten(run.network, run.parameters());
    const cost = run.measure().trainCost;
    const next = reference(workbench.folder, 'flower.csv', EPOCHS + 1, { 'model.hiddenLayers': [4] });
    const after = unflatten(next.network, next.parameters());
    await lens.locator('#cost-after').waitFor();
    assert.equal(await value(lens, '#cost-before'), cost);
    assert.equal(await value(lens, '#cost-after'), next.measure().trainCost);
    assert.deepEqual(
      (await cells(lens, 'W1')).map(([, , w]) => w),
      [...before[0].W.data],
    );
    assert.deepEqual(
      (await cells(lens, 'newW1')).map(([, , w]) => w),
      [...after[0].W.data],
    );
    assert.deepEqual(
      (await cells(lens, 'newb1')).map(([, , b]) => b),
      [...after[0].b],
    );
    for (const [row, col, change] of await cells(lens, 'changeW1')) {
      const k = row * 2 + col;
      assert.equal(change, after[0].W.data[k] - before[0].W.data[k]);
      assert.ok(Math.abs(change + run.learningRate * trace.get('dW1')!.data[k]) < 1e-6);
    }
    await cellOf(lens, 'newW1', 1, 1).hover();
    assert.deepEqual(await lit(lens, 'W1'), ['1,1']);
    assert.deepEqual(await lit(lens, 'changeW1'), ['1,1']);
    await workbench.screenshot('equations-update');
    await lens.locator('.side').scrollIntoViewIfNeeded();
    await workbench.screenshot('equations-side');
  });

  it('shows, checks and copies the same update, also of a few examples', async () => {
    await go(lens, 'update2');
    await lens.locator('[data-examples=few]').click();
    await lens.locator('.chooser .caption', { hasText: 'm = 5' }).waitFor();
    const few = (await cells(lens, 'newb2'))[0][2];
    await lens.locator('.checkNumbers select').selectOption('newb2');
    const check = async (text: string) => {
      await lens.locator('.checkNumbers textarea').fill(text);
      await lens.locator('[data-check=check]').click();
    };
    await check(few.toPrecision(8));
    await lens.locator('.checkNumbers [data-verdict=right]').waitFor();
    await lens.locator('[data-examples=all]').click();
    await lens.locator('.chooser .caption', { hasText: 'all training rows' }).waitFor();
    const all = (await cells(lens, 'newb2'))[0][2];
    assert.notEqual(all.toPrecision(4), few.toPrecision(4));
    await check(all.toPrecision(8));
    await lens.locator('.checkNumbers [data-verdict=right]').waitFor();
    await check(few.toPrecision(8));
    await lens.locator('.checkNumbers [data-verdict]:not([data-verdict=right])').waitFor();
    await go(lens, 'dW1');
    await lens.locator('.checkNumbers select').selectOption('dW1');
  });

  it('says where a number of X comes from', async () => {
    await go(lens, 'Z1');
    await cellOf(lens, 'A0', 0, 0).hover();
    const { mean, deviation } = expected.run.dataset.features[0];
    const X = trace.get('A0')!;
    const own = Number((X.data[0] * deviation + mean).toPrecision(7));
    const said = (await lens.locator('.story .sum').innerText()).replaceAll('−', '-');
    const [, told] = /^\((-?[\d.e-]+) - /.exec(said) ?? [];
    assert.ok(Math.abs(Number(told) - own) <= 2e-6 * Math.max(1, Math.abs(own)), said);
    await lens
      .locator('.equation .caption', { hasText: 'X: standardised, (x − mean) / deviation' })
      .waitFor();
  });

  it('has signs no taller than written, and breaks what is too long', async () => {
    await go(lens, 'J');
    const tall = await lens
      .locator('.formulas mo')
      .evaluateAll((all) =>
        all
          .filter((sign) => ['(', ')'].includes(sign.textContent))
          .map((sign) => Math.round(sign.getBoundingClientRect().height)),
      );
    assert.ok(tall.length >= 4);
    assert.ok(Math.max(...tall) - Math.min(...tall) <= 1, tall.join());
    await workbench.screenshot('equations-cost');
    const isCut = () => lens.locator('.formulas').evaluate((box) => box.scrollWidth > box.clientWidth + 1);
    assert.equal(await isCut(), false);
    await workbench.page.setViewportSize({ width: 1000, height: 1000 });
    await until('the narrow Lens', async () =>
      (await lens.evaluate(() => innerWidth)) < 480 ? true : undefined,
    );
    assert.equal(await isCut(), false);
    await workbench.screenshot('equations-cost-narrow');
    // What is guessed, and the field for it, are seen together.
    await lens.locator('[data-guess=hide]').click();
    const [hidden, field] = await Promise.all(
      ['.matrix .masked', '.guess input'].map((part) => lens.locator(part).boundingBox()),
    );
    const height = await lens.evaluate(() => innerHeight);
    assert.ok(hidden && field);
    const header = await lens.locator('.top').boundingBox();
    const frame = await (await lens.frameElement()).boundingBox();
    assert.ok(header && frame);
    for (const box of [hidden, field]) {
      const places = `${box.y} between ${header.y + header.height} and ${frame.y + height}`;
      assert.ok(box.y >= header.y + header.height && box.y + box.height <= frame.y + height, places);
    }
    await workbench.screenshot('equations-guess-narrow');
    await workbench.page.setViewportSize({ width: 1500, height: 1000 });
  });

  it('moves through the chain by itself in slow motion, and holds', async () => {
    await go(lens, 'Z1');
    await lens.locator('[data-move=play]').click();
    await lens.locator('.story .sum').waitFor();
    await lens.locator('[data-step=A1][aria-current]').waitFor();
    await lens.locator('[data-move=play][aria-pressed=true]').click();
    await lens.locator('[data-move=play][aria-pressed=false]').waitFor();
  });

  it('lets a number be guessed: right, a slip, too few digits', async () => {
    await go(lens, 'dW2');
    const hidden = async () => {
      await lens.locator('[data-guess=hide]').click();
      // Where the button was, there may be a cell now, which would be pointed at.
      await workbench.page.mouse.move(0, 0);
      const cell = lens.locator('.matrix .masked');
      await cell.waitFor();
      assert.equal(await cell.innerText(), '?');
      assert.equal((await cell.getAttribute('title')) || null, null);
      assert.equal(await cell.getAttribute('data-value'), null);
      return [Number(await cell.getAttribute('data-row')), Number(await cell.getAttribute('data-col'))];
    };
    const answer = async (text: string) => {
      await lens.locator('.guess input').fill(text);
      await workbench.page.keyboard.press('Enter');
    };
    const [row, col] = await hidden();
    const exact = trace.get('dW2')!.data[row * 4 + col];
    await answer('banana');
    await lens.locator('.guess [data-verdict=unreadable]').waitFor();
    await answer(String(exact * trace.m));
    await lens.locator('.guess [data-slip="no-mean"]').waitFor();
    await answer(String(-exact));
    await lens.locator('.guess [data-slip="y-minus-a"]').waitFor();
    await workbench.screenshot('equations-guess');
    await answer(exact.toPrecision(3));
    await lens.locator('.guess [data-verdict=right]').waitFor();
    assert.equal(await lens.locator('.matrix .masked').count(), 0);
    isNear(await value(lens, '.story output'), exact);
  });

  it('checks pasted numbers: right ones, and the slip that was really made', async () => {
    await go(lens, 'dW1');
    const { data, rows, cols } = trace.get('dW1')!;
    const numpy = (f: (x: number) => number) =>
      `array([${Array.from({ length: rows }, (_, i) => `[${Array.from({ length: cols }, (_, j) => f(data[i * cols + j]).toFixed(8)).join(', ')}]`).join(',\n       ')}])`;
    const check = async (text: string) => {
      await lens.locator('.checkNumbers textarea').fill(text);
      await lens.locator('[data-check=check]').click();
    };
    assert.equal(await lens.locator('.checkNumbers select').inputValue(), 'dW1');
    await check(numpy((x) => x));
    await lens.locator('.checkNumbers [data-verdict=right]').waitFor();
    await check(numpy((x) => x / trace.m));
    await lens.locator('.checkNumbers [data-slip="mean-twice"]').waitFor();
    await check('[[1, 2], [3, 4]]');
    await lens.locator('.checkNumbers [data-verdict=shape]').waitFor();
    await check('<script>alert(1)</script>');
    await lens.locator('.checkNumbers [data-verdict=unreadable]').waitFor();
  });

  it('checks what is selected in an editor, on whatever page the Lens is', async () => {
    await openPage(lens, 'Equations');
    await go(lens, 'dW1');
    const { data, rows, cols } = trace.get('dW1')!;
    const text = Array.from({ length: rows }, (_, i) => [...data.slice(i * cols, (i + 1) * cols)].join(' '));
    writeFileSync(path.join(workbench.folder, 'mine.txt'), text.join('\n'));
    await openPage(lens, 'Runs');
    await workbench.runCommand('View: Focus First Editor Group');
    await workbench.openFile('mine.txt');
    const selected = workbench.page.locator('.statusbar', {
      hasText: `(${text.join('\n').length} selected)`,
    });
    // The tab may be there before what it shows is.
    await until('the selection', async () => {
      await workbench.page.keyboard.press('Control+a');
      await selected.waitFor({ timeout: 1000 });
      return true;
    });
    await workbench.runCommand('Neuron Lens: Check Selected Numbers');
    await lens.locator('.checkNumbers [data-verdict=right]').waitFor();
    assert.equal(await lens.locator('.checkNumbers textarea').inputValue(), text.join('\n'));
    await workbench.screenshot('equations-selected');
    await workbench.runCommand('View: Focus First Editor Group');
    await workbench.openFile('flower.csv');
  });

  it('compares dW and db with finite differences, cell by cell', async () => {
    await lens.locator('[data-check=gradients]').click();
    const summary = lens.locator('.gradientCheck [data-done=true]');
    await summary.waitFor();
    assert.equal(await summary.getAttribute('data-differs'), '0');
    assert.equal(await summary.getAttribute('data-cells'), '17');
    assert.equal(
      await lens.locator('.gradientCheck .numberTable').evaluate((box) => box.scrollWidth > box.clientWidth),
      false,
      'no column is cut',
    );
    const analytic = await lens
      .locator('.gradientCheck [data-analytic]')
      .evaluateAll((all) => all.map((cell) => Number(cell.getAttribute('data-analytic'))));
    const dW1 = [...trace.get('dW1')!.data];
    dW1.forEach((exact, k) => isNear(analytic[k], exact, `dW1 ${k}`));
    await workbench.screenshot('equations-check');
  });

  it('copies itself as NumPy, as a cell of a notebook and as LaTeX', async () => {
    const copied = async (form: string, like: RegExp) => {
      await lens.locator(`[data-copy=${form}]`).click();
      await lens.locator('.copy [role=status]', { hasText: 'Copied' }).waitFor();
      // The word of the copy before stands until this one is made.
      return until(`a copy as ${form}`, async () => {
        const text = await workbench.page.evaluate(() => navigator.clipboard.readText());
        return like.test(text) ? text : undefined;
      });
    };
    const numpy = await copied('numpy', /^import numpy as np\n/);
    assert.ok(numpy.includes('file = "flower.csv"'));
    const ran = spawnSync('python3', ['-'], {
      input: `${numpy}\nprint("J", repr(float(cost)))`,
      encoding: 'utf8',
    });
    // Where there is no NumPy, the unit tests say so.
    if (ran.status === 0) {
      const J = Number(/^J (.*)$/m.exec(ran.stdout)?.[1]);
      assert.ok(Math.abs(J - trace.get('J')!.data[0]) < 1e-12, ran.stdout);
    }
    await copied('notebook', /def backward_propagation\(/);
    await copied('latex', /\\begin\{align\*\}/);
  });

  it('has nothing that axe objects to, in the light and in the dark, and its place is kept over a reload', async () => {
    await go(lens, 'dZ1');
    await lens.locator('[data-guess=hide]').click();
    assert.deepEqual(await axeFindings(lens), []);
    await workbench.runCommand('Preferences: Toggle between Light/Dark Themes');
    await lens.locator('body.vscode-dark').waitFor();
    await cellOf(lens, 'dZ1', 1, 1).hover();
    assert.deepEqual(await axeFindings(lens), []);
    await workbench.screenshot('equations-dark');
    await workbench.runCommand('Preferences: Toggle between Light/Dark Themes');
    await lens.locator('body.vscode-light').waitFor();
    assert.deepEqual(workbench.webviewErrors, []);
    await workbench.reload('"step":"dZ1"');
    lens = await workbench.lens({ where: 'panel' });
    await lens.locator('[data-step=dZ1][aria-current]').waitFor();
  });
});

describe('the Equations page in a side bar', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench({
      file: 'penguins.csv',
      settings: { 'neuronLens.view.epochsPerSecond': 0, 'neuronLens.training.epochs': 100 },
      viewport: { width: 1280, height: 1100 },
    });
  });
  after(() => workbench?.close());

  it('fits, with softmax and eleven features', async () => {
    await workbench.runCommand('Neuron Lens: Focus on Lens View');
    const lens = await workbench.lens({ where: 'view' });
    await lens.getByText('Nothing is being trained').waitFor();
    await workbench.clickCodeLens('Train Neural Network');
    await waitForState(lens, 'Done');
    await openPage(lens, 'Equations');
    await go(lens, 'J');
    await cellOf(lens, 'loss', 0, 1).hover();
    await lens.locator('.story .sum', { hasText: 'y is 1 in row' }).waitFor();
    assert.equal(
      await lens.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth),
      false,
    );
    await workbench.screenshot('equations-narrow');
    assert.deepEqual(await axeFindings(lens), []);
    assert.deepEqual(workbench.webviewErrors, []);
  });
});
