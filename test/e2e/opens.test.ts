import * as assert from 'node:assert/strict';
import { openWorkbench, type Workbench } from './workbench';

describe('a workbench with the extension installed', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench({ file: 'flower.csv' });
  });
  after(() => workbench?.close());

  it('shows the CSV, and no dialog, welcome page or chat', async () => {
    const { page } = workbench;
    await workbench.screenshot('opens');
    assert.deepEqual(await page.locator('.tab .monaco-icon-name-container').allTextContents(), [
      'flower.csv',
    ]);
    assert.equal(await page.locator('.monaco-dialog-box').count(), 0);
    assert.equal(await page.locator('.part.auxiliarybar').isVisible(), false);
  });

  it('lists its command in the command palette', async () => {
    const titles = await workbench.listCommands('Neuron Lens: Train');
    assert.ok(titles.includes('Neuron Lens: Train Neural Network'), titles.join(', '));
  });
});
