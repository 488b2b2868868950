import * as vscode from 'vscode';

/** Opens the files of models in an editor of ours, which is loaded with the first one. */
export const registerModelEditor = (
  extensionUri: vscode.Uri,
  log: vscode.LogOutputChannel,
): vscode.Disposable =>
  vscode.window.registerCustomEditorProvider('neuronLens.model', {
    openCustomDocument: (uri) => ({ uri, dispose: () => undefined }),
    resolveCustomEditor: async ({ uri }, panel) => {
      const { ModelEditor } = await import('./modelEditor');
      new ModelEditor(uri, panel, extensionUri, log);
    },
  } satisfies vscode.CustomReadonlyEditorProvider);
