import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { nameOf } from '../core/format';
import { MODEL_ENDING } from '../runs/modelFile';

/** So much is read to find it, a moment's work; a larger file is found by a person. */
const LARGEST = 64_000_000;
const MOST_READ = 128_000_000;
const MOST_LOOKED_AT = 24;
const TABLE = /\.(csv|tsv|txt)$/i;

/** The table that a model was trained on, where it stands beside the model or in the workspace: it is known by its hash. */
export async function proposedTable(model: vscode.Uri, tableHash: string): Promise<vscode.Uri | undefined> {
  // What Save Model… proposes for a name begins with that of the table.
  const stem = nameOf(model.path)
    .slice(0, -MODEL_ENDING.length)
    .replace(/-epoch-\d+$/, '');
  const folder = vscode.Uri.joinPath(model, '..');
  const beside = (await vscode.workspace.fs.readDirectory(folder)).flatMap(([name, type]) =>
    TABLE.test(name) && (type & vscode.FileType.File) !== 0 ? [vscode.Uri.joinPath(folder, name)] : [],
  );
  const elsewhere = await vscode.workspace.findFiles('**/*.{csv,tsv,txt}', undefined, MOST_LOOKED_AT);
  const isNamesake = (uri: vscode.Uri) => nameOf(uri.path).startsWith(`${stem}.`);
  const all = new Map([...beside, ...elsewhere].map((uri) => [uri.toString(), uri]));
  const likeliest = [...all.values()].sort((a, b) => Number(isNamesake(b)) - Number(isNamesake(a)));
  let read = 0;
  for (const uri of likeliest.slice(0, MOST_LOOKED_AT)) {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > LARGEST || read + size > MOST_READ) continue;
    read += size;
    const bytes = await vscode.workspace.fs.readFile(uri);
    if (createHash('sha256').update(bytes).digest('hex') === tableHash) return uri;
  }
  return undefined;
}
