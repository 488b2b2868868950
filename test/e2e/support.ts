import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { untilDone } from '../../src/core/trainer';
import type { SettingKey } from '../../src/settings/settings';
import { readValues } from '../../src/settings/values';
import { course } from '../unit/course';
import { runOn } from '../unit/training';
import { openWorkbench, until, type OpenOptions, type Workbench } from './workbench';

/** The exact numbers of an element's `data-value` cells. */
export const values = (lens: Frame, selector: string): Promise<number[]> =>
  lens
    .locator(`${selector} [data-value]`)
    .evaluateAll((cells) => cells.map((cell) => Number(cell.getAttribute('data-value'))));

export const value = async (lens: Frame, selector: string): Promise<number> =>
  Number(await lens.locator(selector).getAttribute('data-value'));

/** The weights of the edges, as drawn. */
export const edges = (lens: Frame): Promise<number[]> =>
  lens
    .locator('.edges path')
    .evaluateAll((all) => all.map((edge) => Number(edge.getAttribute('data-weight'))));

/** The points of the cost curve. */
export const pointCount = async (lens: Frame): Promise<number> =>
  Number(await lens.locator('.cost canvas').getAttribute('data-points'));

/** Opens a page of the Lens by its tab, or by the list that stands for the tabs where the Lens is narrow. */
export async function openPage(lens: Frame, title: string): Promise<void> {
  const tab = lens.getByRole('tab', { name: title });
  if (await tab.isVisible()) await tab.click();
  else await lens.getByRole('combobox', { name: 'Page' }).selectOption({ label: title });
  await lens.getByRole('tabpanel', { name: title }).locator('.card').first().waitFor();
}

/** Opens the numbers of every picture of the page, or closes them where they are open. */
export async function toggleNumbers(lens: Frame): Promise<void> {
  for (const menu of await lens.locator('.menu > button').all()) {
    await menu.click();
    await lens.getByRole('menuitemcheckbox', { name: 'Show Numbers' }).click();
  }
}

/** Trains on flower.csv in a workbench of its own, in a tab. */
export async function trainFlower(
  settings: OpenOptions['settings'] & object,
  options: Pick<OpenOptions, 'theme' | 'viewport'> = {},
): Promise<{ workbench: Workbench; lens: Frame }> {
  const workbench = await openWorkbench({
    ...{ file: 'flower.csv', theme: 'Default Dark Modern', viewport: { width: 1500, height: 1000 } },
    ...options,
    // What is found for it is the course's: nobody has set it.
    findsSettings: true,
    settings,
  });
  await workbench.clickCodeLens('Train Neural Network');
  return { workbench, lens: await workbench.lens({ where: 'panel' }) };
}

/** The page of a model's file, wherever it is among the webviews, once its title is this. */
export const modelPage = (workbench: Workbench, title: string): Promise<Frame> =>
  until(`the page ${title}`, async () => {
    for (const frame of workbench.page.frames())
      if (await frame.locator('main.modelFile h1').getByText(title, { exact: true }).isVisible())
        return frame;
    return undefined;
  });

export async function waitForState(lens: Frame, state: string): Promise<void> {
  await lens.locator('.state', { hasText: state }).waitFor();
}

/** Waits until the text of the Lens's state holds an epoch above `epoch`. */
export const waitForEpoch = (lens: Frame, epoch: number): Promise<number> =>
  until(`an epoch above ${epoch}`, async () => {
    const found = /epoch ([\d,]+)/.exec(await lens.locator('.state').innerText());
    const now = Number(found?.[1]?.replaceAll(',', '') ?? -1);
    return now > epoch ? now : undefined;
  });

/** The same training without the extension. */
export function reference(
  folder: string,
  name: string,
  epochs: number,
  raw: Partial<Record<SettingKey, unknown>> = {},
) {
  const { settings } = readValues({ ...course, ...raw, 'training.epochs': epochs });
  const run = runOn(readFileSync(path.join(folder, name), 'utf8'), settings);
  while (run.epoch < epochs) run.step(untilDone, () => undefined);
  return run;
}
