import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { lensTabs } from '../../src/host/lensTabs';
import { describeTrainings } from '../../src/host/statusBar';
import {
  api,
  checkFile,
  csv,
  ended,
  failureOf,
  inFolder,
  listedProblems,
  setting,
  show,
  train,
  until,
  when,
} from './support';

const LINK = '[Repair this file](command:workbench.action.quickOpen?%22x%22)';
const ICON = '$(trash)';
const BIDI = '\u202eesrever\u2066';
/** A link, an icon, what turns the direction of a line, and a second line. */
const nasty = (what: string) => `${what} ${LINK} ${ICON} ${BIDI}\nsecond line`;
/** Beyond the length at which a text of a file is cut. */
const LONG = 'x'.repeat(5000);
const cell = (what: string) => `"${nasty(what)} ${LONG}"`;
/** Sentences hold several texts of a file, each of them cut. */
const LONGEST_SENTENCE = 2000;

/** What no text may hold that VS Code shows on one line. */
const ACTS =
  /\]\((command|https?|file):|\$\([\w-]+(~\w+)?\)|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|[\r\n\u2028\u2029]/i;

/** Each of these texts came from the file and is shown as nothing but text. */
function areHarmless(texts: readonly (string | undefined)[], { naming }: { readonly naming: boolean }): void {
  const all = texts.filter((text) => text !== undefined);
  assert.ok(all.length > 0);
  for (const text of all) {
    assert.doesNotMatch(text, ACTS, JSON.stringify(text));
    assert.ok(text.length < LONGEST_SENTENCE, `${text.length} characters: ${text.slice(0, 100)}…`);
  }
  if (naming)
    assert.ok(
      all.some((text) => text.includes('Repair this file')),
      all.join('\n'),
    );
}

const rows = Array.from({ length: 60 }, (_, i) =>
  [
    i === 30 ? cell('word') : `${(i * 37) % 41}.5`,
    cell(`kind ${i % 3}`),
    `${(i * 17) % 29}`,
    cell(i % 3 ? 'class x' : 'class y'),
  ].join(','),
);
const header = [cell('size'), cell('kind'), cell('age'), cell('label')].join(',');
const table = csv(header, ...rows);

describe('a file that would give orders', () => {
  const writeHere = inFolder('hostile', { 'view.epochsPerSecond': 0, 'training.epochs': 20 });
  const name = (what: string) => `${what} ${LINK} ${ICON} ${BIDI}.csv`;

  before(() => vscode.commands.executeCommand('neuronLens.dataset.focus'));
  after(() => vscode.commands.executeCommand('workbench.action.closeAuxiliaryBar'));

  /** Titles and tooltips of the CodeLenses, once `holds`. */
  const lensTexts = (uri: vscode.Uri, holds: (titles: string[]) => boolean) =>
    until(
      'the CodeLenses',
      async () => {
        const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
          'vscode.executeCodeLensProvider',
          uri,
          100,
        );
        return lenses.flatMap(({ command }) => [command?.title ?? '', command?.tooltip ?? '']);
      },
      holds,
    );

  it('is nothing but text above its first line, in Problems and in the Dataset view', async () => {
    const uri = await writeHere(name('listed'), table);
    await show(uri);
    areHarmless(await lensTexts(uri, (texts) => texts.some((text) => text.startsWith('Target: '))), {
      naming: true,
    });
    await checkFile(uri);
    const listed = listedProblems(uri);
    areHarmless(
      listed.map(({ message }) => message),
      { naming: true },
    );

    const { datasetView } = await api();
    const columns = await until(
      'the columns',
      () => datasetView.getChildren(),
      (items) => items.filter((item) => item.kind === 'column').length === 4,
    );
    const facts = (await Promise.all(columns.map((column) => datasetView.getChildren(column)))).flat();
    const items = await Promise.all([...columns, ...facts].map((item) => datasetView.getTreeItem(item)));
    const texts = items.flatMap(({ label, description, tooltip, accessibilityInformation }) => {
      // A tooltip in Markdown would make links of what it holds.
      assert.ok(!(tooltip instanceof vscode.MarkdownString));
      return [
        typeof label === 'string' ? label : label?.label,
        description,
        tooltip,
        accessibilityInformation?.label,
      ];
    });
    areHarmless(
      texts.filter((text) => typeof text === 'string'),
      { naming: true },
    );
  });

  it('is nothing but text where its check goes on, and where its target is chosen', async () => {
    const uri = await writeHere(name('looked at'), table);
    await show(uri);
    const { window } = vscode;
    const { withProgress, createQuickPick } = window;
    const [titles, offered]: [(string | undefined)[], (string | undefined)[]] = [[], []];
    Object.assign(window, {
      withProgress: (...[options, task]: Parameters<typeof withProgress>) => {
        titles.push(options.title);
        return withProgress(options, task);
      },
      createQuickPick: () => {
        const pick = createQuickPick();
        return Object.assign(pick, {
          show: () => {
            const items = pick.items.flatMap(({ label, description, detail }) => [
              label,
              description,
              detail,
            ]);
            offered.push(pick.title, pick.placeholder, ...items);
            pick.hide();
          },
        });
      },
    });
    try {
      await vscode.commands.executeCommand('neuronLens.checkFile', uri);
      void vscode.commands.executeCommand('neuronLens.chooseTarget', uri);
      await until(
        'the columns to choose from',
        async () => offered,
        ({ length }) => length > 0,
      );
    } finally {
      Object.assign(window, { withProgress, createQuickPick });
    }
    areHarmless(titles, { naming: true });
    areHarmless(offered, { naming: true });
  });

  it('is nothing but text while it is trained on, and after', async () => {
    const uri = await writeHere(name('trained'), table);
    await show(uri);
    await setting('training.epochs', 10_000_000);
    const session = await train(uri);
    await when(session, 'epoch 1', ({ measure }) => (measure?.epoch ?? 0) > 0);
    const item: Parameters<typeof describeTrainings>[0] = {
      text: '',
      tooltip: undefined,
      accessibilityInformation: undefined,
    };
    describeTrainings(item, [session]);
    const { text, tooltip, accessibilityInformation } = item;
    assert.ok(text.startsWith('$(pulse) '));
    assert.ok(typeof tooltip === 'string', 'a tooltip in Markdown would make links of what it holds');
    areHarmless([text.slice('$(pulse) '.length), tooltip, accessibilityInformation?.label], { naming: true });
    areHarmless(await lensTexts(uri, ([first]) => first === 'Pause'), { naming: false });
    session.stop();
    await when(session, 'the stop', ended);
    assert.equal(session.status, 'stopped', failureOf(session));
    areHarmless(await lensTexts(uri, ([first]) => first === 'Show Lens'), { naming: true });
    // The Lens beside the Dataset view is enough for Train.
    await vscode.commands.executeCommand('neuronLens.openInTab', uri);
    const titles = await until(
      'the tab of the Lens',
      async () => lensTabs().map(({ label: title }) => title),
      (all) => all.length === 1 && all[0].startsWith('Lens: trained'),
    );
    areHarmless(titles, { naming: true });
    await setting('training.epochs', 20);
  });

  it('is nothing but text in what is said when it cannot be trained on', async () => {
    const uri = await writeHere(name('broken'), csv(header, '1,a,2,x', `${cell('cell')},b`));
    await show(uri);
    // What pops up where no Lens shows the file, as VS Code gets it.
    await vscode.commands.executeCommand('workbench.action.closeAuxiliaryBar');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const { window } = vscode;
    const { showErrorMessage } = window;
    const said: string[] = [];
    Object.assign(window, { showErrorMessage: (text: string) => Promise.resolve(void said.push(text)) });
    try {
      const { sessions } = await api();
      const session = sessions.start(uri);
      await when(session, 'the end', ended);
      assert.equal(session.status, 'failed');
      await until(
        'the message',
        () => Promise.resolve(said),
        ({ length }) => length > 0,
      );
    } finally {
      Object.assign(window, { showErrorMessage });
    }
    areHarmless(said, { naming: true });
    await show(uri);
    areHarmless(await lensTexts(uri, (texts) => texts.some((text) => /^Line \d+/.test(text))), {
      naming: false,
    });
    areHarmless(
      (await checkFile(uri)).map(({ message }) => message),
      { naming: false },
    );
  });
});
