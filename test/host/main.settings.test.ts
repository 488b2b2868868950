import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { HandleWrites } from '../../src/host/handleWrites';
import type { SettingsChange } from '../../src/host/settings';
import { UserError } from '../../src/data/userError';
import {
  api,
  csv,
  datasets,
  ended,
  file,
  inFolder,
  lensTitles,
  setting,
  settingsOf,
  train,
  when,
  noticesOf,
  failureOf,
} from './support';

const FOLDER = 'settings';
const table = csv(
  'a,b,c,d,label',
  ...Array.from({ length: 60 }, (_, i) => `${i},${i % 7},${i % 5},${i % 3},${i % 2}`),
);

describe('the settings of a file', () => {
  const writeHere = inFolder(FOLDER, { 'view.epochsPerSecond': 0, 'training.epochs': 20 });

  const read = async (uri: vscode.Uri) => (await api()).fileSettings.read(uri);

  /** Does something to the settings, and gives the change that has settled once `holds`. */
  async function settled(
    work: () => Promise<unknown>,
    holds: (change: SettingsChange) => boolean,
  ): Promise<SettingsChange> {
    const { fileSettings } = await api();
    const change = new Promise<SettingsChange>((resolve) => {
      const subscription = fileSettings.onDidSettle((each) => {
        if (!holds(each)) return;
        subscription.dispose();
        resolve(each);
      });
    });
    await work();
    return change;
  }

  /** Sets a number for all files, and waits until it has settled. */
  async function settle(
    uri: vscode.Uri,
    key: 'training.epochs' | 'training.seed',
    value: number,
  ): Promise<void> {
    const { fileSettings } = await api();
    await settled(
      () => setting(key, value),
      () => fileSettings.read(uri).settings[key] === value,
    );
  }

  /** Types value after value; again, where the machine is so busy that one of them has settled meanwhile. */
  async function type(
    key: 'training.epochs' | 'training.seed',
    before: () => Promise<void>,
    ...values: number[]
  ) {
    const { fileSettings } = await api();
    let times: number;
    do {
      await before();
      times = 0;
      const subscription = fileSettings.onDidSettle(() => times++);
      for (const value of values) await setting(key, value);
      subscription.dispose();
    } while (times > 0);
  }

  describe('in neuronLens.datasets', () => {
    it('act although an entry is typed by half, which is named; Train and the CodeLens go on working', async () => {
      const uri = await writeHere('half.csv', table);
      await setting('datasets', { '': {}, [`${FOLDER}/half.csv`]: { 'data.target': 'd' } });
      const [first, , target] = await lensTitles(uri);
      assert.deepEqual([first, target], ['Train Neural Network', 'Target: d']);
      const session = await train(uri);
      await when(session, 'the end', ended);
      assert.equal(session.status, 'finished', failureOf(session));
      assert.equal(session.dataset?.target, 'd');
      const named = noticesOf(session).filter((notice) => notice.includes('the glob "" is empty'));
      assert.equal(named.length, 1, noticesOf(session).join('\n'));
    });

    it('act beside a glob of stars that would take picomatch seconds', async () => {
      const uri = await writeHere(`${'a'.repeat(60)}.csv`, table);
      await setting('datasets', {
        [`${'*a'.repeat(30)}*b`]: { 'data.target': 'a' },
        'a*.csv': { 'data.target': 'd' },
      });
      const [, , chosen] = await lensTitles(uri);
      assert.equal(chosen, 'Target: d');
      assert.deepEqual((await read(uri)).problems, []);
    });

    it('name the setting that was probably meant by an unknown one', async () => {
      const uri = await writeHere('unknown.csv', table);
      await settingsOf(`${FOLDER}/unknown.csv`, { 'data.traget': 'd' });
      const { problems } = await read(uri);
      assert.deepEqual(problems, [
        `neuronLens.datasets: "data.traget" for "${FOLDER}/unknown.csv" is no setting; did you mean data.target?`,
      ]);
    });

    it('are all kept when columns are ignored faster than they can be written', async () => {
      const uri = await writeHere('fast.csv', table);
      const act = (command: string, name: string) =>
        vscode.commands.executeCommand(`neuronLens.${command}`, {
          kind: 'column',
          uri,
          column: { name, role: 'feature', type: 'number' },
        });
      const acts = ['a', 'b', 'c', 'd'].map((name) => act('ignoreColumn', name));
      await Promise.all([...acts, act('useAsFeature', 'b'), act('useAsTarget', 'c')]);
      assert.deepEqual(datasets()?.[`${FOLDER}/fast.csv`], {
        'data.ignoredColumns': ['a', 'd'],
        'data.target': 'c',
      });
    });

    it('leave an entry of another file as it is, usable or not', async () => {
      const uri = await writeHere('beside.csv', table);
      const others = { '': { 'data.target': 'x' }, 'x.csv': 5, 'y.csv': { 'data.target': 'y' } };
      await setting('datasets', others);
      await (await api()).fileSettings.override(uri, { 'data.target': 'd' });
      assert.deepEqual(datasets(), { ...others, [`${FOLDER}/beside.csv`]: { 'data.target': 'd' } });
    });
  });

  describe('out of range', () => {
    afterEach(() => setting('training.epochs', 20));

    it('never act: the last valid one stays, and the problem says so', async () => {
      const uri = await writeHere('range.csv', table);
      await settle(uri, 'training.epochs', 300);
      assert.equal((await read(uri)).settings['training.epochs'], 300);
      await setting('training.epochs', 0);
      const { settings, problems } = await read(uri);
      assert.equal(settings['training.epochs'], 300);
      assert.deepEqual(problems, ['neuronLens.training.epochs: 0 is below 1; it stays 300']);
    });

    it('are not remembered from a number that is still being typed', async () => {
      const uri = await writeHere('typed.csv', table);
      const { fileSettings } = await api();
      const subscription = fileSettings.onDidChange(() => fileSettings.read(uri));
      await type('training.epochs', () => settle(uri, 'training.epochs', 400), 5, 50, 500, 5_000_000_000);
      subscription.dispose();
      assert.equal((await read(uri)).settings['training.epochs'], 400);
    });

    it('give way to the default where nothing was valid before', async () => {
      const uri = await writeHere('never.csv', table);
      await settingsOf(`${FOLDER}/never.csv`, { 'model.hiddenLayers': [1e9] });
      const { settings, problems } = await read(uri);
      assert.equal(settings['model.hiddenLayers'], 'auto');
      assert.deepEqual(problems, [
        'neuronLens.model.hiddenLayers: 1000000000 is above 1024; the default "auto" is used',
      ]);
    });
  });

  describe('once they have settled', () => {
    it('say which of them are others than before, and for which files', async () => {
      const [one, other] = [await writeHere('one.csv', table), await writeHere('other.csv', table)];
      await read(one);
      await read(other);
      const change = await settled(
        () => settingsOf(`${FOLDER}/one.csv`, { 'data.target': 'd' }),
        ({ affects }) => affects(one, ['data.target']),
      );
      assert.deepEqual(change.changedKeys(one), ['data.target']);
      assert.ok(
        change.affects(one) && change.affects(one, ['data.target']) && !change.affects(one, ['csv.quote']),
      );
      assert.deepEqual(change.changedKeys(other), []);
      assert.ok(!change.affects(other));
    });

    it('have changed once for all that came before', async () => {
      const uri = await writeHere('once.csv', table);
      const { fileSettings } = await api();
      await read(uri);
      const change = await settled(
        () => type('training.seed', () => settle(uri, 'training.seed', 2), 3, 30, 300),
        () => fileSettings.read(uri).settings['training.seed'] === 300,
      );
      assert.deepEqual(change.changedKeys(uri), ['training.seed']);
      await setting('training.seed', undefined);
    });

    it('act once they have not changed for 1.5 s', async () => {
      const uri = await writeHere('stands.csv', table);
      const { fileSettings } = await api();
      await settle(uri, 'training.seed', 5);
      let changed = Infinity;
      const subscription = fileSettings.onDidChange(() => (changed = performance.now()));
      const since = await new Promise<number>((resolve, reject) => {
        const first = fileSettings.onDidSettle(() => {
          first.dispose();
          resolve(performance.now() - changed);
        });
        setting('training.seed', 6).catch(reject);
      });
      subscription.dispose();
      // The timer's clock and this one round differently.
      assert.ok(since >= 1499, `it acted ${since} ms after the last change`);
      assert.equal(fileSettings.read(uri).settings['training.seed'], 6);
      await setting('training.seed', undefined);
    });

    it('act at once when a command of ours has written them', async () => {
      const uri = await writeHere('at-once.csv', table);
      const { fileSettings } = await api();
      await settle(uri, 'training.seed', 7);
      let isSettled = false;
      const subscription = fileSettings.onDidSettle(
        (change) => (isSettled ||= change.affects(uri, ['data.target'])),
      );
      await fileSettings.override(uri, { 'data.target': 'd' });
      subscription.dispose();
      assert.ok(isSettled);
      await setting('training.seed', undefined);
    });
  });

  describe('as a handle of the Lens writes them', () => {
    const RATE = 'training.learningRate';
    const configuration = () => vscode.workspace.getConfiguration('neuronLens');
    const forUser = (value: unknown) =>
      configuration().update('training.l2', value, vscode.ConfigurationTarget.Global);
    const handles = async (name: string) => {
      const uri = await writeHere(name, table);
      const { fileSettings } = await api();
      return {
        ...{ uri, writes: new HandleWrites(fileSettings), entry: () => datasets()?.[`${FOLDER}/${name}`] },
        settings: () => fileSettings.read(uri).settings,
        origin: (key: 'training.l2' | typeof RATE) => fileSettings.read(uri).origins.get(key),
      };
    };

    it('stand in the entry of the file, act at once, and are taken back by one undo', async () => {
      const { uri, writes, entry, settings, origin } = await handles('handle.csv');
      assert.ok(writes.canWrite);
      await writes.set(uri, RATE, 0.5);
      await writes.set(uri, 'model.hiddenLayers', [4, 3]);
      assert.deepEqual(entry(), { [RATE]: 0.5, 'model.hiddenLayers': [4, 3] });
      assert.deepEqual(settings()['model.hiddenLayers'], [4, 3]);
      assert.equal(origin(RATE), 'file');
      assert.equal(writes.last(uri), 'model.hiddenLayers "auto" → [4, 3]');
      await writes.undo(uri);
      assert.deepEqual(entry(), { [RATE]: 0.5 });
      await writes.undo(uri);
      assert.equal(entry(), undefined, 'nor an empty entry');
      assert.equal(writes.last(uri), null);
    });

    it('go back to auto, which takes the key away and leaves the others', async () => {
      const { uri, writes, entry, settings } = await handles('back.csv');
      await settingsOf(`${FOLDER}/back.csv`, { [RATE]: 0.5, 'training.seed': 3 });
      await writes.reset(uri, RATE);
      assert.deepEqual(entry(), { 'training.seed': 3 });
      assert.equal(settings()[RATE], 'auto');
      await writes.undo(uri);
      assert.equal(settings()[RATE], 0.5);
    });

    it('are the workspace’s own where that sets the key for all files', async () => {
      const { uri, writes, entry, origin } = await handles('all.csv');
      const level = () => configuration().inspect('training.l2')?.workspaceValue;
      await setting('training.l2', 0.25);
      await writes.set(uri, 'training.l2', 0.5);
      assert.deepEqual([level(), entry()], [0.5, undefined]);
      assert.equal(origin('training.l2'), 'workspace');
      await writes.undo(uri);
      assert.equal(level(), 0.25);
      await settingsOf(`${FOLDER}/all.csv`, { 'training.l2': 1 });
      await writes.set(uri, 'training.l2', 2);
      assert.deepEqual([level(), entry()], [0.25, { 'training.l2': 2 }], 'the entry, where that sets it');
      await writes.reset(uri, 'training.l2');
      assert.deepEqual(
        [level(), entry()],
        [0.25, { 'training.l2': 'auto' }],
        'the default holds for this file',
      );
      await writes.undo(uri);
      assert.deepEqual([level(), entry()], [0.25, { 'training.l2': 2 }]);
      await setting('training.l2', undefined);
    });

    it('never are the user’s: what the user has set stays, and is overridden', async () => {
      const { uri, writes, entry, settings } = await handles('user.csv');
      const level = () => configuration().inspect('training.l2')?.globalValue;
      await forUser(0.25);
      await writes.set(uri, 'training.l2', 0.5);
      assert.deepEqual([level(), entry()], [0.25, { 'training.l2': 0.5 }]);
      await writes.reset(uri, 'training.l2');
      assert.deepEqual(
        [level(), entry(), settings()['training.l2']],
        [0.25, { 'training.l2': 'auto' }, 'auto'],
      );
      await forUser(undefined);
    });

    it('win over a glob that means the file too', async () => {
      const { uri, writes, settings } = await handles('globbed.csv');
      await setting('datasets', { '**/globbed.csv': { [RATE]: 0.25 } });
      await writes.set(uri, RATE, 0.5);
      assert.equal(settings()[RATE], 0.5);
      await writes.reset(uri, RATE);
      assert.equal(settings()[RATE], 'auto');
    });

    it('are refused where they cannot be used, and leave alone what was edited since', async () => {
      const { uri, writes, entry } = await handles('refused.csv');
      await assert.rejects(writes.set(uri, RATE, 0), UserError);
      await assert.rejects(writes.set(uri, 'model.hiddenLayers', [4, 'x']), UserError);
      assert.equal(entry(), undefined);
      await writes.set(uri, RATE, 0.5);
      await settingsOf(`${FOLDER}/refused.csv`, { [RATE]: 0.75 });
      assert.equal(writes.last(uri), null, 'nothing is offered');
      await assert.rejects(writes.undo(uri), UserError);
      assert.deepEqual(entry(), { [RATE]: 0.75 });
    });
  });

  it('hold where the file is in no folder of the workspace', async () => {
    const uri = vscode.Uri.file(`/elsewhere/${FOLDER}.csv`);
    await setting('datasets', { '/elsewhere/*.csv': { 'data.target': 'b' } });
    assert.equal((await read(uri)).settings['data.target'], 'b');
    assert.notEqual((await read(file('xor.csv'))).settings['data.target'], 'b');
  });
});
