import * as assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';

const WORDS = 'Repair this file';
/** A link that would run a command, an icon, and what turns the direction of a line. */
export const ORDER = `[${WORDS}](command:workbench.action.openGlobalKeybindings) $(rocket) \u202eesrever`;

/** All tables of such names: of columns, of classes and of what is in cells. */
export function tableOfOrders(): string {
  const rows = Array.from({ length: 60 }, (_, i) => {
    const size = i === 30 ? `word ${ORDER}` : `${(i * 37) % 41}.5`;
    return `${size},kind ${i % 3} ${ORDER},${(i * 17) % 29},class ${i % 2} ${ORDER}`;
  });
  return `${['size', 'kind', 'age', 'label'].map((name) => `${name} ${ORDER}`).join()}\n${rows.join('\n')}\n`;
}

/** Nothing on the page is a link or an icon that one of the texts asks for, and none turns the direction of its line. */
export async function areMereTexts(page: Page): Promise<void> {
  const found = await page.evaluate((words) => {
    const links = [...document.querySelectorAll('a, [data-href], .detected-link')].filter((each) => {
      const address = each.getAttribute('href') ?? each.getAttribute('data-href') ?? '';
      return each.textContent === words || address.startsWith('command:workbench.action.openGlobal');
    });
    const icons = [...document.querySelectorAll('.codicon-rocket')];
    return [...links, ...icons].map(({ outerHTML }) => outerHTML.slice(0, 500));
  }, WORDS);
  assert.deepEqual(found, []);
}

/** Clicks on the words that would be the link, wherever they stand in an element; their colour is that of what is around. */
export async function clickWords(page: Page, place: Locator): Promise<void> {
  await place.getByText(WORDS).first().waitFor();
  await areMereTexts(page);
  const position = await place.first().evaluate((element, words) => {
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      // A blank may be drawn as one that breaks no line.
      const at = (text.textContent ?? '').replaceAll('\u00a0', ' ').indexOf(words);
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(text, at);
      range.setEnd(text, at + words.length);
      const [box, { x, y, width, height }] = [element.getBoundingClientRect(), range.getBoundingClientRect()];
      return { x: x - box.x + width / 2, y: y - box.y + height / 2 };
    }
    return null;
  }, WORDS);
  assert.ok(position, 'the words are in one piece');
  // In the element, not in the window: what is above it may still move it.
  await place.first().click({ position });
}

/** What the link would open, in a tab or over the tabs; nothing else does. */
const opened = (page: Page): Locator => page.locator('.keybindings-editor');

/** Nothing that a text asks for has been done: what a person asks for next is done, and there it is. */
export async function nothingHasRun(page: Page, run: (title: string) => Promise<void>): Promise<void> {
  assert.equal(await opened(page).count(), 0);
  await run('Preferences: Open Keyboard Shortcuts');
  await opened(page).first().waitFor({ state: 'attached' });
}
