import * as assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Frame, Locator } from 'playwright-core';
import { predict, rowsOf } from '../../src/host/rowPredictions';
import { rowsAt } from '../../src/train/rowsAt';
import { sampleOf } from '../../src/train/sample';
import { axeFindings } from './axe';
import { openPage, reference, waitForState } from './support';
import { openWorkbench, until, type Workbench } from './workbench';

/** Few, so that some rows are predicted wrongly. */
const EPOCHS = 20;
/** As the settings of the samples have it. */
const SPECIES = { 'data.target': 'Species' } as const;

const SETTINGS = {
  'neuronLens.view.epochsPerSecond': 0,
  'neuronLens.training.epochs': EPOCHS,
  'editor.minimap.enabled': false,
};

describe('rows of a file that no editor can show', () => {
  let workbench: Workbench;
  let lens: Frame;
  before(async () => {
    workbench = await openWorkbench({
      file: 'penguins.csv',
      viewport: { width: 1500, height: 1000 },
      settings: SETTINGS,
      theme: 'Default Light Modern',
    });
    const { folder } = workbench;
    writeFileSync(
      path.join(folder, 'packed.csv.gz'),
      gzipSync(readFileSync(path.join(folder, 'penguins.csv'))),
    );
    await workbench.openFile('packed.csv.gz');
    await workbench.page.getByText(/^The file is not displayed/).waitFor();
    await workbench.runCommand('Neuron Lens: Train Neural Network');
    lens = await workbench.lens({ where: 'panel' });
    await waitForState(lens, 'Done');
  });
  after(() => workbench?.close());

  it('stand in the Lens: as they are written, and as the network gets them', async () => {
    const run = reference(workbench.folder, 'penguins.csv', EPOCHS);
    const { dataset } = run;
    const map = lens.locator('.output canvas.map');
    await map.focus();
    const values = lens.locator('.output .rowValues');
    const file = readFileSync(path.join(workbench.folder, 'penguins.csv'), 'utf8').split('\n');
    for (const key of ['ArrowRight', 'ArrowRight', 'End']) {
      await workbench.page.keyboard.press(key);
      const line = Number(await map.getAttribute('data-row'));
      await lens.locator(`.output .rowValues[data-line="${line}"]`).waitFor();
      const cells = await values
        .locator('tr[data-cell]')
        .evaluateAll((all) => all.map((each) => each.getAttribute('data-cell')));
      assert.deepEqual(cells, file[line - 1].trim().split(','));
      const j = dataset.lines.indexOf(line);
      const features = dataset.features.map((_, i) => dataset.X.data[i * dataset.X.cols + j]);
      const isScaled = dataset.features.map(({ mean, deviation }) => mean !== 0 || deviation !== 1);
      const shown = await values
        .locator('.value[data-value]')
        .evaluateAll((all) => all.map((each) => Number(each.getAttribute('data-value'))));
      assert.deepEqual(
        shown,
        features.filter((value, i) => isScaled[i] || value !== 0),
      );
    }
    assert.match(await values.innerText(), /An editor cannot show a packed file\./);
    await workbench.screenshot('row-values');
    assert.deepEqual(await axeFindings(lens), []);
    await values.getByRole('button', { name: /^Hide the values of line/ }).click();
    await values.locator('table').waitFor({ state: 'detached' });
  });

  it('stand there as well where the file has more than 50 MB', async () => {
    const { folder } = workbench;
    const table = readFileSync(path.join(folder, 'penguins.csv'), 'utf8');
    const line = `# ${'.'.repeat(997)}\n`;
    writeFileSync(
      path.join(folder, 'large.csv'),
      table + line.repeat(Math.ceil((50 * 1024 * 1024) / line.length)),
    );
    workbench.editSettings({ 'neuronLens.datasets': { 'large.csv': SPECIES } });
    await workbench.openFile('large.csv');
    await workbench.page.getByText(/^The file is not displayed/).waitFor();
    await workbench.runCommand('Neuron Lens: Train Neural Network');
    lens = await workbench.lens({ where: 'panel' });
    await lens.locator('h1', { hasText: 'large.csv' }).waitFor();
    await waitForState(lens, 'Done');
    const map = lens.locator('.output canvas.map');
    await map.focus();
    await workbench.page.keyboard.press('ArrowRight');
    const chosen = Number(await map.getAttribute('data-row'));
    const values = lens.locator(`.output .rowValues[data-line="${chosen}"]`);
    // Who has hidden the values of one file does not get those of the next unasked.
    const shows = lens.locator('.output .rowValues > button');
    if ((await shows.getAttribute('aria-expanded')) === 'false') await shows.click();
    await values.getByText('VS Code shows extensions no file above 50 MB.').waitFor();
    const cells = await values
      .locator('tr[data-cell]')
      .evaluateAll((all) => all.map((each) => each.getAttribute('data-cell')));
    assert.deepEqual(cells, table.split('\n')[chosen - 1].trim().split(','));
    assert.deepEqual(workbench.webviewErrors, []);
  });
});

describe('rows of penguins.csv', () => {
  let workbench: Workbench;
  let lens: Frame;
  before(async () => {
    workbench = await openWorkbench({
      file: 'penguins.csv',
      viewport: { width: 1500, height: 1000 },
      settings: SETTINGS,
      theme: 'Default Dark Modern',
    });
    await workbench.clickCodeLens('Train Neural Network');
    lens = await workbench.lens({ where: 'panel' });
    await waitForState(lens, 'Done');
  });
  after(() => workbench?.close());

  const map = () => lens.locator('.output canvas.map');
  /** The line of the row that the map rings. */
  const ringed = async () => Number(await map().getAttribute('data-row'));
  /** The line of the editor's cursor, whoever has the focus. */
  const cursor = async () =>
    Number(await workbench.page.locator('.line-numbers.active-line-number').first().innerText());
  /** What stands at the ends of the lines. */
  const marks = () =>
    workbench.page.locator('.view-lines .view-line span').evaluateAll((all) =>
      all.flatMap((each) => {
        const text = getComputedStyle(each, '::after').content.replace(/^"|"$/g, '');
        return /[●○]/.test(text) ? [text] : [];
      }),
    );
  const goTo = async (line: number) => {
    await workbench.page.keyboard.press('Control+g');
    await workbench.page.keyboard.type(String(line));
    await workbench.page.keyboard.press('Enter');
  };

  it('the map rings the row of the editor’s cursor, and says which it is', async () => {
    const { dataset, settings } = reference(workbench.folder, 'penguins.csv', 1, SPECIES);
    const { lines, test } = sampleOf(dataset, settings['training.seed']);
    await workbench.openFile('penguins.csv');
    for (const line of [17, 203]) {
      await goTo(line);
      await until(`row ${line}`, async () => ((await ringed()) === line ? true : undefined));
      const of = test[lines.indexOf(line)] ? ' (test)' : '';
      await lens
        .locator('.hover', { hasText: new RegExp(`^Line ${line}: .*[a-z]${of.replace(/[()]/g, '\\$&')}$`) })
        .first()
        .waitFor();
    }
    // The header.
    await goTo(1);
    await lens.locator('.hover', { hasText: 'Line 1 is no example.' }).first().waitFor();
    assert.equal(await ringed(), 203);
  });

  it('a key that chooses an example shows its line, and the focus stays; Enter goes there', async () => {
    await map().focus();
    await workbench.page.keyboard.press('ArrowRight');
    const line = await ringed();
    await until('the line in the editor', async () => {
      const now = await ringed();
      return (await cursor()) === now ? true : undefined;
    });
    assert.equal(await lens.evaluate(() => document.activeElement?.tagName), 'CANVAS');
    await workbench.page.keyboard.press('Enter');
    await workbench.page.locator('.monaco-editor.focused').waitFor();
    assert.ok(line > 1);
  });

  /** Clicks where a picture has an example at a height of it: the line that it names there, which the editor comes to. */
  const clickExample = async (picture: Locator, hover: Locator, share: number): Promise<number> => {
    await picture.scrollIntoViewIfNeeded();
    const size = await picture.boundingBox();
    assert.ok(size);
    for (let x = 80; x < size.width - 20; x += 6) {
      const position = { x, y: size.height * share };
      await picture.hover({ position });
      const line = Number(/Line (\d+):/.exec(await hover.innerText())?.[1] ?? NaN);
      if (Number.isNaN(line) || line === (await cursor())) continue;
      await picture.click({ position });
      await until(`line ${line}`, async () => ((await cursor()) === line ? true : undefined));
      assert.equal(await lens.evaluate(() => document.activeElement?.tagName), 'CANVAS');
      return line;
    }
    assert.fail(`no example at ${share} of the height`);
  };

  it('a click on a point shows its line', async () => {
    const line = await clickExample(map(), lens.locator('.output .hover'), 0.5);
    assert.equal(await ringed(), line);
  });

  it('so does one on a point of the hidden space, and on a column of the heatmap', async () => {
    await openPage(lens, 'Neurons');
    for (const [card, canvas] of [
      ['.hiddenSpace', 'canvas.space'],
      ['.activations', 'canvas.heat'],
    ])
      await clickExample(lens.locator(canvas).first(), lens.locator(`${card} .hover`), 0.5);
    await openPage(lens, 'Overview');
  });

  it('so does the way to the next example and back, in the list of a unit', async () => {
    await lens.locator('[data-neuron="1-0"]').click();
    const card = lens.locator('.card.neuron');
    const named = async () => Number(/Line (\d+):/.exec(await card.locator('.chooser').innerText())?.[1]);
    const first = await named();
    await card.getByRole('button', { name: 'Next example' }).click();
    const next = await named();
    assert.notEqual(next, first);
    await until(`line ${next}`, async () => ((await cursor()) === next ? true : undefined));
    await card.getByRole('button', { name: 'Previous example' }).click();
    await until(`line ${first}`, async () => ((await cursor()) === first ? true : undefined));
    await card.getByRole('button', { name: 'Close' }).click();
  });

  const toEditor = () => workbench.runCommand('View: Focus First Editor Group');
  const chosen = async () => Number(await map().getAttribute('data-chosen'));
  const says = async () => (await lens.locator('.output .hover').innerText()).trim();

  it('a drag over the map chooses the rows in it, which get a cursor each; Escape lets go of them', async () => {
    await toEditor();
    await goTo(17);
    await until('row 17', async () => ((await ringed()) === 17 ? true : undefined));
    await map().scrollIntoViewIfNeeded();
    const box = await map().boundingBox();
    assert.ok(box);
    const { mouse } = workbench.page;
    await mouse.move(box.x + 60, box.y + 20);
    await mouse.down();
    await mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await mouse.move(box.x + box.width / 2, box.y + box.height - 50);
    const while_ = await chosen();
    assert.ok(while_ > 3, `${while_} rows while it is drawn`);
    await workbench.screenshot('rows-drag');
    await mouse.up();
    const count = await chosen();
    assert.equal(count, while_);
    await mouse.move(box.x + 5, box.y + 5);
    const said = await until('the rows in words', async () => {
      const text = await says();
      return text.startsWith(`${count} rows are chosen`) ? text : undefined;
    });
    const status = workbench.page.locator('.statusbar-item', { hasText: /selections/ });
    await toEditor();
    await until('a cursor for each', async () =>
      (await status.innerText()).includes(`${count} selections`) ? true : undefined,
    );
    const counts = [...said.matchAll(/Species = (\w+): (\d+)/g)].map(([, , n]) => Number(n));
    assert.equal(
      counts.reduce((sum, n) => sum + n, 0),
      count,
    );
    await map().focus();
    await workbench.page.keyboard.press('Escape');
    await until('one row', async () => ((await chosen()) === 1 ? true : undefined));
    await toEditor();
    await until('one cursor', async () => ((await status.count()) === 0 ? true : undefined));
  });

  it('Shift with the arrow keys chooses the examples on the way', async () => {
    await map().focus();
    await workbench.page.keyboard.press('ArrowRight');
    await workbench.page.keyboard.press('ArrowRight');
    for (let k = 0; k < 3; k++) await workbench.page.keyboard.press('Shift+ArrowRight');
    await until('four rows', async () => ((await chosen()) === 4 ? true : undefined));
    await workbench.page.keyboard.press('ArrowRight');
    await until('one row', async () => ((await chosen()) === 1 ? true : undefined));
  });

  it('lines that are selected in the editor light their points, in the hidden space and the heatmap as well', async () => {
    await toEditor();
    await goTo(30);
    for (let k = 0; k < 20; k++) await workbench.page.keyboard.press('Shift+ArrowDown');
    await until('20 rows', async () => ((await chosen()) === 20 ? true : undefined));
    await openPage(lens, 'Neurons');
    await lens.locator('canvas.space[data-chosen="20"]').waitFor();
    await lens.locator('canvas.heat[data-chosen="20"]').waitFor();
    await workbench.screenshot('rows-chosen');
    const heat = lens.locator('canvas.heat').first();
    await heat.scrollIntoViewIfNeeded();
    const box = await heat.boundingBox();
    assert.ok(box);
    await workbench.page.mouse.move(box.x + box.width * 0.25, box.y + 40);
    await workbench.page.mouse.down();
    await workbench.page.mouse.move(box.x + box.width * 0.3, box.y + 44);
    await workbench.page.mouse.move(box.x + box.width * 0.35, box.y + 44);
    await workbench.page.mouse.up();
    const examples = Number(await heat.getAttribute('data-examples'));
    const range = Number(await heat.getAttribute('data-chosen'));
    assert.ok(Math.abs(range - examples * 0.1) <= 2, `${range} of ${examples}`);
    await workbench.screenshot('rows-heat');
    await openPage(lens, 'Overview');
  });

  it('predictions stand at the ends of the lines, as core has them', async () => {
    await workbench.openFile('penguins.csv');
    await goTo(2);
    await workbench.runCommand('Neuron Lens: Show or Hide Predictions in the Editor');
    const run = reference(workbench.folder, 'penguins.csv', EPOCHS, SPECIES);
    const rows = rowsOf(rowsAt(run.dataset, 2, 20));
    const said = predict(run.network, run.parameters(), run.dataset, rows);
    const texts = await until('the predictions', async () => {
      const found = await marks();
      return found.length > 10 ? found : undefined;
    });
    for (const { text } of said.slice(0, 10))
      assert.ok(texts.includes(text), `${text} in ${texts.join('; ')}`);
    const button = 'button[aria-label="Show or hide predictions in the editor"]';
    await lens.locator(`${button}[aria-pressed=true]`).waitFor();
    await workbench.screenshot('predictions');
    const wrong = predict(run.network, run.parameters(), run.dataset, rowsOf(rowsAt(run.dataset, 2, 400)));
    const [first] = wrong.filter(({ isWrong }) => isWrong);
    await goTo(first.line);
    await until('a wrong prediction', async () => ((await marks()).includes(first.text) ? true : undefined));
    await workbench.screenshot('predictions-wrong');
    assert.deepEqual(workbench.webviewErrors, []);
  });
});
