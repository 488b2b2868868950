import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { constants, openSync } from 'node:fs';
import * as fs from 'node:fs/promises';
import * as vscode from 'vscode';
import { WITH_FLAGS } from '../../src/threads/v8Flags';
import { below } from '../e2e/processes';
import {
  api,
  ended,
  file,
  lensTitles,
  setting,
  train,
  until,
  when,
  write,
  failureOf,
  noticesOf,
} from './support';

/** The processes of this extension host that train, or wait to. */
const trainers = () =>
  below(process.pid)
    .filter(({ command }) => command.includes('trainer.js'))
    .map(({ pid }) => pid);

const good = ['a,b,c', ...Array.from({ length: 60 }, (_, i) => `${i},${(i * 7) % 11},${i % 2}`)].join('\n');

describe('what cannot be trained on', () => {
  before(async () => {
    await setting('view.epochsPerSecond', 0);
    await setting('training.epochs', 50);
  });
  after(async () => {
    await setting('view.epochsPerSecond', undefined);
    await setting('training.epochs', undefined);
    await setting('training.learningRate', undefined);
    await setting('model.hiddenLayers', undefined);
    await setting('model.hiddenActivation', undefined);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  const bad: [what: string, text: string, sentence: RegExp][] = [
    ['an empty file', '', /^bad0.csv, line 1, column 1: The file is empty/],
    ['a header only', 'a,b,c\n', /^bad1.csv, line 1, column 1: The file has a header but no rows/],
    ['one class', 'a,label\n1,x\n2,x\n3,x\n', /^bad2.csv, line 1, column 3: .*only one class, “x”/],
    [
      'a ragged row',
      'a,b,label\n1,2,x\n1,2,x,9\n',
      /^bad3.csv, line 3, column 7: This row has 4 cells, the header has 3/,
    ],
    ['a short row', 'a,b,label\n1,2,x\n1\n', /^bad4.csv, line 3, column 1: This row has 1 cell/],
    ['an open quote', 'a,label\n1,x\n"2,y\n', /^bad5.csv, line 3, column 1: This quote is never closed/],
    ['a file whose end is lost', 'a,b\n1,2\n\0\0\0', /^bad6.csv, line 3, column 1: Zero bytes/],
    [
      'a binary file',
      '\x7fELF\x02\x01\x01\0\0\0\x03\0>\0',
      /^bad7.csv, line 1, column 1: This is no text file/,
    ],
  ];
  bad.forEach(([what, text, sentence], k) => {
    it(`${what}: one sentence with its place, and no weights`, async () => {
      const session = await train(await write(`bad${k}.csv`, text));
      await when(session, 'the end', ended);
      assert.equal(session.status, 'failed');
      assert.match(failureOf(session), sentence);
      assert.doesNotMatch(failureOf(session), /\bat .*:\d+:\d+|Error:/);
      assert.equal(session.parameters, null);
      assert.equal(session.record, null);
    });
  });

  it('text in a number column: a training without that row, which is named', async () => {
    const rows = Array.from({ length: 20 }, (_, i) => `${i * 1.5},${i % 2 ? 'x' : 'y'}`);
    const session = await train(await write('odd.csv', `a,label\n${rows.join('\n')}\nbroken,x\n`));
    await when(session, 'the end', ended);
    assert.equal(session.status, 'finished', failureOf(session));
    assert.ok(
      noticesOf(session).some((notice) => /^Line 22: “broken” is no number/.test(notice)),
      noticesOf(session).join('\n'),
    );
  });

  it('is said by the Lens that shows it, and pops up only where none does', async () => {
    const { sessions } = await api();
    const { window } = vscode;
    const { showErrorMessage } = window;
    const said: string[] = [];
    const listen = (text: string) => Promise.resolve(void said.push(text));
    Object.assign(window, { showErrorMessage: listen });
    try {
      const [shown, unseen] = [await write('shown.csv', 'a,b\n'), await write('unseen.csv', 'a,b\n')];
      const first = await train(shown);
      await when(first, 'the end', ended);
      assert.match(failureOf(first), /^shown.csv, line 1/);
      await until(
        'a short word above the file',
        () => lensTitles(shown),
        (titles) => titles[1] === 'Cannot train',
      );
      await vscode.commands.executeCommand('workbench.action.closeAuxiliaryBar');
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      sessions.start(unseen);
      await until(
        'the message',
        async () => said,
        ({ length }) => length > 0,
      );
      assert.equal(said.length, 1, said.join());
      assert.match(said[0], /^unseen.csv, line 1, column 1: The file has a header but no rows/);
    } finally {
      Object.assign(window, { showErrorMessage });
    }
  });

  it('a missing file', async () => {
    const session = await train(file('gone.csv'));
    await when(session, 'the end', ended);
    assert.match(failureOf(session), /^gone.csv: There is no such file/);
  });

  it('a pipe, for which nothing waits: told at once, and no thread or process stays for it', async () => {
    const pipe = file('waiting.csv');
    execFileSync('mkfifo', [pipe.fsPath]);
    const session = await train(pipe);
    await when(session, 'the end', ended);
    assert.match(failureOf(session), /^waiting.csv: This is a pipe, not a regular file/);
    const { window } = vscode;
    const { showErrorMessage } = window;
    const said: string[] = [];
    Object.assign(window, { showErrorMessage: (text: string) => Promise.resolve(void said.push(text)) });
    try {
      await vscode.commands.executeCommand('neuronLens.checkFile', pipe);
    } finally {
      Object.assign(window, { showErrorMessage });
    }
    assert.match(said.join('\n'), /^waiting.csv: This is a pipe, not a regular file/);
    // Whoever waited in open(2) for somebody to write would be seen by who opens it to write without waiting.
    assert.throws(() => openSync(pipe.fsPath, constants.O_WRONLY | constants.O_NONBLOCK), /ENXIO/);
    await vscode.workspace.fs.delete(pipe);
  });

  it('a file without permission to read it', async function () {
    // Root may read everything.
    if (process.getuid?.() === 0) this.skip();
    const uri = await write('locked.csv', good);
    await fs.chmod(uri.fsPath, 0);
    const session = await train(uri);
    await when(session, 'the end', ended);
    assert.match(failureOf(session), /^locked.csv: There is no permission/);
  });

  it('shows the sentence above the first line of a broken file', async () => {
    const uri = await write('ragged.csv', 'a,b\n1,2\n1,2,3\n');
    const titles = await lensTitles(uri);
    assert.equal(titles[0], 'Train Neural Network');
    assert.match(titles[1], /^Line 3: This row has 3 cells/);
  });

  it('trains on unsaved edits, and says so', async () => {
    const uri = await write('edited.csv', good);
    const document = await vscode.workspace.openTextDocument(uri);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, document.lineAt(document.lineCount - 1).range.end, '\n100,3,1');
    await vscode.workspace.applyEdit(edit);
    assert.ok(document.isDirty);
    const session = await train(uri);
    await when(session, 'the end', ended);
    assert.equal(session.dataset?.rows, 61);
    assert.ok(noticesOf(session).includes('Trained on the unsaved text in the editor, not on the file.'));
    assert.match(
      (
        await until(
          'its CodeLens',
          () => lensTitles(uri),
          (titles) => titles.length > 3,
        )
      ).join(),
      /Train Again/,
    );
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('stops a training that diverges, names the epoch, and keeps the last finite weights', async () => {
    await setting('training.learningRate', 1000);
    await setting('model.hiddenActivation', 'linear');
    const session = await train(file('sine.csv'));
    await when(session, 'the end', ended);
    assert.equal(session.status, 'diverged');
    assert.ok(session.parameters?.every(Number.isFinite));
    const epoch = session.measure?.epoch ?? 0;
    assert.ok(
      noticesOf(session)[0].startsWith(`Diverged in epoch ${epoch + 1}, layer `),
      noticesOf(session)[0],
    );
    assert.match(noticesOf(session)[0], /stable with a learning rate of \d.*; this one was 1000\.$/);
    await setting('training.learningRate', undefined);
    await setting('model.hiddenActivation', undefined);
    const next = await train(file('sine.csv'));
    await when(next, 'the next end', ended);
    assert.equal(next.status, 'finished');
  });

  it('a network beyond the memory: one sentence, and the next training works', async () => {
    await setting('model.hiddenLayers', [1024, 1024, 1024, 1024]);
    await setting('training.memoryBudget', 100);
    const rows = Array.from({ length: 150_000 }, (_, i) => `${i},${i % 2}`).join('\n');
    const session = await train(await write('large.csv', `a,b\n${rows}`));
    await when(session, 'the end', ended);
    assert.equal(session.status, 'failed');
    assert.match(
      failureOf(session),
      /^large.csv: .* needs \d+ MB of memory; neuronLens\.training\.memoryBudget allows 100\./,
    );
    await setting('model.hiddenLayers', undefined);
    await setting('training.memoryBudget', undefined);
    const next = await train(await write('after.csv', good));
    await when(next, 'the next end', ended);
    assert.equal(next.status, 'finished');
  });

  it('a trainer that is killed: one sentence, the run as it was saved last, and the next training works', async function () {
    if (process.platform === 'win32') this.skip();
    await setting('training.epochs', 10_000_000);
    const session = await train(file('flower.csv'));
    await when(session, 'a state that is kept', ({ record }) => (record?.measure.epoch ?? 0) > 0);
    const killed = trainers();
    assert.ok(killed.length > 0, 'it trains in a process of its own');
    // What cannot start so is tried without the flags, where it would be slower.
    const commands = below(process.pid).flatMap(({ pid, command }) =>
      killed.includes(pid) ? [command] : [],
    );
    assert.ok(
      commands.every((command) => command.includes(WITH_FLAGS)),
      commands.join('; '),
    );
    killed.forEach((pid) => process.kill(pid, 'SIGKILL'));
    await when(session, 'the end', ({ failure }) => failure !== null);
    assert.match(
      failureOf(session),
      /^flower.csv: The process that trains was ended from outside \(SIGKILL\)/,
    );
    assert.equal(session.status, 'paused');
    assert.equal(session.measure?.epoch, session.record?.measure.epoch);
    assert.ok(session.points.length > 0, 'its curve is kept');
    await setting('training.epochs', 50);
    const next = await train(file('flower.csv'));
    await when(next, 'the next end', ended);
    assert.equal(next.status, 'finished');
    assert.deepEqual(
      trainers().filter((pid) => killed.includes(pid)),
      [],
    );
  });
});
