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

/** Gives a webview the page of the Lens: nothing but our own scripts and style may run in it. */
export function setLensPage(webview: vscode.Webview, extensionUri: vscode.Uri): void {
  const dist = vscode.Uri.joinPath(extensionUri, 'dist');
  const address = (file: string) => webview.asWebviewUri(vscode.Uri.joinPath(dist, file)).toString();
  webview.options = { enableScripts: true, localResourceRoots: [dist] };
  const nonce = randomBytes(16).toString('base64url');
  // Asked for at once: else they wait until the first script has come and names them.
  const imported = importedAtOnce(dist)
    .map((file) => `<link rel="modulepreload" href="${address(file)}">`)
    .join('\n');
  webview.html = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'nonce-${nonce}' ${webview.cspSource}; style-src ${webview.cspSource};">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${address('webview.css')}">
${imported}
<title>Neuron Lens</title>
<script nonce="${nonce}">${EARLY}</script>
</head>
<body>
<div id="app"></div>
<script type="module" nonce="${nonce}" src="${address('webview.js')}"></script>
</body>
</html>`;
}

let known: readonly string[] | undefined;

/** The scripts that the first one imports, as the build has written them down. */
const importedAtOnce = (dist: vscode.Uri): readonly string[] =>
  (known ??= JSON.parse(
    readFileSync(vscode.Uri.joinPath(dist, 'lens', 'first.json').fsPath, 'utf8'),
  ) as string[]);

/** Gives a webview the page of a model's file, likewise. */
export function setModelPage(webview: vscode.Webview, extensionUri: vscode.Uri): void {
  const dist = vscode.Uri.joinPath(extensionUri, 'dist');
  const address = (file: string) => webview.asWebviewUri(vscode.Uri.joinPath(dist, file)).toString();
  webview.options = { enableScripts: true, localResourceRoots: [dist] };
  webview.html = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src ${webview.cspSource}; style-src ${webview.cspSource};">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${address('modelPage.css')}">
<title>Neuron Lens model</title>
</head>
<body>
<div id="app"></div>
<script type="module" src="${address('modelPage.js')}"></script>
</body>
</html>`;
}
