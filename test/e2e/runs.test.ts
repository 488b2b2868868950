import * as assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { axeFindings } from './axe';
import { layoutFaults, resizeLens } from './layout';
import { openPage, reference, waitForState } from './support';
import { openWorkbench, until, type Workbench } from './workbench';

describe('the page of runs', () => {
  let workbench: Workbench;
  let lens: Frame;
  const rows = () => lens.locator('tr[data-run]');
  const cells = (row: number) => rows().nth(row).locator('th, td').allInnerTexts();

  before(async () => {
    workbench = await openWorkbench({
      file: 'flower.csv',
      settings: { 'neuronLens.view.epochsPerSecond': 0, 'neuronLens.training.epochs': 300 },
      viewport: { width: 1500, height: 1000 },
    });
    await workbench.clickCodeLens('Train Neural Network');
    lens = await workbench.lens({ where: 'panel' });
    await waitForState(lens, 'Done, epoch 300 of 300');
    workbench.editSettings({ 'neuronLens.model.hiddenLayers': [3] });
    await lens.getByRole('button', { name: 'Restart with these settings' }).click();
    await lens.getByText('layers 2–3–1').waitFor();
    await waitForState(lens, 'Done, epoch 300 of 300');
    await openPage(lens, 'Runs');
  });
  after(() => workbench?.close());

  it('lists them, the newest first, with exact scores and what differs', async () => {
    await rows().nth(1).waitFor();
    assert.equal(await rows().count(), 2);
    const [first, second] = [await cells(0), await cells(1)];
    assert.match(first[0], /shown$/);
    assert.equal(first[3], '300');
    assert.equal(second[3], '300');
    assert.equal(second.at(-1), 'hidden layers 4');
    const scores = await rows()
      .nth(1)
      .locator('[data-name=training][data-value], [data-name=test][data-value]')
      .evaluateAll((all) => all.map((cell) => Number(cell.getAttribute('data-value'))));
    const { trainScore, testScore } = reference(workbench.folder, 'flower.csv', 300).measure();
    assert.deepEqual(scores, [trainScore, testScore]);
  });

  it('says beside them what guessing and a straight line score, and where the test score lies', async () => {
    const other = rows().nth(1);
    await other.locator('[data-name=guess][data-value]').waitFor();
    await other.locator('[data-name=line][data-value]').waitFor();
    assert.match(await other.locator('[data-name="95 %"]').innerText(), /^0\.\d{4} – [01]\.\d{4}$/);
  });

  it('draws the curve of another one beside that of the shown run', async () => {
    await rows().nth(1).getByRole('checkbox').check();
    await lens.locator('.cost canvas[data-overlaid="1"]').waitFor();
    await workbench.screenshot('runs');
    await rows().nth(1).getByRole('checkbox').uncheck();
    await lens.locator('.cost canvas[data-overlaid="0"]').waitFor();
  });

  it('sets it beside the shown run: what each predicts, and what differs or all of the settings', async () => {
    await rows().nth(1).getByRole('checkbox').check();
    const beside = lens.locator('.runsBeside');
    await beside.locator('canvas.map[data-drawn=yes]').waitFor();
    assert.equal(await beside.locator('canvas.map').count(), 2);
    const settings = beside.locator('tr[data-setting]');
    const texts = () => settings.evaluateAll((all) => all.map((row) => (row as HTMLElement).innerText));
    assert.deepEqual(await texts(), ['hidden layers\t3\t4']);
    const only = beside.getByLabel('Only What Differs');
    await only.focus();
    await workbench.page.keyboard.press('Space');
    await settings.filter({ hasText: 'learning rate' }).first().waitFor();
    assert.ok((await texts()).includes('epochs\t300\t300'));
    await workbench.screenshot('runs-beside');
    assert.deepEqual(await axeFindings(lens), []);
    await only.check();
    await rows().nth(1).getByRole('checkbox').uncheck();
    await beside.waitFor({ state: 'detached' });
  });

  it('gives one a name, by the keys alone', async () => {
    const rename = rows()
      .nth(1)
      .getByRole('button', { name: /^Rename/ });
    await rename.focus();
    await workbench.page.keyboard.press('Enter');
    await workbench.page.keyboard.type('four units');
    await workbench.page.keyboard.press('Enter');
    await rows().nth(1).getByRole('button', { name: 'four units', exact: true }).waitFor();
  });

  it('keeps a star and a note, by the keys alone', async () => {
    const row = rows().nth(1);
    await row.getByRole('button', { name: /^Star/ }).focus();
    await workbench.page.keyboard.press('Enter');
    await row.locator('button[aria-pressed=true]').waitFor();
    await row.getByRole('button', { name: /^Note/ }).focus();
    await workbench.page.keyboard.press('Enter');
    await workbench.page.keyboard.type('the smallest that bends');
    await workbench.page.keyboard.press('Enter');
    await row.locator('.note', { hasText: 'the smallest that bends' }).waitFor();
  });

  it('leaves a name as it is on Escape', async () => {
    await rows()
      .nth(1)
      .getByRole('button', { name: /^Rename/ })
      .click();
    await workbench.page.keyboard.type('never');
    await workbench.page.keyboard.press('Escape');
    await rows().nth(1).getByRole('button', { name: 'four units', exact: true }).waitFor();
    // What comes back of the host has been asked for after anything that the field may have sent.
    await rows().nth(1).getByRole('checkbox').check();
    await lens.locator('.cost canvas[data-overlaid="1"]').waitFor();
    await rows().nth(1).getByRole('checkbox').uncheck();
    assert.match((await cells(1))[0], /^four units/);
  });

  it('deletes one, and brings it back', async () => {
    assert.equal(
      await rows()
        .nth(0)
        .getByRole('button', { name: /^Delete/ })
        .getAttribute('aria-disabled'),
      'true',
    );
    await rows()
      .nth(1)
      .getByRole('button', { name: /^Delete/ })
      .click();
    await until('one run', async () => ((await rows().count()) === 1 ? true : undefined));
    await lens.getByRole('button', { name: 'Undo Delete' }).click();
    await rows().nth(1).getByRole('button', { name: 'four units', exact: true }).waitFor();
  });

  it('shows another one, on the same page', async () => {
    await rows().nth(1).getByRole('button', { name: 'four units', exact: true }).click();
    await lens.getByText('layers 2–4–1').waitFor();
    await lens.getByRole('tabpanel', { name: 'Runs' }).waitFor();
    await until('the other one differs', async () =>
      (await cells(0)).at(-1) === 'hidden layers 3' ? true : undefined,
    );
  });

  it('draws six others at most', async () => {
    for (let count = (await rows().count()) + 1; count <= 8; count++) {
      await lens.locator('[data-action=restart]').click();
      // The header may still tell of the run before: one that is restarted before it has trained is not kept.
      await until(`${count} runs, the newest over`, async () =>
        (await rows().count()) === count && (await cells(0))[3] === '300' ? true : undefined,
      );
    }
    const boxes = rows().getByRole('checkbox');
    assert.equal(await boxes.count(), 7);
    for (let k = 0; k < 6; k++) await boxes.nth(k).check();
    await lens.locator('.cost canvas[data-overlaid="6"]').waitFor();
    assert.equal(await boxes.nth(6).isDisabled(), true);
    assert.equal(await boxes.nth(5).isDisabled(), false);
    await workbench.screenshot('runs-six');
    await boxes.nth(2).uncheck();
    await boxes.nth(6).check();
    assert.equal(await boxes.nth(2).isDisabled(), true);
    for (let k = 0; k < 7; k++) if (k !== 2) await boxes.nth(k).uncheck();
    await lens.locator('.cost canvas[data-overlaid="0"]').waitFor();
  });

  it('sorts by a score, and says of what the test part has chosen that it has', async () => {
    const order = lens.getByLabel('Sort by');
    await order.selectOption('last.testScore');
    await rows().first().locator('.best', { hasText: 'chosen by looking at it' }).waitFor();
    const scores = await rows()
      .locator('[data-name=test]')
      .evaluateAll((all) => all.map((cell) => Number(cell.getAttribute('data-value'))));
    assert.deepEqual(
      scores,
      [...scores].sort((a, b) => b - a),
    );
    const last = rows()
      .filter({ has: lens.locator('button[aria-pressed=false]') })
      .last();
    const id = await last.getAttribute('data-run');
    await last.getByRole('button', { name: /^Star/ }).click();
    await lens
      .locator(`tr[data-run="${id}"] [data-name=test]`, { hasText: 'chosen by looking at it' })
      .waitFor();
    await workbench.screenshot('runs-sorted');
    await order.selectOption('newest');
  });

  it('ranks no run of another split with the others, and says so', async () => {
    workbench.editSettings({ 'neuronLens.training.seed': 7 });
    const restart = lens.getByRole('button', { name: 'Restart with these settings' });
    await restart.click();
    await lens.locator('tr.apart', { hasText: 'another split' }).waitFor();
    await waitForState(lens, 'Done, epoch 300 of 300');
    await lens.getByLabel('Sort by').selectOption('last.trainCost');
    await workbench.screenshot('runs-groups');
    const other = rows().getByRole('checkbox').first();
    await other.check();
    // Its rows are split otherwise: its numbers are scaled otherwise, and no map of it could be compared.
    await lens.locator('.runsBeside td', { hasText: 'trained on other data' }).waitFor();
    await lens.locator('tr[data-setting=seed]', { hasText: '7' }).waitFor();
    await other.uncheck();
    await lens.getByLabel('Sort by').selectOption('newest');
    workbench.editSettings({ 'neuronLens.training.seed': 1 });
  });

  it('trains with the settings of another one', async () => {
    const count = await rows().count();
    const four = rows().filter({ hasText: 'hidden layers 4' }).first();
    await four.getByRole('button', { name: /^Apply Settings/ }).click();
    await lens.getByText('layers 2–4–1').waitFor();
    await waitForState(lens, 'Done, epoch 300 of 300');
    assert.ok((await rows().count()) >= count);
  });

  it('runs one again exactly, as a new one whose note has the hash of its weights', async () => {
    const shown = lens.locator('tr[data-run][aria-current=true]');
    const before = await shown.getAttribute('data-run');
    await shown.getByRole('button', { name: /^Run .* Again Exactly$/ }).focus();
    await workbench.page.keyboard.press('Enter');
    await shown.locator('.note', { hasText: /the same weights, SHA-256 [\da-f]{64}$/ }).waitFor();
    assert.notEqual(await shown.getAttribute('data-run'), before);
    await lens.locator(`tr[data-run="${before}"]`).waitFor();
  });

  it('has room for them in a narrow side bar and on a screen, in the dark too', async () => {
    const other = rows().filter({ hasText: 'hidden layers 3' }).first().getByRole('checkbox');
    await other.check();
    await lens.locator('.runsBeside canvas[data-drawn=yes]').waitFor();
    await resizeLens(workbench, lens, 300, 1000);
    assert.deepEqual(await layoutFaults(lens), []);
    assert.deepEqual(await axeFindings(lens), []);
    await workbench.screenshot('runs-300');
    await resizeLens(workbench, lens, 1000, 1000);
    assert.deepEqual(await layoutFaults(lens), []);
    workbench.editSettings({ 'workbench.colorTheme': 'Default Dark Modern' });
    await lens.locator('body.vscode-dark').waitFor();
    await workbench.screenshot('runs-dark');
    assert.deepEqual(await axeFindings(lens), []);
    workbench.editSettings({ 'workbench.colorTheme': 'Default Light Modern' });
    await lens.locator('body.vscode-light').waitFor();
    await other.uncheck();
  });

  it('keeps what is being typed while a training goes on in the list', async () => {
    workbench.editSettings({ 'neuronLens.training.epochs': 10_000_000 });
    await lens.locator('[data-action=continue]', { hasText: '+10,000,000' }).waitFor();
    await lens.locator('[data-action=restart]').click();
    await lens.locator('.state', { hasText: ' of 10,000,000' }).waitFor();
    const epochs = rows().first().locator('[data-name=epochs]');
    const listIsAnother = async () => {
      const before = await epochs.innerText();
      await until('a later epoch', async () => ((await epochs.innerText()) === before ? undefined : true));
    };
    const other = rows().nth(1);
    await other.getByRole('button', { name: /^Note/ }).click();
    for (const part of [', and what is typed ', 'in two parts']) {
      await workbench.page.keyboard.type(part);
      await listIsAnother();
    }
    await workbench.page.keyboard.press('Enter');
    await other
      .locator('.note', { hasText: /^Run again exactly: .*, and what is typed in two parts$/ })
      .waitFor();
    await lens.locator('[data-action=stop][aria-disabled=false]').click();
    await waitForState(lens, 'Stopped');
  });

  it('says of each how it stands: one that goes on, rests, or was stopped', async () => {
    workbench.editSettings({ 'neuronLens.training.epochs': 10_000_000 });
    // What was edited acts a little later: until then a restart is one of the old length.
    await lens.locator('[data-action=continue]', { hasText: '+10,000,000' }).waitFor();
    await lens.locator('[data-action=restart]').click();
    await lens.locator('.state', { hasText: ' of 10,000,000' }).waitFor();
    const first = rows().first().locator('[data-name=epochs]');
    const says = (word: string) => first.filter({ hasText: new RegExp(`^[\\d,]+, ${word}$`) }).waitFor();
    await says('running');
    await lens.locator('[data-action=pause]').click();
    await says('paused');
    // The list and the header come by messages of their own: one is a moment ahead of the other.
    const epoch = await until('the same epoch in both', async () => {
      const state = await lens.locator('.state').innerText();
      const at = /epoch ([\d,]+)/.exec(state)?.[1];
      return (await first.innerText()) === `${at}, paused` ? at : undefined;
    });
    assert.equal(await first.getAttribute('title'), `paused, epoch ${epoch} of 10,000,000`);
    await rows().nth(1).locator('th button').first().click();
    await until('another one', async () =>
      (await rows().nth(1).getAttribute('aria-current')) === 'true' ? true : undefined,
    );
    assert.equal(await first.innerText(), `${epoch}, paused`, 'it rests while another one is shown');
    await rows().first().locator('th button').first().click();
    await lens.locator('[data-action=stop][aria-disabled=false]').click();
    await says('stopped');
  });

  it('has nothing that axe finds wrong, and complains of nothing', async () => {
    assert.deepEqual(await axeFindings(lens), []);
    assert.deepEqual(workbench.webviewErrors, []);
  });
});
