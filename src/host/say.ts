import * as vscode from 'vscode';
import { safeText } from './safeText';

// All that pops up goes through here, since VS Code makes links and icons of what it is given: a lint rule keeps it so.

/** Says what went wrong; resolves to the choice that was clicked. */
export const sayError = <T extends string>(text: string, ...choices: T[]): Thenable<T | undefined> =>
  vscode.window.showErrorMessage(safeText(text), ...choices);

export const sayWarning = <T extends string>(text: string, ...choices: T[]): Thenable<T | undefined> =>
  vscode.window.showWarningMessage(safeText(text), ...choices);

export const sayInformation = <T extends string>(text: string, ...choices: T[]): Thenable<T | undefined> =>
  vscode.window.showInformationMessage(safeText(text), ...choices);

/** Shows a notification that can be cancelled while `work` goes on; it is told the share that is done. */
export const withProgress = <T>(
  title: string,
  work: (onProgress: (share: number) => void, cancelled: vscode.CancellationToken) => Promise<T>,
): Thenable<T> =>
  vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: safeText(title), cancellable: true },
    (progress, cancelled) => {
      let told = 0;
      return work((share) => {
        progress.report({ increment: 100 * (share - told) });
        told = share;
      }, cancelled);
    },
  );

/** One of the things a person can choose from, and what is meant by it. */
export interface Choice<T> {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly value: T;
}

export interface ChooseOptions<T> {
  readonly title: string;
  readonly placeHolder?: string;
  /** What holds now: it is selected when the list opens. */
  readonly present?: T;
}

/** Lets a person choose one of several things; undefined when none is. */
export function choose<T>(
  choices: readonly Choice<T>[],
  { title, placeHolder = '', present }: ChooseOptions<T>,
): Promise<T | undefined> {
  const items = choices.map(({ label, description = '', detail, value }) => ({
    label: safeText(label),
    description: safeText(description),
    ...(detail !== undefined && { detail: safeText(detail) }),
    value,
  }));
  const pick = vscode.window.createQuickPick<(typeof items)[number]>();
  pick.title = safeText(title);
  pick.placeholder = safeText(placeHolder);
  pick.matchOnDescription = true;
  pick.items = items;
  // Else the first is the active one.
  if (present !== undefined) pick.activeItems = items.filter(({ value }) => value === present);
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      resolve(pick.selectedItems[0]?.value);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}
