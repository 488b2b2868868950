import type { Model } from '../runs/model';
import { matchColumns, type Matched, type Unmatched } from './columns';
import { fileHeadOf, isHead, type Told } from './head';
import { Prediction } from './predict';
import type { Predicted, SeenRow } from './predicted';
import { CannotPredict, unmatchedText } from './sentences';

/** How a file is predicted. */
export interface How {
  readonly told: Told;
  /** Columns that may be absent: they are taken as missing values. */
  readonly allowMissing: readonly string[];
  readonly escapeFormulas: boolean;
  /** Is told of each row; what is written is then of no use to anybody. */
  readonly see?: (row: SeenRow) => void;
}

/** Columns of a file are not those of a model. */
export class NotMatched extends CannotPredict {
  constructor(readonly unmatched: Unmatched) {
    super(unmatchedText(unmatched));
  }
}

export type Write = (bytes: Uint8Array) => void | Promise<void>;
export interface Done {
  readonly matched: Matched;
  readonly result: Predicted;
}

/**
 * Writes a file that comes in pieces with the predictions of its rows, as it comes. Throws CannotPredict where that cannot be
 * done, UserError for what is no table.
 */
export async function predictThrough(
  model: Model,
  pieces: AsyncIterable<Uint8Array>,
  how: How,
  write: Write,
): Promise<Done> {
  let first: Uint8Array = new Uint8Array();
  let begun: ReturnType<typeof begin> | null = null;
  for await (const piece of pieces) {
    if (begun) {
      await write(begun.prediction.take(piece, false));
      continue;
    }
    first = Buffer.concat([first, piece]);
    if (!isHead(first)) continue;
    begun = begin(model, first, false, how);
    await write(begun.prediction.take(first, false));
  }
  if (!begun) {
    begun = begin(model, first, true, how);
    await write(begun.prediction.take(first, false));
  }
  await write(begun.prediction.take(new Uint8Array(), true));
  return { matched: begun.matched, result: begun.prediction.result };
}

function begin(model: Model, bytes: Uint8Array, whole: boolean, how: How) {
  const head = fileHeadOf(bytes, whole, model, how.told);
  const matched = matchColumns(model.transform, head.names, how.allowMissing);
  if ('why' in matched) throw new NotMatched(matched);
  return { prediction: new Prediction(model, head, matched, how), matched };
}
