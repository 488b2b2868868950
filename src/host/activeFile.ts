import * as vscode from 'vscode';
import { isCsv, isCsvName } from './csvFiles';
import type { FileWatch } from './fileWatch';

/**
 * The CSV file that a person looks at: the one rule which the views in the side bar, the Lens that follows, and the
 * commands without an argument go by. It is the CSV in the editor that was last turned to, or the file that was turned to
 * otherwise since ({@link look}); an editor with anything else in it changes nothing.
 */
export class ActiveFile implements vscode.Disposable {
  private current: vscode.Uri | undefined;
  /** What the active editor last showed, so that only turning to an editor counts. */
  private inEditor: string | undefined;
  private readonly changed = new vscode.EventEmitter<vscode.Uri | undefined>();
  /** People look at another file, or at the same under another name. */
  readonly onDidChange = this.changed.event;
  private readonly disposables: vscode.Disposable;

  constructor(fileWatch: FileWatch) {
    this.disposables = vscode.Disposable.from(
      this.changed,
      vscode.window.onDidChangeActiveTextEditor(() => this.follow()),
      vscode.window.tabGroups.onDidChangeTabs(() => this.follow()),
      vscode.window.tabGroups.onDidChangeTabGroups(() => this.follow()),
      fileWatch.onDidRename(({ from, to }) => {
        if (from.toString() === this.current?.toString()) this.turnTo(to);
      }),
      fileWatch.onDidDelete((uri) => {
        if (uri.toString() === this.current?.toString()) this.turnTo(csvInEditor());
      }),
    );
    this.follow();
  }

  /** Undefined before any CSV file was looked at. */
  get uri(): vscode.Uri | undefined {
    return this.current;
  }

  /** Turns to a file that a person trains on, whose columns they ask for, or whose Lens they turn to. */
  look(uri: vscode.Uri): void {
    this.turnTo(uri);
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private follow(): void {
    const uri = csvInEditor();
    if (uri?.toString() === this.inEditor) return;
    this.inEditor = uri?.toString();
    if (uri) this.turnTo(uri);
  }

  private turnTo(uri: vscode.Uri | undefined): void {
    if (uri?.toString() === this.current?.toString()) return;
    this.current = uri;
    this.changed.fire(uri);
  }
}

/** The CSV in the active editor; a file too large to be a document, or a packed one, still has a tab with its name. */
export function csvInEditor(): vscode.Uri | undefined {
  const document = vscode.window.activeTextEditor?.document;
  if (document && isCsv(document)) return document.uri;
  return csvInTab(vscode.window.tabGroups.activeTabGroup);
}

/** A CSV in front of one of the groups of editors. */
export function csvInView(): vscode.Uri | undefined {
  for (const group of vscode.window.tabGroups.all) {
    const uri = csvInTab(group);
    if (uri) return uri;
  }
  return undefined;
}

function csvInTab({ activeTab }: vscode.TabGroup): vscode.Uri | undefined {
  const input = activeTab?.input;
  const isFile = input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom;
  return isFile && isCsvName(input.uri.path) ? input.uri : undefined;
}
