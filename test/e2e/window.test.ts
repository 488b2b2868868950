import * as assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import { extensionHosts } from './processes';
import { openPage, waitForEpoch, waitForState } from './support';
import { openWorkbench, serverPid, until, type Workbench } from './workbench';

/** What a person meets in one window, one thing after the other: each test goes on from where the one before ended. */
describe('in one window', () => {
  let workbench: Workbench;
  /** The Lens in a tab, and the one in the side bar. */
  let lens: Frame;
  let view: Frame;
  let host: number;
  const sideBar = () => workbench.page.locator('.part.auxiliarybar');
  const hosts = async () => extensionHosts(await serverPid());
  /** The extension host that the window has now, and did not have before. */
  const newHost = (before: readonly number[]) =>
    until('one extension host of the window', async () => {
      const found = (await hosts()).filter((pid) => !before.includes(pid));
      // For a moment a process that one starts is one more by its command.
      return found.length === 1 ? found[0] : undefined;
    });
  const lensTabs = () => workbench.page.locator('.tab', { hasText: 'Lens: ' });
  const tab = (name: string) => workbench.page.locator('.tab', { hasText: name });
  /** Turns to the tab of the Lens, or does what else brings a Lens into a tab that is a new page each time. */
  const turnTo = async (bring: () => Promise<void>) => {
    await until('the end of the Lens before', async () => (lens.isDetached() ? true : undefined));
    await bring();
    lens = await workbench.lens({ where: 'panel' });
  };
  /** Loads the window anew with the Lens in the background, behind a file that is new in its group. */
  const reloadBehind = async (name: string) => {
    writeFileSync(path.join(workbench.folder, name), '# Notes\n');
    await workbench.openFile(name);
    // The group of the Lens is locked: nothing is opened there by itself.
    await workbench.runCommand('View: Move Editor into Next Group');
    await workbench.runCommand('View: Focus First Editor Group');
    const others = await hosts();
    // What is saved may be from before the file was moved behind the Lens, or before the other group got the focus.
    const moved = `"id":(\\d+),"locked":true.*lensPanel.*${name}.*"mru":\\[1,0\\].*"activeGroup":(?!\\1\\b)`;
    await workbench.reload(new RegExp(moved, 's'));
    await tab(name).and(workbench.page.locator('.active')).waitFor();
    await codeLens('Train Again').waitFor();
    host = await newHost(others);
    assert.equal(await lensTabs().count(), 1);
  };
  const press = (place: Frame, action: string) => place.locator(`[data-action=${action}]`).click();
  /** A Lens shows the training going on, and its buttons work; it is paused then: unseen, it would be over at once. */
  const isLive = async (place: Frame) => {
    await waitForState(place, 'Paused at epoch');
    await press(place, 'resume');
    await waitForEpoch(place, await waitForEpoch(place, 0));
    await waitForState(place, 'Training');
    await press(place, 'pause');
    await waitForState(place, 'Paused at epoch');
  };
  const codeLens = (title: string): Locator =>
    workbench.page.locator('.codelens-decoration a').getByText(title, { exact: true }).first();
  const palette = async (title: string) =>
    (await workbench.listCommands(`Neuron Lens: ${title}`)).includes(`Neuron Lens: ${title}`);
  /** Waits until the palette has the one command and has the other no more. */
  const paletteHas = (present: string, absent: string) =>
    until(`${present}, and not ${absent}, in the palette`, async () =>
      (await palette(present)) && !(await palette(absent)) ? true : undefined,
    );

  before(async () => {
    const others = await hosts();
    workbench = await openWorkbench({
      file: 'flower.csv',
      viewport: { width: 1500, height: 1000 },
      // So slow that nothing is over before it is looked at, on a busy machine either.
      settings: { 'neuronLens.view.epochsPerSecond': 50 },
    });
    await codeLens('Target: petal').waitFor();
    host = await newHost(others);
  });
  after(() => workbench?.close());

  describe('the command palette', () => {
    it('lists of the commands for a training only those that can act', async () => {
      await paletteHas('Train Neural Network', 'Skip to End of Training');
      for (const needsOne of ['Save Model…', 'Export Model…', 'Show or Hide Predictions in the Editor'])
        assert.ok(!(await palette(needsOne)), needsOne);
      await workbench.clickCodeLens('Train Neural Network');
      lens = await workbench.lens({ where: 'panel' });
      await waitForState(lens, 'Training');
      await paletteHas('Skip to End of Training', 'Resume Training');
      for (const needsOne of ['Save Model…', 'Export Model…', 'Show or Hide Predictions in the Editor'])
        assert.ok(await palette(needsOne), needsOne);
      await lens.locator('[data-action=pause]').click();
      await waitForState(lens, 'Paused at epoch');
      await paletteHas('Resume Training', 'Pause Training');
      await lens.locator('[data-action=resume]').click();
      await waitForState(lens, 'Training');
    });
  });

  describe('fewer epochs than are done', () => {
    const ask = async (epochs: number) => {
      workbench.editSettings({ 'neuronLens.training.epochs': epochs });
      await lens.getByText(`The settings ask for ${epochs} epochs, and more are done already.`).waitFor();
    };

    it('are asked about in the Lens, and the training goes on until there is an answer', async () => {
      await waitForEpoch(lens, 20);
      await ask(10);
      await waitForEpoch(lens, await waitForEpoch(lens, 20));
      await waitForState(lens, 'of 10,000');
      await workbench.screenshot('question');
    });

    it('change nothing when the answer is to go on', async () => {
      await lens.getByRole('button', { name: 'Go On to 10,000' }).click();
      await lens.locator('.question').waitFor({ state: 'detached' });
      await waitForEpoch(lens, await waitForEpoch(lens, 20));
      await waitForState(lens, 'Training');
    });

    it('end it where it is when the answer is to stop', async () => {
      await ask(5);
      await lens.getByRole('button', { name: 'Stop Here' }).click();
      await waitForState(lens, 'Stopped at epoch');
      await lens.locator('.question').waitFor({ state: 'detached' });
      workbench.editSettings({ 'neuronLens.training.epochs': undefined });
    });
  });

  describe('that is loaded anew with its Lens in the background', () => {
    before(() => reloadBehind('notes.md'));

    it('has one tab when somebody trains: what is left of the old one makes room', async () => {
      await turnTo(() => codeLens('Train Again').click());
      await waitForState(lens, 'Training');
      await press(lens, 'pause');
      await isLive(lens);
      await lensTabs().waitFor();
    });

    it('shows the run in it after it was hidden, and after it was closed', async () => {
      await tab('notes.md').click();
      await turnTo(() => lensTabs().click());
      await isLive(lens);
      await lensTabs().click({ button: 'middle' });
      await lensTabs().waitFor({ state: 'detached' });
      await turnTo(() => codeLens('Show Lens').click());
      await isLive(lens);
      await press(lens, 'stop');
      await waitForState(lens, 'Stopped at epoch');
      await lensTabs().waitFor();
      await tab('notes.md').click({ button: 'middle' });
    });
  });

  describe('the choice of a target', () => {
    const picker = () => workbench.page.locator('.quick-input-widget');
    const open = async (present: string) => {
      await codeLens(`Target: ${present}`).click();
      await picker().getByText('Column to predict').waitFor();
    };
    const row = (name: string) =>
      picker()
        .locator('.monaco-list-row')
        .filter({ has: workbench.page.locator('.label-name').getByText(name, { exact: true }) });

    /** By keys: what is said of one row may lie over another. */
    const choose = async (name: string) => {
      await picker().locator('input[type=text]').fill(name);
      await row(name).and(workbench.page.locator('.focused')).waitFor();
      await workbench.page.keyboard.press('Enter');
    };

    it('begins at the present column, and says of each what it holds', async () => {
      await open('petal');
      assert.match((await row('petal').getAttribute('class')) ?? '', /\bfocused\b/);
      assert.match(await row('petal').innerText(), /(number|category|boolean), now: /);
      assert.match(await row('x1').innerText(), /number/);
      assert.match(await row('x2').innerText(), /number/);
      await workbench.screenshot('target');
    });

    it('shows above the file, which offers to train again with it', async () => {
      await choose('x2');
      await codeLens('Target: x2').waitFor();
      await codeLens('Train Again to apply').waitFor();
      await lens.getByText('data.target').waitFor();
    });

    it('begins at the column that was chosen, and can be taken back', async () => {
      await open('x2');
      assert.match((await row('x2').getAttribute('class')) ?? '', /\bfocused\b/);
      await choose('petal');
      await codeLens('Target: petal').waitFor();
    });
  });

  describe('the side bar', () => {
    const columns = async (name: string) =>
      sideBar().locator('.monaco-list-row').filter({ hasText: name }).first().waitFor();

    it('has a Lens and a Dataset view that follow the same file', async () => {
      await workbench.runCommand('Neuron Lens: Show Dataset');
      await columns('petal');
      await workbench.runCommand('Neuron Lens: Focus on Lens View');
      view = await workbench.lens({ where: 'view' });
      await waitForState(view, 'Stopped at epoch');
      // The Lens has the focus in its own group of editors.
      await workbench.runCommand('View: Focus First Editor Group');
      await workbench.openFile('iris.csv');
      await columns('species');
      await view.getByText('Nothing is being trained').waitFor();
      await lens.getByText('Nothing is being trained').waitFor();
      await workbench.openFile('flower.csv');
      await columns('petal');
      await waitForState(view, 'Stopped at epoch');
      await waitForState(lens, 'Stopped at epoch');
    });

    it('opens its Lens in a tab', async () => {
      await lensTabs().click({ button: 'middle' });
      await lensTabs().waitFor({ state: 'detached' });
      await sideBar().locator('.pane-header').filter({ hasText: 'Lens' }).first().hover();
      await sideBar().getByRole('button', { name: 'Open Lens in Tab' }).click();
      lens = await workbench.lens({ where: 'panel' });
      await waitForState(lens, 'Stopped at epoch');
      await workbench.screenshot('side-bar');
    });
  });

  describe('that is loaded anew with its Lens in the background and another in the side bar', () => {
    before(() => reloadBehind('plan.md'));

    it('trains in the side bar, and the tab that was there shows the run once it is turned to', async () => {
      view = await workbench.lens({ where: 'view' });
      await waitForState(view, 'Stopped at epoch');
      await codeLens('Train Again').click();
      await waitForState(view, 'Training');
      await press(view, 'pause');
      await turnTo(() => lensTabs().click());
      await isLive(lens);
      await isLive(view);
      await lensTabs().waitFor();
    });

    it('shows the run in the side bar when the tab is closed, and in the tab when the side bar is', async () => {
      await lensTabs().click({ button: 'middle' });
      await lensTabs().waitFor({ state: 'detached' });
      await isLive(view);
      await turnTo(async () => {
        await sideBar().locator('.pane-header').filter({ hasText: 'Lens' }).first().hover();
        await sideBar().getByRole('button', { name: 'Open Lens in Tab' }).click();
      });
      await workbench.runCommand('View: Toggle Secondary Side Bar Visibility');
      await until('the end of the Lens in the side bar', async () => (view.isDetached() ? true : undefined));
      await isLive(lens);
      await workbench.runCommand('View: Toggle Secondary Side Bar Visibility');
      view = await workbench.lens({ where: 'view' });
      await isLive(view);
      await press(view, 'stop');
      await waitForState(lens, 'Stopped at epoch');
      await tab('plan.md').click({ button: 'middle' });
    });
  });

  describe('when the extension host hangs and dies', () => {
    const silence = (place: Frame) => place.getByText('The extension host does not answer.');
    const isSilent = async (place: Frame) => (await silence(place).count()) > 0;

    it('the Lens that asks it something says that it gets no answer', async () => {
      await lens.locator('[data-action=restart]').click();
      await waitForState(lens, 'Training');
      await waitForEpoch(lens, 20);
      await openPage(view, 'Runs');
      await view.locator('tr[data-run]').first().waitFor();
      process.kill(host, 'SIGSTOP');
      await lens.locator('[data-action=pause]').click();
      await silence(lens).waitFor();
    });

    it('and so does the one in the side bar, which has asked nothing', async () => {
      await silence(view).waitFor();
      await workbench.screenshot('silent');
    });

    it('and VS Code has started it anew, one tab shows the training, and its buttons work', async () => {
      process.kill(host, 'SIGKILL');
      await until('another extension host', async () =>
        (await hosts()).some((pid) => pid > host) ? true : undefined,
      );
      await until('the training in a Lens that answers', async () => {
        lens = await workbench.lens({ where: 'panel', timeout: 1000 });
        if (await isSilent(lens)) return undefined;
        const state = await lens.locator('.state').innerText();
        return /^(Paused|Stopped) at epoch/.test(state) ? true : undefined;
      });
      assert.equal(await lensTabs().count(), 1);
      await lens.locator('[data-action=restart]').click();
      await waitForState(lens, 'Training');
      await waitForEpoch(lens, await waitForEpoch(lens, 0));
      await lens.locator('[data-action=pause]').click();
      await waitForState(lens, 'Paused at epoch');
      await workbench.runCommand('Neuron Lens: Show Lens');
      assert.equal(await lensTabs().count(), 1);
    });

    it('the Lens in the side bar shows the training too, and its buttons work', async () => {
      await until('the side bar Lens that answers', async () => {
        view = await workbench.lens({ where: 'view', timeout: 1000 });
        return (await isSilent(view)) ? undefined : true;
      });
      // The host that is new has been told what the open page wants.
      await view.locator('tr[data-run]').first().waitFor();
      await waitForState(view, 'Paused at epoch');
      await view.locator('[data-action=resume]').click();
      await waitForState(lens, 'Training');
      await view.locator('[data-action=pause]').click();
      await waitForState(lens, 'Paused at epoch');
      await workbench.screenshot('after-the-host');
    });

    it('never makes the webviews complain', () => {
      assert.deepEqual(workbench.webviewErrors, []);
    });
  });
});
