import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs/promises';
import * as vscode from 'vscode';
import type { Checked } from '../../src/host/tables';
import type { Session } from '../../src/session/session';
import {
  ended,
  lensTitles,
  train,
  when,
  api,
  checkFile,
  closeEditors,
  csv,
  file,
  hasCode,
  inFolder,
  listedProblems,
  noticesOf,
  setting,
  settingsOf,
  show,
  until,
  whenever,
  whenListed,
  write,
} from './support';
import { textOf } from '../../src/host/text';

const FOLDER = 'files';
const rows = Array.from({ length: 40 }, (_, i) => `${(i * 37) % 41}.5,${(i * 17) % 29},${i % 3 ? 'x' : 'y'}`);
const table = csv('a,b,label', ...rows);

/** Renames as a person does in the Explorer. */
async function rename(from: vscode.Uri, to: vscode.Uri): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.renameFile(from, to);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

/** Everything that an event tells from now on. */
function heard<T>(event: vscode.Event<T>): { readonly all: T[]; dispose(): void } {
  const all: T[] = [];
  const subscription = event((each) => all.push(each));
  return {
    all,
    dispose: () => {
      subscription.dispose();
    },
  };
}
const is = (uri: vscode.Uri) => (other: vscode.Uri) => other.toString() === uri.toString();

describe('files', () => {
  const writeHere = inFolder(FOLDER, { 'view.epochsPerSecond': 0, 'training.epochs': 20 });

  describe('a file that is watched', () => {
    it('is known to change, whoever changes it', async () => {
      const { fileWatch } = await api();
      const uri = await writeHere('changing.csv', table);
      const [watch, changed] = [fileWatch.watch(uri), heard(fileWatch.onDidChange)];
      await until(
        'the change',
        () => fs.appendFile(uri.fsPath, '1,2,x\n'),
        () => changed.all.some(is(uri)),
      );
      vscode.Disposable.from(watch, changed).dispose();
    });

    it('is known to be gone, and to be back', async () => {
      const { fileWatch } = await api();
      const uri = await writeHere('[gone] {1}.csv', table);
      const watch = fileWatch.watch(uri);
      const [deleted, changed] = [heard(fileWatch.onDidDelete), heard(fileWatch.onDidChange)];
      const comes = (what: string, { all }: typeof deleted) =>
        until(
          what,
          async () => all,
          (seen) => seen.some(is(uri)),
        );
      await fs.rm(uri.fsPath);
      await comes('its end', deleted);
      await fs.writeFile(uri.fsPath, table);
      await comes('its return', changed);
      vscode.Disposable.from(watch, deleted, changed).dispose();
    });

    it('is known by its new name, also when the folder is renamed that it lies in', async () => {
      const { fileWatch } = await api();
      await vscode.workspace.fs.createDirectory(file(`${FOLDER}/inner`));
      const names = ['before.csv', 'after.csv', 'inner/after.csv'];
      const [first, second, third] = names.map((name) => file(`${FOLDER}/${name}`));
      const last = file(`${FOLDER}/outer/after.csv`);
      await writeHere('before.csv', table);
      const [watch, renamed] = [fileWatch.watch(first), heard(fileWatch.onDidRename)];
      await rename(first, second);
      await rename(second, third);
      await rename(file(`${FOLDER}/inner`), file(`${FOLDER}/outer`));
      const expected = [first, second, third, last].map(String);
      const seen = await until(
        'its names',
        async () => renamed.all,
        ({ length }) => length >= 3,
      );
      assert.deepEqual(
        seen.map(({ from }) => from.toString()),
        expected.slice(0, 3),
      );
      assert.deepEqual(
        seen.map(({ to }) => to.toString()),
        expected.slice(1),
      );
      vscode.Disposable.from(watch, renamed).dispose();
    });
  });

  describe('the file that is looked at', () => {
    const looksAt = async (uri: vscode.Uri) => {
      const { activeFile } = await api();
      await whenever(
        activeFile.onDidChange,
        'the file',
        () => activeFile.uri,
        (seen) => seen?.toString() === uri.toString(),
      );
    };

    it('is the CSV in the active editor, and stays it beside other editors', async () => {
      const { activeFile } = await api();
      const [one, other] = [await writeHere('one.csv', table), await writeHere('other.csv', table)];
      await show(one);
      await looksAt(one);
      await show(other);
      await looksAt(other);
      await show(await write('notes.md', '# Notes\n'));
      assert.equal(activeFile.uri?.toString(), other.toString());
      await closeEditors();
      assert.equal(activeFile.uri?.toString(), other.toString());
    });

    it('is the one that was trained on from the Explorer, until a person turns to another editor', async () => {
      const [shown, trained] = [await writeHere('shown.csv', table), await writeHere('trained.csv', table)];
      await show(shown);
      await vscode.commands.executeCommand('neuronLens.train', trained);
      await looksAt(trained);
      const third = await writeHere('third.csv', table);
      await show(third);
      await looksAt(third);
    });

    it('is followed when it gets another name', async () => {
      const uri = await writeHere('old.csv', table);
      await show(uri);
      await looksAt(uri);
      const to = file(`${FOLDER}/new.csv`);
      await rename(uri, to);
      await looksAt(to);
    });
  });

  describe('a table', () => {
    const failureOf = (checked: Checked | undefined) =>
      checked && 'failure' in checked ? textOf(checked.failure.message) : '';
    const rowsOf = (checked: Checked | undefined) =>
      checked && 'table' in checked ? checked.table.rows : undefined;

    it('is not read again after an edit of a setting that it does not follow from', async () => {
      const { tables, fileSettings } = await api();
      const uri = await writeHere('settled.csv', table);
      await tables.check(uri);
      for (const [key, value] of [
        ['training.epochs', 21],
        ['model.hiddenLayers', [3]],
      ] as const) {
        const settled = heard(fileSettings.onDidSettle);
        await setting(key, value);
        await until(
          'the settings',
          async () => settled.all.length,
          (count) => count > 0,
        );
        settled.dispose();
        assert.ok(tables.checked(uri), key);
      }
      await setting('csv.maxRows', 10);
      await until(
        'the rows',
        () => tables.check(uri),
        (checked) => rowsOf(checked) === 10,
      );
      await setting('csv.maxRows', undefined);
      await setting('model.hiddenLayers', undefined);
      await setting('training.epochs', 20);
    });

    it('is not read again after an edit of a setting of another file', async () => {
      const { tables, fileSettings } = await api();
      const [one, other] = [await writeHere('one.csv', table), await writeHere('other.csv', table)];
      await Promise.all([tables.check(one), tables.check(other)]);
      const [settled, reads] = [heard(fileSettings.onDidSettle), heard(tables.onDidRead)];
      await settingsOf(`${FOLDER}/one.csv`, { 'csv.maxRows': 10 });
      await until(
        'the rows',
        () => tables.check(one),
        (checked) => rowsOf(checked) === 10,
      );
      await until(
        'the settings',
        async () => settled.all.length,
        (count) => count > 0,
      );
      assert.ok(tables.checked(other));
      assert.equal(rowsOf(await tables.check(other)), 40);
      assert.deepEqual(reads.all.filter(is(other)), []);
      vscode.Disposable.from(settled, reads).dispose();
      await setting('datasets', undefined);
    });

    it('is read in its last version alone while a person types', async () => {
      const { tables } = await api();
      // Long enough to take more time to read than to type in.
      const many = Array.from({ length: 2_500 }, () => rows).flat();
      const uri = await writeHere('typed.csv', csv('a,b,label', ...many));
      await vscode.workspace.openTextDocument(uri);
      const reads = heard(tables.onDidRead);
      const asked: ReturnType<typeof tables.check>[] = [];
      for (let k = 0; k < 5; k++) {
        const edit = new vscode.WorkspaceEdit();
        edit.insert(uri, new vscode.Position(1, 0), `${k}.5,${k},x\n`);
        await vscode.workspace.applyEdit(edit);
        asked.push(tables.check(uri));
      }
      const last = (await asked[4]) as { table: { rows: number } };
      assert.equal(last.table.rows, many.length + 5);
      assert.ok(reads.all.filter(is(uri)).length < 5, 'what was typed over is not read');
      assert.ok((await Promise.all(asked)).every((checked) => (rowsOf(checked) ?? 0) > many.length));
      reads.dispose();
      await show(uri);
      await vscode.commands.executeCommand('workbench.action.files.revert');
    });

    it('that one caller does not want any more, another still gets', async () => {
      const { tables } = await api();
      const uri = await writeHere('shared.csv', table);
      const caller = new AbortController();
      const cancelled = tables.check(uri, { signal: caller.signal });
      const other = tables.check(uri);
      caller.abort();
      assert.equal(await cancelled, undefined);
      assert.equal(rowsOf(await other), 40);
    });

    it('that is a pipe is refused, and delays no other', async function () {
      if (process.platform === 'win32') this.skip();
      const { tables } = await api();
      const pipe = file(`${FOLDER}/pipe.csv`);
      execFileSync('mkfifo', [pipe.fsPath]);
      const uri = await writeHere('beside.csv', table);
      const [refused, beside] = await Promise.all([tables.check(pipe), tables.check(uri)]);
      assert.match(failureOf(refused), /^This is a pipe, not a regular file/);
      assert.equal(rowsOf(beside), 40);
    });

    it('that no editor shows is read anew when its file changes, and is gone with it', async () => {
      const { tables } = await api();
      const uri = await writeHere('elsewhere.csv', table);
      assert.equal(rowsOf(await tables.check(uri)), 40);
      await fs.appendFile(uri.fsPath, '1.5,2,x\n');
      await until(
        'the new row',
        () => tables.check(uri),
        (checked) => rowsOf(checked) === 41,
      );
      await fs.rm(uri.fsPath);
      await until(
        'its end',
        () => tables.check(uri),
        (checked) => /There is no such file/.test(failureOf(checked)),
      );
    });

    it('has its problems listed under its new name', async () => {
      const uri = await writeHere('listed.csv', csv('a,b,label', ...rows, 'oops,1,x'));
      await show(uri);
      assert.ok(hasCode('text-in-numbers')(await checkFile(uri)));
      const to = file(`${FOLDER}/renamed.csv`);
      await rename(uri, to);
      await whenListed(to, 'the problems', hasCode('text-in-numbers'));
      assert.deepEqual(listedProblems(uri), []);
      assert.equal((await lensTitles(to))[0], 'Train Neural Network');
      await fs.rm(to.fsPath);
      await whenListed(to, 'their end', ({ length }) => length === 0);
    });
  });

  describe('Train', () => {
    it('on an editor without a CSV trains no other file, and says why', async () => {
      const { sessions } = await api();
      const uri = await writeHere('kept.csv', table);
      await vscode.commands.executeCommand('neuronLens.train', uri);
      const session = sessions.get(uri);
      assert.ok(session);
      const { window } = vscode;
      const { showErrorMessage } = window;
      const said: string[] = [];
      Object.assign(window, { showErrorMessage: (text: string) => Promise.resolve(void said.push(text)) });
      try {
        await show(await write('notes.md', '# Notes\n'));
        await vscode.commands.executeCommand('neuronLens.train');
        await vscode.commands.executeCommand('neuronLens.train', file('notes.md'));
      } finally {
        Object.assign(window, { showErrorMessage });
      }
      assert.equal(said.length, 2);
      for (const each of said)
        assert.match(each, /^notes\.md is no CSV file, so there is nothing to train on/);
      assert.equal(sessions.get(uri), session);
      assert.equal(sessions.get(file('notes.md')), undefined);
    });
  });

  describe('a file that has been trained on', () => {
    /** Resolves once the Lens of the file says so and nothing else of the file. */
    const says = async (session: Session, ...expected: RegExp[]) => {
      const ofFile = () => noticesOf(session).filter((each) => each.startsWith('The file '));
      const isSo = (seen: string[]) =>
        seen.length === expected.length && expected.every((each, k) => each.test(seen[k]));
      await until(`of the file: ${expected.join()}`, async () => ofFile(), isSo);
    };

    it('is said in its Lens to be another, to be gone and to be back, and the result stays', async () => {
      const uri = await writeHere('followed.csv', table);
      const session = await train(uri);
      await when(session, 'the end', ended);
      const { status, measure, parameters } = session;
      await says(session);
      await fs.appendFile(uri.fsPath, '1.5,2,x\n');
      await says(session, /^The file holds something else now/);
      await fs.rm(uri.fsPath);
      await says(session, /^The file is gone\./);
      await fs.writeFile(uri.fsPath, table);
      await says(session);
      assert.deepEqual([session.status, session.measure, session.parameters], [status, measure, parameters]);
      assert.ok(status === 'finished' && session.canGoOn);
    });

    it('is followed under its new name: what becomes of that one is said', async () => {
      const { sessions } = await api();
      const uri = await writeHere('first-name.csv', table);
      const session = await train(uri);
      await when(session, 'the end', ended);
      const to = file(`${FOLDER}/second-name.csv`);
      await rename(uri, to);
      await until(
        'the new name',
        async () => sessions.get(to),
        (found) => found === session,
      );
      await fs.writeFile(uri.fsPath, 'a,b\n1,2\n');
      await fs.appendFile(to.fsPath, '1.5,2,x\n');
      await says(session, /^The file holds something else now/);
      assert.equal(sessions.get(uri), undefined);
    });
  });

  describe('the CodeLens of a file that has been trained on', () => {
    it('shows a target that is chosen, and that it takes another training, which applies it', async () => {
      const uri = await writeHere('chosen.csv', table);
      const { fileSettings } = await api();
      await when(await train(uri), 'the end', ended);
      await until(
        'the target',
        () => lensTitles(uri),
        (titles) => titles.includes('Target: label'),
      );
      await fileSettings.override(uri, { 'data.target': 'b' });
      const titles = await until(
        'the new target',
        () => lensTitles(uri),
        (all) => all.includes('Target: b'),
      );
      assert.ok(titles.includes('Train Again to apply'), titles.join());
      await when(await train(uri), 'the end', ended);
      await until(
        'the old text',
        () => lensTitles(uri),
        (all) => all.includes('Train Again') && all.includes('Target: b'),
      );
    });
  });
});
