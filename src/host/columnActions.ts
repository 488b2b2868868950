import * as vscode from 'vscode';
import type { Settings } from '../settings/settings';
import type { DatasetItem } from './datasetView';
import type { FileSettings } from './settings';

type Column = (DatasetItem & { kind: 'column' })['column'];

/** What the Dataset view can do to a column: each writes `neuronLens.datasets` for its file. */
export function registerColumnActions(fileSettings: FileSettings): vscode.Disposable {
  const onColumn = (name: string, changes: (column: Column, settings: Settings) => Partial<Settings>) =>
    vscode.commands.registerCommand(`neuronLens.${name}`, async (item?: DatasetItem) => {
      if (item?.kind !== 'column') return;
      await fileSettings.override(item.uri, (settings) => changes(item.column, settings));
    });
  return vscode.Disposable.from(
    onColumn('useAsTarget', useAsTarget),
    onColumn('ignoreColumn', ignoreColumn),
    onColumn('useAsFeature', useAsFeature),
  );
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
