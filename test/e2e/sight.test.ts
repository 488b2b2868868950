import * as assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { resizeLens } from './layout';
import { openPage, trainFlower, waitForState } from './support';
import { until, type Workbench } from './workbench';

/** Of a laptop: a Lens beside the file has some 530 pixels by 800. */
const VIEWPORT = { width: 1400, height: 900 };

describe('what is asked for in a Lens beside its file comes into sight', () => {
  let workbench: Workbench;
  let lens: Frame;
  before(async () => {
    ({ workbench, lens } = await trainFlower(
      { 'neuronLens.view.epochsPerSecond': 0, 'neuronLens.training.epochs': 300 },
      { viewport: VIEWPORT },
    ));
    await waitForState(lens, 'Done, epoch 300 of 300');
  });
  after(() => workbench?.close());

  const scrollTo = (top: number) => lens.evaluate((to) => window.scrollTo(0, to), top);
  /** Whether all of it can be seen, as far as it fits. */
  const isInSight = (selector: string) =>
    lens.locator(selector).evaluate((element) => {
      const { top, bottom } = element.getBoundingClientRect();
      return top >= -1 && bottom <= innerHeight + 1;
    });
  const comesIntoSight = (selector: string) =>
    until(`${selector} in sight`, async () => ((await isInSight(selector)) ? true : undefined));

  it('all handles, from the end of a page', async () => {
    await scrollTo(10_000);
    await lens.locator('[data-action=handles]').click();
    await lens.locator('.handles.open').waitFor();
    await comesIntoSight('.handles');
    await workbench.screenshot('sight-handles');
    await lens.locator('[data-action=handles]').click();
    await lens.locator('.handles.closed').waitFor();
  });

  it('the numbers of a weight, which stand below the network', async () => {
    await scrollTo(0);
    await lens.locator('[data-action=weights]').click();
    await lens.locator('.weightPanel').waitFor();
    await comesIntoSight('.weightPanel');
    await workbench.screenshot('sight-weight');
  });

  it('what is wrong with a number that is typed', async () => {
    const field = lens.locator('.weightPanel .field');
    await field.fill('abc');
    const fault = lens.locator('.weightPanel .fault');
    assert.equal(await fault.innerText(), 'This is no number.');
    assert.equal(await field.getAttribute('aria-describedby'), await fault.getAttribute('id'));
    await field.press('Escape');
    await fault.waitFor({ state: 'detached' });
  });

  it('the whole sentence on the score, at every width', async () => {
    const widest = await lens.evaluate(() => innerWidth);
    for (const width of [widest, 420, 300]) {
      await resizeLens(workbench, lens, width, VIEWPORT.height);
      const cut = await lens.locator('.beside').evaluate((sentence) => {
        const { scrollWidth, clientWidth, scrollHeight, clientHeight } = sentence;
        return scrollWidth > clientWidth || scrollHeight > clientHeight;
      });
      assert.equal(cut, false, `${width} pixels wide`);
    }
    assert.match(await lens.locator('.beside').innerText(), /a straight line [\d.]+\.$/);
    await resizeLens(workbench, lens, widest, VIEWPORT.height);
  });

  it('how the cost of the test part is drawn: dashed, in the legend as well', async () => {
    const strokes = await lens.locator('.cost canvas').evaluate((element) => {
      const canvas = element as HTMLCanvasElement;
      const { data, width } = (canvas.getContext('2d') as CanvasRenderingContext2D).getImageData(
        ...([0, 0, canvas.width, 24] as const),
      );
      // Only the test part has a colour; the others are grey.
      const isColoured = (x: number, y: number) => {
        const [r, g, b, alpha] = data.slice(4 * (y * width + x), 4 * (y * width + x) + 4);
        return alpha > 100 && Math.max(r, g, b) - Math.min(r, g, b) > 50;
      };
      const strokesOf = (y: number) =>
        Array.from({ length: width - 1 }, (_, x) => x).filter(
          (x) => !isColoured(x, y) && isColoured(x + 1, y),
        ).length;
      return Math.max(...Array.from({ length: 24 }, (_, y) => strokesOf(y)));
    });
    assert.ok(strokes > 1, `${strokes} strokes`);
  });

  it('what a box beside a run is for, where runs are a few lines each', async () => {
    await lens.getByRole('button', { name: 'Restart', exact: true }).click();
    await openPage(lens, 'Runs');
    const other = lens.locator('[data-run]').nth(1);
    await other.waitFor();
    const spoken = await other.locator('td').evaluateAll((cells) =>
      cells.map((cell) => {
        const { content } = getComputedStyle(cell, '::before');
        return `${content === 'none' ? '' : content.slice(1, -1)}${(cell as HTMLElement).innerText}`;
      }),
    );
    for (const each of ['differs in no setting', 'curve '])
      assert.ok(spoken.includes(each), `${each}: ${spoken.join(' | ')}`);
    await workbench.screenshot('sight-runs');
  });
});
