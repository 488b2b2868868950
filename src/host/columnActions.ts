import * as vscode from 'vscode';
import { cut } from '../core/format';
import { columnKinds, type ColumnKind } from '../settings/data';
import type { SettingKey, Settings } from '../settings/settings';
import { isMap } from '../settings/values';
import { ownOf } from '../data/csv/readOptions';
import type { DatasetItem } from './datasetView';
import { choose, type Choice } from './say';
import type { FileSettings } from './settings';

type ColumnItem = DatasetItem & { kind: 'column' };
type Column = ColumnItem['column'];

/** Whether a command was called on a column of the view; from elsewhere it may be called with anything. */
const isColumn = (item: unknown): item is ColumnItem =>
  typeof item === 'object' &&
  item !== null &&
  'kind' in item &&
  item.kind === 'column' &&
  'uri' in item &&
  item.uri instanceof vscode.Uri;

/** What the Dataset view can do to a column: each writes `neuronLens.datasets` for its file. */
export function columnActions(fileSettings: FileSettings) {
  const onColumn =
    (changes: (column: Column, settings: Settings) => Partial<Settings>) =>
    async (item: unknown): Promise<void> => {
      if (!isColumn(item)) return;
      await fileSettings.override(item.uri, (settings) => changes(item.column, settings));
    };
  return {
    useAsTarget: onColumn(useAsTarget),
    ignoreColumn: onColumn(ignoreColumn),
    useAsFeature: onColumn(useAsFeature),
    changeType: async (item: unknown): Promise<void> => {
      if (!isColumn(item)) return;
      const { name } = item.column;
      const { settings } = fileSettings.read(item.uri);
      const chosen = await askType(item.column, ownOf(settings['data.columnTypes'], name));
      if (chosen === undefined) return;
      const kind = chosen === FOUND ? undefined : chosen;
      await fileSettings.override(item.uri, (now) => withColumn(now, 'data.columnTypes', name, kind));
    },
  };
}

function useAsTarget({ name, role }: Column, settings: Settings): Partial<Settings> {
  const ignored = settings['data.ignoredColumns'];
  return {
    'data.target': name,
    ...(ignored.includes(name) && { 'data.ignoredColumns': without(ignored, name) }),
    ...(role === 'split' && { 'data.splitColumn': '' }),
  };
}

function ignoreColumn({ name }: Column, settings: Settings): Partial<Settings> {
  const included = settings['data.includedColumns'];
  return {
    'data.ignoredColumns': [...without(settings['data.ignoredColumns'], name), name],
    ...(included.includes(name) && { 'data.includedColumns': without(included, name) }),
  };
}

function useAsFeature({ name, role, type }: Column, settings: Settings): Partial<Settings> {
  const [ignored, included] = [settings['data.ignoredColumns'], settings['data.includedColumns']];
  return {
    ...(ignored.includes(name) && { 'data.ignoredColumns': without(ignored, name) }),
    ...((type === 'identifier' || type === 'text') &&
      !included.includes(name) && { 'data.includedColumns': [...included, name] }),
    ...(role === 'split' && { 'data.splitColumn': '' }),
  };
}

const without = (names: readonly string[], name: string) => names.filter((each) => each !== name);

/** A map by column with another value for one of them: texts are added to those that there are; undefined takes away. */
export function withColumn(
  settings: Settings,
  key: SettingKey,
  column: string,
  value: unknown,
): Partial<Record<SettingKey, unknown>> {
  const present: unknown = settings[key];
  if (!isMap(present)) return {};
  const others = Object.entries(present).filter(([name]) => name !== column);
  const before: unknown = ownOf(present, column);
  const isAdded = (each: unknown): each is readonly unknown[] => Array.isArray(each);
  const next: unknown =
    isAdded(value) && isAdded(before) ? [...new Set<unknown>([...before, ...value])] : value;
  const entries: readonly (readonly [string, unknown])[] =
    next === undefined ? others : [...others, [column, next]];
  return { [key]: Object.fromEntries(entries) as unknown };
}

const FOUND = 'found';

/** What a person says that a column holds; undefined where they say nothing. */
async function askType(
  { name }: Column,
  present: ColumnKind | undefined,
): Promise<ColumnKind | typeof FOUND | undefined> {
  const { choiceDescription } = await import('../settings/descriptions');
  const choices: Choice<ColumnKind | typeof FOUND>[] = [
    { label: 'found in the file', value: FOUND },
    ...columnKinds.map((value) => ({
      label: value,
      description: choiceDescription('data.columnTypes', value),
      value,
    })),
  ];
  return choose(choices, { title: `What “${cut(name)}” holds`, present: present ?? FOUND });
}
