import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { openPage, waitForState } from './support';
import { closeShared, openWorkbench } from './workbench';

const FOLDER = path.resolve('media', 'pictures');
const THEMES = [
  { name: 'light', theme: 'Default Light Modern', body: 'vscode-light' },
  { name: 'dark', theme: 'Default Dark Modern', body: 'vscode-dark' },
] as const;
const EPOCHS = 4000;

/** Takes the pictures of the README: each page of the Lens on flower.csv, in the light and in the dark. */
export async function takePictures(): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const workbench = await openWorkbench({
    file: 'flower.csv',
    settings: {
      'neuronLens.view.epochsPerSecond': 0,
      'neuronLens.training.epochs': EPOCHS,
      'editor.minimap.enabled': false,
    },
    viewport: { width: 1400, height: 900 },
  });
  try {
    const { page } = workbench;
    // Playwright itself writes no WebP, which is a third of the size.
    const session = await page.context().newCDPSession(page);
    await workbench.runCommand('View: Toggle Primary Side Bar Visibility');
    await workbench.clickCodeLens('Train Neural Network');
    const lens = await workbench.lens({ where: 'panel' });
    const done = () => waitForState(lens, `Done, epoch ${EPOCHS.toLocaleString('en')}`);
    await done();
    const inThemes = async (name: string, clip?: Awaited<ReturnType<typeof box>>) => {
      for (const { name: light, theme, body } of THEMES) {
        workbench.editSettings({ 'workbench.colorTheme': theme });
        await lens.locator(`body.${body}`).waitFor();
        await drawn(lens);
        const { data } = await session.send('Page.captureScreenshot', {
          ...{ format: 'webp', quality: 40 },
          ...(clip && { clip: { ...clip, scale: 1 } }),
        });
        writeFileSync(path.join(FOLDER, `${name}-${light}.webp`), Buffer.from(data, 'base64'));
      }
    };
    await inThemes('overview');
    await page.getByRole('tab', { name: /^Lens: flower/ }).dblclick();
    await page.setViewportSize({ width: 1000, height: 880 });
    await drawn(lens);
    await openPage(lens, 'Neurons');
    await lens.locator('.hiddenSpace').waitFor();
    await inThemes('neurons', await box(lens));
    await openPage(lens, 'Equations');
    await inThemes('equations', await box(lens));
    await openPage(lens, 'Lab');
    await lens
      .getByRole('group', { name: 'Experiment' })
      .getByRole('button', { name: 'Hidden size' })
      .click();
    await lens.getByRole('button', { name: 'Train All' }).click();
    await lens.getByText(/^All \d+ trained/).waitFor();
    await inThemes('lab', await box(lens));
    await openPage(lens, 'Exercises');
    await inThemes('exercises', await box(lens));
    for (const units of [2, 8]) {
      workbench.editSettings({ 'neuronLens.model.hiddenLayers': [units] });
      await lens.getByRole('button', { name: 'Restart with these settings' }).click();
      await lens.getByText(`layers 2–${units}–1`).waitFor();
      await done();
    }
    await openPage(lens, 'Runs');
    for (const row of await lens.locator('tr[data-run] input[type=checkbox]:not(:disabled)').all())
      await row.check();
    await inThemes('runs', await box(lens));
  } finally {
    await workbench.close();
    await closeShared();
  }
}

/** Where the Lens lies on the screen. */
async function box(lens: Frame) {
  const element = await lens.frameElement();
  const found = await element.boundingBox();
  if (!found) throw new Error('The Lens is not on the screen.');
  return found;
}

/** What has changed is on the screen, its maps too. */
const drawn = (lens: Frame) =>
  lens.evaluate(async () => {
    for (let k = 0; k < 60; k++) await new Promise((resolve) => requestAnimationFrame(resolve));
  });
