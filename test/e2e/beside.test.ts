import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { openPage, waitForState } from './support';
import { openWorkbench, until, type Workbench } from './workbench';

/** Somebody goes from file to file, with the Lens beside. */
describe('the Lens beside one file after another', () => {
  let workbench: Workbench;
  let lens: Frame;
  const tab = (name: string) => workbench.page.locator(`.tab[data-resource-name="${name}"]`);
  const inExplorer = (name: string) =>
    workbench.page.locator('.explorer-folders-view').getByText(name, { exact: true });
  const scrolled = () => lens.evaluate(() => scrollY);
  const scrollTo = async (top: number) => {
    await lens.evaluate((to) => window.scrollTo(0, to), top);
    await until(`room down to ${top}`, async () =>
      (await lens.evaluate(() => document.getElementById('app')?.style.minHeight)) !== '0px'
        ? true
        : undefined,
    );
  };

  before(async () => {
    workbench = await openWorkbench({
      file: 'flower.csv',
      viewport: { width: 1500, height: 900 },
      settings: { 'neuronLens.training.epochs': 300 },
    });
    await workbench.clickCodeLens('Train Neural Network');
    lens = await workbench.lens({ where: 'panel' });
    await waitForState(lens, 'Done, epoch 300');
  });
  after(() => workbench?.close());

  it('says which epoch is shown where an earlier one is', async () => {
    await lens.getByRole('slider', { name: 'Epoch shown' }).press('Home');
    await waitForState(lens, 'Shown: epoch 0 of 300 (done)');
    await lens.getByRole('button', { name: 'Back to Live' }).click();
    await waitForState(lens, 'Done, epoch 300 of 300');
  });

  it('says that a rate that is edited after the end acts on Continue', async () => {
    await lens.locator('[data-field="training.learningRate"]').fill('0.7');
    await lens.locator('[data-field="training.learningRate"]').press('Enter');
    await lens.locator('.tail', { hasText: 'training.learningRate acts on Continue, or Restart' }).waitFor();
  });

  it('says why a number of units cannot be, and keeps it to be mended', async () => {
    const field = lens.locator('[data-units="1"]');
    await field.fill('5000');
    await field.press('Enter');
    await lens.locator('.fault', { hasText: '5000 is above 1024' }).waitFor();
    assert.equal(await field.inputValue(), '5000');
    await field.press('Escape');
    assert.equal(await field.inputValue(), '4');
  });

  it('begins at its top with a file that is not trained on, which opens beside it, and finds its place again', async () => {
    await scrollTo(500);
    // A click into the Lens makes its group the active one.
    await lens.locator('.status').click();
    await inExplorer('iris.csv').dblclick();
    await tab('iris.csv').waitFor();
    await lens.getByText('has not been trained on yet').waitFor();
    assert.equal(await scrolled(), 0);
    const button = lens.getByRole('button', { name: 'Train on the Open CSV' });
    const box = await button.boundingBox();
    const frame = await (await lens.frameElement()).boundingBox();
    assert.ok(box && frame && box.y >= frame.y && box.y + box.height < frame.y + frame.height);
    await workbench.screenshot('beside-untrained');
    await tab('flower.csv').click();
    await waitForState(lens, 'Done, epoch 300');
    await until('the place in the page', async () => ((await scrolled()) === 500 ? true : undefined));
    await openPage(lens, 'Neurons');
    assert.equal(await scrolled(), 0);
    await openPage(lens, 'Overview');
    assert.equal(await scrolled(), 500);
  });

  it('has its notes in a line on every page but the Overview, which stays open once it is', async () => {
    await inExplorer('penguins.csv').dblclick();
    await lens.getByRole('button', { name: 'Train on the Open CSV' }).click();
    await waitForState(lens, 'Done, epoch 300');
    const notes = lens.getByRole('list', { name: 'Notices' });
    await notes.waitFor();
    const line = lens.locator('[data-action=notes]');
    assert.equal(await line.count(), 0);
    const count = await notes.locator('li').count();
    await openPage(lens, 'Neurons');
    assert.equal(await notes.count(), 0);
    assert.equal((await line.innerText()).trim(), count === 1 ? '1 note' : `${count} notes`);
    await workbench.screenshot('beside-notes');
    await line.click();
    await notes.waitFor();
    await openPage(lens, 'Runs');
    assert.equal(await notes.count(), 1);
  });

  it('goes beside a file whose group it shares when that is trained on', async () => {
    await lens.locator('.status').click();
    await workbench.runCommand('View: Move Editor into Left Group');
    await tab('penguins.csv').click();
    await workbench.page.locator('.editor-instance .view-line').first().waitFor();
    await workbench.clickCodeLens('Train Again');
    lens = await workbench.lens({ where: 'panel' });
    await waitForState(lens, 'Done, epoch 300');
    assert.equal(await workbench.page.locator('.editor-instance .view-line').first().isVisible(), true);
  });
});
