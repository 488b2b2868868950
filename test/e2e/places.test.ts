import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
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
