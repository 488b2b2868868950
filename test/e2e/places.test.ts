import * as assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Frame } from 'playwright-core';
import { waitForState } from './support';
import { openWorkbench, type Workbench } from './workbench';

const ROWS = 3_000_000;

describe('the line of a problem', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench({ viewport: { width: 1500, height: 950 } });
  });
  after(() => workbench?.close());

  it('is shown in a file above 50 MB, which VS Code gives no extension', async () => {
    const { page, folder } = workbench;
    const rows = Buffer.alloc(ROWS * 20, '1.234567,1.765432,x\n');
    writeFileSync(
      path.join(folder, 'large.csv'),
      Buffer.concat([Buffer.from('a,b,label\n'), rows, Buffer.from('1\n')]),
    );
    await workbench.openFile('large.csv');
    await page
      .locator('.editor-actions')
      .getByRole('button', { name: 'Train Neural Network' })
      .first()
      .click();
    const lens = await workbench.lens({ where: 'panel' });
    await lens.getByRole('button', { name: /^Go to Line/ }).click();
    // VS Code asks before it shows a file as large as that over a remote connection.
    await page.getByRole('button', { name: 'Open Anyway' }).click();
    await page
      .locator('.part.statusbar')
      .getByText(`Ln ${ROWS + 2}, `)
      .waitFor();
  });

  it('is named where no editor can show it', async () => {
    const { page, folder } = workbench;
    writeFileSync(path.join(folder, 'packed.csv.gz'), gzipSync('a,b,label\n1,2,x\n1\n'));
    await workbench.openFile('packed.csv.gz');
    // Before that the button may still be the one of the file that was shown.
    await page.getByText(/^The file is not displayed/).waitFor();
    await page
      .locator('.editor-actions')
      .getByRole('button', { name: 'Train Neural Network' })
      .first()
      .click();
    const lens = await workbench.lens({ where: 'panel' });
    await lens.getByRole('button', { name: /^Go to Line/ }).click();
    await page
      .getByText(/packed with gzip, so an editor cannot show line 3 of it/)
      .first()
      .waitFor();
  });
});

describe('a file above 50 MB that has been trained on', () => {
  let workbench: Workbench;
  let lens: Frame;
  before(async () => {
    workbench = await openWorkbench({
      viewport: { width: 1500, height: 950 },
      settings: { 'neuronLens.view.epochsPerSecond': 0, 'neuronLens.training.epochs': 3 },
    });
    const { page, folder } = workbench;
    const rows = Buffer.alloc(ROWS * 20, '1.234567,1.765432,x\n0.765432,0.234567,y\n');
    writeFileSync(path.join(folder, 'long.csv'), Buffer.concat([Buffer.from('a,b,label\n'), rows]));
    writeFileSync(path.join(folder, 'notes.md'), '# Notes\n');
    await workbench.openFile('long.csv');
    await page
      .locator('.editor-actions')
      .getByRole('button', { name: 'Train Neural Network' })
      .first()
      .click();
    lens = await workbench.lens({ where: 'panel' });
    await waitForState(lens, 'Done');
  });
  after(() => workbench?.close());

  it('is shown with the row that is gone to', async () => {
    const { page } = workbench;
    const map = lens.locator('.output canvas.map');
    await map.focus();
    await page.keyboard.press('End');
    const line = Number(await map.getAttribute('data-row'));
    assert.ok(line > 2, String(line));
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Open Anyway' }).click();
    await page.locator('.part.statusbar').getByText(`Ln ${line}, `).waitFor();
  });

  it('is shown by its name in the Lens, from behind another tab', async () => {
    const { page } = workbench;
    await workbench.openFile('notes.md');
    // The Lens is still of the other file: this one is none that can be trained on.
    await lens.locator('button.file', { hasText: 'long.csv' }).click();
    await page.locator('.tab.active').getByText('long.csv', { exact: true }).waitFor();
  });
});
