import { until, type Workbench } from './workbench';

/** What the dialog says of an Enter that it does not take. */
const REFUSED = /Please/;
/** An Enter that comes while the dialog is busy is dropped without a word: after so many looks it is typed anew. */
const MOST_LOOKS = 30;
/** How long a field that goes away is waited for, in milliseconds: then it is looked at anew what there is. */
const FIELD_MS = 5000;

const widgetOf = ({ page }: Workbench) => page.locator('.quick-input-widget');
const inputOf = (workbench: Workbench) => widgetOf(workbench).locator('input[type=text]');

/** Waits for a list or a dialog with this title, until it has the keys. */
export async function opened(workbench: Workbench, title: string): Promise<void> {
  await widgetOf(workbench).locator('.quick-input-title', { hasText: title }).waitFor();
  await until(`the keys in ${title}`, async () =>
    (await inputOf(workbench).evaluate((field) => field === document.activeElement)) ? true : undefined,
  );
}

/** Takes what the dialog with this title proposes where that is the file, else types its path over it. */
export async function answerDialog(
  workbench: Workbench,
  { title, file, proposed }: { readonly title: string; readonly file: string; readonly proposed?: string },
): Promise<void> {
  const widget = widgetOf(workbench);
  const input = inputOf(workbench);
  const holds = async (path: string) => ((await input.inputValue()) === path ? true : undefined);
  const titled = widget.locator('.quick-input-title', { hasText: title });
  const refusal = async () =>
    REFUSED.test((await widget.locator('.quick-input-message').allInnerTexts()).join());
  await opened(workbench, title);
  if (proposed !== undefined) await until(`${proposed} in the dialog`, () => holds(proposed));
  const isGone = async () => !(await titled.isVisible());
  let isTyped = proposed === file;
  // Where the dialog has not found yet what is typed, it refuses an Enter, and says so until something else is typed. What
  // is typed goes to its field alone: it may close in the midst of it, as a busy one takes an Enter late.
  await until(`the end of ${title}`, async () => {
    if (await isGone()) return true;
    if (!isTyped) {
      await input.fill(file, { timeout: FIELD_MS });
      await until(`the path of ${file}, and no refusal`, async () =>
        (await isGone()) || ((await holds(file)) && !(await refusal())) ? true : undefined,
      );
    }
    isTyped = false;
    await input.press('Enter', { timeout: FIELD_MS });
    let looks = 0;
    await until(`what comes of ${file}`, async () =>
      (await isGone()) || (await refusal()) || ++looks > MOST_LOOKS ? true : undefined,
    );
    return (await isGone()) ? true : undefined;
  });
}
