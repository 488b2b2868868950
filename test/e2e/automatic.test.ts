import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { untilDone } from '../../src/core/trainer';
import { defaults } from '../../src/settings/settings';
import { runOn } from '../unit/training';
import { waitForState } from './support';
import { openWorkbench, until, type Workbench } from './workbench';

describe('a table for which the settings are found', () => {
  let workbench: Workbench;
  let lens: Frame;
  const handle = (key: string) => lens.locator(`.handle[data-key="${key}"]`);

  before(async () => {
    workbench = await openWorkbench({
      file: 'penguins.csv',
      findsSettings: true,
      viewport: { width: 1500, height: 1000 },
      settings: { 'neuronLens.view.epochsPerSecond': 0 },
    });
    await workbench.clickCodeLens('Train Neural Network');
    lens = await workbench.lens({ where: 'panel' });
  });
  after(() => workbench?.close());

  it('is trained to the epoch at which a part of its training part was best, as without the editor', async () => {
    const text = readFileSync(path.join(workbench.folder, 'penguins.csv'), 'utf8');
    // As the samples' settings have it.
    const run = runOn(text, { ...defaults, 'data.target': 'Species' });
    for (let step = 'epoch'; step === 'epoch' && run.epoch < run.epochs;) step = run.step(untilDone);
    assert.ok(run.stoppedAt > run.epoch);
    await waitForState(lens, `Done, epoch ${run.epoch} of ${run.epochs.toLocaleString('en')}`);
    const { testScore } = run.measure();
    assert.ok(testScore !== null);
    await lens.locator('.beside', { hasText: `Test accuracy ${testScore.toFixed(3)}` }).waitFor();
  });

  it('says in its header what was chosen, and from what', async () => {
    const about = await lens.getByRole('group', { name: 'How it is trained' }).innerText();
    for (const part of ['adam', 'batches of 64', 'L2 0.0073', 'ends where a fifth of the training part'])
      assert.ok(about.includes(part), `${part} in ${about}`);
    assert.match(
      about,
      /hidden layers, optimizer, batch size, epochs, l2, early stopping patience chosen for 344 rows × 14 features/,
    );
  });

  it('has handles that say what they stand at, and that it was found', async () => {
    await lens.getByRole('button', { name: 'All handles' }).click();
    assert.equal(await lens.locator('[data-units="1"]').inputValue(), '32');
    assert.equal(
      await handle('training.optimizer')
        .locator('select')
        .evaluate((select) => (select as HTMLSelectElement).selectedOptions[0].textContent),
      'adam (auto)',
    );
    assert.equal(await lens.locator('[data-field="training.batchSize"]').inputValue(), '64 auto');
    assert.equal(await handle('training.batchSize').getAttribute('data-from'), 'default');
  });

  it('is not touched by an edit of one of them, but for that one', async () => {
    await lens.locator('[data-field="training.l2"]').fill('0');
    await lens.locator('[data-field="training.l2"]').press('Enter');
    await until('L2 in this file’s entry', async () =>
      (await handle('training.l2').getAttribute('data-from')) === 'file' ? true : undefined,
    );
    const state = () => lens.locator('.state').innerText();
    const before = await state();
    await lens.getByRole('button', { name: /^Continue/ }).click();
    const about = () => lens.getByRole('group', { name: 'How it is trained' }).innerText();
    await until('no L2', async () => ((await about()).includes('L2') ? undefined : true));
    assert.ok((await about()).includes('batches of 64'));
    // It is done before it goes on, too.
    await until('the end of what was added', async () => {
      const now = await state();
      return now !== before && now.startsWith('Done') ? true : undefined;
    });
  });

  it('is what it was after a reload', async () => {
    const state = await lens.locator('.state').innerText();
    await workbench.reload('"handlesOpen":true');
    lens = await workbench.lens({ where: 'panel' });
    await lens.locator('.state', { hasText: state }).waitFor();
    assert.equal(await lens.locator('[data-units="1"]').inputValue(), '32');
  });
});
