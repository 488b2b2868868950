import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { HELLO } from '../protocol/lens';

/** Asks the host for what there is to show while the scripts of the Lens are on their way; what it says waits for them. */
const EARLY = `
const early = { host: acquireVsCodeApi(), heard: [] };
early.listen = ({ data }) => early.heard.push(data);
addEventListener('message', early.listen);
early.host.postMessage(${JSON.stringify(HELLO)});
`;

interface Page {
  readonly title: string;
  /** The name of its script and of its style in `dist/`. */
  readonly name: string;
  /** Scripts that its script imports: asked for at once, else they wait until that has come and names them. */
  readonly imported?: readonly string[];
  /** What is run before any script has come. */
  readonly early?: string;
}

/** Gives a webview the page of the Lens. */
export function setLensPage(webview: vscode.Webview, extensionUri: vscode.Uri): void {
  const dist = vscode.Uri.joinPath(extensionUri, 'dist');
  const imported = importedAtOnce(dist);
  setPage(webview, dist, { title: 'Neuron Lens', name: 'webview', imported, early: EARLY });
}

/** Gives a webview the page of a model's file. */
export function setModelPage(webview: vscode.Webview, extensionUri: vscode.Uri): void {
  const dist = vscode.Uri.joinPath(extensionUri, 'dist');
  setPage(webview, dist, { title: 'Neuron Lens model', name: 'modelPage' });
}

/** Nothing but our own scripts and style may run in a page. */
function setPage(
  webview: vscode.Webview,
  dist: vscode.Uri,
  { title, name, imported = [], early = '' }: Page,
): void {
  const address = (file: string) => webview.asWebviewUri(vscode.Uri.joinPath(dist, file)).toString();
  webview.options = { enableScripts: true, localResourceRoots: [dist] };
  const nonce = randomBytes(16).toString('base64url');
  const preloads = imported.map((file) => `<link rel="modulepreload" href="${address(file)}">\n`).join('');
  webview.html = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'nonce-${nonce}' ${webview.cspSource}; style-src ${webview.cspSource};">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${address(`${name}.css`)}">
${preloads}<title>${title}</title>
${early && `<script nonce="${nonce}">${early}</script>\n`}</head>
<body>
<div id="app"></div>
<script type="module" nonce="${nonce}" src="${address(`${name}.js`)}"></script>
</body>
</html>`;
}

let known: readonly string[] | undefined;

/** The scripts that the first one imports, as the build has written them down. */
const importedAtOnce = (dist: vscode.Uri): readonly string[] =>
  (known ??= JSON.parse(
    readFileSync(vscode.Uri.joinPath(dist, 'lens', 'first.json').fsPath, 'utf8'),
  ) as string[]);
