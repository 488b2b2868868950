import type * as vscode from 'vscode';
import { ENCODINGS } from '../data/csv/encodings';
import { choose, type Choice } from './say';
import type { FileSettings } from './settings';

const delimiters: readonly Choice<string>[] = [
  { label: 'Found from the file', value: 'auto' },
  { label: 'Comma', description: ',', value: ',' },
  { label: 'Semicolon', description: ';', value: ';' },
  { label: 'Tab', value: 'tab' },
  { label: 'Pipe', description: '|', value: '|' },
  { label: 'Space', value: 'space' },
  { label: 'Colon', description: ':', value: ':' },
];
const encodings: typeof delimiters = [
  { label: 'Found from the file', value: 'auto' },
  ...ENCODINGS.map(({ name, ...shown }) => ({ ...shown, value: name })),
];

/** Lets a person say how a file is written; the choice is written to `neuronLens.datasets`. */
export async function chooseDelimiter(uri: vscode.Uri, fileSettings: FileSettings): Promise<void> {
  const chosen = await choose(delimiters, { title: 'What separates the cells' });
  if (chosen !== undefined) await fileSettings.override(uri, { 'csv.delimiter': chosen });
}

export async function chooseEncoding(uri: vscode.Uri, fileSettings: FileSettings): Promise<void> {
  const chosen = await choose(encodings, { title: 'Encoding of the file' });
  if (chosen !== undefined) await fileSettings.override(uri, { 'csv.encoding': chosen });
}
