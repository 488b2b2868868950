import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { conditional, contextKey } from '../../src/host/contextKeys';
import { file, folder, lensTitles } from './support';

describe('the extension in a trusted workspace', () => {
  it('activates, and says how long it took', async () => {
    const extension = vscode.extensions.getExtension('neuron-lens.neuron-lens');
    assert.ok(extension);
    const from = performance.now();
    await extension.activate();
    console.log(`activation: ${(performance.now() - from).toFixed(1)} ms or before the tests began`);
    assert.ok(extension.isActive);
    assert.equal(vscode.workspace.isTrusted, true);
  });

  it('registers every command of its manifest', async () => {
    const extension = vscode.extensions.getExtension('neuron-lens.neuron-lens');
    assert.ok(extension);
    await extension.activate();
    const manifest = extension.packageJSON as { contributes: { commands: { command: string }[] } };
    const present = new Set(await vscode.commands.getCommands(true));
    const missing = manifest.contributes.commands.filter(({ command }) => !present.has(command));
    assert.deepEqual(missing, []);
  });

  it('has what acts on a training in the palette only where it can', () => {
    const extension = vscode.extensions.getExtension('neuron-lens.neuron-lens');
    const { contributes } = extension?.packageJSON as {
      contributes: { menus: { commandPalette: { command: string; when: string }[] } };
    };
    const conditions = new Map(contributes.menus.commandPalette.map(({ command, when }) => [command, when]));
    for (const command of conditional)
      assert.equal(conditions.get(`neuronLens.${command}`), contextKey(command), command);
    const known = new Set(conditional.map(contextKey));
    const asked = [...conditions.values()].flatMap((when) => when.match(/neuronLens\.can\w+/g) ?? []);
    assert.deepEqual(
      asked.filter((key) => !known.has(key)),
      [],
    );
  });

  it('has a scratch copy of samples/ as its workspace', async () => {
    const names = (await vscode.workspace.fs.readDirectory(folder())).map(([name]) => name);
    assert.ok(names.includes('flower.csv'));
    assert.notEqual(folder().fsPath, process.cwd());
  });
});

describe('the CodeLens of every sample', () => {
  const expected: Record<string, [target: string, size: string]> = {
    'flower.csv': ['petal', '400 rows × 3 columns, comma-separated'],
    'moons.csv': ['moon', '300 rows × 3 columns, comma-separated'],
    'circles.csv': ['ring', '300 rows × 3 columns, comma-separated'],
    'spiral.csv': ['arm', '300 rows × 3 columns, comma-separated'],
    'xor.csv': ['xor', '4 rows × 3 columns, comma-separated'],
    'sine.csv': ['y', '200 rows × 2 columns, comma-separated'],
    'iris.csv': ['species', '150 rows × 5 columns, comma-separated'],
    'penguins.csv': ['Species', '344 rows × 7 columns, comma-separated'],
    'cars.csv': ['Miles_per_Gallon', '406 rows × 9 columns, comma-separated'],
  };
  for (const [name, [target, size]] of Object.entries(expected)) {
    it(`${name}: Train, the target ${target}, ${size}`, async () => {
      const [train, find, predicts, table, ...notes] = await lensTitles(file(name));
      assert.deepEqual([train, find], ['Train Neural Network', 'Find a Good Network']);
      assert.deepEqual([predicts, table], [`Target: ${target}`, size]);
      assert.ok(notes.length <= 1 && notes.every((note) => /^\d+ notes?$/.test(note)), String(notes));
    });
  }

  it('is there under a language that another extension has given the file', async () => {
    const document = await vscode.workspace.openTextDocument(file('moons.csv'));
    await vscode.languages.setTextDocumentLanguage(document, 'plaintext');
    assert.deepEqual((await lensTitles(file('moons.csv')))[0], 'Train Neural Network');
    await vscode.languages.setTextDocumentLanguage(document, 'csv');
  });

  it('goes away with neuronLens.codeLens.enabled off', async () => {
    const configuration = vscode.workspace.getConfiguration('neuronLens');
    await configuration.update('codeLens.enabled', false, vscode.ConfigurationTarget.Workspace);
    assert.deepEqual(await lensTitles(file('iris.csv')), []);
    await configuration.update('codeLens.enabled', undefined, vscode.ConfigurationTarget.Workspace);
    assert.equal((await lensTitles(file('iris.csv')))[0], 'Train Neural Network');
  });
});
