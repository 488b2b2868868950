import * as assert from 'node:assert/strict';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Frame, Locator } from 'playwright-core';
import { unflatten } from '../../src/core/network';
import { elementsOf } from '../unit/xml';
import { sizeOf, textsOf } from '../unit/png';
import { axeFindings } from './axe';
import { openPage, reference, waitForState } from './support';
import { openWorkbench, until, type Workbench } from './workbench';

const EPOCHS = 300;
const DARK = 'Default Dark Modern';

/** The pictures of each page. */
const PICTURES = {
  Overview: ['network', 'cost', 'output'],
  Neurons: ['units', 'unit', 'contributions', 'hiddenSpace', 'activations', 'weights'],
};

/**
 * The images of each in SVG, where all else is lines and text: the maps of two features, four units and the output; the
 * map; the space; activations and classes; W and b of two layers.
 */
const IMAGES: Record<string, number> = {
  ...{ network: 7, cost: 0, output: 1 },
  ...{ units: 0, unit: 0, contributions: 0, hiddenSpace: 1, activations: 2, weights: 4 },
};

describe('a picture of the Lens', () => {
  let workbench: Workbench;
  let lens: Frame;
  before(async () => {
    workbench = await openWorkbench({
      file: 'flower.csv',
      theme: DARK,
      viewport: { width: 1500, height: 1000 },
      settings: {
        'neuronLens.view.epochsPerSecond': 0,
        'neuronLens.training.epochs': EPOCHS,
        'neuronLens.training.seed': 3,
      },
    });
    await workbench.clickCodeLens('Train Neural Network');
    lens = await workbench.lens({ where: 'panel' });
    await waitForState(lens, 'Done');
  });
  after(() => workbench?.close());

  const menuButton = (picture: string) => lens.locator(`.${picture} .menu > button`);
  const openMenu = async (picture: string) => {
    await menuButton(picture).click();
    await lens.getByRole('menu').waitFor();
  };

  /** Chooses a format, and waits for the dialog with the name that it proposes. */
  async function choose(picture: string, format: 'PNG' | 'SVG' | 'CSV', file: string): Promise<Locator> {
    await openMenu(picture);
    await lens.getByRole('menuitem', { name: `Save as ${format}` }).click();
    const input = workbench.page.locator('.quick-input-widget input[type=text]');
    await until('the name of the file', async () => ((await input.inputValue()) === file ? true : undefined));
    return input;
  }

  /** Saves a picture beside the table, under the name that the dialog has. */
  async function save(picture: string, format: 'PNG' | 'SVG' | 'CSV', table = 'flower'): Promise<Buffer> {
    const file = path.join(
      workbench.folder,
      `${table}-${picture.replace('S', '-s')}-epoch-${EPOCHS}.${format.toLowerCase()}`,
    );
    const input = await choose(picture, format, file);
    await input.press('Enter');
    await workbench.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    const bytes = await until(`${picture} as ${format}`, async () => readFileSync(file));
    // Beside the screenshots, to be looked at.
    if (format !== 'CSV' && table === 'flower')
      writeFileSync(`test-results/saved-${picture}.${format.toLowerCase()}`, bytes);
    return bytes;
  }

  it('has a menu by keys, which moves nothing and gives the focus back', async () => {
    const tops = () =>
      lens.locator('.card').evaluateAll((cards) => cards.map((card) => card.getBoundingClientRect().top));
    const focused = () => lens.evaluate(() => document.activeElement?.textContent);
    const press = (key: string) => workbench.page.keyboard.press(key);
    await menuButton('cost').focus();
    const before = await tops();
    await press('Enter');
    await lens.getByRole('menu', { name: 'Cost' }).waitFor();
    assert.deepEqual(await tops(), before);
    assert.equal(await focused(), 'Copy Image');
    await press('ArrowDown');
    assert.equal(await focused(), 'Save as PNG');
    await press('End');
    assert.equal(await focused(), 'Show Numbers');
    await press('ArrowDown');
    assert.equal(await focused(), 'Copy Image');
    await press('ArrowUp');
    await workbench.screenshot('menu-dark');
    assert.deepEqual(await axeFindings(lens), []);
    await press('Escape');
    await lens.getByRole('menu').waitFor({ state: 'detached' });
    const isButton = () =>
      lens.locator('.cost .menu > button').evaluate((button) => button === document.activeElement);
    assert.ok(await isButton());

    await press('Enter');
    await press('ArrowUp');
    await press('Space');
    await lens.locator('.cost .numberTable td').first().waitFor();
    assert.ok(await isButton());
    await openMenu('cost');
    assert.equal(await lens.getByRole('menuitemcheckbox').getAttribute('aria-checked'), 'true');
    await lens.getByRole('menuitemcheckbox').click();
    await lens.locator('.cost .numberTable').waitFor({ state: 'detached' });
    // A click elsewhere closes it as well.
    await openMenu('cost');
    await lens.locator('.cost .caption').click();
    await lens.getByRole('menu').waitFor({ state: 'detached' });
  });

  for (const [page, picture] of Object.entries(PICTURES).flatMap(([page, names]) =>
    names.map((name) => [page, name] as const),
  )) {
    it(`is saved as PNG, SVG and CSV: ${picture}`, async () => {
      await openPage(lens, page);
      const png = await save(picture, 'PNG');
      const said = JSON.parse(textsOf(png)['Neuron Lens']) as Record<string, unknown> & {
        settings: Record<string, unknown>;
      };
      const { epoch, seed, file, target } = said;
      assert.deepEqual(
        { epoch, seed, file, target },
        { epoch: EPOCHS, seed: 3, file: 'flower.csv', target: 'petal' },
      );
      assert.match(String(said['engine']), /\w/);
      assert.equal(said.settings['training.epochs'], EPOCHS);
      assert.ok(!png.includes(workbench.folder), 'no folder in it');
      const { width, height, colours, corner } = await pixels(png);
      assert.deepEqual(sizeOf(png), [width, height]);
      assert.deepEqual(corner, [31, 31, 31, 255], 'the background of the theme');
      assert.ok(colours > 20, `${colours} colours`);

      const svg = (await save(picture, 'SVG')).toString();
      const elements = elementsOf(svg);
      const [root, metadata] = elements;
      assert.deepEqual(
        [2 * Number(root.attributes['width']), 2 * Number(root.attributes['height'])],
        [width, height],
      );
      assert.deepEqual(JSON.parse(metadata.text), said);
      const texts = elements.filter(({ name }) => name === 'text').map(({ text }) => text.trim());
      assert.ok(texts.includes(`flower.csv predicts petal, epoch ${EPOCHS}`), texts.join('|'));
      const images = elements.filter(({ name }) => name === 'image').length;
      assert.equal(images, IMAGES[picture]);
      assert.ok(elements.filter(({ name }) => name === 'path').length > 3);

      const [header, ...rows] = parse(await save(picture, 'CSV'));
      assert.ok(header.length >= 3);
      assert.ok(rows.length > 3 && rows.every((row) => row.length === header.length));
      assert.ok(rows.every((row) => Number.isFinite(Number(row.at(-1)))));
      assert.deepEqual(workbench.webviewErrors, []);
    });
  }

  it('has the curve in its SVG, of as many points as it has', async () => {
    const svg = readFileSync(path.join(workbench.folder, `flower-cost-epoch-${EPOCHS}.svg`), 'utf8');
    const points = readPoints().length;
    const curves = elementsOf(svg)
      .filter(({ name }) => name === 'path')
      .map(({ attributes }) => (attributes['d'].match(/[ML]/g) ?? []).length);
    // Chart.js may begin a line twice.
    assert.equal(
      curves.filter((count) => count >= points && count <= points + 1).length,
      2,
      `${curves.join(' ')}, not ${points}`,
    );
  });

  /** The rows of the cost's CSV, as it was saved above. */
  const readPoints = () =>
    parse(readFileSync(path.join(workbench.folder, `flower-cost-epoch-${EPOCHS}.csv`))).slice(1);

  it('has in its CSV the weights to the last bit', async () => {
    const run = reference(workbench.folder, 'flower.csv', EPOCHS, { 'training.seed': 3 });
    const expected = unflatten(run.network, run.parameters()).flatMap(({ W, b }) =>
      Array.from(b.keys()).flatMap((i) => [...W.data.subarray(i * W.cols, (i + 1) * W.cols), b[i]]),
    );
    // As it was saved above.
    const [, ...rows] = parse(
      readFileSync(path.join(workbench.folder, `flower-weights-epoch-${EPOCHS}.csv`)),
    );
    assert.deepEqual(
      rows.map((row) => Number(row[3])),
      expected,
    );
  });

  it('is copied as an image, or says why it cannot be', async () => {
    await openPage(lens, 'Overview');
    await openMenu('output');
    await lens.getByRole('menuitem', { name: 'Copy Image' }).click();
    const copied = await until('an image in the clipboard', () =>
      workbench.page.evaluate(async () => {
        const [item] = await navigator.clipboard.read();
        const bitmap = await createImageBitmap(await item.getType('image/png'));
        return bitmap.width;
      }),
    );
    assert.equal(copied, 2 * (600 + 2 * 16));

    await lens.evaluate(() => {
      navigator.clipboard.write = () => Promise.reject(new Error('Write permission denied.'));
    });
    await openMenu('output');
    await lens.getByRole('menuitem', { name: 'Copy Image' }).click();
    const why = 'The image could not be copied: Write permission denied. “Save as PNG” makes a file of it.';
    await lens.locator('.bar.warning', { hasText: why }).waitFor();
    await lens.getByRole('button', { name: 'Close this message' }).click();
  });

  it('says so where it cannot be written, and leaves nothing where the dialog is left', async () => {
    const before = readdirSync(workbench.folder);
    const proposed = path.join(workbench.folder, `flower-output-epoch-${EPOCHS}.png`);
    const input = await choose('output', 'PNG', proposed);
    await input.fill('/proc/picture.png');
    const refusal = lens.locator('.bar.warning', { hasText: /picture\.png was not saved: / });
    // While the dialog looks into the folder that was typed, it takes no Enter.
    await until('why it was not saved', async () => {
      if ((await refusal.count()) > 0) return true;
      await input.press('Enter', { timeout: 500 });
      return undefined;
    });
    await lens.getByRole('button', { name: 'Close this message' }).click();
    await (await choose('output', 'PNG', proposed)).press('Escape');
    await workbench.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    assert.equal(await lens.locator('.bar.warning').count(), 0);
    assert.deepEqual(readdirSync(workbench.folder), before);
  });

  it('has its menu in reach in the light and where the Lens is narrow', async () => {
    await workbench.runCommand('Preferences: Toggle between Light/Dark Themes');
    await lens.locator('body.vscode-light').waitFor();
    await openMenu('network');
    await workbench.screenshot('menu-light');
    await workbench.page.keyboard.press('Escape');
    await workbench.page.setViewportSize({ width: 900, height: 800 });
    await openMenu('cost');
    const width = await lens.evaluate(() => document.documentElement.clientWidth);
    const box = await lens.getByRole('menu').evaluate((menu) => {
      const { left, right, top, bottom } = menu.getBoundingClientRect();
      return { left, right, top, below: bottom - window.innerHeight };
    });
    assert.ok(box.left >= 0 && box.right <= width && box.top >= 0 && box.below <= 0, JSON.stringify(box));
    await workbench.screenshot('menu-narrow');
    await workbench.page.keyboard.press('Escape');
    await workbench.page.setViewportSize({ width: 1500, height: 1000 });
  });

  it('does nothing by what its columns are called', async () => {
    const name = '<script>document.title = 1</script>';
    const rows = Array.from(
      { length: 60 },
      (_, k) => `${k % 7},${(k * k) % 11},${k % 2 ? '"&<b>""x"' : ']]>'}`,
    );
    writeFileSync(
      path.join(workbench.folder, 'hostile.csv'),
      `${name},"=1+1, ""x""",y\n${rows.join('\n')}\n`,
    );
    await workbench.openFile('hostile.csv');
    await workbench.runCommand('Neuron Lens: Train Neural Network');
    // The file may have come before the Lens, which is then another frame.
    lens = await until('the Lens on it', async () => {
      const frame = await workbench.lens({ where: 'panel' });
      return (await frame.locator('.title').innerText()).includes('hostile.csv') ? frame : undefined;
    });
    await waitForState(lens, 'Done');
    const svg = (await save('output', 'SVG', 'hostile')).toString();
    assert.ok(elementsOf(svg).some(({ name: tag, text }) => tag === 'text' && text.trim() === name));
    const [tags, shown] = await workbench.page.evaluate((text) => {
      const { documentElement } = new DOMParser().parseFromString(text, 'image/svg+xml');
      const all = [...documentElement.querySelectorAll('*')];
      return [[...new Set(all.map(({ tagName }) => tagName))].sort(), documentElement.textContent] as const;
    }, svg);
    assert.deepEqual(tags, ['clipPath', 'g', 'image', 'metadata', 'path', 'text', 'title']);
    assert.ok(shown?.includes(name));
    await openPage(lens, 'Neurons');
    const [, first] = parse(await save('weights', 'CSV', 'hostile'));
    assert.equal(first[2], name);
    assert.deepEqual(workbench.webviewErrors, []);
  });

  /** What a PNG shows. */
  const pixels = (png: Buffer) =>
    workbench.page.evaluate(async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const { width, height } = bitmap;
      const context = new OffscreenCanvas(width, height).getContext('2d');
      context?.drawImage(bitmap, 0, 0);
      const { data } = context?.getImageData(0, 0, width, height) ?? { data: new Uint8ClampedArray(4) };
      // A number for each pixel: there are millions of them.
      const colours = new Set(new Uint32Array(data.buffer));
      return { width, height, colours: colours.size, corner: [...data.slice(0, 4)] };
    }, png.toString('base64'));
});
