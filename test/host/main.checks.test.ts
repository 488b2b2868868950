import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { tableCases } from '../unit/checkCasesOfTables';
import { tableOf } from '../unit/checkTables';
import { ended, inFolder, listedProblems, settingsOf, show, train, when, whenListed } from './support';

const FOLDER = 'checks';
const CODE = 'correlated-features';

/** `copy` says what `size` says. */
const table = tableOf(300, ({ normal }) => {
  const size = normal();
  return { size, weight: normal(), copy: size + normal() / 50, label: size + normal() > 0 ? 'yes' : 'no' };
});

describe('what the checks of a training find of its data', () => {
  const writeHere = inFolder(FOLDER, { 'view.epochsPerSecond': 0, 'training.epochs': 20 });
  const of = (listed: readonly vscode.Diagnostic[]) => listed.filter(({ code }) => code === CODE);

  it('stands in Problems, one entry a code, with what can be done; of the score nothing does', async () => {
    const uri = await writeHere('twice.csv', table);
    await show(uri);
    const session = await train(uri);
    await when(session, 'the end', ended);
    const listed = await whenListed(uri, CODE, (all) => of(all).length > 0);
    assert.equal(of(listed).length, 1);
    const [{ message, severity, source }] = of(listed);
    assert.match(
      message,
      /^“size” and “copy” say nearly the same: their correlation is 0\.999\d\. One of them is enough: list the other in neuronLens\.data\.ignoredColumns\.$/,
    );
    assert.deepEqual([severity, source], [vscode.DiagnosticSeverity.Information, 'Neuron Lens']);
    assert.ok(!listed.some(({ code }) => code === 'no-better-than-line' || code === 'still-improving'));
  });

  it('is gone once it is muted for the file', async () => {
    const uri = await writeHere('muted.csv', table);
    await show(uri);
    const session = await train(uri);
    await when(session, 'the end', ended);
    await whenListed(uri, CODE, (all) => of(all).length > 0);
    await settingsOf(`${FOLDER}/muted.csv`, { 'data.mutedChecks': [CODE] });
    await whenListed(uri, 'nothing of it', (all) => of(all).length === 0);
    assert.deepEqual(of(listedProblems(uri)), []);
    assert.deepEqual(session.pending, [], 'nothing waits for a restart');
  });

  it('is gone as well where it was found in the table', async () => {
    const inGroups = tableCases.find(({ code }) => code === 'rows-in-groups');
    assert.ok(inGroups);
    const uri = await writeHere('people.csv', inGroups.raises[0]);
    await show(uri);
    const session = await train(uri);
    await when(session, 'the end', ended);
    const has = (all: readonly vscode.Diagnostic[]) => all.some(({ code }) => code === 'rows-in-groups');
    await whenListed(uri, 'the groups', has);
    await settingsOf(`${FOLDER}/people.csv`, { 'data.mutedChecks': ['rows-in-groups'] });
    await whenListed(uri, 'nothing of them', (all) => !has(all));
  });

  it('is gone where nothing is trained, and back once it is no more muted', async () => {
    const uri = await writeHere(
      'leak.csv',
      'a,copy,label\n' +
        Array.from({ length: 60 }, (_, k) => `${(k * 7) % 11},${k % 2},${k % 2 ? 'yes' : 'no'}\n`).join(''),
    );
    await show(uri);
    await vscode.commands.executeCommand('neuronLens.checkFile', uri);
    const has = (all: readonly vscode.Diagnostic[]) => all.some(({ code }) => code === 'leakage');
    await whenListed(uri, 'the leak', has);
    await settingsOf(`${FOLDER}/leak.csv`, { 'data.mutedChecks': ['leakage'] });
    await whenListed(uri, 'nothing of it', (all) => !has(all));
    await settingsOf(`${FOLDER}/leak.csv`, { 'data.mutedChecks': [] });
    await whenListed(uri, 'the leak again', has);
  });
});
