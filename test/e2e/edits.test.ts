import * as assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { full, short, whole } from '../../src/core/format';
import { backward, cost, forward, propagation } from '../../src/core/equations';
import { flatten, unflatten } from '../../src/core/network';
import { parameterIndex, unitIndices } from '../../src/core/parameterIndex';
import { untilDone } from '../../src/core/trainer';
import { examples } from '../../src/data/examples';
import type { HandEdit } from '../../src/core/handEdits';
import type { TrainingRun } from '../../src/train/run';
import { axeFindings } from './axe';
import { edges, reference, trainFlower, value, waitForEpoch, waitForState } from './support';
import { until, type Workbench } from './workbench';

const slider = (lens: Frame) => lens.getByRole('slider', { name: 'Epoch shown' });
const panel = (lens: Frame) => lens.getByRole('group', { name: 'One weight or bias' });
const field = (lens: Frame) => panel(lens).locator('input.field');
const cost1 = (lens: Frame) => value(lens, '#train-numbers [data-value]:nth-child(3)');
const weightsOf = (run: TrainingRun) =>
  unflatten(run.network, run.parameters()).flatMap(({ W }) => [...W.data]);

/** Waits until the training rests, and says at which epoch. */
async function pause(lens: Frame): Promise<number> {
  await lens.locator('[data-action=pause]').click();
  await waitForState(lens, 'Paused');
  return waitForEpoch(lens, 0);
}

async function choose(lens: Frame, unit: string, input: string): Promise<void> {
  await panel(lens).getByRole('combobox', { name: 'Layer' }).selectOption('1');
  await panel(lens).getByRole('combobox', { name: 'Unit' }).selectOption({ label: unit });
  await panel(lens).getByRole('combobox', { name: 'Weight for' }).selectOption({ label: input });
}

/** Waits until all weights that are drawn are these, to the last bit. */
const weightsAre = (lens: Frame, expected: readonly number[], what: string) =>
  until(what, async () =>
    JSON.stringify(await edges(lens)) === JSON.stringify(expected) ? true : undefined,
  );

/** Goes on without the extension, with what was done by hand. */
function train(
  run: TrainingRun,
  epoch: number,
  ...edits: readonly Exclude<HandEdit, { kind: 'undo' }>[]
): void {
  while (run.epoch < epoch) run.step(untilDone);
  for (const edit of edits) {
    const before = run.parameters();
    run.editByHand(
      edit.kind === 'set'
        ? {
            weights: [{ index: edit.index, before: before[edit.index], after: edit.value }],
            frozen: [],
            thawed: [],
          }
        : { weights: [], frozen: edit.frozen ? edit.indices : [], thawed: edit.frozen ? [] : edit.indices },
    );
  }
}

describe('weights that are changed by hand', () => {
  let workbench: Workbench;
  let lens: Frame;
  before(async () => {
    ({ workbench, lens } = await trainFlower({
      'neuronLens.view.epochsPerSecond': 10,
      'neuronLens.training.epochs': 100_000,
    }));
    await lens.locator('.edges path').first().waitFor();
    await waitForEpoch(lens, 5);
  });
  after(() => workbench?.close());

  it('are typed, frozen, taken back, and replayed to the bit', async () => {
    const first = await pause(lens);
    const run = reference(workbench.folder, 'flower.csv', first);
    const { network } = run;
    await weightsAre(lens, weightsOf(run), 'the weights of the pause');

    // Typed: the cost, and the gradient, are those of the equations.
    await lens.locator('[data-action=weights]').click();
    await choose(lens, 'unit 2', 'x1');
    const index = parameterIndex(network, { layer: 1, unit: 1, input: 0 });
    await field(lens).fill('1.25');
    await field(lens).press('Enter');
    const set: HandEdit = { kind: 'set', index, value: 1.25 };
    train(run, first, set);
    await weightsAre(lens, weightsOf(run), 'the typed weight');
    await until('its cost', async () => ((await cost1(lens)) === run.measure().trainCost ? true : undefined));
    const { X, Y } = examples(run.dataset, run.dataset.train);
    const p = propagation(network, X);
    forward(p, unflatten(network, run.parameters()));
    backward(p, unflatten(network, run.parameters()), Y);
    assert.ok(Math.abs(cost(p, Y) - (await cost1(lens))) < 1e-6);
    const dW = flatten(p.gradients.slice(1))[index];
    const text = panel(lens).locator('[data-parameter="W[1](2,1)"]');
    await until('its gradient', async () => {
      const said = /dW = ([-−\d.e]+) over all ([\d,]+) training/.exec(await text.innerText());
      const shown = Number(said?.[1].replace('−', '-'));
      return Math.abs(shown - dW) <= Math.abs(dW) * 1e-3 && Number(said?.[2].replace(',', '')) === X.cols
        ? true
        : undefined;
    });
    assert.match(await text.innerText(), /changed by .+ by hand/);

    // Frozen: the unit is the same after more training, and all others are as a fresh training has them.
    await panel(lens).getByRole('button', { name: 'Freeze Unit' }).click();
    await lens.locator('.node[data-neuron="1-1"] [data-icon=lock]').waitFor();
    const unit = unitIndices(network, 1, 1);
    train(run, first, { kind: 'freeze', indices: unit, frozen: true });
    const held = unit.map((each) => run.parameters()[each]);
    assert.equal(await lens.locator('.edges path.frozen').count(), network.sizes[0]);
    await workbench.screenshot('edits');
    assert.deepEqual(await axeFindings(lens), []);
    await lens.locator('[data-action=resume]').click();
    await waitForEpoch(lens, first + 4);
    assert.ok(await field(lens).isDisabled(), 'nothing is typed while it runs');
    const second = await pause(lens);
    train(run, second);
    assert.deepEqual(
      unit.map((each) => run.parameters()[each]),
      held,
    );
    await weightsAre(lens, weightsOf(run), 'the weights with a frozen unit');

    // Taken back, last first: the unit learns again.
    const undo = panel(lens).locator('[data-action=undoByHand]');
    assert.match((await undo.getAttribute('aria-label')) ?? '', /unit 2 of layer 1 frozen/);
    await undo.click();
    await lens.locator('.node [data-icon=lock]').waitFor({ state: 'detached' });
    assert.match((await undo.getAttribute('aria-label')) ?? '', /^Undo W\[1\]\(2,1\) .* → 1.25$/);
    train(run, second, { kind: 'freeze', indices: unit, frozen: false });
    const prior = run.parameters()[index];
    await lens.locator('[data-action=step]').click();
    train(run, second + 1);
    await weightsAre(lens, weightsOf(run), 'the weights one epoch further');
    const change = short(run.parameters()[index] - prior);
    await until('what that update changed', async () =>
      (await text.innerText()).includes(`the update of epoch ${whole(second + 1)} changed it by ${change}`) ||
      (await text.innerText()).includes(`the update of epoch ${whole(second + 1)} changed it by +${change}`)
        ? true
        : undefined,
    );

    // A unit's bias and weights by the keys.
    await lens.locator('.node[data-neuron="1-1"]').focus();
    const said = (start: string) => lens.locator('.network p.hover', { hasText: start }).waitFor();
    await said('b[1](2), bias of unit 2');
    await workbench.page.keyboard.press('ArrowDown');
    await said('W[1](2,1), x1 to unit 2');
    await workbench.page.keyboard.press('ArrowDown');
    await said(`W[1](2,2), x2 to unit 2 = ${full(run.parameters()[index + 1])}`);
    await workbench.page.keyboard.press('Enter');
    await panel(lens).locator('[data-parameter="W[1](2,2)"]').waitFor();
    assert.equal(await lens.locator('.node.selected').count(), 0);
    await choose(lens, 'unit 2', 'x1');
    // One of them alone may stay where its gradient passes through zero.
    assert.notDeepEqual(
      unit.map((each) => run.parameters()[each]),
      held,
    );
    const last = weightsOf(run);

    // Back and forth.
    const at = async (epoch: number) => {
      await until(`epoch ${epoch}`, async () => {
        const shown = Number(await slider(lens).getAttribute('aria-valuenow'));
        if (shown === epoch) return true;
        await slider(lens).press(shown > epoch ? 'ArrowLeft' : 'ArrowRight');
        return undefined;
      });
    };
    await at(second);
    await at(second - 1);
    const fresh = reference(workbench.folder, 'flower.csv', first);
    train(fresh, first, set, { kind: 'freeze', indices: unit, frozen: true });
    train(fresh, second - 1);
    await weightsAre(lens, weightsOf(fresh), 'the epoch before the second pause');
    await lens.locator('.node[data-neuron="1-1"] [data-icon=lock]').waitFor();
    await at(first);
    const again = reference(workbench.folder, 'flower.csv', first);
    train(again, first, set);
    await weightsAre(lens, weightsOf(again), 'the weights at the edit');
    await slider(lens).press('Home');
    await weightsAre(lens, weightsOf(reference(workbench.folder, 'flower.csv', 0)), 'the first weights');
    await slider(lens).press('End');
    await weightsAre(lens, last, 'the present');
    const marks = (await lens.locator('.cost canvas').getAttribute('data-marks')) ?? '';
    assert.match(marks, new RegExp(`${first}: W\\[1\\]\\(2,1\\) .* → 1.25`));
  });

  it('are dragged by the keys, each drag one edit, and an edge is chosen by a click', async () => {
    const hover = lens.locator('.network .hover').first();
    let share = 0.2;
    const position = await until('a place where no other edge is nearer', async () => {
      share = share > 0.8 ? 0.2 : share + 0.05;
      const found = await lens
        .locator('.edges path')
        .nth(1)
        .evaluate((path, along) => {
          const curve = path as SVGPathElement;
          const at = curve.getPointAtLength(curve.getTotalLength() * along);
          const { x, y } = at.matrixTransform(curve.getScreenCTM() ?? undefined);
          const box = curve.closest('.diagram')?.getBoundingClientRect();
          return { x: x - (box?.left ?? 0), y: y - (box?.top ?? 0) };
        }, share);
      await lens.locator('.diagram').hover({ position: found });
      return (await hover.innerText()).startsWith('W[1](1,2), x2 to unit 1 = ') ? found : undefined;
    });
    await hover
      .filter({
        hasText: /dW = .* over all 320 training examples; the update of epoch [\d,]+ changed it by /,
      })
      .waitFor();
    await lens.locator('.diagram').click({ position });
    await panel(lens).locator('[data-parameter="W[1](1,2)"]').waitFor();
    const drag = panel(lens).getByRole('slider', { name: 'W[1](1,2), slider' });
    const before = (await edges(lens))[1];
    await drag.focus();
    for (let k = 0; k < 5; k++) await drag.press('ArrowRight');
    await until('the dragged weight', async () => ((await edges(lens))[1] > before ? true : undefined));
    const undo = panel(lens).locator('[data-action=undoByHand]');
    await until('its undo', async () =>
      (await undo.getAttribute('aria-label'))?.startsWith('Undo W[1](1,2)') ? true : undefined,
    );
    await until('the weight before', async () => {
      if ((await edges(lens))[1] === before) return true;
      if ((await undo.getAttribute('aria-label'))?.startsWith('Undo W[1](1,2)')) await undo.click();
      return undefined;
    });
    await workbench.page.setViewportSize({ width: 620, height: 900 });
    await panel(lens).scrollIntoViewIfNeeded();
    await workbench.screenshot('edits-narrow');
  });
});
