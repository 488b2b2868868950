import * as assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import * as vscode from 'vscode';
import type { PredictionMarks } from '../../src/host/predictionMarks';
import { predict, rowsOf } from '../../src/host/rowPredictions';
import { revealLines, showPlace } from '../../src/host/showPlace';
import type { Session } from '../../src/session/session';
import { api, csv, ended, inFolder, setting, settingsOf, show, train, when, whenever } from './support';

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
  const textsAre = (
    shown: PredictionMarks,
    what: string,
    holds: (texts: Map<number, string>) => boolean,
    of = uri,
  ) =>
    whenever(shown.onDidDraw, what, () => new Map(shown.of(of).map(({ line, text }) => [line, text])), holds);

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

  it('predictions go with a training that goes on, and are those of its end where it has paused', async () => {
    const live = await writeHere('live.csv', table);
    await settingsOf('rows/live.csv', { 'training.epochs': 10_000_000 });
    await setting('view.epochsPerSecond', 200);
    const running = await train(live);
    await show(live);
    await toggle();
    const shown = await marks();
    const said = (texts: Map<number, string>) => JSON.stringify([...texts]);
    let before = await textsAre(shown, 'predictions', ({ size }) => size > 5, live);
    for (const time of ['first', 'second', 'third']) {
      const next = await textsAre(shown, `a ${time} change`, (texts) => said(texts) !== said(before), live);
      assert.equal(running.status, 'running');
      before = next;
    }
    running.pause();
    await when(running, 'the pause', ({ status }) => status === 'paused');
    const right = await expected(running, 1, 41);
    const rows = (texts: Map<number, string>) => [...texts].filter(([line]) => line > 1);
    await textsAre(
      shown,
      'those of the end',
      (texts) => rows(texts).length > 5 && rows(texts).every(([line, text]) => text === right.get(line)),
      live,
    );
    await toggle();
    running.stop();
    await setting('view.epochsPerSecond', 0);
  });

  it('predictions stand at the lines in sight alone, and at none of more than 2,000 characters', async () => {
    const rows = Array.from(
      { length: 500 },
      (_, i) => `${(i * 37) % 41}.5,${(i * 17) % 29},${i % 3 ? 'x' : 'y'}`,
    );
    // Spaces around a value are none of it.
    const filled = (row: string, length: number) => `${' '.repeat(length - row.length)}${row}`;
    rows[1] = filled(rows[1], 2000);
    rows[2] = filled(rows[2], 2001);
    const long = await writeHere('long.csv', csv('a,b,label', ...rows));
    const over = await train(long);
    await when(over, 'the end', ended);
    assert.equal(over.status, 'finished');
    await show(long);
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    await toggle();
    const shown = await marks();
    const top = await textsAre(shown, 'predictions', ({ size }) => size > 5, long);
    assert.ok(top.has(2) && top.has(3) && top.has(5), [...top.keys()].join());
    assert.ok(!top.has(4), 'the line is too long');
    const inSight = () => editor.visibleRanges.map(({ start, end }) => [start.line + 1, end.line + 1]);
    const areInSight = (texts: Map<number, string>) =>
      [...texts.keys()].every((line) => inSight().some(([first, last]) => line >= first && line <= last));
    assert.ok(areInSight(top), `${[...top.keys()].join()} of ${JSON.stringify(inSight())}`);
    editor.revealRange(new vscode.Range(400, 0, 400, 0), vscode.TextEditorRevealType.AtTop);
    const below = await textsAre(
      shown,
      'those of the lines in sight now',
      (texts) => texts.has(401) && areInSight(texts),
      long,
    );
    assert.ok(!below.has(2), 'those above are gone');
    assert.ok(below.size < 200, `${below.size} lines`);
    await toggle();
  });
});

describe('a row that is to be shown', () => {
  const writeHere = inFolder('no-editor', {});
  const shownAt = () => vscode.window.activeTextEditor?.selection.active.line;

  it('is where the cursor goes, in an editor that is opened for it if need be', async () => {
    const uri = await writeHere('plain.csv', table);
    assert.equal(await revealLines(uri, [7]), null);
    const [editor] = vscode.window.visibleTextEditors.filter(
      ({ document }) => document.uri.path === uri.path,
    );
    assert.equal(editor.selection.active.line, 6);
  });

  it('opens no editor for a file of more than 50 MB, which no extension is told of', async () => {
    const large = await writeHere('large.csv', `${table}# `.padEnd(50 * 1024 * 1024 + 1, '.'));
    assert.equal(await revealLines(large, [7]), 'large');
    assert.equal(shownAt(), undefined);
  });

  it('opens no editor for a packed file, and says why', async () => {
    const packed = await writeHere('packed.csv.gz', gzipSync(table));
    assert.equal(await revealLines(packed, [7]), 'packed');
    const { window } = vscode;
    const { showInformationMessage } = window;
    const said: string[] = [];
    Object.assign(window, {
      showInformationMessage: (text: string) => Promise.resolve(void said.push(text)),
    });
    try {
      await showPlace(packed);
      await showPlace(packed, { line: 1234 });
    } finally {
      Object.assign(window, { showInformationMessage });
    }
    assert.deepEqual(said, [
      'packed.csv.gz is packed with gzip, so an editor cannot show it. Unpack it to look there.',
      'packed.csv.gz is packed with gzip, so an editor cannot show line 1,234 of it. Unpack it to look there.',
    ]);
    assert.equal(shownAt(), undefined);
  });

  it('opens none beside a grid, or whatever else shows the file as no text', async () => {
    const uri = await writeHere('grid.csv', table);
    // Any editor that is none for texts will do.
    await vscode.commands.executeCommand('vscode.openWith', uri, 'imagePreview.previewEditor');
    assert.ok(vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputCustom);
    assert.equal(await revealLines(uri, [7]), 'other editor');
    assert.equal(shownAt(), undefined);
    // Nor where another file covers it: the grid is what a person has chosen for this one.
    const above = await vscode.window.showTextDocument(await writeHere('above.csv', table), {
      preview: false,
    });
    assert.equal(await revealLines(uri, [7]), 'other editor');
    assert.equal(vscode.window.activeTextEditor, above);
  });
});
