import * as assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import * as vscode from 'vscode';
import type { DatasetItem } from '../../src/host/datasetView';
import {
  api,
  closeEditors,
  csv,
  datasets,
  ended,
  file,
  inFolder,
  readings,
  settingsOf,
  show,
  train,
  until,
  when,
  failureOf,
} from './support';

type ColumnItem = Extract<DatasetItem, { kind: 'column' }>;

const FOLDER = 'dataset';
const isColumn = (item: DatasetItem): item is ColumnItem => item.kind === 'column';

/** 40 rows with a column of each type. */
const table = csv(
  'id,size,kind,flag,day,remark,always,label',
  ...Array.from({ length: 40 }, (_, i) =>
    [
      i + 1,
      i % 10 === 3 ? '' : [0, 1, 1, 3, 3, 3, 3, 3][i % 8],
      ['a', 'b', 'a', 'c'][i % 4],
      i % 3 === 0 ? 'yes' : 'no',
      `2024-01-0${1 + (i % 4)}`,
      i < 12 ? 'the same remark' : `remark ${i}`,
      7,
      i % 7 < 4 ? 'x' : 'y',
    ].join(','),
  ),
);

describe('the Dataset view', () => {
  const writeHere = inFolder(FOLDER, { 'view.epochsPerSecond': 0, 'training.epochs': 20 });
  before(() => vscode.commands.executeCommand('neuronLens.dataset.focus'));
  after(() => vscode.commands.executeCommand('workbench.action.closeAuxiliaryBar'));

  const roots = async () => (await api()).datasetView.getChildren();
  const shows = (items: DatasetItem[], uri: vscode.Uri) =>
    items.some((item) => isColumn(item) && item.uri.toString() === uri.toString());

  /** Everything in the view once it shows a file, and `holds`. */
  const itemsOf = (
    uri: vscode.Uri,
    what = 'the columns',
    holds: (items: DatasetItem[]) => boolean = () => true,
  ) => until(what, roots, (items) => shows(items, uri) && holds(items));

  /** Opens a file, and gives its columns once the view has them. */
  async function columnsOf(uri: vscode.Uri): Promise<ColumnItem[]> {
    await show(uri);
    return (await itemsOf(uri)).filter(isColumn);
  }

  const named = (items: DatasetItem[], name: string) => {
    const found = items.filter(isColumn).find(({ column }) => column.name === name);
    assert.ok(found, `no column ${name}`);
    return found;
  };
  const roleIs = (name: string, role: string) => (items: DatasetItem[]) =>
    named(items, name).column.role === role;

  /** An item as the view shows it. */
  async function line(item: DatasetItem): Promise<(string | undefined)[]> {
    const { label, contextValue, description } = await (await api()).datasetView.getTreeItem(item);
    return [label as string, contextValue, description === undefined ? undefined : String(description)];
  }
  const facts = async (item: DatasetItem) =>
    Promise.all(
      (await (await api()).datasetView.getChildren(item)).map(async (fact) => {
        const [label, , description] = await line(fact);
        return `${label}: ${description}`;
      }),
    );

  /** Does something to a column by the command of its menu. */
  const act = (command: string, items: DatasetItem[], name: string) =>
    vscode.commands.executeCommand(`neuronLens.${command}`, named(items, name));

  async function trained(uri: vscode.Uri): Promise<{ features: string[]; target: string }> {
    const session = await train(uri);
    await when(session, 'the end', ended);
    assert.ok(session.dataset, failureOf(session));
    const { features, target } = session.dataset;
    return { features: [...new Set(features.map(({ name }) => name.split(' = ')[0]))], target };
  }

  describe('what it shows', () => {
    it('the columns in the order of the file: role, picture, type, what is missing, how many values', async () => {
      const columns = await columnsOf(await writeHere('types.csv', table));
      assert.deepEqual(await Promise.all(columns.map(line)), [
        ['id', 'leftOut', 'identifier · left out · 40 distinct'],
        ['size', 'feature', '▂▄ █ number · 10 % missing · 3 distinct'],
        ['kind', 'feature', '█▄▄ category · 3 distinct'],
        ['flag', 'feature', '█▅ boolean · 2 distinct'],
        ['day', 'feature', '████ date · 4 distinct'],
        ['remark', 'leftOut', 'text · left out · 29 distinct'],
        ['always', 'leftOut.unusable', 'constant · left out · 1 distinct'],
        ['label', 'target', '█▆ category · target · 2 distinct'],
      ]);
    });

    it('below a column its facts, and how often each value is there', async () => {
      const columns = await columnsOf(await writeHere('facts.csv', table));
      assert.deepEqual(await facts(named(columns, 'size')), [
        'Role: feature',
        'Type: number: its values are numbers',
        'Missing: 4 of 40 (10 %)',
        'Distinct: 3',
        'Range: 0 … 3',
        'Mean: 2.083',
        '0: ███ 5',
        '1: █████ 9',
        '2: ▏ 0',
        '3: ████████████ 22',
      ]);
      assert.deepEqual(await facts(named(columns, 'kind')), [
        'Role: feature',
        'Type: category: it has 3 different texts',
        'Missing: 0 of 40 (0 %)',
        'Distinct: 3',
        'a: ████████████ 20',
        'b: ██████ 10',
        'c: ██████ 10',
      ]);
      assert.deepEqual(await facts(named(columns, 'id')), [
        'Role: left out',
        'Type: identifier: it counts the rows',
        'Missing: 0 of 40 (0 %)',
        'Distinct: 40',
      ]);
    });

    it('the file in the active editor', async () => {
      const [one, other] = [
        await writeHere('one.csv', table),
        await writeHere('other.csv', csv('a,b', '1,2', '3,4')),
      ];
      assert.equal((await columnsOf(one)).length, 8);
      assert.equal((await columnsOf(other)).length, 2);
      assert.equal((await columnsOf(one)).length, 8);
    });

    it('what stands in the editor, saved or not', async () => {
      const uri = await writeHere('edited.csv', table);
      await columnsOf(uri);
      const edit = new vscode.WorkspaceEdit();
      edit.replace(uri, new vscode.Range(0, 3, 0, 7), 'weight');
      await vscode.workspace.applyEdit(edit);
      await itemsOf(uri, 'the new name', (items) =>
        items.some((item) => isColumn(item) && item.column.name === 'weight'),
      );
      await vscode.commands.executeCommand('workbench.action.files.revert');
      await itemsOf(uri, 'the old name', (items) =>
        items.some((item) => isColumn(item) && item.column.name === 'size'),
      );
    });

    it('of a table of 5,000 columns the first 1,000, and how many more there are', async () => {
      const names = Array.from({ length: 5000 }, (_, c) => `column-${c}`);
      const row = (i: number) => names.map((_, c) => (i * 7 + c * 13) % 101).join(',');
      const uri = await writeHere(
        'wide.csv',
        csv(names.join(','), ...Array.from({ length: 30 }, (_, i) => row(i))),
      );
      await show(uri);
      const items = await itemsOf(uri);
      assert.deepEqual(
        items.filter(isColumn).map(({ column }) => column.name),
        names.slice(0, 1000),
      );
      assert.deepEqual(await Promise.all(items.slice(1000).map(line)), [
        ['And 4,000 more columns.', undefined, undefined],
      ]);
    });

    it('of a broken file the error, above what could be read of it', async () => {
      const uri = await writeHere('broken.csv', csv('a,b', '1,2', '3,4', '5,6,7'));
      await show(uri);
      const items = await itemsOf(uri);
      assert.match(String((await line(items[0]))[0]), /^Line 4: This row has 3 cells, the header has 2\./);
      assert.deepEqual(
        items.filter(isColumn).map(({ column }) => column.name),
        ['a', 'b'],
      );
    });

    it('of a file that cannot be read why', async () => {
      const packed = gzipSync(table);
      const uri = await writeHere('cut.csv.gz', packed.subarray(0, packed.length / 2));
      await vscode.commands.executeCommand('neuronLens.showTable', uri);
      const items = await until(
        'the reason',
        roots,
        ([first]) => (first as DatasetItem | undefined)?.kind === 'note',
      );
      assert.match(String((await line(items[0]))[0]), /cannot be unpacked/);
    });

    it('the table that Show Dataset is asked for, packed or not', async () => {
      const uri = await writeHere('packed.csv.gz', gzipSync(table));
      await vscode.commands.executeCommand('neuronLens.showTable', uri);
      assert.equal((await itemsOf(uri)).length, 8);
    });

    it('nothing while it is hidden, and reads nothing then', async () => {
      const uri = await writeHere('hidden.csv', table);
      await columnsOf(uri);
      await closeEditors();
      await vscode.commands.executeCommand('workbench.action.closeAuxiliaryBar');
      try {
        await until('an empty view', roots, (items) => items.length === 0);
        const count = await readings(uri, roots);
        assert.equal(count, 0);
      } finally {
        await vscode.commands.executeCommand('neuronLens.dataset.focus');
      }
    });
  });

  describe('how often it reads', () => {
    it('a file once, whether or not an editor shows it', async () => {
      const uri = await writeHere('unseen.csv', table);
      await vscode.commands.executeCommand('neuronLens.showTable', uri);
      const count = await readings(uri, () => itemsOf(uri));
      // Whatever reads it again and again ends with another file.
      await columnsOf(file('xor.csv'));
      assert.ok(count <= 3, `read ${count} times`);
    });

    it('a file whose editor has been closed at most once more', async () => {
      const uri = await writeHere('closed.csv', table);
      await columnsOf(uri);
      const count = await readings(uri, async () => {
        await closeEditors();
        await until(
          'the end of the document',
          async () =>
            vscode.workspace.textDocuments.some((document) => document.uri.toString() === uri.toString()),
          (open) => !open,
        );
      });
      await columnsOf(file('xor.csv'));
      assert.ok(count <= 3, `read ${count} times`);
    });
  });

  describe('what can be done to a column', () => {
    const entry = (name: string) => datasets()?.[`${FOLDER}/${name}`];

    it('it becomes the target', async () => {
      const uri = await writeHere('target.csv', table);
      const kept = datasets();
      await act('useAsTarget', await columnsOf(uri), 'size');
      assert.deepEqual(datasets(), { ...kept, [`${FOLDER}/target.csv`]: { 'data.target': 'size' } });
      const items = await itemsOf(uri, 'the new target', roleIs('size', 'target'));
      assert.deepEqual(await line(named(items, 'size')), [
        'size',
        'target',
        '▂▄ █ number · target · 10 % missing · 3 distinct',
      ]);
      assert.equal(named(items, 'label').column.role, 'feature');
      const { features, target } = await trained(uri);
      assert.equal(target, 'size');
      assert.ok(features.includes('label') && !features.includes('size'));
    });

    it('it is ignored, and a feature again', async () => {
      const uri = await writeHere('ignored.csv', table);
      await act('ignoreColumn', await columnsOf(uri), 'kind');
      assert.deepEqual(entry('ignored.csv'), { 'data.ignoredColumns': ['kind'] });
      const ignored = await itemsOf(uri, 'the ignored column', roleIs('kind', 'ignored'));
      assert.deepEqual(await line(named(ignored, 'kind')), [
        'kind',
        'ignored',
        '█▄▄ category · ignored · 3 distinct',
      ]);
      assert.ok(!(await trained(uri)).features.includes('kind'));
      await show(uri);
      await act('useAsFeature', await itemsOf(uri), 'kind');
      assert.deepEqual(entry('ignored.csv'), { 'data.ignoredColumns': [] });
      await itemsOf(uri, 'the feature', roleIs('kind', 'feature'));
      assert.ok((await trained(uri)).features.includes('kind'));
    });

    it('an ignored one becomes the target at once', async () => {
      const uri = await writeHere('ignored-target.csv', table);
      await act('ignoreColumn', await columnsOf(uri), 'kind');
      await act('useAsTarget', await itemsOf(uri, 'the ignored column', roleIs('kind', 'ignored')), 'kind');
      assert.deepEqual(entry('ignored-target.csv'), { 'data.ignoredColumns': [], 'data.target': 'kind' });
      await itemsOf(uri, 'the target', roleIs('kind', 'target'));
      assert.equal((await trained(uri)).target, 'kind');
    });

    it('an identifier and free text become features, and are left out again', async () => {
      const uri = await writeHere('included.csv', table);
      await act('useAsFeature', await columnsOf(uri), 'remark');
      await act('useAsFeature', await itemsOf(uri, 'the text', roleIs('remark', 'feature')), 'id');
      assert.deepEqual(entry('included.csv'), { 'data.includedColumns': ['remark', 'id'] });
      const items = await itemsOf(uri, 'the identifier', roleIs('id', 'feature'));
      assert.equal(named(items, 'remark').column.role, 'feature');
      const { features } = await trained(uri);
      assert.ok(features.includes('id') && features.includes('remark'), features.join());
      await show(uri);
      await act('ignoreColumn', await itemsOf(uri), 'id');
      assert.deepEqual(entry('included.csv'), {
        'data.includedColumns': ['remark'],
        'data.ignoredColumns': ['id'],
      });
      await itemsOf(uri, 'the ignored identifier', roleIs('id', 'ignored'));
      assert.ok(!(await trained(uri)).features.includes('id'));
    });

    it('it is of another type, and as it was found again', async () => {
      const uri = await writeHere('types.csv', table);
      await columnsOf(uri);
      const change = (value: string | undefined) =>
        vscode.commands.executeCommand(
          ...['neuronLens.changeColumnForFile' as const, uri, 'data.columnTypes', 'size', value],
        );
      const typeIs = (type: string) => (items: DatasetItem[]) => named(items, 'size').column.type === type;
      await change('category');
      assert.deepEqual(entry('types.csv'), { 'data.columnTypes': { size: 'category' } });
      await itemsOf(uri, 'the category', typeIs('category'));
      await change(undefined);
      assert.deepEqual(entry('types.csv'), { 'data.columnTypes': {} });
      await itemsOf(uri, 'the number', typeIs('number'));
    });

    it('the column that splits the rows becomes a feature', async () => {
      const uri = await writeHere('split.csv', table);
      await settingsOf(`${FOLDER}/split.csv`, { 'data.splitColumn': 'kind' });
      const columns = await columnsOf(uri);
      assert.deepEqual((await line(named(columns, 'kind'))).slice(1), [
        'split',
        '█▄▄ category · splits the rows · 3 distinct',
      ]);
      await act('useAsFeature', columns, 'kind');
      assert.deepEqual(entry('split.csv'), { 'data.splitColumn': '' });
      await itemsOf(uri, 'the feature', roleIs('kind', 'feature'));
    });

    it('the menu offers what can be done: to a column of one value, another type', async () => {
      const manifest = vscode.extensions.getExtension('neuron-lens.neuron-lens')?.packageJSON as {
        contributes: { menus: Record<string, { command: string; when: string }[]> };
      };
      const offered = (context: string) =>
        manifest.contributes.menus['view/item/context']
          .filter(({ when: condition }) => {
            const pattern = /viewItem =~ \/(.+)\//.exec(condition)?.[1];
            return pattern !== undefined && new RegExp(pattern).test(context);
          })
          .map(({ command }) => command.replace('neuronLens.', ''));
      const sets = ['target', 'feature', 'leftOut', 'ignored', 'split', 'leftOut.unusable'].map((context) => [
        context,
        [...new Set(offered(context))].sort().join(' '),
      ]);
      assert.deepEqual(Object.fromEntries(sets), {
        target: 'changeType',
        feature: 'changeType ignoreColumn useAsTarget',
        leftOut: 'changeType ignoreColumn useAsFeature useAsTarget',
        ignored: 'changeType useAsFeature useAsTarget',
        split: 'changeType useAsFeature useAsTarget',
        'leftOut.unusable': 'changeType',
      });
    });
  });
});
