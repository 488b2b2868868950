import * as assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Frame } from 'playwright-core';
import { unflatten } from '../../src/core/network';
import { elementsOf } from '../unit/xml';
import { sizeOf, textsOf } from '../unit/png';
import { axeFindings } from './axe';
import { openPage, reference, waitForState } from './support';
import { openWorkbench, until, type Workbench } from './workbench';

const EPOCHS = 300;
const DARK = 'Default Dark Modern';

/** The pictures of each page. */
const PICTURES = { Overview: ['network', 'cost', 'output'], Neurons: ['activations', 'weights'] };

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

  /** Saves a picture beside the table, under the name that the dialog has. */
  async function save(picture: string, format: 'PNG' | 'SVG' | 'CSV'): Promise<Buffer> {
    await openMenu(picture);
    await lens.getByRole('menuitem', { name: `Save as ${format}` }).click();
    const input = workbench.page.locator('.quick-input-widget input[type=text]');
    const file = path.join(workbench.folder, `flower-${picture}-epoch-${EPOCHS}.${format.toLowerCase()}`);
    await until('the name of the file', async () => ((await input.inputValue()) === file ? true : undefined));
    await input.press('Enter');
    await workbench.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    const bytes = await until(`${picture} as ${format}`, async () => readFileSync(file));
    // Beside the screenshots, to be looked at.
    if (format !== 'CSV') writeFileSync(`test-results/saved-${picture}.${format.toLowerCase()}`, bytes);
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
      // Two features, four units and the output, each with its map; the map; activations and the classes; W and b twice.
      assert.equal(images, { network: 7, cost: 0, output: 1, activations: 2, weights: 4 }[picture]);
      assert.ok(elements.filter(({ name }) => name === 'path').length > 3);

      const [header, ...rows] = parse(await save(picture, 'CSV'));
      assert.ok(header.length >= 3);
      assert.ok(rows.length > 10 && rows.every((row) => row.length === header.length));
      assert.ok(rows.every((row) => Number.isFinite(Number(row.at(-1)))));
      assert.deepEqual(workbench.webviewErrors, []);
    });
  }

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

  /** What a PNG shows. */
  const pixels = (png: Buffer) =>
    workbench.page.evaluate(async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const { width, height } = bitmap;
      const context = new OffscreenCanvas(width, height).getContext('2d');
      context?.drawImage(bitmap, 0, 0);
      const data = context?.getImageData(0, 0, width, height).data ?? [];
      const colours = new Set(
        Array.from({ length: data.length / 4 }, (_, k) => [...data.slice(4 * k, 4 * k + 4)].join()),
      );
      return { width, height, colours: colours.size, corner: [...data.slice(0, 4)] };
    }, png.toString('base64'));
});
