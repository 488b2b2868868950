import * as assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import * as vscode from 'vscode';
import { whole } from '../../src/core/format';
import { problemSeverities } from '../../src/data/problems';
import { defaults } from '../../src/settings/settings';
import {
  api,
  checkFile,
  closeEditors,
  csv,
  datasets,
  ended,
  file,
  hasCode,
  inFolder,
  lensTitles,
  listedProblems,
  readings,
  setting,
  settingsOf,
  show,
  train,
  until,
  when,
  whenListed,
  write,
  failureOf,
} from './support';

const { Error: Wrong, Information, Hint } = vscode.DiagnosticSeverity;
const FOLDER = 'problems';

const rows = (count: number, row: (i: number) => string) => Array.from({ length: count }, (_, i) => row(i));
/** Numbers without an order, so that no column is an identifier or gives another away. */
const mixed = (i: number, modulus = 11) => ((i * 7919 + 13) % 104729) % modulus;
const codes = (listed: readonly vscode.Diagnostic[]) => listed.map(({ code }) => String(code as string));
const find = (listed: readonly vscode.Diagnostic[], code: string) => {
  const found = listed.find((each) => each.code === code);
  assert.ok(found, `${code} is not among ${codes(listed).join()}`);
  return found;
};

/** A table without anything to say of it, but for a word in a column of numbers. */
const withWord = csv(
  'size,label',
  ...rows(40, (i) => (i === 24 ? 'oops,x' : `${mixed(i, 1009)}.5,${mixed(i, 3) > 1 ? 'x' : 'y'}`)),
);

/** Replaces a text of a document, in the editor. */
async function replace(document: vscode.TextDocument, text: string, by: string): Promise<void> {
  const from = document.getText().indexOf(text);
  assert.ok(from >= 0);
  const edit = new vscode.WorkspaceEdit();
  const range = new vscode.Range(document.positionAt(from), document.positionAt(from + text.length));
  edit.replace(document.uri, range, by);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

const SHORT = { 'view.epochsPerSecond': 0, 'training.epochs': 20 };

describe('Problems', () => {
  const writeHere = inFolder(FOLDER, SHORT);
  after(() => vscode.commands.executeCommand('workbench.action.closePanel'));

  describe('what is listed', () => {
    it('nothing for a file that is merely open, though its CodeLens knows that there is something', async () => {
      const uri = await writeHere('open.csv', withWord);
      await show(uri);
      await until(
        'the number of notes',
        () => lensTitles(uri),
        (titles) => titles.includes('2 notes'),
      );
      assert.deepEqual(listedProblems(uri), []);
    });

    it('everything once it has been checked', async () => {
      const uri = await writeHere('checked.csv', withWord);
      await show(uri);
      const listed = await checkFile(uri);
      assert.deepEqual(codes(listed).sort(), ['missing-values', 'text-in-numbers']);
      assert.ok(listed.every(({ source }) => source === 'Neuron Lens'));
    });

    it('everything once it is trained on', async () => {
      const uri = await writeHere('trained.csv', withWord);
      await show(uri);
      const session = await train(uri);
      const listed = await whenListed(uri, 'the problems', (all) => all.length > 0);
      assert.deepEqual(codes(listed).sort(), ['missing-values', 'text-in-numbers']);
      await when(session, 'the end', ended);
      assert.equal(session.status, 'finished');
    });

    it('nothing that was not asked for: another open file stays without', async () => {
      const [one, other] = [await writeHere('one.csv', withWord), await writeHere('other.csv', withWord)];
      await show(other);
      await show(one);
      await checkFile(one);
      assert.notEqual(listedProblems(one).length, 0);
      assert.deepEqual(listedProblems(other), []);
    });
  });

  describe('where it is', () => {
    const shapes: [what: string, tail: (eol: string) => string[], texts: string[]][] = [
      [
        'after letters of two bytes and of two UTF-16 units',
        () => ['Zoë 😀 ü,erstes,x', '漢字,"zweites",y'],
        ['erstes', '"zweites"'],
      ],
      [
        'below a quoted cell with a line break, and behind one in the same row',
        (eol) => [
          `"zwei${eol}Zeilen, ä",3,x`,
          'ß,erstes,y',
          `"drei${eol}${eol}ö",zweites,x`,
          '"""ü""",drittes,y',
        ],
        ['erstes', 'zweites', 'drittes'],
      ],
    ];
    for (const [what, tail, texts] of shapes) {
      for (const [ends, eol] of [
        ['LF', '\n'],
        ['CR LF', '\r\n'],
      ]) {
        it(`the cell, ${what} (${ends})`, async () => {
          const body = rows(30, (i) => `Zoë ${i},${mixed(i)},${mixed(i, 3) > 1 ? 'x' : 'y'}`);
          const text = ['name,größe,label', ...body, ...tail(eol), ''].join(eol);
          const uri = await writeHere(`place ${what}, ${ends}.csv`, text);
          const document = await show(uri);
          const found = (await checkFile(uri)).filter(({ code }) => code === 'text-in-numbers');
          assert.deepEqual(
            found.map(({ range }) => document.getText(range)),
            texts,
          );
          for (const [k, { range }] of found.entries()) {
            // VS Code has its own mind about line ends: by the text above, not by an offset.
            const above = text.slice(0, text.indexOf(texts[k])).split(eol);
            assert.deepEqual(
              [range.start.line, range.start.character, range.end.line, range.end.character],
              [
                above.length - 1,
                above.at(-1)?.length,
                above.length - 1,
                (above.at(-1)?.length ?? 0) + texts[k].length,
              ],
            );
          }
        });
      }
    }

    it('the cell of a file with a byte order mark, and of one in UTF-16', async () => {
      const text = csv('wörd,label', ...rows(30, (i) => `${i === 20 ? 'word1' : mixed(i)},${mixed(i, 3)}`));
      for (const encoding of ['utf8', 'utf16le'] as const) {
        const uri = await writeHere(`${encoding}.csv`, Buffer.from(`\ufeff${text}`, encoding));
        const document = await show(uri);
        const listed = await checkFile(uri);
        assert.equal(document.getText(find(listed, 'text-in-numbers').range), 'word1');
        assert.equal(document.getText(find(listed, 'missing-values').range), 'wörd');
      }
    });

    const places: [code: string, text: string, under: string][] = [
      ['ragged-row', csv('a,b', '1,2', '3,4', '5,6,more,cells'), 'more'],
      ['ragged-row', csv('a,b,c', '1,2,3', '4,5,6', '7,short'), 'short'],
      ['unterminated-quote', csv('a,b', '1,2', '3,"4', '5,6'), '"'],
      [
        'constant-column',
        csv('first,always,label', ...rows(30, (i) => `${mixed(i)},1,${mixed(i, 3)}`)),
        'always',
      ],
      [
        'duplicate-header',
        csv('a,b,a', ...rows(30, (i) => `${mixed(i)},${mixed(i, 5)},${mixed(i, 3)}`)),
        'a',
      ],
    ];
    places.forEach(([code, text, under], k) => {
      it(`${code}: “${under}”`, async () => {
        const uri = await writeHere(`under-${k}.csv`, text);
        const document = await show(uri);
        assert.equal(document.getText(find(await checkFile(uri), code).range), under);
      });
    });
  });

  describe('how bad it is', () => {
    it('never worse than information for a table that can be trained on', async () => {
      const uri = await writeHere(
        'harmless.csv',
        csv(
          'id,always,size,label',
          ...rows(
            60,
            (i) => `${i},1,${i % 9 === 0 ? '' : i === 31 ? 'oops' : mixed(i)},${i % 30 ? 'x' : 'y'}`,
          ),
          'id,always,size,label',
          'The end',
        ),
      );
      await show(uri);
      const listed = await checkFile(uri);
      assert.deepEqual([...new Set(codes(listed))].sort(), [
        'class-imbalance',
        'constant-column',
        'footer',
        'identifier-column',
        'missing-values',
        'repeated-header',
        'text-in-numbers',
      ]);
      assert.ok(listed.every(({ severity }) => severity === Information || severity === Hint));
    });

    it('an error where the table cannot be trained on, and only that', async () => {
      const uri = await writeHere(
        'useless.csv',
        csv('always,size,label', ...rows(30, (i) => `1,${mixed(i)},x`), '1,2'),
      );
      await show(uri);
      const listed = await checkFile(uri);
      const wrong = listed.filter(({ severity }) => severity === Wrong);
      assert.deepEqual(codes(wrong).sort(), ['no-target', 'ragged-row']);
      assert.equal(find(listed, 'constant-column').severity, Information);
      const session = await train(uri);
      await when(session, 'the end', ended);
      assert.equal(session.status, 'failed');
    });
  });

  describe('how much of it', () => {
    const letter = (k: number) =>
      String.fromCharCode(97 + Math.floor(k % 26)) + String.fromCharCode(97 + Math.floor(k / 26));
    const columns = (what: string) => rows(70, (c) => `${what}${c}`);
    /** 160 rows over 70 columns of numbers with 40 words each, 70 constants and 70 columns of texts. */
    const header = [...columns('n'), ...columns('always'), ...columns('text'), 'label'].join(',');
    const body = rows(160, (i) =>
      [
        ...rows(70, (c) =>
          (i + c) % 4 === 0 ? `word${'aeiou'[i % 5]}${letter(i / 5)}` : String(mixed(i * 70 + c, 101)),
        ),
        ...rows(70, () => '1'),
        ...rows(70, (c) => `text ${i} of ${c}`),
        mixed(i, 3) > 1 ? 'x' : 'y',
      ].join(','),
    );
    const words = 70 * 40;
    // The columns of words miss values, which is said once for all of them.
    const advice = 2 * 70 + 1;

    it('200, and one more with the number of all', async () => {
      const uri = await writeHere(
        'much.csv',
        csv(
          header,
          ...body,
          ...rows(60, () => header),
          ...rows(60, (i) => `${body[i].replaceAll(/word[a-z]+/g, '1')}x,`),
        ),
      );
      await show(uri);
      const listed = await checkFile(uri);
      assert.equal(listed.length, 201);
      const more = listed.at(-1);
      assert.equal(
        more?.message,
        `${whole(words + advice + 60 + 60)} problems were found in this file; 200 of them are listed.`,
      );
      assert.equal(more.severity, Information);
      assert.equal(more.source, 'Neuron Lens');
    });

    it('what blocks the training first', async () => {
      const uri = await writeHere('blocked.csv', csv(header, ...body, ...rows(3000, () => '1,2,3')));
      await show(uri);
      const listed = await checkFile(uri);
      assert.ok(listed.length <= 201);
      assert.deepEqual(
        listed.slice(0, 50).map(({ code, severity }) => [code, severity]),
        rows(50, () => '').map(() => ['ragged-row', Wrong]),
      );
      assert.match(
        listed.at(-1)?.message ?? '',
        new RegExp(`^${whole(3000 + words + advice)} problems were found`),
      );
    });

    it('a word that stands in many cells is said once, with how many they are', async () => {
      const uri = await writeHere(
        'words.csv',
        csv('size,label', ...rows(10_000, (i) => `${i % 4 === 0 ? 'oops' : mixed(i)},${mixed(i, 3)}`)),
      );
      await show(uri);
      const listed = await checkFile(uri);
      // Besides it, that values are missing, and that rows are repeated.
      assert.equal(listed.length, 3);
      assert.match(find(listed, 'text-in-numbers').message, /“oops”.*2,500/);
    });
  });

  describe('how long', () => {
    it('until the document is closed', async () => {
      const uri = await writeHere('closed.csv', withWord);
      await show(uri);
      assert.notEqual((await checkFile(uri)).length, 0);
      await closeEditors();
      await whenListed(uri, 'an empty list', (listed) => listed.length === 0);
    });

    it('until the cell is mended and the file saved', async () => {
      const uri = await writeHere('mended.csv', withWord);
      const document = await show(uri);
      assert.ok(hasCode('text-in-numbers')(await checkFile(uri)));
      await replace(document, 'oops', '3.5');
      assert.ok(await document.save());
      await whenListed(uri, 'an empty list', (listed) => listed.length === 0);
    });

    it('the same after a training, and without its CodeLens', async () => {
      await setting('codeLens.enabled', false);
      try {
        const uri = await writeHere('trained-mended.csv', withWord);
        const document = await show(uri);
        await when(await train(uri), 'the end', ended);
        await whenListed(uri, 'the word', hasCode('text-in-numbers'));
        await replace(document, 'oops', '3.5');
        assert.ok(await document.save());
        await whenListed(uri, 'an empty list', (listed) => listed.length === 0);
      } finally {
        await setting('codeLens.enabled', undefined);
      }
    });

    it('moves with what is put above it, once that is saved', async () => {
      const uri = await writeHere('moved.csv', withWord);
      const document = await show(uri);
      assert.equal(find(await checkFile(uri), 'text-in-numbers').range.start.line, 25);
      await replace(document, '\n', '\n9.5,x\n8.5,y\n');
      assert.ok(await document.save());
      const listed = await whenListed(uri, 'the new place', (all) =>
        all.some(({ code, range }) => code === 'text-in-numbers' && range.start.line === 27),
      );
      assert.equal(document.getText(find(listed, 'text-in-numbers').range), 'oops');
    });

    it('until a setting says otherwise, and again when it says so no more', async () => {
      const uri = await writeHere('settled.csv', withWord);
      await show(uri);
      assert.ok(hasCode('text-in-numbers')(await checkFile(uri)));
      await setting('csv.missingTokens', ['oops']);
      try {
        await whenListed(
          uri,
          'a list without it',
          (all) => all.length > 0 && !hasCode('text-in-numbers')(all),
        );
      } finally {
        await setting('csv.missingTokens', undefined);
      }
      await whenListed(uri, 'a list with it', hasCode('text-in-numbers'));
    });

    it('until a setting says otherwise, of a file that no editor shows', async () => {
      const uri = await writeHere('unseen.csv', withWord);
      assert.ok(hasCode('text-in-numbers')(await checkFile(uri)));
      await setting('csv.missingTokens', ['oops']);
      try {
        await whenListed(
          uri,
          'a list without it',
          (all) => all.length > 0 && !hasCode('text-in-numbers')(all),
        );
      } finally {
        await setting('csv.missingTokens', undefined);
      }
    });

    it('a file that no editor shows is read once a check, not for ever', async () => {
      const uri = await writeHere('twice.csv', withWord);
      await checkFile(uri);
      const count = await readings(uri, () => checkFile(uri));
      // Whatever reads it again and again ends with its problems.
      await show(uri);
      assert.ok(count <= 3, `read ${count} times`);
    });
  });
});

describe('quick fixes', () => {
  const writeHere = inFolder(FOLDER, SHORT);
  after(() => vscode.commands.executeCommand('workbench.action.closePanel'));

  /** What the light bulb offers at the first problem of a code, which has to be the only one there. */
  async function fixesFor(uri: vscode.Uri, code: string, beside?: string): Promise<vscode.CodeAction[]> {
    const listed = listedProblems(uri);
    const { range } = find(listed, code);
    const there = codes(listed.filter((each) => each.range.intersection(range)));
    assert.deepEqual(
      there.filter((each) => each !== beside),
      [code],
    );
    return vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri,
      range,
      vscode.CodeActionKind.QuickFix.value,
    );
  }

  async function apply(uri: vscode.Uri, code: string, title: string, beside?: string): Promise<void> {
    const actions = await fixesFor(uri, code, beside);
    const { command } = actions.find((action) => action.title === title) ?? {};
    assert.ok(command, `no “${title}” among ${actions.map((each) => each.title).join(', ')}`);
    await vscode.commands.executeCommand(command.command, ...((command.arguments ?? []) as unknown[]));
  }

  interface Case {
    readonly code: string;
    readonly text: string;
    /** What `neuronLens.datasets` says of the file already. */
    readonly said?: Record<string, unknown>;
    readonly fixes: readonly string[];
    /** One of the fixes, and what it writes for the file. */
    readonly mends?: { readonly title: string; readonly change: Record<string, unknown> };
    /** What else is said of the same place. */
    readonly beside?: string;
    /** How the problem changes, where it does not go. */
    readonly becomes?: RegExp;
  }
  const label = (i: number) => (mixed(i, 3) > 1 ? 'x' : 'y');
  const plain = rows(40, (i) => `${mixed(i)}.5,${mixed(i, 7)},${label(i)}`);
  const DELIMITER = 'Choose the delimiter of this file…';
  const ENCODING = 'Choose the encoding of this file…';
  const TARGET = 'Choose another column to predict…';
  const AS_TEXT = 'Read quotes in this file as text';
  const NO_HEADER = 'This file has no header';
  const ABOVE = 'Read only the rows above';
  const ROW = 'Leave This Row Out';
  const MERGE = 'Merge names that differ in spelling alone';
  const ignore = (name: string) => `Ignore the column “${name}”`;

  const cases: Case[] = [
    {
      code: 'unknown-encoding',
      text: csv('a,b,label', ...plain),
      said: { 'csv.encoding': 'klingon' },
      fixes: ['Find the encoding from the file', ENCODING],
      mends: { title: 'Find the encoding from the file', change: { 'csv.encoding': 'auto' } },
    },
    {
      code: 'unknown-delimiter',
      text: csv('a,b,label', ...plain),
      said: { 'csv.delimiter': 'é' },
      fixes: ['Find the delimiter from the file', DELIMITER],
      mends: { title: 'Find the delimiter from the file', change: { 'csv.delimiter': 'auto' } },
    },
    {
      code: 'unknown-quote',
      text: csv('a,b,label', ...plain),
      said: { 'csv.quote': '“' },
      fixes: ['Find the quote from the file'],
      mends: { title: 'Find the quote from the file', change: { 'csv.quote': 'auto' } },
    },
    { code: 'guessed-encoding', text: csv('a,b,label', ...plain, '1,2,K\xe4se'), fixes: [ENCODING] },
    {
      code: 'broken-character',
      text: csv('a,b,label', ...plain, '1,2,gr\xc3\xbcn', '1,2,K\xe4se'),
      fixes: [ENCODING],
    },
    {
      code: 'unterminated-quote',
      text: csv('a,b,label', ...plain, '1,2,"x', '3,4,y'),
      fixes: [AS_TEXT],
      mends: { title: AS_TEXT, change: { 'csv.quote': '' } },
    },
    {
      code: 'text-after-quote',
      text: csv('a,b,label', ...plain, '1,2,"x" y'),
      fixes: [AS_TEXT, ROW],
      mends: { title: AS_TEXT, change: { 'csv.quote': '' } },
    },
    {
      code: 'ragged-row',
      text: csv('a,b,label', ...plain, '1,2', '3,4,x'),
      fixes: [ROW, DELIMITER, ABOVE],
      mends: { title: ROW, change: { 'csv.leaveOutLines': [42] } },
    },
    {
      code: 'mended-row',
      text: csv('a,b,label', ...plain, '1;2;x'),
      fixes: [DELIMITER, ROW, ABOVE],
      mends: { title: ABOVE, change: { 'csv.maxRows': 40 } },
    },
    {
      code: 'header-mismatch',
      text: csv('a,b', ...plain.map((row, i) => `${mixed(i, 13)},${row}`)),
      fixes: [NO_HEADER, DELIMITER],
      beside: 'unnamed-column',
      mends: { title: NO_HEADER, change: { 'csv.header': 'absent' } },
    },
    {
      code: 'words-in-numbers',
      text: csv('a,b,label', ...plain, 'm,kg,-', ...plain),
      fixes: [ROW, ABOVE],
      mends: { title: ROW, change: { 'csv.leaveOutLines': [42] } },
    },
    {
      code: 'footer',
      text: csv('a,b,label', ...plain, 'The end'),
      fixes: [ABOVE],
      mends: { title: ABOVE, change: { 'csv.maxRows': 40 } },
    },
    {
      code: 'zero-bytes',
      text: `${csv('a,b,label', ...plain, ...plain)}\0\0\0\0`,
      fixes: [ROW, ABOVE],
      mends: { title: ABOVE, change: { 'csv.maxRows': 80 } },
    },
    {
      code: 'empty-file',
      text: '\n\n',
      said: { 'csv.skipLines': 2 },
      fixes: ['Skip no lines'],
    },
    {
      code: 'no-rows',
      text: csv('a,b,label', ...plain.slice(0, 5)),
      said: { 'csv.skipLines': 5, 'csv.header': 'present' },
      fixes: ['Skip no lines'],
      mends: { title: 'Skip no lines', change: { 'csv.skipLines': 0 } },
    },
    {
      code: 'repeated-header',
      text: csv('a,b,label', ...plain, 'a,b,label', ...plain),
      fixes: ['Read only the rows above'],
      mends: { title: 'Read only the rows above', change: { 'csv.maxRows': plain.length } },
    },
    {
      code: 'duplicate-header',
      text: csv('a,a,label', ...plain),
      fixes: ['Ignore the column “a (2)”'],
      mends: { title: 'Ignore the column “a (2)”', change: { 'data.ignoredColumns': ['a (2)'] } },
    },
    {
      code: 'preamble',
      text: csv('My table', 'a,b,label', ...plain),
      fixes: ['Skip the first 1 line'],
      mends: { title: 'Skip the first 1 line', change: { 'csv.skipLines': 1 } },
    },
    {
      code: 'comments',
      text: csv('# by me', 'a,b,label', ...plain),
      fixes: ['This file has no comments'],
      mends: { title: 'This file has no comments', change: { 'csv.commentPrefixes': [] } },
    },
    {
      code: 'rows-left-out',
      text: csv('a,b,label', ...plain),
      said: { 'csv.leaveOutLines': [5] },
      fixes: ['Leave no rows out'],
      mends: { title: 'Leave no rows out', change: { 'csv.leaveOutLines': [] } },
    },
    {
      code: 'no-row-on-line',
      text: csv('a,b,label', ...plain),
      said: { 'csv.leaveOutLines': [900] },
      fixes: ['Do not name that line'],
      mends: { title: 'Do not name that line', change: { 'csv.leaveOutLines': [] } },
    },
    {
      code: 'doubtful-decimals',
      text: csv(
        'a;b;label',
        ...plain.map((row, i) => row.replace(/[^,]*/, `${1 + (i % 9)}.250`).replaceAll(',', ';')),
        '7;1;x',
      ),
      fixes: ['Numbers have a decimal comma', ignore('a')],
      mends: { title: 'Numbers have a decimal comma', change: { 'csv.decimalSeparator': ',' } },
    },
    {
      code: 'mixed-units',
      text: csv('a,b,label', ...plain, '$7,1,x', '€7,1,y'),
      fixes: [ignore('a')],
      mends: { title: ignore('a'), change: { 'data.ignoredColumns': ['a'] } },
    },
    {
      code: 'placeholder-value',
      text: csv('a,b,label', ...plain, '-999,1,x', '-999,2,y'),
      fixes: ['Take “-999” for missing in “a”', ignore('a')],
      mends: {
        title: 'Take “-999” for missing in “a”',
        change: { 'data.placeholders': { a: ['-999'] } },
      },
    },
    {
      code: 'word-for-missing',
      text: csv(
        'k,a,b,label',
        ...plain.map((row, i) => `${i % 8 === 3 ? 'n.a.' : ['red', 'blue'][i % 2]},${row}`),
      ),
      fixes: ['Take “n.a.” for missing in “k”', ignore('k')],
      mends: {
        title: 'Take “n.a.” for missing in “k”',
        change: { 'data.placeholders': { k: ['n.a.'] } },
      },
    },
    {
      code: 'lost-class',
      text: csv('a,b,label', ...plain.map((row, i) => (i % 3 ? row : `${mixed(i)}.5,${mixed(i, 7)},None`))),
      fixes: ['“None” is a value in this file', 'Choose another column to predict…'],
    },
    {
      code: 'wild-value',
      text: csv('a,b,label', ...plain, '99000,1,x'),
      fixes: [ROW],
      mends: { title: ROW, change: { 'csv.leaveOutLines': [42] } },
    },
    {
      code: 'heavy-tail',
      text: csv(
        'a,b,label',
        ...rows(60, (i) => `${2 ** ((i * 37) % 20)},${mixed(i, 7)},${i % 2 ? 'x' : 'y'}`),
      ),
      fixes: [
        'Take the logarithm of number features',
        'Take the rank of number features',
        'Leave number features as they are',
        ignore('a'),
      ],
      mends: {
        title: 'Take the logarithm of number features',
        change: { 'data.transform': 'log' },
      },
    },
    {
      code: 'total-row',
      text: csv('a,b,label', ...plain, '4000.5,300,Total'),
      fixes: [ROW, ABOVE],
      mends: { title: ABOVE, change: { 'csv.maxRows': 40 } },
    },
    {
      code: 'note-rows',
      text: csv('c,a,b,label', ...plain.map((row, i) => `c${mixed(i, 3)},${row}`), 'Source: the office,,,'),
      fixes: [ROW, ABOVE],
      mends: { title: ABOVE, change: { 'csv.maxRows': 40 } },
    },
    {
      code: 'doubtful-header',
      text: csv('7.5,3.25,region', ...plain.map((row) => row.replace(/,(\d+),/, ',$1.25,'))),
      fixes: ['This line names the columns'],
      mends: { title: 'This line names the columns', change: { 'csv.header': 'present' } },
    },
    {
      code: 'text-in-numbers',
      text: csv('a,b,label', ...plain, 'oops,1,x'),
      fixes: ['Take “oops” for missing in “a”', ignore('a')],
      mends: {
        title: 'Take “oops” for missing in “a”',
        change: { 'data.placeholders': { a: ['oops'] } },
      },
    },
    {
      code: 'other-unit',
      text: csv('a,b,label', ...plain.map((row) => row.replace(',', ' kg,')), '5 pcs,1,x'),
      fixes: ['Take “5 pcs” for missing in “a”', ignore('a')],
      mends: {
        title: 'Take “5 pcs” for missing in “a”',
        change: { 'data.placeholders': { a: ['5 pcs'] } },
      },
    },
    {
      code: 'doubtful-letter',
      text: csv('a,b,label', ...plain.map((row, i) => row.replace(/^[^,]*/, `${[14, 18, 24][i % 3]}K`))),
      fixes: ['Read “a” as categories', 'Read “a” as numbers', ignore('a')],
      mends: { title: 'Read “a” as categories', change: { 'data.columnTypes': { a: 'category' } } },
    },
    {
      code: 'read-as-durations',
      text: csv('a,b,label', ...plain.map((row, i) => row.replace(/^[^,]*/, `00:${10 + mixed(i, 40)}:35`))),
      fixes: ['Read “a” as times of day', ignore('a')],
      mends: { title: 'Read “a” as times of day', change: { 'data.columnTypes': { a: 'time' } } },
    },
    {
      code: 'read-as-fractions',
      text: csv('a,b,label', ...plain.map((row, i) => row.replace(/^[^,]*/, `${mixed(i, 40)} 3/8`))),
      fixes: ['Read “a” as categories', ignore('a')],
      mends: { title: 'Read “a” as categories', change: { 'data.columnTypes': { a: 'category' } } },
    },
    {
      code: 'other-digits',
      text: csv('a,b,label', ...plain.map((row, i) => row.replace(/^[^,]*/, `१${mixed(i, 40)}`))),
      fixes: [ignore('a')],
      mends: { title: ignore('a'), change: { 'data.ignoredColumns': ['a'] } },
    },
    {
      code: 'units-by-case',
      text: csv('a,b,label', ...plain.map((row) => row.replace(',', ' MB,')), '7.5 Mb,1,x'),
      fixes: [ignore('a')],
      mends: { title: ignore('a'), change: { 'data.ignoredColumns': ['a'] } },
    },
    {
      code: 'counted-parts',
      text: csv('overs,b,label', ...plain.map((row, i) => row.replace(/^[^,]*/, `${i % 5}.${i % 6}`))),
      fixes: [ignore('overs')],
      mends: { title: ignore('overs'), change: { 'data.ignoredColumns': ['overs'] } },
    },
    {
      code: 'codes-like-numbers',
      text: csv(
        'code,b,label',
        ...plain.map((row, i) => row.replace(/^[^,]*/, ['01', '1', '02', '10'][i % 4])),
      ),
      fixes: ['Read “code” as numbers', ignore('code')],
      mends: { title: 'Read “code” as numbers', change: { 'data.columnTypes': { code: 'number' } } },
    },
    {
      code: 'marked-numbers',
      text: csv('a,b,label', ...plain, '7*,1,x'),
      fixes: ['Read “a” as categories', ignore('a')],
      mends: { title: ignore('a'), change: { 'data.ignoredColumns': ['a'] } },
    },
    {
      code: 'doubtful-negatives',
      text: csv('a,b,label', ...plain, '(7.5),1,x'),
      fixes: ['Read “a” as categories', ignore('a')],
      mends: { title: ignore('a'), change: { 'data.ignoredColumns': ['a'] } },
    },
    {
      code: 'mixed-truths',
      text: csv(
        'c,a,b,label',
        ...plain.map((row, i) => `${['TRUE', '0', '1', 'FALSE'][mixed(i, 4)]},${row}`),
      ),
      fixes: ['Read “c” as categories', ignore('c')],
      mends: { title: 'Read “c” as categories', change: { 'data.columnTypes': { c: 'category' } } },
    },
    {
      code: 'mixed-years',
      text: csv(
        'year,a,b,label',
        ...plain.map((row, i) => `${i === 7 || i === 9 ? 22 : 2015 + mixed(i, 9)},${row}`),
      ),
      fixes: ['Take “22” for missing in “year”', ROW, ignore('year')],
      mends: {
        title: 'Take “22” for missing in “year”',
        change: { 'data.placeholders': { year: ['22'] } },
      },
    },
    {
      code: 'range-as-date',
      text: csv(
        'c,a,b,label',
        ...plain.map((row, i) => `${['0-4', '9-May', '10-14', '15-19'][mixed(i, 4)]},${row}`),
      ),
      fixes: ['Take “9-May” for missing in “c”', ROW, ignore('c')],
      mends: {
        title: 'Take “9-May” for missing in “c”',
        change: { 'data.placeholders': { c: ['9-May'] } },
      },
    },
    {
      code: 'odd-spelling',
      text: csv(
        'a,b,label',
        ...plain.map((row, i) => row.replace(/^[^,]*/, i % 3 ? 'left' : 'right')),
        'Left,1,x',
      ),
      fixes: [MERGE, ignore('a')],
      mends: { title: MERGE, change: { 'data.mergeSpellings': true } },
    },
    {
      code: 'word-is-class',
      text: csv(
        'a,b,label',
        ...plain.map((row, i) => row.replace(/[^,]*$/, String(i % 3))),
        '7,1,other',
        '8,1,other',
      ),
      fixes: ['Read “label” as numbers', 'Take “other” for missing in “label”'],
      mends: {
        title: 'Read “label” as numbers',
        change: { 'data.columnTypes': { label: 'number' } },
      },
    },
    {
      code: 'mixed-decimals',
      text: csv('a;b;label', ...plain.map((row) => row.replaceAll(',', ';')), '7,5;1;x'),
      fixes: ['Numbers have a decimal comma', ignore('a')],
      mends: { title: 'Numbers have a decimal comma', change: { 'csv.decimalSeparator': ',' } },
    },
    {
      code: 'no-target',
      text: csv('a,b,label', ...plain),
      said: { 'data.target': 'weight' },
      fixes: [TARGET],
    },
    {
      code: 'no-examples',
      text: csv('a,b,label', ...plain, ',1,x'),
      said: { 'data.missingValues': 'refuse' },
      fixes: ['Fill in missing values', TARGET],
      mends: { title: 'Fill in missing values', change: { 'data.missingValues': 'impute' } },
    },
    {
      code: 'missing-values',
      text: csv('a,b,label', ...plain, ',1,x'),
      fixes: [ignore('a'), 'Leave out rows that miss a value'],
      mends: { title: 'Leave out rows that miss a value', change: { 'data.missingValues': 'dropRows' } },
      becomes: /Rows without it are left out/,
    },
    {
      code: 'missing-values',
      text: csv('a,b,label', ...plain, ',1,x'),
      said: { 'data.missingValues': 'dropRows' },
      fixes: [ignore('a'), 'Fill in missing values'],
      mends: { title: 'Fill in missing values', change: { 'data.missingValues': 'impute' } },
      becomes: /is filled in/,
    },
    {
      code: 'missing-in-columns',
      text: csv(
        'a,b,c,d,e,f,label',
        ...rows(40, (i) => `${rows(6, (c) => String(mixed(7 * i + c, 31))).join(',')},${label(i)}`),
        ',,,,,,x',
      ),
      fixes: ['Leave out rows that miss a value'],
      mends: { title: 'Leave out rows that miss a value', change: { 'data.missingValues': 'dropRows' } },
      becomes: /Rows without one of them are left out/,
    },
    {
      code: 'identifier-column',
      text: csv('id,a,b,label', ...plain.map((row, i) => `${i + 1},${row}`)),
      fixes: [ignore('id'), 'Use “id” as a feature'],
    },
    {
      code: 'identifier-feature',
      text: csv('id,a,b,label', ...plain.map((row, i) => `${i + 1},${row}`)),
      said: { 'data.includedColumns': ['id'] },
      fixes: ['Do not use “id” as a feature'],
    },
    {
      code: 'free-text',
      text: csv('a,b,c,label', ...plain.map((row, i) => `text ${i % 30},${row}`)),
      fixes: [ignore('a'), 'Use “a” as a feature'],
      mends: { title: 'Use “a” as a feature', change: { 'data.includedColumns': ['a'] } },
    },
    {
      code: 'constant-column',
      text: csv('k,a,b,label', ...plain.map((row) => `1,${row}`)),
      fixes: [ignore('k')],
      mends: { title: ignore('k'), change: { 'data.ignoredColumns': ['k'] } },
    },
    {
      code: 'leakage',
      text: csv('k,a,b,label', ...plain.map((row) => `${row.endsWith('x') ? 1 : 2},${row}`)),
      fixes: [ignore('k')],
      mends: { title: ignore('k'), change: { 'data.ignoredColumns': ['k'] } },
    },
    {
      code: 'section-rows',
      text: csv(
        'k,a,b,label',
        ...plain.flatMap((row, i) => [...(i % 10 ? [] : [`part ${i},,,`]), `c${mixed(i, 3)},${row}`]),
      ),
      fixes: ['Leave these rows out'],
      mends: { title: 'Leave these rows out', change: { 'csv.leaveOutLines': [2, 13, 24, 35] } },
    },
    {
      code: 'merged-cells',
      text: csv('k,a,b,label', ...plain.map((row, i) => `${i % 10 ? '' : `part ${i}`},${row}`)),
      fixes: [ignore('k')],
      mends: { title: ignore('k'), change: { 'data.ignoredColumns': ['k'] } },
    },
    {
      code: 'ditto-marks',
      text: csv(
        'k,a,b,label',
        ...plain.map((row, i) => `${i % 4 ? 'do.' : ['red', 'blue'][mixed(i, 2)]},${row}`),
      ),
      fixes: ['Take “do.” for missing in “k”', ignore('k')],
      mends: { title: 'Take “do.” for missing in “k”', change: { 'data.placeholders': { k: ['do.'] } } },
    },
    {
      code: 'leakage-missing',
      // Where more columns miss values, that is said elsewhere.
      text: csv(
        'a,b,c,d,e,k,label',
        ...rows(60, (i) =>
          [
            ...rows(5, (c) => (i === 3 * c ? '' : String(mixed(7 * i + c, 31)))),
            label(i) === 'x' ? ['red', 'blue'][mixed(i + 1, 2)] : '',
            label(i),
          ].join(','),
        ),
      ),
      fixes: [ignore('k')],
      mends: { title: ignore('k'), change: { 'data.ignoredColumns': ['k'] } },
    },
    {
      code: 'leakage-copy',
      text: csv(
        'a,b,y',
        ...rows(60, (i) => `${mixed(i, 97)},${mixed(i, 7)},${mixed(i, 97)}.${1 + mixed(i, 4)}`),
      ),
      fixes: [ignore('a')],
      mends: { title: ignore('a'), change: { 'data.ignoredColumns': ['a'] } },
    },
    {
      code: 'leakage-together',
      text: csv(
        'a,b,c,y',
        ...rows(60, (i) => `${mixed(i, 97)},${mixed(i, 89)},${mixed(i, 7)},${mixed(i, 97) + mixed(i, 89)}`),
      ),
      fixes: ['Ignore all of these columns', ignore('a'), ignore('b')],
      mends: {
        title: 'Ignore all of these columns',
        change: { 'data.ignoredColumns': ['a', 'b'] },
      },
    },
    {
      code: 'leakage-not-sought',
      text: csv(
        [...rows(2200, (k) => `c${k}`), 'y'].join(','),
        ...rows(25, (i) => [...rows(2200, (k) => String(mixed(i * 31 + k))), i % 2 ? 'u' : 'v'].join(',')),
      ),
      fixes: [],
    },
    {
      code: 'unscaled-features',
      text: csv('k,a,b,label', ...plain.map((row, i) => `${mixed(i, 5000)},${row}`)),
      said: { 'data.standardize': false },
      fixes: ['Standardize the features', ignore('k')],
      mends: { title: 'Standardize the features', change: { 'data.standardize': true } },
    },
    {
      code: 'class-imbalance',
      text: csv('a,b,label', ...rows(60, (i) => `${mixed(i)},${mixed(i, 7)},${i % 30 ? 'x' : 'y'}`)),
      fixes: ['Let rare classes count as much as the others', TARGET],
      mends: {
        title: 'Let rare classes count as much as the others',
        change: { 'training.classWeights': 'balanced' },
      },
    },
    {
      code: 'rows-in-groups',
      text: csv(
        'person,a,b,label',
        ...rows(240, (i) => {
          const p = i % 14;
          return `p${p},${mixed(p, 97)}.${mixed(i, 9)},${mixed(p + 50, 89)}.${mixed(i, 8)},${i % 10 === 3 ? 1 - mixed(p, 2) : mixed(p, 2)}`;
        }),
      ),
      fixes: ['Keep rows of the same “person” together'],
      mends: {
        title: 'Keep rows of the same “person” together',
        change: { 'data.splitColumn': 'person', 'data.splitBy': 'groups' },
      },
    },
    {
      code: 'group-gives-away',
      text: csv(
        'k,a,b,label',
        ...plain.map((row, i) => `p${2 * (i % 5) + Number(row.endsWith('x'))},${row}`),
      ),
      fixes: ['Keep rows of the same “k” together', ignore('k')],
      mends: {
        title: 'Keep rows of the same “k” together',
        change: { 'data.splitColumn': 'k', 'data.splitBy': 'groups' },
      },
    },
    {
      code: 'rows-follow-order',
      text: csv(
        'date,a,y',
        ...rows(300, (i) => {
          const date = new Date(Date.UTC(2022, 0, 1 + i)).toISOString().slice(0, 10);
          return `${date},${mixed(i, 97)},${i + mixed(i, 40)}.${mixed(i, 9)}`;
        }),
      ),
      fixes: ['Test on the last rows by “date”'],
      mends: {
        title: 'Test on the last rows by “date”',
        change: { 'data.splitColumn': 'date', 'data.splitBy': 'order' },
      },
    },
    {
      code: 'doubtful-task',
      text: csv('a,b,grade', ...rows(60, (i) => `${mixed(i, 1009)}.5,${mixed(i, 7)},${1 + mixed(i, 5)}`)),
      fixes: ['Its numbers are amounts', TARGET],
      mends: { title: 'Its numbers are amounts', change: { 'data.columnTypes': { grade: 'number' } } },
    },
    {
      code: 'ticked-column',
      text: csv('k,a,b,label', ...plain.map((row, i) => `${i % 3 ? '' : 'x'},${row}`)),
      fixes: ['An empty cell means “no”', 'An empty cell means that nobody knows', ignore('k')],
      mends: { title: 'An empty cell means “no”', change: { 'data.columnTypes': { k: 'ticked' } } },
    },
    {
      code: 'list-column',
      text: csv(
        'k,a,b,label',
        ...plain.map((row, i) => `${['1', '"1,2"', '2', '"2,3"', '"1,2,3"'][i % 5]},${row}`),
      ),
      fixes: ['Its cells list answers', 'Its cells are numbers with a decimal comma', ignore('k')],
      mends: { title: 'Its cells list answers', change: { 'data.columnTypes': { k: 'list' } } },
    },
    {
      code: 'may-be-list',
      text: csv(
        'k,a,b,label',
        ...plain.map((row, i) => `${['"1,3"', '"1,2"', '"2,4"', '"2,3"', '"3,4"'][i % 5]},${row}`),
      ),
      fixes: ['Its cells list answers', 'Its cells are numbers with a decimal comma', ignore('k')],
      mends: {
        title: 'Its cells are numbers with a decimal comma',
        change: { 'data.columnTypes': { k: 'number' } },
      },
    },
    { code: 'too-few-rows', text: csv('a,b,label', ...plain.slice(0, 6)), fixes: [] },
    { code: 'duplicate-rows', text: csv('a,b,label', ...plain, plain[0]), fixes: [] },
    {
      code: 'unsplit-lines',
      text: csv('a:b:label', ...plain.map((row) => row.replaceAll(',', ':'))),
      beside: 'no-examples',
      fixes: ['“:” separates the cells', DELIMITER],
      mends: { title: '“:” separates the cells', change: { 'csv.delimiter': ':' } },
    },
    {
      code: 'names-above',
      text: csv('# a,b,label', ...plain),
      fixes: [NO_HEADER],
    },
    {
      code: 'short-header',
      text: csv('a,b,label', ...plain.map((row) => `${row},,`)),
      fixes: [DELIMITER],
    },
    {
      code: 'row-names',
      text: csv('a,b,label', ...rows(40, (i) => `r${i},${mixed(i, 9)},${mixed(i + 5, 7)},${label(i)}`)),
      beside: 'identifier-column',
      fixes: [DELIMITER],
    },
    {
      code: 'second-header',
      text: csv('a,b,label', 'mm,,Response', ...plain),
      fixes: [ROW],
      mends: { title: ROW, change: { 'csv.leaveOutLines': [2] } },
    },
    {
      code: 'quote-in-cell',
      text: csv('n,a,b,label', ...rows(40, (i) => `${mixed(i)}.5,red,u,${label(i)}`), '1.5,red"u, v",x'),
      fixes: [ROW],
      mends: { title: ROW, change: { 'csv.leaveOutLines': [42] } },
    },
    { code: 'rule-line', text: csv('a,b,label', '---,---,---', ...plain), fixes: [] },
    { code: 'no-table', text: csv('<!DOCTYPE html>', '<html>', '</html>'), fixes: [] },
    {
      code: 'text-in-dates',
      text: csv(
        'd,a,b,label',
        ...plain.map((row, i) => `${i === 7 ? 'TBD' : `2021-03-${10 + (i % 20)}`},${row}`),
      ),
      fixes: ['Take “TBD” for missing in “d”', 'Read “d” as categories', ignore('d')],
      mends: { title: 'Take “TBD” for missing in “d”', change: { 'data.placeholders': { d: ['TBD'] } } },
    },
    {
      code: 'far-date',
      text: csv(
        'd,a,b,label',
        ...plain.map((row, i) => `${i === 7 ? '9999-12-31' : `2021-03-${10 + (i % 20)}`},${row}`),
      ),
      fixes: ['Take “9999-12-31” for missing in “d”', ROW, ignore('d')],
      mends: {
        title: 'Take “9999-12-31” for missing in “d”',
        change: { 'data.placeholders': { d: ['9999-12-31'] } },
      },
    },
    {
      code: 'other-calendar',
      text: csv('d,a,b,label', ...plain.map((row, i) => `2567-03-${10 + mixed(i, 20)},${row}`)),
      fixes: ['Take “2567-03-23” for missing in “d”', ROW, ignore('d')],
      mends: { title: ignore('d'), change: { 'data.ignoredColumns': ['d'] } },
    },
    {
      code: 'swapped-dates',
      text: csv(
        'd,a,b,label',
        ...plain.map((row, i) => {
          const day = 1 + mixed(i, 28);
          return `${day > 12 ? `${day}/03/2021` : `2021-${String(day).padStart(2, '0')}-03`},${row}`;
        }),
      ),
      fixes: [ignore('d')],
      mends: { title: ignore('d'), change: { 'data.ignoredColumns': ['d'] } },
    },
    {
      code: 'lost-characters',
      text: csv('k,a,b,label', ...plain.map((row, i) => `${['K\uFFFDln', 'Bonn'][mixed(i, 2)]},${row}`)),
      fixes: [ENCODING],
    },
    {
      code: 'counted-dates',
      text: csv('date,a,b,label', ...plain.map((row, i) => `${42000 + mixed(i, 900)},${row}`)),
      fixes: ['Read “date” as numbers', ignore('date')],
      mends: { title: 'Read “date” as numbers', change: { 'data.columnTypes': { date: 'number' } } },
    },
    {
      code: 'dates-in-numbers',
      text: csv('d,a,b,label', ...plain.map((row, i) => `202103${10 + mixed(i, 20)},${row}`)),
      fixes: ['Read “d” as dates', ignore('d')],
      mends: { title: 'Read “d” as dates', change: { 'data.columnTypes': { d: 'date' } } },
    },
    {
      code: 'times-in-numbers',
      text: csv(
        'hhmm,a,b,label',
        ...plain.map((row, i) => `${10 + mixed(i, 14)}${10 + mixed(i, 50)},${row}`),
      ),
      fixes: ['Read “hhmm” as times of day', ignore('hhmm')],
      mends: { title: 'Read “hhmm” as times of day', change: { 'data.columnTypes': { hhmm: 'time' } } },
    },
    {
      code: 'contrary-dates',
      text: csv(
        'd,a,b,label',
        ...plain.map((row, i) => `${['13/03/2021', '03/14/2021', '03/04/2021'][mixed(i, 3)]},${row}`),
      ),
      fixes: [ignore('d')],
      mends: { title: ignore('d'), change: { 'data.ignoredColumns': ['d'] } },
    },
    {
      code: 'undecided-dates',
      text: csv('d,a,b,label', ...plain.map((row, i) => `${1 + (i % 3)}/${1 + (i % 5)}/2021,${row}`)),
      fixes: ['Read “d” as dates', ignore('d')],
      mends: { title: 'Read “d” as dates', change: { 'data.columnTypes': { d: 'date' } } },
    },
    {
      code: 'future-dates',
      text: csv('dob,a,b,label', ...plain.map((row, i) => `${13 + (i % 9)}.12.${40 + (i % 60)},${row}`)),
      fixes: [ignore('dob')],
      mends: { title: ignore('dob'), change: { 'data.ignoredColumns': ['dob'] } },
    },
    {
      code: 'settled-dates',
      text: csv('d,a,b,label', ...plain.map((row, i) => `${1 + (i % 3)}/${1 + (i % 5)}/2021,${row}`)),
      said: { 'data.columnTypes': { d: 'date' } },
      fixes: [ignore('d')],
      mends: { title: ignore('d'), change: { 'data.ignoredColumns': ['d'] } },
    },
    {
      code: 'inner-quote',
      text: csv('name,b,label', ...rows(40, (i) => `n${i % 7},${mixed(i, 7)},${label(i)}`), '"n "1" x",3,x'),
      fixes: [AS_TEXT, ROW],
      mends: { title: ROW, change: { 'csv.leaveOutLines': [42] } },
    },
    {
      code: 'suspicious-encoding',
      text: csv(
        'food,b,label',
        ...rows(40, (i) => `${i % 2 ? 'bread' : 'KÃ¤se'},${mixed(i, 7)},${label(i)}`),
      ),
      fixes: [ENCODING],
    },
    {
      code: 'of-many-columns',
      text: csv(
        'a,b,c,d,e,f,g,label',
        ...rows(60, (i) =>
          [...rows(7, (k) => (i === 20 + k ? 'oops' : `${mixed(i, k + 1)}.5`)), label(i)].join(','),
        ),
      ),
      fixes: ['Take “oops” for missing in all columns', 'Take “oops” for missing in “a”', ignore('a')],
      mends: {
        title: 'Take “oops” for missing in all columns',
        change: { 'csv.missingTokens': [...defaults['csv.missingTokens'], 'oops'] },
      },
    },
    {
      code: 'unread-numbers',
      text: csv(
        'a,b,label',
        ...rows(40, (i) => `${mixed(i)}.5,${mixed(i, 7)}.2 ± 0.${1 + (i % 8)},${label(i)}`),
      ),
      fixes: [ignore('b')],
      mends: { title: ignore('b'), change: { 'data.ignoredColumns': ['b'] } },
    },
    {
      code: 'unnamed-column',
      text: csv('a,,label', ...plain),
      fixes: [ignore('column 2')],
      mends: { title: ignore('column 2'), change: { 'data.ignoredColumns': ['column 2'] } },
    },
    {
      code: 'doubtful-times',
      text: csv(
        'Time,a,b,label',
        ...plain.map((row, i) => `0${i % 3}:${14 + ((i * 17) % 46)}:${10 + ((i * 23) % 50)},${row}`),
      ),
      fixes: ['They are times of day', 'They are durations', 'They are scores or ratios', ignore('Time')],
      mends: { title: 'They are durations', change: { 'data.columnTypes': { Time: 'number' } } },
    },
    {
      code: 'two-units',
      text: csv(
        'height,a,b,label',
        ...plain.map((row, i) => {
          const centimetres = 150 + ((i * 17) % 46);
          return `${i % 2 ? centimetres : (centimetres / 100).toFixed(2)},${row}`;
        }),
      ),
      fixes: [ignore('height')],
      mends: { title: ignore('height'), change: { 'data.ignoredColumns': ['height'] } },
    },
  ];
  /** What no text editor shows a file with, and what only the command line reads. */
  const NOT_IN_AN_EDITOR = ['binary-file', 'row-too-long', 'no-json-row'];
  const bytesOf = ({ code, text }: Case) =>
    // These are about bytes that are no UTF-8.
    Buffer.from(text, /(unknown|guessed)-encoding|broken/.test(code) ? 'latin1' : 'utf8');

  /** Writes the file of a case, opens and checks it. */
  async function listedFor(name: string, each: Case): Promise<vscode.Uri> {
    const uri = await writeHere(name, bytesOf(each));
    if (each.said) await settingsOf(`${FOLDER}/${name}`, each.said);
    await show(uri);
    find(await checkFile(uri), each.code);
    return uri;
  }

  describe('what is offered, and what comes of it', () => {
    cases.forEach((each, k) => {
      const { code, said, fixes, mends, beside, becomes } = each;
      const under = said ? ` under ${JSON.stringify(said)}` : '';
      const which = mends ? `; “${mends.title}” ${becomes ? 'changes' : 'ends'} it` : '';
      it(`${code}${under}: ${fixes.join(', ') || 'nothing'}${which}`, async () => {
        const name = `case-${k}.csv`;
        const uri = await listedFor(name, each);
        const actions = (await fixesFor(uri, code, beside)).filter(
          ({ title }) => beside === undefined || fixes.includes(title),
        );
        assert.deepEqual(
          actions.map(({ title }) => title),
          fixes,
        );
        assert.deepEqual(
          actions.map(({ isPreferred }) => isPreferred === true),
          fixes.map((_, index) => index === 0),
        );
        if (!mends) return;
        const others = datasets();
        await apply(uri, code, mends.title, beside);
        assert.deepEqual(datasets(), { ...others, [`${FOLDER}/${name}`]: { ...said, ...mends.change } });
        await whenListed(uri, 'what it becomes', (listed) =>
          becomes ? becomes.test(find(listed, code).message) : !hasCode(code)(listed),
        );
        const session = (await api()).sessions.start(uri);
        await when(session, 'the end', ended);
        assert.equal(session.status, 'finished', failureOf(session));
      });
    });

    it('has a case for each code that there is', () => {
      const tried = new Set([...cases.map(({ code }) => code), ...NOT_IN_AN_EDITOR]);
      assert.deepEqual(
        Object.keys(problemSeverities).filter((code) => !tried.has(code)),
        [],
      );
    });

    it('not the rows above a line of words, where there are none', async () => {
      const uri = await writeHere('above.csv', csv('a,b,label', 'alpha,beta,-', ...plain));
      await show(uri);
      await checkFile(uri);
      const actions = await fixesFor(uri, 'words-in-numbers');
      assert.ok(!actions.some(({ title }) => title === ABOVE));
    });

    it('nothing where there is no problem', async () => {
      const uri = await listedFor(
        'elsewhere.csv',
        cases.find(({ code }) => code === 'text-in-numbers')!,
      );
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        uri,
        new vscode.Range(7, 0, 7, 1),
        vscode.CodeActionKind.QuickFix.value,
      );
      assert.deepEqual(
        actions.map(({ title }) => title),
        [],
      );
    });
  });

  describe('what they do, further', () => {
    it('fixes taken quickly one after the other add to each other', async () => {
      const text = csv('a,b,label', ...plain, '1,2', '3,4,x', '"5\n6",7');
      const uri = await listedFor('quick.csv', { code: 'ragged-row', text, fixes: [] });
      const offered = await Promise.all(
        listedProblems(uri)
          .filter(({ code }) => code === 'ragged-row')
          .map(({ range }) =>
            vscode.commands.executeCommand<vscode.CodeAction[]>(
              'vscode.executeCodeActionProvider',
              uri,
              range,
              vscode.CodeActionKind.QuickFix.value,
            ),
          ),
      );
      const fixes = offered.flat().filter(({ title }) => title === ROW);
      assert.equal(fixes.length, 2);
      await Promise.all(
        fixes.map(({ command }) =>
          vscode.commands.executeCommand(command!.command, ...((command!.arguments ?? []) as unknown[])),
        ),
      );
      assert.deepEqual(datasets()?.[`${FOLDER}/quick.csv`], { 'csv.leaveOutLines': [42, 44] });
      await whenListed(uri, 'no ragged row', (listed) => !hasCode('ragged-row')(listed));
    });

    it('an identifier becomes a feature, and ceases to be one', async () => {
      const uri = await listedFor(
        'there-and-back.csv',
        cases.find(({ code }) => code === 'identifier-column')!,
      );
      const entry = () => datasets()?.[`${FOLDER}/there-and-back.csv`];
      await apply(uri, 'identifier-column', 'Use “id” as a feature');
      assert.deepEqual(entry(), { 'data.includedColumns': ['id'] });
      await whenListed(uri, 'the warning', hasCode('identifier-feature'));
      const session = await train(uri);
      await when(session, 'the end', ended);
      assert.deepEqual(
        session.dataset?.features.map(({ name }) => name),
        ['id', 'a', 'b'],
      );
      await apply(uri, 'identifier-feature', 'Do not use “id” as a feature');
      assert.deepEqual(entry(), { 'data.includedColumns': [] });
      await whenListed(uri, 'the note', hasCode('identifier-column'));
      const again = await train(uri);
      await when(again, 'the end', ended);
      assert.deepEqual(
        again.dataset?.features.map(({ name }) => name),
        ['a', 'b'],
      );
    });

    for (const [name, where, text, above] of [
      ['above.csv', 'in a file without a header', csv(...plain, '1,2'), 40],
      [
        'above-breaks.csv',
        'when a cell above has a line break and a line is a comment',
        csv('a,b,label', '# so far', '1,2,"x\nx"', ...plain, '1,2'),
        41,
      ],
    ] as const) {
      it(`the rows above a ragged one, ${where}`, async () => {
        const uri = await listedFor(name, { code: 'ragged-row', text, fixes: [] });
        await apply(uri, 'ragged-row', ABOVE);
        await whenListed(uri, 'a list without it', (listed) => !hasCode('ragged-row')(listed));
        const session = await train(uri);
        await when(session, 'the end', ended);
        assert.equal(session.dataset?.rows, above);
      });
    }

    it('the delimiter that is chosen is the one of the file', async () => {
      const uri = await listedFor('chosen.csv', {
        code: 'ragged-row',
        text: csv('a;b;label', ...plain.map((row) => row.replaceAll(',', ';')), '1;2'),
        said: { 'csv.delimiter': ';' },
        fixes: [],
      });
      let done = false;
      void apply(uri, 'ragged-row', DELIMITER).then(() => (done = true));
      // The list of delimiters cannot be asked whether it is there: its first entry, “Found from the file”, is taken.
      await until(
        'the choice',
        async () => {
          await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
          return done;
        },
        (chosen) => chosen,
      );
      assert.deepEqual(datasets()?.[`${FOLDER}/chosen.csv`], { 'csv.delimiter': 'auto' });
    });
  });

  describe('where they are written', () => {
    const constant = cases.find(({ code }) => code === 'constant-column')!;
    const fix = (uri: vscode.Uri) => apply(uri, 'constant-column', ignore('k'));
    const configuration = () => vscode.workspace.getConfiguration('neuronLens');
    const ofUser = () => configuration().inspect('datasets')?.globalValue;

    it('into the settings of the workspace, beside what is there', async () => {
      const kept = datasets();
      const uri = await listedFor('level.csv', constant);
      await fix(uri);
      const text = await fs.readFile(file('.vscode/settings.json').fsPath, 'utf8');
      const written = JSON.parse(text) as Record<string, unknown>;
      assert.deepEqual(written['neuronLens.datasets'], {
        ...kept,
        [`${FOLDER}/level.csv`]: { 'data.ignoredColumns': ['k'] },
      });
      assert.equal(ofUser(), undefined);
    });

    it('into the settings of the user, where the map is only there', async () => {
      const uri = await listedFor('user.csv', constant);
      const entry = { 'elsewhere.csv': { 'data.target': 'a' } };
      await setting('datasets', undefined);
      await configuration().update('datasets', entry, vscode.ConfigurationTarget.Global);
      try {
        await whenListed(uri, 'the problems under these settings', hasCode('constant-column'));
        await fix(uri);
        assert.deepEqual(ofUser(), { ...entry, [`${FOLDER}/user.csv`]: { 'data.ignoredColumns': ['k'] } });
        assert.equal(datasets(), undefined);
      } finally {
        await configuration().update('datasets', undefined, vscode.ConfigurationTarget.Global);
      }
    });

    it('into the settings of the workspace, where there is no map', async () => {
      const uri = await listedFor('first.csv', constant);
      await setting('datasets', undefined);
      await whenListed(uri, 'the problems under these settings', hasCode('constant-column'));
      await fix(uri);
      assert.deepEqual(datasets(), { [`${FOLDER}/first.csv`]: { 'data.ignoredColumns': ['k'] } });
    });

    it('into the entry of the file, behind every glob that it matches', async () => {
      const uri = await listedFor('entry.csv', constant);
      const name = `${FOLDER}/entry.csv`;
      await setting('datasets', {
        [name]: { 'data.target': 'label' },
        '*.csv': { 'data.ignoredColumns': [] },
      });
      await fix(uri);
      assert.deepEqual(Object.entries(datasets() ?? {}), [
        ['*.csv', { 'data.ignoredColumns': [] }],
        [name, { 'data.target': 'label', 'data.ignoredColumns': ['k'] }],
      ]);
      await whenListed(uri, 'a list without it', (listed) => !hasCode('constant-column')(listed));
    });

    it('for that file alone: one of the same name in another folder is as it was', async () => {
      const uri = await write('same-name.csv', constant.text);
      const other = await writeHere('same-name.csv', constant.text);
      try {
        await show(uri);
        await checkFile(uri);
        await fix(uri);
        await whenListed(uri, 'a list without it', (listed) => !hasCode('constant-column')(listed));
        await show(other);
        assert.ok(hasCode('constant-column')(await checkFile(other)));
      } finally {
        await vscode.workspace.fs.delete(uri);
      }
    });

    it('for that file alone: a name with brackets is no pattern', async () => {
      const uri = await listedFor('part[1].csv', constant);
      await fix(uri);
      await whenListed(uri, 'a list without it', (listed) => !hasCode('constant-column')(listed));
      const other = await writeHere('part1.csv', constant.text);
      await show(other);
      assert.ok(hasCode('constant-column')(await checkFile(other)));
    });
  });
});
