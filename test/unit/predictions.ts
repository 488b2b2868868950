import { parse } from 'csv-parse/sync';
import { matchColumns } from '../../src/predict/columns';
import { fileHeadOf, type Told } from '../../src/predict/head';
import { Prediction } from '../../src/predict/predict';
import type { Model } from '../../src/runs/model';
import { bytesOf } from './reading';

interface How {
  readonly told?: Told;
  readonly allowMissing?: readonly string[];
  readonly escapeFormulas?: boolean;
  /** Bytes that come at a time. */
  readonly piece?: number;
}

/** A file with a model's predictions, as bytes, and what is said of it. */
export function predicted(model: Model, file: string | Uint8Array, how: How = {}) {
  const bytes = bytesOf(file);
  const head = fileHeadOf(bytes, true, model, how.told ?? {});
  const matched = matchColumns(model.transform, head.names, how.allowMissing ?? []);
  if ('why' in matched) throw new Error(JSON.stringify(matched));
  const prediction = new Prediction(model, head, matched, how);
  const { piece = bytes.length } = how;
  const written: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += piece)
    written.push(prediction.take(bytes.slice(at, at + piece), false));
  written.push(prediction.take(new Uint8Array(), true));
  const out = Buffer.concat(written);
  return { out, text: out.toString('utf8'), result: prediction.result, matched };
}

/** The records of CSV, by the names in the first of them. */
export const recordsOf = (text: string, delimiter = ','): Record<string, string>[] =>
  parse(text, { columns: true, bom: true, delimiter, relax_column_count: true, relax_quotes: true });
