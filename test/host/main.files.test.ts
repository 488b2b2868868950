import * as assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import * as vscode from 'vscode';
import { api, closeEditors, csv, file, inFolder, show, until, whenever, write } from './support';

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

  describe('Train', () => {
    it('on an editor without a CSV trains no other file, and says why', async () => {
      const { sessions } = await api();
      const uri = await writeHere('kept.csv', table);
      await vscode.commands.executeCommand('neuronLens.train', uri);
      const session = sessions.get(uri);
      assert.ok(session);
      await show(await write('notes.md', '# Notes\n'));
      // The message stays until it is closed: the command is done only then.
      const done = vscode.commands.executeCommand('neuronLens.train');
      await vscode.commands.executeCommand('notifications.clearAll');
      void done;
      assert.equal(sessions.get(uri), session);
      void vscode.commands.executeCommand('neuronLens.train', file('notes.md'));
      assert.equal(sessions.get(file('notes.md')), undefined);
    });
  });
});
