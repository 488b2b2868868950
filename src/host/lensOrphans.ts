import * as vscode from 'vscode';
import type { Sessions } from '../session/sessions';
import { csvInView, type ActiveFile } from './activeFile';
import { closeTabs, lensTabs, titleOf } from './lensTabs';
import { safeText } from './safeText';

/** How long a Lens on the screen may be without an extension host. */
const ORPHAN_MS = 3000;

/** The Lenses in tabs that are answered. */
interface LensPanels {
  panels(): readonly vscode.WebviewPanel[];
  /** Whether one of them follows the file that is looked at; there is one such tab. */
  isFollowed(): boolean;
  /** Opens one that stays on a file, or that follows. */
  open(viewColumn: vscode.ViewColumn, pinned: vscode.Uri | undefined): void;
}

/**
 * Finds the Lenses on the screen that nobody answers: those of an extension host that has died. Where VS Code has not given
 * a Lens back within a while of its being seen, nobody will: it is replaced by one that shows the same.
 */
export class LensOrphans implements vscode.Disposable {
  private suspects: readonly vscode.Tab[] = [];
  private timer: NodeJS.Timeout | undefined;
  private readonly subscription: vscode.Disposable;

  constructor(
    private readonly sessions: Sessions,
    private readonly activeFile: ActiveFile,
    private readonly lenses: LensPanels,
  ) {
    this.subscription = vscode.window.tabGroups.onDidChangeTabs(() => this.look());
    this.look();
  }

  /** All that are there, those in the background too. */
  get all(): vscode.Tab[] {
    return lensTabs().filter((tab) => !this.isAnswered(tab));
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.subscription.dispose();
  }

  /** A look does not begin the wait anew: tabs may change all the time. */
  private look(): void {
    if (this.timer) return;
    this.suspects = this.onScreen();
    if (this.suspects.length > 0) this.timer = setTimeout(() => void this.decide(), ORPHAN_MS);
  }

  private async decide(): Promise<void> {
    const orphans = this.onScreen().filter((tab) => this.suspects.includes(tab));
    if (orphans.length > 0) await this.replace(orphans);
    this.timer = undefined;
    this.look();
  }

  /** One in the background comes once it is turned to. */
  private onScreen(): vscode.Tab[] {
    return this.all.filter((tab) => tab.isActive);
  }

  private isAnswered(tab: vscode.Tab): boolean {
    return this.lenses
      .panels()
      .some(({ title, viewColumn }) => title === tab.label && viewColumn === tab.group.viewColumn);
  }

  /** Each is replaced by one that shows what its title says: that is all that is left of it. */
  private async replace(orphans: readonly vscode.Tab[]): Promise<void> {
    await this.sessions.restore();
    for (const { label, group } of orphans) {
      const pinned = this.knownFiles().find((uri) => safeText(titleOf(uri, true)) === label);
      if (!pinned && this.lenses.isFollowed()) continue;
      // With the Lens in front nothing tells which file was looked at: it is taken to be one in view.
      const titled = this.knownFiles().find((uri) => safeText(titleOf(uri, false)) === label);
      const uri = pinned ?? titled ?? csvInView();
      if (uri && !this.activeFile.uri) this.activeFile.look(uri);
      this.lenses.open(group.viewColumn, pinned);
    }
    await closeTabs(orphans);
  }

  /** Files that a Lens may have been on: those with a run, and those that are open. */
  private knownFiles(): vscode.Uri[] {
    const open = vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .flatMap(({ input }) => (input instanceof vscode.TabInputText ? [input.uri] : []));
    return [...this.sessions.all.map(({ uri }) => vscode.Uri.parse(uri, true)), ...open];
  }
}
