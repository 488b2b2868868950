import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { gzipSync } from 'node:zlib';
import * as vscode from 'vscode';
import { whole } from '../../src/core/format';
import type { Session } from '../../src/session/session';
import {
  api,
  checkFile,
  csv,
  ended,
  file,
  hasCode,
  inFolder,
  lensTitles,
  setting,
  settingsOf,
  show,
  train,
  until,
  when,
  whenListed,
  failureOf,
} from './support';
import { textOf } from '../../src/host/text';

const FOLDER = 'reading';
const MB = 1_000_000;
const ms = (from: number) => performance.now() - from;

const HEADER = 'first,second,label\n';
const ROW = 20;
/** Rows of 20 bytes, of which `first` is the digit before the point of every number. */
function rowsFrom(first: number, count: number): Buffer {
  const block = Array.from({ length: 1000 }, (_, i) => {
    const fraction = String((i * 7919) % 1_000_000).padStart(6, '0');
    return `${first}.${fraction},${first}.${fraction.split('').reverse().join('')},${i % 2 ? 'x' : 'y'}\n`;
  }).join('');
  assert.equal(block.length, 1000 * ROW);
  return Buffer.alloc(count * ROW, block);
}

/** Writes a table of rows of 20 bytes, and gives the path and how many rows there are. */
function writeRows(name: string, size: number, first = 1): { uri: vscode.Uri; path: string; count: number } {
  const uri = file(`${FOLDER}/${name}`);
  const count = Math.floor(size / ROW);
  fs.writeFileSync(uri.fsPath, Buffer.concat([Buffer.from(HEADER), rowsFrom(first, count)]));
  return { uri, path: uri.fsPath, count };
}

const OPEN_FILES = '/proc/self/fd';

/** Whether this process, the threads that read among it, has a file open; on Linux alone that can be seen. */
function isOpen(path: string): boolean {
  if (!fs.existsSync(OPEN_FILES)) return false;
  return fs.readdirSync(OPEN_FILES).some((fd) => {
    try {
      return fs.readlinkSync(`${OPEN_FILES}/${fd}`).startsWith(path);
    } catch {
      // It is the folder's own, and closed by now.
      return false;
    }
  });
}

/** The next turn of the event loop. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('reading', () => {
  const writeHere = inFolder(FOLDER, { 'view.epochsPerSecond': 0, 'training.epochs': 1 });
  after(() => setting('training.threads', undefined));

  describe('the CodeLens of a large file', () => {
    let uri: vscode.Uri;
    let count: number;
    before(() => {
      ({ uri, count } = writeRows('large.csv', 40 * MB));
    });
    after(() => vscode.workspace.fs.delete(uri));

    it('is there at once, without the rows, and has them once they are counted', async () => {
      const { codeLens, tables } = await api();
      const document = await vscode.workspace.openTextDocument(uri);
      const read = new Promise<void>((resolve) => {
        const subscription = tables.onDidRead((changed) => {
          if (changed.toString() !== uri.toString()) return;
          subscription.dispose();
          resolve();
        });
      });
      const times: number[] = [];
      let titles: string[] = [];
      for (let time = 0; time < 3; time++) {
        const from = performance.now();
        const lenses = await codeLens.provideCodeLenses(document);
        times.push(ms(from));
        if (time === 0) titles = lenses.map(({ command }) => command?.title ?? '');
      }
      console.log(`CodeLens of 40 MB, thrice: ${times.map((each) => each.toFixed(0)).join(', ')} ms`);
      assert.deepEqual(titles, [
        'Train Neural Network',
        'Find a Good Network',
        'Target: label',
        '… rows × 3 columns, comma-separated',
      ]);
      const from = performance.now();
      await read;
      console.log(`its rows: ${ms(from).toFixed(0)} ms later`);
      assert.deepEqual((await lensTitles(uri)).slice(0, 4), [
        'Train Neural Network',
        'Find a Good Network',
        'Target: label',
        `${whole(count)} rows × 3 columns, comma-separated`,
      ]);
    });
  });

  describe('the CodeLens', () => {
    const rows = Array.from(
      { length: 40 },
      (_, i) => `${(i * 37) % 41}.5,${(i * 17) % 29},${i % 3 ? 'x' : 'y'}`,
    );

    it('is that of the edited text, before it is saved', async () => {
      const uri = await writeHere('edited.csv', csv('a,b,label', ...rows));
      await show(uri);
      assert.deepEqual((await lensTitles(uri)).slice(2, 4), [
        'Target: label',
        '40 rows × 3 columns, comma-separated',
      ]);
      const edit = new vscode.WorkspaceEdit();
      edit.insert(uri, new vscode.Position(0, 9), '\n1.5,2,x\n2.5,1,y');
      edit.replace(uri, new vscode.Range(0, 4, 0, 9), 'class');
      await vscode.workspace.applyEdit(edit);
      // Its head first, then all of it.
      const [, , , size] = await until(
        'its head',
        () => lensTitles(uri),
        ([, , target]) => target === 'Target: class',
      );
      assert.match(size, /^(42|…) rows × 3 columns, comma-separated$/);
      await until(
        'its rows',
        () => lensTitles(uri),
        ([, , target, size]) => target === 'Target: class' && size === '42 rows × 3 columns, comma-separated',
      );
      await vscode.commands.executeCommand('workbench.action.files.revert');
      await until(
        'those of the file',
        () => lensTitles(uri),
        ([, , target, size]) => target === 'Target: label' && size === '40 rows × 3 columns, comma-separated',
      );
    });

    it('is above tables with tabs, and above what is named .csv under whatever language', async () => {
      const tabs = await writeHere('tabs.tsv', csv('a,b,label', ...rows).replaceAll(',', '\t'));
      assert.deepEqual((await lensTitles(tabs)).slice(0, 4), [
        'Train Neural Network',
        'Find a Good Network',
        'Target: label',
        '40 rows × 3 columns, tab-separated',
      ]);
      for (const name of ['plain.csv', 'plain.tsv', 'PLAIN.CSV']) {
        const uri = await writeHere(name, csv('a,b,label', ...rows));
        const document = await vscode.workspace.openTextDocument(uri);
        await vscode.languages.setTextDocumentLanguage(document, 'plaintext');
        assert.deepEqual((await lensTitles(uri)).slice(0, 4), [
          'Train Neural Network',
          'Find a Good Network',
          'Target: label',
          '40 rows × 3 columns, comma-separated',
        ]);
      }
    });

    it('is above no other file', async () => {
      assert.deepEqual(await lensTitles(await writeHere('table.txt', csv('a,b,label', ...rows))), []);
    });
  });

  describe('a large file that is trained on', () => {
    let table: ReturnType<typeof writeRows>;
    before(() => {
      table = writeRows('sixty.csv', 60 * MB);
    });
    after(() => vscode.workspace.fs.delete(table.uri));

    for (const threads of [1, 3]) {
      const on = threads === 1 ? 'on one thread' : `on ${threads} threads`;
      it(`is let go of at once when it is stopped, and says how much of it has been read, ${on}`, async () => {
        await setting('training.threads', threads);
        const session = await train(table.uri);
        await when(session, 'a part of it', ({ reading }) => (reading ?? 0) > 0);
        assert.equal(session.status, 'loading');
        const from = performance.now();
        await vscode.commands.executeCommand('neuronLens.stop', table.uri);
        assert.equal(session.status, 'stopped');
        assert.ok(session.cancelled);
        const stopped = ms(from);
        await until(
          'the end of the reading',
          async () => isOpen(table.path),
          (open) => !open,
        );
        const closed = ms(from);
        console.log(`stopped after ${stopped.toFixed(0)} ms, the file closed after ${closed.toFixed(0)} ms`);
        assert.equal(session.table, null);
        assert.equal(session.record, null);
        // Stopped is no end: the next training reads anew.
        const shares: number[] = [];
        const begin = performance.now();
        const again = await train(table.uri);
        await when(again, 'the table', () => {
          shares.push(again.reading ?? 1);
          return again.table !== null;
        });
        console.log(`60 MB ${on}: ${ms(begin).toFixed(0)} ms, ${shares.length} reports`);
        assert.equal(again.table?.rows, table.count);
        assert.deepEqual(
          shares,
          [...shares].sort((a, b) => a - b),
        );
        assert.ok(shares.every((share) => share >= 0 && share <= 1));
        assert.ok(new Set(shares).size >= 3, shares.join());
        again.stop();
        await when(again, 'the end', ended);
      });
    }
  });

  describe('a file that changes while it is read', () => {
    const CHANGED = /^The file changed while it was being read/;
    /** Large enough for some threads, and so large that it can change when a part of it has been read. */
    const sizes = { opened: 20 * MB, 'partly read': 60 * MB };

    function refused({ status, failure, parameters }: Session): void {
      assert.equal(status, 'failed');
      assert.match(failure ? textOf(failure.message) : '', CHANGED);
      assert.equal(failure?.bug, false);
      assert.equal(parameters, null);
    }
    /** The table is that of one file at one moment: no number of another one, and every row. */
    function whole({ table, failure }: Session, atLeast: number): void {
      assert.ok(table?.rows, failure?.detail);
      assert.ok(table.rows >= atLeast, `${table.rows} rows`);
      const { min, max } = table.columns[0];
      assert.ok(min !== null && max !== null && min >= 1 && max < 2, `numbers of both: ${min} … ${max}`);
      assert.equal(table.error, null);
    }
    const refusedOrWhole = (session: Session) =>
      session.status === 'failed' ? refused(session) : whole(session, sizes.opened / ROW);

    interface Change {
      readonly what: string;
      /** Whether it comes when the file has just been opened, or when a part of it has been read. */
      readonly once: keyof typeof sizes;
      readonly change: (path: string, session: Session) => unknown;
      readonly judge: (session: Session) => void;
    }
    const changes: Change[] = [
      {
        what: 'that grows all the time is refused, or is as it was at some time',
        once: 'opened',
        change: async (path, session) => {
          const row = rowsFrom(1, 1);
          while (session.status === 'loading') {
            fs.appendFileSync(path, row);
            await turn();
          }
        },
        judge: refusedOrWhole,
      },
      {
        what: 'that is cut to the half is refused',
        once: 'partly read',
        change: (path) => fs.truncateSync(path, Math.floor(fs.statSync(path).size / 2)),
        judge: refused,
      },
      {
        what: 'that is written over in place is refused',
        once: 'partly read',
        change: (path) => {
          const fd = fs.openSync(path, 'r+');
          const rows = rowsFrom(5, 1000);
          fs.writeSync(fd, rows, 0, rows.length, fs.statSync(path).size - rows.length);
          fs.writeSync(fd, rows, 0, rows.length, HEADER.length);
          fs.closeSync(fd);
        },
        judge: refused,
      },
      {
        what: 'that is replaced by another is refused, or is the old one',
        once: 'opened',
        change: (path) => fs.renameSync(`${path}.other`, path),
        judge: refusedOrWhole,
      },
      {
        what: 'that is deleted is refused, or is as it was',
        once: 'opened',
        change: (path) => fs.unlinkSync(path),
        judge: refusedOrWhole,
      },
    ];
    for (const threads of [1, 3]) {
      changes.forEach(({ what, once, change, judge }, k) => {
        it(`${what} (${threads === 1 ? 'one thread' : `${threads} threads`})`, async function () {
          if (once === 'opened' && !fs.existsSync(OPEN_FILES)) this.skip();
          await setting('training.threads', threads);
          const name = `changing-${threads}-${k}.csv`;
          const { uri, path } = writeRows(name, sizes[once]);
          if (once === 'opened') writeRows(`${name}.other`, sizes[once], 5);
          const session = await train(uri);
          if (once === 'opened') while (session.status === 'loading' && !isOpen(path)) await turn();
          else await when(session, 'a part of it', ({ reading }) => (reading ?? 0) > 0);
          const from = performance.now();
          await change(path, session);
          try {
            await when(session, 'the end of the reading', ({ status }) => status !== 'loading');
            const { status, failure } = session;
            console.log(
              `${status === 'failed' && failure ? textOf(failure.message) : 'It is read.'} ${ms(from).toFixed(0)} ms`,
            );
            judge(session);
          } finally {
            session.stop();
            await when(session, 'the end', ended);
            fs.rmSync(path, { force: true });
            fs.rmSync(`${path}.other`, { force: true });
          }
        });
      });
    }

    it('can be trained on when it has come to rest', async () => {
      await setting('training.threads', undefined);
      const { uri, path } = writeRows('resting.csv', sizes['partly read']);
      const session = await train(uri);
      await when(session, 'a part of it', ({ reading }) => (reading ?? 0) > 0);
      fs.truncateSync(path, HEADER.length + ROW * 1000);
      await when(session, 'the end', ended);
      assert.equal(session.status, 'failed');
      const again = await train(uri);
      await when(again, 'the end', ended);
      assert.equal(again.status, 'finished');
      assert.equal(again.dataset?.rows, 1000);
    });
  });

  describe('packed files', () => {
    const rows = Array.from(
      { length: 40 },
      (_, i) => `${(i * 37) % 41}.5,${(i * 17) % 29},${i % 3 ? 'x' : 'y'}`,
    );

    it('are checked by their name, with the places in what is unpacked', async () => {
      const uri = await writeHere('packed.csv.gz', gzipSync(csv('a,b,label', ...rows, 'oops,1,x')));
      const listed = await checkFile(uri);
      const word = listed.find(({ code }) => code === 'text-in-numbers');
      assert.deepEqual(
        [word?.range.start.line, word?.range.start.character, word?.range.end.character],
        [41, 0, 4],
      );
      const session = await train(uri);
      await when(session, 'the end', ended);
      assert.equal(session.status, 'finished', failureOf(session));
      assert.equal(session.dataset?.rows, 41);
    });

    it('that are cut off are refused', async () => {
      const packed = gzipSync(csv('a,b,label', ...rows));
      const session = await train(await writeHere('cut.csv.gz', packed.subarray(0, packed.length - 20)));
      await when(session, 'the end', ended);
      assert.equal(session.status, 'failed');
      assert.match(failureOf(session), /compressed with gzip and cannot be unpacked/);
    });
  });

  describe('encodings', () => {
    const classes = ['Käse', 'Brötchen', 'Grün'];
    const text = csv(
      'größe,sorte',
      ...Array.from({ length: 60 }, (_, i) => `${(i * 37) % 61}.5,${classes[i % 3]}`),
    );
    const sorted = [...classes].sort();

    async function classesOf(uri: vscode.Uri): Promise<{ session: Session; names: readonly string[] }> {
      const session = await train(uri);
      await when(session, 'the end', ended);
      assert.equal(session.status, 'finished', failureOf(session));
      return { session, names: session.dataset?.classes ?? [] };
    }

    const encoding = (name: string, value: string) =>
      settingsOf(`${FOLDER}/${name}`, { 'csv.encoding': value });

    it('Windows-1252 is guessed, and that is listed; another that is set gives other names', async () => {
      const uri = await writeHere('umlauts.csv', Buffer.from(text, 'latin1'));
      const { session, names } = await classesOf(uri);
      assert.deepEqual(names, sorted);
      assert.equal(session.dataset?.features[0].name, 'größe');
      await whenListed(uri, 'the guess', hasCode('guessed-encoding'));
      await encoding('umlauts.csv', 'shift_jis');
      const { names: japanese } = await classesOf(uri);
      const decoder = new TextDecoder('shift_jis');
      assert.deepEqual(japanese, classes.map((name) => decoder.decode(Buffer.from(name, 'latin1'))).sort());
      await encoding('umlauts.csv', 'windows-1252');
      assert.deepEqual((await classesOf(uri)).names, sorted);
      await whenListed(uri, 'an empty list', (listed) => listed.length === 0);
    });

    it('the guess is no longer listed once the encoding is set, before the next training', async () => {
      const uri = await writeHere('umlauts-open.csv', Buffer.from(text, 'latin1'));
      await show(uri);
      await classesOf(uri);
      await whenListed(uri, 'the guess', hasCode('guessed-encoding'));
      await encoding('umlauts-open.csv', 'windows-1252');
      await whenListed(uri, 'an empty list', (listed) => listed.length === 0);
    });

    it('UTF-8 and UTF-16 are found, and nothing is said of them', async () => {
      for (const [name, content] of [
        ['utf-8', Buffer.from(text)],
        ['utf-8 with a mark', Buffer.from(`\ufeff${text}`)],
        ['utf-16', Buffer.from(`\ufeff${text}`, 'utf16le')],
        ['utf-16 without a mark', Buffer.from(text, 'utf16le')],
      ] as const) {
        const uri = await writeHere(`${name}.csv`, content);
        assert.deepEqual((await classesOf(uri)).names, sorted, name);
        assert.deepEqual(await checkFile(uri), [], name);
      }
    });
  });
});
