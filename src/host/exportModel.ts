import * as vscode from 'vscode';
import { cut, nameOf, whole } from '../core/format';
import { coarseInFloat32 } from '../export/exported';
import { exportModel as exported, formatNames, type FormatName } from '../export/formats';
import { ExportRefused } from '../export/refused';
import type { Model } from '../runs/model';
import { ModelError } from '../runs/modelJson';
import { modelOfRecord } from '../runs/modelOf';
import type { Session } from '../session/session';
import { modelIn } from './modelInput';
import { recordOf, writeBeside } from './modelOutput';
import { baseNameOf, folderFor } from './outputPlace';
import { safeText } from './safeText';
import { choose, sayError, sayInformation } from './say';

/** What each format is called, what it is, and how its files end. */
const FORMATS: Readonly<Record<FormatName, readonly [label: string, detail: string, ending: string]>> = {
  numpy: ['NumPy', 'A Python file that imports NumPy alone', 'py'],
  sklearn: ['scikit-learn', 'A script that makes a fitted Pipeline, without pickle', 'py'],
  pytorch: ['PyTorch', 'A script with a module in float64', 'py'],
  safetensors: ['safetensors', 'The weights, and rows to check them by', 'safetensors'],
  onnx: ['ONNX', 'With one tensor of all features', 'onnx'],
  'onnx-columns': ['ONNX, one input a column', 'With one tensor for each column', 'onnx'],
  javascript: ['JavaScript', 'A module that imports nothing', 'mjs'],
  c: ['C', 'A header for C99 and C++, without heap', 'h'],
  sql: ['SQL', 'A query for SQLite, PostgreSQL and DuckDB', 'sql'],
  excel: ['Excel', 'A workbook to type rows in, with a cell for each unit', 'xlsx'],
  latex: ['LaTeX', 'The equations with their trained numbers, to be read', 'tex'],
};

/** The format and the place that a person has said already. */
export interface ExportGiven {
  readonly format: string | undefined;
  readonly uri: vscode.Uri | undefined;
}

/** Writes the network of a session as it is now in a form to use elsewhere, chosen by a person. */
export async function exportModel(session: Session, given: ExportGiven): Promise<void> {
  const record = await recordOf(session);
  if (!record) {
    void sayInformation('There are no weights to export yet.');
    return;
  }
  const { trainRows = null, testRows = null } = session.dataset ?? {};
  const from = {
    file: session.uri,
    what: `The model of ${nameOf(session.uri)}`,
    epoch: record.measure.epoch,
  };
  await exportFrom(from, () => modelOfRecord(record, { trainRows, testRows }), given);
}

/** Writes the model in a file likewise. */
export async function exportModelFile(uri: vscode.Uri, given: ExportGiven): Promise<void> {
  const what = nameOf(uri.toString());
  try {
    const model = await modelIn(uri);
    await exportFrom({ file: uri.toString(), what, epoch: model.training.epoch }, () => model, given);
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    void sayError(`${what} cannot be opened. ${error.message}`);
  }
}

/** What is exported. */
interface From {
  /** The table, or the file of the model: it is not written over. */
  readonly file: string;
  readonly what: string;
  readonly epoch: number;
}

async function exportFrom(
  { file, what, epoch }: From,
  model: () => Model,
  given: ExportGiven,
): Promise<void> {
  const format = formatNames.find((name) => name === given.format) ?? (await chooseFormat());
  if (format === undefined) return;
  const [label, , ending] = FORMATS[format];
  const base = baseNameOf(file.replace(/\.neuron\.json$/, '.json'), 'model');
  const name = `${base.replace(/-epoch-\d+$/, '')}-epoch-${epoch}.${ending}`;
  const uri =
    given.uri ??
    (await vscode.window.showSaveDialog({
      title: safeText(`Export Model as ${label}: with names of columns and classes, and ranges; with no row`),
      defaultUri: vscode.Uri.joinPath(folderFor(file), name),
      filters: { [label]: [ending] },
    }));
  if (!uri) return;
  try {
    const made = exported(model(), format, { file: nameOf(uri.path) });
    await writeBeside(uri, file, made.content);
    const coarse = made.exported.precision === 'single' ? coarseInFloat32(made.exported) : [];
    const warning =
      coarse.length === 0
        ? ''
        : ` In float32 these columns lose digits: ${coarse.map((column) => cut(column)).join(', ')}.`;
    void sayInformation(
      `${nameOf(uri.toString())} is written, with the weights of epoch ${whole(epoch)}.${warning}`,
    );
  } catch (error) {
    if (!(error instanceof ModelError || error instanceof ExportRefused)) throw error;
    void sayError(`${what} is not exported. ${error.message}`);
  }
}

function chooseFormat(): Promise<FormatName | undefined> {
  const choices = formatNames.map((format) => {
    const [label, description] = FORMATS[format];
    return { label, description, value: format };
  });
  return choose(choices, { title: 'Export Model' });
}
