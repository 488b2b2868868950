import * as assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { PAGE_NAMES, type PageName } from '../../webview/keptChoices';
import { layoutFaults, resizeLens, zoomIn } from './layout';
import { toggleNumbers, waitForState } from './support';
import { wideTable } from './wideTable';
import { openWorkbench, until, type Workbench } from './workbench';

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

  const faultsAtAllWidths = async (name: string) => {
    await openPage('lab');
    await lens.getByRole('button', { name: 'Train All' }).click();
    await lens.getByText(/^All 6 trained/).waitFor();
    const found: string[] = [];
    for (const width of WIDTHS) {
      await resizeLens(workbench, lens, width, HEIGHT);
      found.push(...(await faultsOfPages(`${width} pixels wide`)));
      if (width === 500) await workbench.screenshot(`widths-${name}-500`);
    }
    const zoomOut = await zoomIn(workbench, 2);
    // The window has its new width before the Lens in it has.
    await until('a Lens of half the width', () => lens.evaluate(() => (innerWidth < 850 ? true : undefined)));
    found.push(...(await faultsOfPages('zoomed to twice its size')));
    await zoomOut();
    await resizeLens(workbench, lens, 1000, HEIGHT);
    return found;
  };

  for (const file of ['flower.csv', 'penguins.csv', 'letters.csv']) {
    it(`has room for ${file}`, async () => {
      await workbench.openFile(file);
      await workbench.clickCodeLens('Train Neural Network');
      lens = await workbench.lens({ where: 'panel' });
      await lens.locator('h1', { hasText: file }).waitFor();
      await waitForState(lens, 'Done');
      assert.deepEqual(await faultsAtAllWidths(file), []);
      assert.deepEqual(workbench.webviewErrors, []);
    });
  }

  it('has room for six layers of 64 units', async () => {
    const hiddenLayers = Array.from({ length: 6 }, () => 64);
    workbench.editSettings({
      'neuronLens.datasets': { 'iris.csv': { 'model.hiddenLayers': hiddenLayers } },
    });
    await workbench.openFile('iris.csv');
    await workbench.clickCodeLens('Train Neural Network');
    lens = await workbench.lens({ where: 'panel' });
    await lens.getByText(`layers 4–${hiddenLayers.join('–')}–3`).waitFor();
    await waitForState(lens, 'Done');
    assert.deepEqual(await faultsAtAllWidths('six-layers'), []);
    assert.deepEqual(workbench.webviewErrors, []);
    // What follows is of letters.csv.
    await workbench.openFile('letters.csv');
    await lens.locator('h1', { hasText: 'letters.csv' }).waitFor();
  });

  it('names all 26 classes of letters.csv, the last 14 once somebody asks', async () => {
    await openPage('overview');
    const entries = lens.locator('.output .legend li');
    const named = async () => (await entries.allInnerTexts()).map((text) => text.trim());
    const letters = Array.from({ length: 26 }, (_, k) => `letter = ${String.fromCharCode(65 + k)}`);
    assert.deepEqual(await named(), [...letters.slice(0, 12), 'and 14 more']);
    await lens.locator('.output .legend').getByRole('button', { name: 'and 14 more' }).click();
    assert.deepEqual(await named(), [...letters, 'fewer']);
    assert.deepEqual(await layoutFaults(lens), []);
    await lens.locator('.output .legend').getByRole('button', { name: 'fewer' }).click();
    assert.equal((await named()).length, 13);
  });

  it('has the titles of many layers, and the ways to their other units, one beside the other', async () => {
    const hiddenLayers = [12, 12, 12, 12];
    workbench.editSettings({ 'neuronLens.model.hiddenLayers': hiddenLayers });
    await lens.getByRole('button', { name: 'Restart with these settings' }).click();
    await lens.getByText(`layers 200–${hiddenLayers.join('–')}–26`).waitFor();
    await waitForState(lens, 'Done');
    for (const width of WIDTHS) {
      await resizeLens(workbench, lens, width, HEIGHT);
      const lines = await lens.locator('.layer').evaluateAll((layers) => {
        const boxOf = (nodes: readonly Node[]) => {
          const range = document.createRange();
          range.setStartBefore(nodes[0]);
          range.setEndAfter(nodes[nodes.length - 1]);
          const { left, right } = range.getBoundingClientRect();
          return { left, right, text: range.toString() };
        };
        const isWindow = (node: Node) => node instanceof HTMLElement && node.className === 'window';
        return [false, true].map((wanted) =>
          layers.flatMap(({ childNodes }) => {
            const nodes = [...childNodes].filter((node) => isWindow(node) === wanted);
            return nodes.length > 0 ? [boxOf(nodes)] : [];
          }),
        );
      });
      assert.equal(lines[0].length, 6);
      assert.equal(lines[1].length, 5);
      for (const line of lines)
        line.slice(1).forEach(({ left, text }, k) => {
          assert.ok(left > line[k].right, `${width} pixels wide: ${text} over ${line[k].text}`);
        });
      assert.deepEqual(await layoutFaults(lens), [], `${width} pixels wide`);
      if (width === 420) await workbench.screenshot('widths-titles-420');
    }
    const drawn = () => lens.locator('[data-neuron^="3-"]').evaluateAll((all) => all.length);
    assert.equal(await drawn(), 10);
    await lens.getByRole('button', { name: 'Units after of layer 3' }).click();
    await lens.locator('[data-neuron="3-11"]').waitFor();
    assert.equal(await drawn(), 2);
  });

  it('keeps tables of numbers, and what a unit computes, within their cards', async () => {
    await toggleNumbers(lens);
    await lens.locator('[data-neuron="4-0"]').evaluate((unit: HTMLElement) => unit.click());
    await lens.locator('.card.neuron table').first().waitFor();
    for (const width of WIDTHS) {
      await resizeLens(workbench, lens, width, HEIGHT);
      const beyond = await lens.locator('.card :is(.numberTable, .scroll, table, math)').evaluateAll((all) =>
        all.flatMap((each) => {
          // What can be scrolled in its card is within it.
          const around = each.matches('.numberTable, .scroll') ? each : each.closest('.numberTable, .scroll');
          const inner = (around ?? each).getBoundingClientRect();
          const outer = each.closest('.card')?.getBoundingClientRect();
          const isWithin = outer && inner.left >= outer.left && inner.right <= outer.right + 1;
          return isWithin ? [] : [`${each.tagName}.${each.className} in ${each.closest('.card')?.className}`];
        }),
      );
      assert.deepEqual(beyond, [], `${width} pixels wide`);
      if (width === 420) await workbench.screenshot('widths-numbers-420');
    }
    assert.deepEqual(workbench.webviewErrors, []);
  });
});
