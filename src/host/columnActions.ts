import * as vscode from 'vscode';
import type { Settings } from '../settings/settings';
import type { DatasetItem } from './datasetView';
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
