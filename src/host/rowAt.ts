import * as vscode from 'vscode';
import { cut } from '../core/format';
import { message } from '../data/message';
import { featureCount } from '../data/transform';
import { UserError } from '../data/userError';
import type { Session } from '../session/session';
import type { RowAt } from './lens';
import { rowCells } from './rowCells';

/** Columns of a row that are shown: names and texts of 200 characters, 2400 bytes where all of them have to be escaped. */
const MOST_COLUMNS = 100;

/**
 * The row on a line of the file as it is written, with the features that each cell becomes. Null once it is not wanted
 * any more. Throws UserError where the file holds something else than what was trained on.
 */
export async function rowAt(session: Session, line: number, isWanted: () => boolean): Promise<RowAt | null> {
  if (session.file !== 'same') throw new UserError(message('row-of-other-file', {}));
  const row = await rowCells(vscode.Uri.parse(session.uri, true), session, line, isWanted);
  if (!row) return null;
  const { columns = [], target } = session.transform ?? {};
  const places = new Map<string, { feature: number; features: number }>();
  let feature = 0;
  for (const column of columns) {
    const features = featureCount(column);
    places.set(column.name, { feature, features });
    feature += features;
  }
  const cells = row.cells.map((text, c) => {
    const name = row.names[c] ?? '';
    return {
      ...{ column: cut(name), text: cut(text), isTarget: name === target?.name },
      ...(places.get(name) ?? { feature: 0, features: 0 }),
    };
  });
  return { cells: cells.slice(0, MOST_COLUMNS), more: Math.max(0, cells.length - MOST_COLUMNS) };
}
