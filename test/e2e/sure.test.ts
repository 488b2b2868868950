import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { axeFindings } from './axe';
import { resizeLens } from './layout';
import { waitForState } from './support';
import { openWorkbench, type Workbench } from './workbench';

/** Rows of which a number follows from the first feature, but for a large error. */
function weak(rows: number): string {
  let seed = 7;
  const next = () => (seed = (Math.imul(seed, 48271) >>> 0) % 2147483647) / 2147483647;
  const lines = Array.from({ length: rows }, () => {
    const x = [next(), next(), next()];
    return [...x, x[0] + 2 * next()].map((value) => value.toFixed(4)).join();
  });
  return ['a,b,c,y', ...lines].join('\n');
}

describe('how sure a score is', () => {
  let workbench: Workbench;
  let lens: Frame;
  const train = async (name: string) => {
    await workbench.openFile(name);
    await workbench.clickCodeLens('Train Neural Network');
    lens = await workbench.lens({ where: 'panel' });
    await lens.locator('h1', { hasText: name }).waitFor();
    await waitForState(lens, 'Done');
  };
  const score = (text: RegExp) => lens.locator('.beside', { hasText: text }).waitFor();

  before(async () => {
    workbench = await openWorkbench({
      findsSettings: true,
      viewport: { width: 1500, height: 1000 },
      settings: { 'neuronLens.view.epochsPerSecond': 0 },
    });
    writeFileSync(path.join(workbench.folder, 'weak.csv'), weak(300));
    writeFileSync(path.join(workbench.folder, 'few.csv'), weak(40));
  });
  after(() => workbench?.close());

  it('stands beside R² once the training is over, and after a reload', async () => {
    await train('weak.csv');
    const text = /^Test R² [−\d.]+ \([−\d.]+ to [\d.]+\); guessing gives/;
    await score(text);
    await workbench.reload('"handlesOpen"');
    lens = await workbench.lens({ where: 'panel' });
    await score(text);
  });

  it('stands beside why there is no hidden layer, where a network was no better than a line', async () => {
    const about = await lens.getByRole('group', { name: 'How it is trained' }).innerText();
    assert.match(about, /layers 3–1/);
    assert.match(about, /chosen for 300 rows × 3 features \(no hidden layer, as a network did no better/);
  });

  it('comes from folds where there are too few rows for a test part, and says so', async () => {
    await train('few.csv');
    await score(
      /^Too few rows for a test part\. R² [−\d.]+ ± [\d.]+ in 5-fold cross-validation; guessing gives [−\d.]+, a straight line [−\d.]+\.$/,
    );
  });

  it('has of two classes the area under the ROC curve, with its room kept at every width', async () => {
    await train('moons.csv');
    const text =
      /^Test accuracy [\d.]+ \([\d.]+ to [\d.]+\), ROC area [\d.]+ \([\d.]+ to [\d.]+\); guessing gives/;
    await score(text);
    assert.deepEqual(await axeFindings(lens), []);
    const said = lens.getByRole('group', { name: 'Beside guessing and a straight line' });
    await said.focus();
    assert.match(String(await said.getAttribute('title')), /The area under the ROC curve is the chance /);
    // As high with the area as without it: nothing below moves once it is found.
    const heights = () =>
      said.evaluate((element) => {
        const whole = element.textContent ?? '';
        const high = element.clientHeight;
        element.textContent = whole.replace(/, ROC area [^;]+/, '');
        const before = element.clientHeight;
        element.textContent = whole;
        return [before, high];
      });
    for (const width of [300, 420, 500, 700, 1000]) {
      await resizeLens(workbench, lens, width, 1000);
      const [before, after] = await heights();
      assert.equal(after, before, `${width} pixels wide`);
    }
    await resizeLens(workbench, lens, 700, 1000);
  });
});
