import type { Model } from '../runs/model';
import { cHeader } from './cHeader';
import { excelModel } from './excel';
import { exportedOf, type Exported, type Precision } from './exported';
import { javascriptModel } from './javascript';
import { latexModel } from './latexModel';
import { numpyModel } from './numpyModel';
import { onnxColumns, onnxModel } from './onnx';
import { pytorchModel } from './pytorch';
import { safetensorsModel } from './safetensors';
import { sklearnModel } from './sklearn';
import { sqlModel } from './sql';

export interface ExportOptions {
  /** The name of the file that is written. */
  readonly file: string;
  /** What the table is called, in SQL. */
  readonly table: string;
}

interface Format {
  /** What its numbers are computed in, and so how far they may be from the float64 forward pass. */
  readonly precision: Precision;
  readonly write: (exported: Exported, options: ExportOptions) => string | Uint8Array;
}

const FORMATS = {
  numpy: { precision: 'double', write: numpyModel },
  javascript: { precision: 'double', write: javascriptModel },
  c: { precision: 'single', write: cHeader },
  pytorch: { precision: 'double', write: pytorchModel },
  safetensors: { precision: 'double', write: safetensorsModel },
  sklearn: { precision: 'double', write: sklearnModel },
  onnx: { precision: 'single', write: onnxModel },
  'onnx-columns': { precision: 'single', write: onnxColumns },
  sql: { precision: 'double', write: sqlModel },
  excel: { precision: 'double', write: excelModel },
  latex: { precision: 'double', write: latexModel },
} as const satisfies Readonly<Record<string, Format>>;

export type FormatName = keyof typeof FORMATS;
export const formatNames = Object.keys(FORMATS) as readonly FormatName[];

/** A model in a form to use elsewhere, and what it was made of. Throws ExportRefused where the form cannot hold it. */
export function exportModel(
  model: Model,
  format: FormatName,
  { table = 'data', ...options }: Partial<ExportOptions> & Pick<ExportOptions, 'file'>,
): { readonly content: string | Uint8Array; readonly exported: Exported } {
  const { precision, write }: Format = FORMATS[format];
  const exported = exportedOf(model, precision);
  return { content: write(exported, { table, ...options }), exported };
}
