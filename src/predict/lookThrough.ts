import type { Model } from '../runs/model';
import type { SeenRow } from './predicted';
import { CannotPredict, unreadableText } from './sentences';
import { TableLook } from './tableLook';
import { predictThrough, type Done } from './through';

const HOW = { told: {}, allowMissing: [], escapeFormulas: false } as const;

/** What is known of a table once all its rows have been predicted. */
export interface Looked {
  readonly look: TableLook;
  readonly done: Done;
}

/**
 * Predicts the rows of a table that comes in pieces, for somebody who looks at them. Throws CannotPredict where columns are
 * absent or none of the kind that the model takes, UserError for what is no table.
 */
export async function lookThrough(model: Model, pieces: AsyncIterable<Uint8Array>): Promise<Looked> {
  const look = new TableLook(model);
  const done = await predictThrough(model, pieces, { ...HOW, see: (row) => look.see(row) }, () => undefined);
  if (look.unreadable.length > 0) throw new CannotPredict(unreadableText(look.unreadable));
  return { look, done };
}

/** The row that begins on a line of a table, from 1; null where none does. No more is read than it takes. */
export async function rowOnLine(
  model: Model,
  pieces: AsyncIterable<Uint8Array>,
  line: number,
): Promise<SeenRow | null> {
  let found: SeenRow | null = null;
  let isPast = false;
  const see = (row: SeenRow) => {
    if (row.line === line) found = row;
    if (row.line >= line) isPast = true;
  };
  const asFar = async function* () {
    for await (const piece of pieces) {
      if (isPast) return;
      yield piece;
    }
  };
  await predictThrough(model, asFar(), { ...HOW, see }, () => undefined);
  return found;
}
