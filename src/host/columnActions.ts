import * as vscode from 'vscode';
import type { DatasetItem } from './datasetView';
import { overrideForFile, readSettings } from './settings';

/** What the Dataset view can do to a column: each writes `neuronLens.datasets` for its file. */
export function registerColumnActions(): vscode.Disposable {
  const onColumn = (
    name: string,
    change: (item: DatasetItem & { kind: 'column' }) => Parameters<typeof overrideForFile>[1],
  ) =>
    vscode.commands.registerCommand(`neuronLens.${name}`, async (item?: DatasetItem) => {
      if (item?.kind === 'column') await overrideForFile(item.uri, change(item));
    });
  const settingsOf = (uri: vscode.Uri) => readSettings(uri).settings;
  const without = (names: readonly string[], name: string) => names.filter((each) => each !== name);

  return vscode.Disposable.from(
    onColumn('useAsTarget', ({ uri, column: { name, role } }) => {
      const ignored = settingsOf(uri)['data.ignoredColumns'];
      return {
        'data.target': name,
        ...(ignored.includes(name) && { 'data.ignoredColumns': without(ignored, name) }),
        ...(role === 'split' && { 'data.splitColumn': '' }),
      };
    }),
    onColumn('ignoreColumn', ({ uri, column: { name } }) => {
      const settings = settingsOf(uri);
      const included = settings['data.includedColumns'];
      return {
        'data.ignoredColumns': [...without(settings['data.ignoredColumns'], name), name],
        ...(included.includes(name) && { 'data.includedColumns': without(included, name) }),
      };
    }),
    onColumn('useAsFeature', ({ uri, column: { name, role, type } }) => {
      const settings = settingsOf(uri);
      const [ignored, included] = [settings['data.ignoredColumns'], settings['data.includedColumns']];
      return {
        ...(ignored.includes(name) && { 'data.ignoredColumns': without(ignored, name) }),
        ...((type === 'identifier' || type === 'text') &&
          !included.includes(name) && { 'data.includedColumns': [...included, name] }),
        ...(role === 'split' && { 'data.splitColumn': '' }),
      };
    }),
  );
}
