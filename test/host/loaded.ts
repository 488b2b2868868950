import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import * as vscode from 'vscode';

export const KB = 1000;
/** What every start of VS Code pays for. The rest is behind an `await import()`, and loaded when it is first needed. */
export const LIMIT = 100 * KB;

/** The scripts of the extension that this process has loaded, and how large they are. */
export function loadedBytes(): { readonly bytes: number; readonly scripts: string } {
  const dist = path.join(vscode.extensions.getExtension('neuron-lens.neuron-lens')!.extensionPath, 'dist');
  const scripts = Object.keys(createRequire(__filename).cache).filter((each) =>
    each.startsWith(dist + path.sep),
  );
  if (!scripts.some((each) => each.endsWith('extension.js'))) throw new Error('The extension is not loaded.');
  return {
    bytes: scripts.reduce((sum, each) => sum + statSync(each).size, 0),
    scripts: scripts.map((each) => path.basename(each)).join(', '),
  };
}
