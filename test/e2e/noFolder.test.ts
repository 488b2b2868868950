import * as assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { extensionHosts } from './processes';
import { waitForEpoch, waitForState } from './support';
import { openWorkbench, serverPid, until, type Workbench } from './workbench';

describe('windows without a folder', () => {
  const file = 'flower.csv';
  let folder: string;
  const windows: Workbench[] = [];
  /** One more window, once its extension says what there is of the file. */
  const open = async () => {
    const workbench = await openWorkbench({
      ...{ folder, file, withoutFolder: true, viewport: { width: 1500, height: 1000 } },
      // So slow that it goes on until it is looked at.
      settings: { 'neuronLens.view.epochsPerSecond': 20 },
    });
    windows.push(workbench);
    await workbench.page.locator('.codelens-decoration a').first().waitFor();
    return workbench;
  };
  const lensOf = async (workbench: Workbench) => {
    await workbench.runCommand('Neuron Lens: Show Lens');
    return workbench.lens({ where: 'panel' });
  };

  before(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'neuron-lens-file-'));
    cpSync(path.resolve('samples', file), path.join(folder, file));
  });
  after(async () => {
    for (const workbench of windows) await workbench.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('leave to each other what one of them trains', async () => {
    const first = await open();
    await first.clickCodeLens('Train Neural Network');
    const lens = await first.lens({ where: 'panel' });
    await waitForState(lens, 'Training');
    const second = await open();
    const other = await lensOf(second);
    await other.getByText('Nothing is being trained').waitFor();
    await second.page.locator('.codelens-decoration a').getByText('Train Neural Network').first().waitFor();
    await waitForEpoch(lens, await waitForEpoch(lens, 20));
    await waitForState(lens, 'Training');
  });

  it('bring back what was trained in one that is closed', async () => {
    const [first, second] = windows;
    const lens = await first.lens({ where: 'panel' });
    // One that runs is kept every two seconds, one that is paused at once.
    await lens.locator('[data-action=pause]').click();
    await waitForState(lens, 'Paused at epoch');
    const reached = await waitForEpoch(lens, 0);
    const present = extensionHosts(await serverPid());
    await second.close();
    await first.close();
    // A window lets go of its trainings when its extension host ends.
    await until('the end of the windows', async () => {
      const left = extensionHosts(await serverPid());
      return left.length <= present.length - 2 ? true : undefined;
    });
    const third = await open();
    await third.page.locator('.codelens-decoration', { hasText: /Paused at epoch [\d,]+ of/ }).waitFor();
    const restored = await lensOf(third);
    await waitForState(restored, 'Paused at epoch');
    assert.equal(await waitForEpoch(restored, 0), reached);
    await restored.locator('[data-action=resume]').click();
    await waitForState(restored, 'Training');
    await waitForEpoch(restored, await waitForEpoch(restored, reached));
  });
});
