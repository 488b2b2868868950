import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { nearlyAnswer } from '../unit/checkCases';
import { imbalancedTable, line, tableOf } from '../unit/checkTables';
import { axeFindings } from './axe';
import { waitForState } from './support';
import { openWorkbench, until, type Workbench } from './workbench';

const FILE = 'payments.csv';
const TOLD = 'told.csv';
const LEAK = 'leak.csv';
/** Light Modern is the one that the others are tried in. */
const THEMES = [
  ['Default Dark Modern', 'vscode-dark'],
  ['Default High Contrast', 'vscode-high-contrast'],
  ['Default High Contrast Light', 'vscode-high-contrast-light'],
  ['Default Light Modern', 'vscode-light'],
] as const;

describe('a table of 20,000 rows of which one in twenty is of a rare class', () => {
  let workbench: Workbench;
  let lens: Frame;
  const check = (code: string) => lens.locator(`.checks [data-finding="${code}"]`);
  const setFor = (file: string) => {
    const text = readFileSync(path.join(workbench.folder, '.vscode', 'settings.json'), 'utf8');
    const { 'neuronLens.datasets': datasets } = JSON.parse(text) as {
      'neuronLens.datasets': Record<string, Record<string, unknown>>;
    };
    return datasets[file] ?? {};
  };
  const muted = () => setFor(FILE)['data.mutedChecks'];

  before(async () => {
    workbench = await openWorkbench({
      findsSettings: true,
      viewport: { width: 1500, height: 1000 },
      settings: { 'neuronLens.view.epochsPerSecond': 0 },
    });
    writeFileSync(path.join(workbench.folder, FILE), imbalancedTable(20_000, 0.5));
    await workbench.openFile(FILE);
    await workbench.clickCodeLens('Train Neural Network');
    lens = await workbench.lens({ where: 'panel' });
  });
  after(() => workbench?.close());

  it('says, from the click on, that the accuracy hides the half of it that is missed', async () => {
    await waitForState(lens, 'Done');
    await lens
      .locator('.beside', { hasText: /^Test accuracy 0\.97\d+ \(.*\); guessing gives 0\.95/ })
      .waitFor();
    await check('rare-class-missed')
      .locator('.said', {
        hasText:
          /Accuracy 0\.97\d+, but guessing gives 0\.95\d+: half of the rare class “yes” is missed, 1?\d\d of 200 rows of the test part\./,
      })
      .waitFor();
    assert.equal(await check('rare-class-missed').getAttribute('data-severity'), 'warning');
    assert.equal(
      await lens.locator('.checks > li').first().getAttribute('data-finding'),
      'rare-class-missed',
    );
    await workbench.screenshot('rare-class');
  });

  it('shows three at most, reached by keys, and axe finds nothing', async () => {
    assert.ok((await lens.locator('.checks > li').count()) <= 3);
    const mute = check('rare-class-missed').getByRole('button', { name: /^Mute: Accuracy/ });
    await mute.focus();
    assert.ok(await mute.evaluate((button) => button.ownerDocument.activeElement === button));
    assert.deepEqual(await axeFindings(lens), []);
  });

  it('says it no more of this file once it is muted, and the training stays as it is', async () => {
    const state = await lens.locator('.state').innerText();
    await check('rare-class-missed')
      .getByRole('button', { name: /^Mute: Accuracy/ })
      .click();
    await check('rare-class-missed').waitFor({ state: 'detached' });
    assert.deepEqual(muted(), ['rare-class-missed']);
    assert.equal(await lens.locator('.state').innerText(), state);
    assert.equal(await lens.getByText('Edited since').count(), 0);
    workbench.editSettings({ 'neuronLens.datasets': {} });
    await check('rare-class-missed').waitFor();
  });

  it('is there after a reload, of the training that was kept', async () => {
    await workbench.reload('payments.csv');
    lens = await workbench.lens({ where: 'panel' });
    await check('rare-class-missed').waitFor();
    assert.match(await lens.locator('.state').innerText(), /^Done/);
  });

  it('lets each class count the same at a click, and then the rare one is found', async () => {
    await check('rare-class-missed').getByRole('button', { name: 'Let Each Class Count the Same' }).click();
    await until('each class counts the same', async () =>
      (await lens.getByRole('group', { name: 'How it is trained' }).innerText()).includes('balanced classes')
        ? true
        : undefined,
    );
  });

  it('trains without a column that alone gives the score at a click, which one undo takes back', async () => {
    writeFileSync(path.join(workbench.folder, TOLD), tableOf(1000, nearlyAnswer(0.005)));
    // One is ignored already.
    workbench.editSettings({ 'neuronLens.datasets': { [TOLD]: { 'data.ignoredColumns': ['c'] } } });
    await workbench.openFile(TOLD);
    await workbench.clickCodeLens('Train Neural Network');
    lens = await workbench.lens({ where: 'panel' });
    await waitForState(lens, 'Done');
    await check('golden-feature').getByRole('button', { name: 'Train without “a”' }).click();
    await until('both columns', async () =>
      Promise.resolve(String(setFor(TOLD)['data.ignoredColumns']) === 'c,a' ? true : undefined),
    );
    await check('golden-feature').waitFor({ state: 'detached' });
    await lens.locator('.state', { hasText: 'Done' }).waitFor();
    await lens.getByRole('button', { name: /^Undo: (?!bring back)/ }).click();
    await until('one column again', async () =>
      Promise.resolve(String(setFor(TOLD)['data.ignoredColumns']) === 'c' ? true : undefined),
    );
  });

  it('says of the table what misleads, with what can be done, in four themes', async () => {
    writeFileSync(
      path.join(workbench.folder, LEAK),
      tableOf(300, (chance) => {
        const row = line(1)(chance);
        return { ...row, verdict: row.y === 'yes' ? 'accepted' : 'refused', y: row.y };
      }),
    );
    await workbench.openFile(LEAK);
    await workbench.clickCodeLens('Train Neural Network');
    lens = await workbench.lens({ where: 'panel' });
    await waitForState(lens, 'Done');
    assert.equal(
      (await check('leakage').locator('.said').innerText()).trim(),
      '“verdict” alone gives away “y”. If it would not be known beforehand, ignore it.',
    );
    for (const [theme, body] of THEMES) {
      workbench.editSettings({ 'workbench.colorTheme': theme });
      await lens.locator(`body.${body}`).waitFor();
      assert.deepEqual(await axeFindings(lens), [], theme);
    }
    await check('leakage')
      .getByRole('button', { name: /^Mute:/ })
      .click();
    await check('leakage').waitFor({ state: 'detached' });
    assert.deepEqual(setFor(LEAK)['data.mutedChecks'], ['leakage']);
  });

  for (const [file, says] of [
    [
      'penguins.csv',
      /^Test accuracy 0\.\d+ \([\d.]+ to [\d.]+\).*; guessing gives 0\.5\d*, a straight line 0\.\d+/,
    ],
    [
      'cars.csv',
      /^Test accuracy 0\.\d+ \([\d.]+ to [\d.]+\); guessing gives 0\.6\d*, a straight line 0\.\d+/,
    ],
  ] as const)
    it(`leads a newcomer from the click to a number with its neighbours on ${file}, without a question`, async () => {
      // As it comes: nothing is set for the samples.
      workbench.editSettings({ 'neuronLens.datasets': undefined });
      await workbench.openFile(file);
      await workbench.clickCodeLens('Train Neural Network');
      lens = await workbench.lens({ where: 'panel' });
      await lens.locator('.file', { hasText: file }).first().waitFor();
      await waitForState(lens, 'Done');
      await lens.locator('.beside', { hasText: says }).waitFor();
      assert.equal(
        await workbench.page.locator('.quick-input-widget:visible, .monaco-dialog-box:visible').count(),
        0,
      );
      assert.deepEqual(await lens.locator('.checks > li[data-severity="warning"]').allInnerTexts(), []);
      await workbench.screenshot(`newcomer-${file}`);
    });
});
