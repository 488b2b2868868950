import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { PredictionMarks } from '../../src/host/predictionMarks';
import { predict, rowsOf } from '../../src/host/rowPredictions';
import type { Session } from '../../src/session/session';
import { api, csv, ended, inFolder, show, train, when, whenever } from './support';

const table = csv(
  'a,b,label',
  ...Array.from({ length: 40 }, (_, i) => `${(i * 37) % 41}.5,${(i * 17) % 29},${i % 3 ? 'x' : 'y'}`),
);

/** What core says of the rows on these lines with the weights of now, by line. */
async function expected(session: Session, from: number, to: number): Promise<Map<number, string>> {
  const rows = await session.ask({ kind: 'rows', from, to }, 'test');
  const { network, parameters, dataset } = session;
  assert.ok(rows && network && parameters && dataset);
  return new Map(predict(network, parameters, dataset, rowsOf(rows)).map(({ line, text }) => [line, text]));
}

describe('rows in the editor', () => {
  const writeHere = inFolder('rows', { 'view.epochsPerSecond': 0, 'training.epochs': 50 });
  let uri: vscode.Uri;
  let session: Session;
  before(async () => {
    uri = await writeHere('rows.csv', table);
    session = await train(uri);
    await when(session, 'the end', ended);
  });

  const toggle = () => vscode.commands.executeCommand('neuronLens.showPredictions');
  const marks = async (): Promise<PredictionMarks> => {
    const { predictions } = await api();
    const shown = await predictions.shown;
    assert.ok(shown);
    return shown;
  };
  const textsAre = (shown: PredictionMarks, what: string, holds: (texts: Map<number, string>) => boolean) =>
    whenever(
      shown.onDidDraw,
      what,
      () => new Map(shown.of(uri).map(({ line, text }) => [line, text])),
      holds,
    );

  it('the line of the cursor is told, until the text is another', async () => {
    const { cursorRow } = await api();
    await show(uri);
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    const told: number[] = [];
    const subscription = cursorRow.onDidMove(({ line }) => told.push(line));
    const moveTo = (line: number) => {
      editor.selection = new vscode.Selection(line - 1, 0, line - 1, 0);
      return whenever(
        cursorRow.onDidMove,
        `line ${line}`,
        () => told.at(-1),
        (last) => last === line,
      );
    };
    await moveTo(7);
    await moveTo(12);
    await editor.edit((edit) => edit.insert(new vscode.Position(1, 0), '1,2,x\n'));
    editor.selection = new vscode.Selection(20, 0, 20, 0);
    await vscode.commands.executeCommand('undo');
    await moveTo(9);
    const ranges: (readonly number[])[][] = [];
    const other = cursorRow.onDidMove((places) => ranges.push(places.ranges));
    editor.selections = [new vscode.Selection(4, 0, 7, 0), new vscode.Selection(9, 2, 9, 2)];
    await whenever(
      cursorRow.onDidMove,
      'both selections',
      () => JSON.stringify(ranges.at(-1)),
      (last) => last === '[[5,7],[10,10]]',
    );
    assert.equal(told.at(-1), 7);
    other.dispose();
    assert.ok(!told.includes(21), String(told));
    subscription.dispose();
  });

  it('predictions stand at the ends of the lines, as core has them', async () => {
    await show(uri);
    await toggle();
    const shown = await marks();
    const right = await expected(session, 1, 41);
    const texts = await textsAre(shown, 'predictions', (found) => found.size > 5);
    assert.equal(texts.get(1), undefined);
    for (const [line, text] of texts) assert.equal(text, right.get(line));
    await toggle();
    const { predictions } = await api();
    assert.equal(predictions.shown, undefined);
  });

  it('an edited line says so; the others keep theirs, and undo brings it back', async () => {
    const editor = await vscode.window.showTextDocument(uri);
    editor.revealRange(new vscode.Range(0, 0, 0, 0));
    await toggle();
    const shown = await marks();
    const right = await expected(session, 1, 41);
    await textsAre(shown, 'predictions', (found) => found.get(4) === right.get(4));
    await editor.edit((edit) => {
      edit.insert(new vscode.Position(3, 0), '9');
      edit.insert(new vscode.Position(1, 0), '1,2,x\n');
    });
    const texts = await textsAre(shown, 'the word', (found) => found.get(5) === 'edited');
    assert.equal(texts.get(2), 'edited');
    assert.equal(texts.get(3), right.get(2));
    assert.equal(texts.get(6), right.get(5));
    await vscode.commands.executeCommand('undo');
    await textsAre(
      shown,
      'the predictions of before',
      (found) => found.get(4) === right.get(4) && found.get(2) === right.get(2),
    );
    await toggle();
  });
});
