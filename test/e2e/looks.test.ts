import * as assert from 'node:assert/strict';
import { waitForState } from './support';
import { openWorkbench, type Workbench } from './workbench';

const FAST = { 'neuronLens.view.epochsPerSecond': 0 };

/** WCAG's contrast of two computed colours. */
function contrast(one: string, two: string): number {
  const luminance = (colour: string) => {
    const [r, g, b] = (colour.match(/[\d.]+/g) ?? []).map((part) => {
      const c = Number(part) / 255;
      return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [high, low] = [luminance(one), luminance(two)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

describe('the Lens', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench({ settings: FAST, viewport: { width: 1600, height: 1300 } });
  });
  after(() => workbench?.close());

  const themes: [theme: string, bodyClass: string, file: string][] = [
    ['Default Light Modern', 'vscode-light', 'flower.csv'],
    ['Default Dark Modern', 'vscode-dark', 'spiral.csv'],
    ['Default High Contrast', 'vscode-high-contrast', 'sine.csv'],
    ['Default High Contrast Light', 'vscode-high-contrast-light', 'cars.csv'],
  ];
  for (const [theme, bodyClass, file] of themes) {
    it(`is readable in ${theme}`, async () => {
      workbench.editSettings({ 'workbench.colorTheme': theme });
      await workbench.openFile(file);
      await workbench.clickCodeLens('Train Neural Network');
      const lens = await workbench.lens();
      await lens.locator('h1', { hasText: file }).waitFor();
      await waitForState(lens, 'Done');
      await lens.locator(`body.${bodyClass}`).waitFor();
      const look = await lens.evaluate(() => ({
        text: getComputedStyle(document.body).color,
        background: getComputedStyle(document.body).backgroundColor,
        caption: getComputedStyle(document.querySelector('.caption') ?? document.body).color,
        wide: document.documentElement.scrollWidth > document.documentElement.clientWidth,
      }));
      assert.ok(contrast(look.text, look.background) >= 4.5, JSON.stringify(look));
      assert.ok(contrast(look.caption, look.background) >= 3, JSON.stringify(look));
      assert.equal(look.wide, false, 'nothing is cut off at the side');
      await workbench.screenshot(`theme-${bodyClass}`);
      assert.deepEqual(workbench.webviewErrors, []);
    });
  }

  it('fits the secondary side bar, where Train shows it when it is open', async () => {
    await workbench.runCommand('View: Close All Editors');
    await workbench.page.setViewportSize({ width: 1280, height: 1100 });
    await workbench.openFile('penguins.csv');
    await workbench.runCommand('Neuron Lens: Focus on Lens View');
    const lens = await workbench.lens({ where: 'view' });
    await lens.getByText('Nothing is being trained').waitFor();
    await workbench.clickCodeLens('Train Neural Network');
    await waitForState(lens, 'Done');
    const tabs = (await workbench.page.locator('.tab').allInnerTexts()).map((text) =>
      text.replace(/\s/g, ''),
    );
    assert.deepEqual(tabs, ['penguins.csv'], 'no tab is opened beside');
    const wide = await lens.evaluate(
      () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
    );
    assert.equal(wide, false);
    await workbench.screenshot('narrow');
  });
});
