import * as assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { random } from '../../src/core/random';
import { waitForEpoch, waitForState } from './support';
import { openWorkbench, type Workbench } from './workbench';

/** The class is whether u · v is positive, of which neither tells anything alone; `hint` goes with it a little. */
function productTable(): string {
  const { normal } = random(3, 'weights');
  const rows = Array.from({ length: 400 }, () => {
    const [u, v] = [normal(), normal()];
    const kind = Number(u * v > 0);
    return [u, normal(), kind + 1.5 * normal(), v].map((value) => value.toFixed(3)).join() + `,${'ab'[kind]}`;
  });
  return ['u,noise,hint,v,kind', ...rows].join('\n');
}

describe('the axes that a Lens begins with', () => {
  let workbench: Workbench;
  let lens: Frame;
  before(async () => {
    workbench = await openWorkbench({
      settings: {
        'neuronLens.view.epochsPerSecond': 10,
        ...{ 'neuronLens.training.epochs': 3000, 'neuronLens.model.hiddenLayers': [8] },
      },
      theme: 'Default Light Modern',
      viewport: { width: 1500, height: 1000 },
    });
    writeFileSync(path.join(workbench.folder, 'product.csv'), productTable());
    await workbench.openFile('product.csv');
    await workbench.clickCodeLens('Train Neural Network');
    lens = await workbench.lens({ where: 'panel' });
    await waitForEpoch(lens, 0);
  });
  after(() => workbench?.close());

  const axes = () =>
    lens
      .locator('.output .head select')
      .evaluateAll((all) =>
        all.slice(-2).map((each) => (each as HTMLSelectElement).selectedOptions[0].innerText),
      );
  const caption = () => lens.locator('.output .caption').innerText();

  it('are those that tell most of the target while it trains, and stay when it is done', async () => {
    assert.ok((await axes()).includes('hint'), (await axes()).join());
    const before = await axes();
    const why = /Across and up: the two features that tell most of the target\.$/;
    assert.match(await caption(), why);
    await lens.getByRole('button', { name: 'Skip to End' }).click();
    await waitForState(lens, 'Done, epoch 3,000');
    assert.match(await caption(), why);
    assert.deepEqual(await axes(), before);
  });

  it('are those that matter most to the network once it is opened again', async () => {
    await workbench.reload('"by":"target"');
    lens = await workbench.lens({ where: 'panel' });
    await lens.locator('.output .caption', { hasText: 'matter most to the network.' }).waitFor();
    assert.deepEqual(await axes(), ['u', 'v']);
    await workbench.screenshot('first-look');
  });

  it('are not said to be that once others are chosen, which stay', async () => {
    await lens.locator('.output .head select').last().selectOption({ label: 'noise' });
    await lens.locator('.output .caption', { hasText: 'matter most' }).waitFor({ state: 'detached' });
    assert.deepEqual(await axes(), ['u', 'noise']);
    assert.deepEqual(workbench.webviewErrors, []);
  });
});
