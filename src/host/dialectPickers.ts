import type * as vscode from 'vscode';
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
  { label: 'UTF-8', value: 'utf-8' },
  { label: 'Western European', description: 'Windows-1252, Latin-1', value: 'windows-1252' },
  { label: 'Central European', description: 'Windows-1250', value: 'windows-1250' },
  { label: 'Cyrillic', description: 'Windows-1251', value: 'windows-1251' },
  { label: 'Greek', description: 'Windows-1253', value: 'windows-1253' },
  { label: 'Turkish', description: 'Windows-1254', value: 'windows-1254' },
  { label: 'Japanese', description: 'Shift JIS', value: 'shift_jis' },
  { label: 'Chinese, simplified', description: 'GB 18030', value: 'gb18030' },
  { label: 'Chinese, traditional', description: 'Big5', value: 'big5' },
  { label: 'Korean', description: 'EUC-KR', value: 'euc-kr' },
  { label: 'UTF-16', description: 'little endian', value: 'utf-16le' },
  { label: 'UTF-16', description: 'big endian', value: 'utf-16be' },
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
