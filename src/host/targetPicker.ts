import type * as vscode from 'vscode';
import { UserError } from '../data/userError';
import { failureOf } from '../data/failure';
import { cut } from '../core/format';
import { sayFailure } from './sayFailure';
import { choose } from './say';
import { reasonText, tableText } from './tableText';
import type { Tables } from './tables';

/** Lets a person choose the column to predict. */
export async function chooseTarget(
  uri: vscode.Uri,
  tables: Tables,
  write: (target: string) => Promise<void>,
  log: vscode.LogOutputChannel,
): Promise<boolean> {
  const checked = await tables.check(uri);
  if (!checked) return false;
  if ('failure' in checked) {
    await sayFailure(uri, checked.failure, log);
    return false;
  }
  const { names, columns, target, targetReason, taskReason, error } = checked.table;
  if (names.length === 0 && error) {
    await sayFailure(uri, failureOf(new UserError(error, error)), log);
    return false;
  }
  // Of a very wide table only the first columns are known in detail.
  const choices = names.map((name, index) => ({
    label: cut(name),
    description: [columns[index]?.type, ...(name === target ? [`now: ${reasonText(targetReason)}`] : [])]
      .filter((part) => part !== undefined)
      .join(', '),
    value: name,
  }));
  const chosen = await choose(choices, {
    title: 'Column to predict',
    placeHolder: `Now: ${cut(target)}${taskReason ? `, ${tableText(taskReason)}` : ''}`,
    present: target,
  });
  if (chosen === undefined) return false;
  await write(chosen);
  return true;
}
