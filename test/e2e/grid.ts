import { zipOf } from '../../src/export/zip';

/** The type of the editor: what `workbench.editorAssociations` names. */
export const GRID = 'neuronLensTests.grid';

/** A command that is listed once a window knows of the extension; before, it opens a CSV as text. */
export const KNOWN = 'Grid Editor Is Known';

const CODE = `
const vscode = require('vscode');
exports.activate = () => {
  vscode.commands.registerCommand('${GRID}.known', () => undefined);
  vscode.window.registerCustomEditorProvider('${GRID}', {
    openCustomDocument: (uri) => ({ uri, dispose() {} }),
    resolveCustomEditor({ uri }, panel) {
      panel.webview.html = '<h1>Grid of ' + uri.path.split('/').pop() + '</h1>';
    },
  });
};
`;

const MANIFEST = {
  ...{ name: 'grid', publisher: 'neuron-lens-tests', version: '1.0.0', engines: { vscode: '^1.106.0' } },
  main: './extension.js',
  extensionKind: ['workspace'],
  contributes: {
    commands: [{ command: `${GRID}.known`, title: KNOWN }],
    customEditors: [
      { viewType: GRID, displayName: 'Grid', selector: [{ filenamePattern: '*.csv' }], priority: 'option' },
    ],
  },
};

/** Another extension, as a VSIX: it shows a CSV in an editor of its own, which is none for text, where somebody wants that. */
export const gridExtension = (): Uint8Array =>
  zipOf({ 'extension/package.json': JSON.stringify(MANIFEST), 'extension/extension.js': CODE });
