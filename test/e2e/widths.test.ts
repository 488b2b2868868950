import * as assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { PAGE_NAMES, type PageName } from '../../webview/choices';
import { layoutFaults, resizeLens, zoomIn } from './layout';
import { waitForState } from './support';
import { wideTable } from './wideTable';
import { openWorkbench, type Workbench } from './workbench';

/** From a side bar to a whole screen. */
const WIDTHS = [300, 420, 500, 700, 1000, 1600];
const HEIGHT = 1000;

describe('every page of the Lens, from the width of a side bar to that of a screen,', () => {
  let workbench: Workbench;
  let lens: Frame;
  before(async () => {
    workbench = await openWorkbench({
      settings: { 'neuronLens.view.epochsPerSecond': 0, 'neuronLens.training.epochs': 400 },
      viewport: { width: 1500, height: HEIGHT },
    });
    await workbench.runCommand('View: Toggle Primary Side Bar Visibility');
    writeFileSync(path.join(workbench.folder, 'letters.csv'), wideTable());
  });
  after(() => workbench?.close());

  const openPage = async (name: PageName) => {
    await lens.locator(`#page-${name}`).evaluate((tab: HTMLElement) => tab.click());
    await lens.locator(`[data-page=${name}] .card`).first().waitFor();
  };
  const faultsOfPages = async (where: string) => {
    const found: string[] = [];
    for (const name of PAGE_NAMES) {
      await openPage(name);
      found.push(...(await layoutFaults(lens)).map((fault) => `${name}, ${where}: ${fault}`));
    }
    return found;
  };

  for (const file of ['flower.csv', 'penguins.csv', 'letters.csv']) {
    it(`has room for ${file}`, async () => {
      await workbench.openFile(file);
      await workbench.clickCodeLens('Train Neural Network');
      lens = await workbench.lens({ where: 'panel' });
      await lens.locator('h1', { hasText: file }).waitFor();
      await waitForState(lens, 'Done');
      await openPage('lab');
      await lens.getByRole('button', { name: 'Train All' }).click();
      await lens.getByText(/^All 6 trained/).waitFor();
      const found: string[] = [];
      for (const width of WIDTHS) {
        await resizeLens(workbench, lens, width, HEIGHT);
        found.push(...(await faultsOfPages(`${width} pixels wide`)));
        if (width === 500) await workbench.screenshot(`widths-${file}-500`);
      }
      const zoomOut = await zoomIn(workbench, 2);
      const width = await lens.evaluate(() => innerWidth);
      assert.ok(width < 850, `${width} pixels wide at twice the size`);
      found.push(...(await faultsOfPages('zoomed to twice its size')));
      await zoomOut();
      await resizeLens(workbench, lens, 1000, HEIGHT);
      assert.deepEqual(found, []);
      assert.deepEqual(workbench.webviewErrors, []);
    });
  }
});
