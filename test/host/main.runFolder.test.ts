import * as assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { readHead, readRun, writeRun } from '../../src/runs/runFile';
import { RunList } from '../../src/session/runList';
import { api, ended, file, noticesOf, setting, train, until, when, write } from './support';

const FOLDER = 'kept runs';
const runsIn = (folder: string): string[] =>
  existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.run.json')) : [];
const there = (count: number) =>
  until(
    `${count} runs in the folder`,
    () => Promise.resolve(runsIn(file(FOLDER).fsPath).length),
    (found) => found === count,
  );
/** Names a folder, and waits until the edit acts. */
async function named(location: string | undefined): Promise<void> {
  const { fileSettings } = await api();
  const settled = new Promise<void>((resolve) => {
    const subscription = fileSettings.onDidSettle(() => {
      subscription.dispose();
      resolve();
    });
  });
  await setting('runs.location', location);
  await settled;
  const { sessions } = await api();
  await sessions.restore();
}

describe('a folder of the workspace that trainings are kept in', () => {
  before(async () => {
    await setting('view.epochsPerSecond', 0);
    await setting('training.epochs', 50);
  });
  after(async () => {
    await named(undefined);
    await setting('view.epochsPerSecond', undefined);
    await setting('training.epochs', undefined);
    await vscode.workspace.fs.delete(file(FOLDER), { recursive: true });
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('has each training from then on as a file that names its table from there', async () => {
    const table = await write('kept.csv', readFileSync(file('flower.csv').fsPath));
    await named(FOLDER);
    await when(await train(table), 'the end', ended);
    await there(1);
    await when(await train(table), 'the end', ended);
    await there(2);
    const names = runsIn(file(FOLDER).fsPath);
    for (const name of names) {
      const bytes = readFileSync(path.join(file(FOLDER).fsPath, name));
      const head = readHead(bytes);
      assert.deepEqual([head.table, `${head.id}.run.json`], ['../kept.csv', name]);
      assert.ok(!bytes.includes(file('').fsPath) && !bytes.includes('file:'));
    }
    const { sessions } = await api();
    assert.deepEqual(
      sessions
        .runsOf(table)
        .map((id) => `${id}.run.json`)
        .sort(),
      [...names].sort(),
    );
  });

  it('is looked through as soon as it is named: runs that somebody else has left there are listed', async () => {
    const table = file('kept.csv');
    const { sessions } = await api();
    const [id] = sessions.runsOf(table);
    const bytes = (ending: string) => readFileSync(file(`${FOLDER}/${id}.${ending}`).fsPath);
    const known = { uri: table.toString(), shownAt: 0 };
    const ours = readRun(readHead(bytes('run.json')), bytes('weights.json'), known);
    const theirs = writeRun({ ...ours, id: 'of-somebody-else', startedAt: 1 }, '../kept.csv');
    await write('their runs/of-somebody-else.run.json', theirs.run);
    await write('their runs/of-somebody-else.weights.json', theirs.weights);
    await write('their runs/torn.run.json', theirs.run.slice(0, 1000));
    await named('their runs');
    assert.equal(sessions.runsOf(table)[0], 'of-somebody-else');
    assert.ok(!sessions.runsOf(table).includes('torn'));
    assert.ok(existsSync(file('their runs/torn.run.json').fsPath), 'what cannot be read stays as it is');
    const garbled = writeRun({ ...ours, id: 'garbled', startedAt: 3 }, '../kept.csv');
    await write('their runs/garbled.run.json', garbled.run);
    await write('their runs/garbled.weights.json', garbled.weights.slice(0, 100));
    await sessions.restoreMore();
    await new RunList(sessions.listParts).read(table.toString());
    const session = sessions.get(table);
    assert.ok(session);
    const passedOver = /cannot be read.*passed over, and stays as it is: .*their runs.*garbled/;
    await when(session, 'what is said', (each) => noticesOf(each).some((notice) => passedOver.test(notice)));
    await vscode.workspace.fs.delete(file('their runs'), { recursive: true });
    assert.equal(runsIn(file(FOLDER).fsPath).length, 2);
  });

  it('lists what comes into it while it is looked at, as by a pull', async () => {
    await named(FOLDER);
    const table = await write('pulled.csv', readFileSync(file('flower.csv').fsPath));
    const { sessions } = await api();
    await when(await train(table), 'the end', ended);
    await there(3);
    const known = sessions.runsOf(table);
    const list = new RunList(sessions.listParts);
    await list.read(table.toString());
    const bytes = (ending: string) => readFileSync(file(`${FOLDER}/${known[0]}.${ending}`).fsPath);
    const at = { uri: table.toString(), shownAt: 0 };
    const ours = readRun(readHead(bytes('run.json')), bytes('weights.json'), at);
    const theirs = writeRun({ ...ours, id: 'pulled', startedAt: 2 }, '../pulled.csv');
    const changes: string[] = [];
    const told = sessions.onDidChange(({ change }) => changes.push(change));
    // A head comes before its weights.
    await write(`${FOLDER}/pulled.run.json`, theirs.run);
    await write(`${FOLDER}/pulled.weights.json`, theirs.weights);
    try {
      await until(
        'the run that was pulled',
        () => Promise.resolve(list.of(table.toString()).map(({ id }) => id)),
        (ids) => ids.includes('pulled'),
      );
      assert.deepEqual(sessions.runsOf(table).sort(), [...known, 'pulled'].sort());
      assert.ok(changes.includes('runs'));
      assert.notEqual(sessions.get(table)?.id, 'pulled');
      // A checkout of another branch takes it away again.
      for (const ending of ['run.json', 'weights.json']) rmSync(file(`${FOLDER}/pulled.${ending}`).fsPath);
      await until(
        'the runs without it',
        () => Promise.resolve(list.of(table.toString()).map(({ id }) => id)),
        (ids) => !ids.includes('pulled'),
      );
      assert.deepEqual(sessions.runsOf(table), known);
    } finally {
      told.dispose();
    }
  });

  it('is refused with a sentence where a link leads out of the workspace, and the storage is used', async () => {
    const outside = mkdtempSync(path.join(tmpdir(), 'neuron-outside-'));
    try {
      symlinkSync(outside, file('out').fsPath);
      await named('out');
      const session = await train(file('kept.csv'));
      await when(session, 'the end', ended);
      await when(session, 'what is said', (each) =>
        noticesOf(each).some((notice) =>
          /neuronLens\.runs\.location: “out” does not lie in the workspace/.test(notice),
        ),
      );
      assert.deepEqual(readdirSync(outside), []);
    } finally {
      rmSync(file('out').fsPath);
      rmSync(outside, { recursive: true });
    }
  });
});
