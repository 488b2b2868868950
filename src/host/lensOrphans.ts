import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { Sessions } from '../session/sessions';
import { csvInView, type ActiveFile } from './activeFile';
import { closeTabs, lensTabs, PINNED, titleOf } from './lensTabs';
import { safeText } from './safeText';

/** How long a Lens on the screen may be without an extension host. */
export const ORPHAN_MS = 3000;
/** Between two looks at those that may be. */
const LOOK_MS = 100;
/** A window that takes longer for an answer is busy, such as one that is being loaded: it gives its Lenses back late. */
const PROMPT_MS = 50;

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
 * a Lens back within a while in which it had time to, nobody will: it is replaced by one that shows the same. What VS Code
 * says of tabs and of panels differs for moments, as when a title changes: only a Lens that was unanswered at each look is one.
 */
export class LensOrphans implements vscode.Disposable {
  private isWatching = false;
  private isDisposed = false;
  private readonly subscription: vscode.Disposable;

  constructor(
    private readonly sessions: Sessions,
    private readonly activeFile: ActiveFile,
    private readonly lenses: LensPanels,
  ) {
    this.subscription = vscode.window.tabGroups.onDidChangeTabs(() => void this.watch());
    void this.watch();
  }

  /**
   * Those that another one that follows stands for, in the background too. One that is pinned shows something else: VS Code
   * gives it back, or it is replaced, once somebody turns to it.
   */
  get following(): vscode.Tab[] {
    return this.all.filter(({ label }) => !label.endsWith(PINNED));
  }

  private get all(): vscode.Tab[] {
    return lensTabs().filter((tab) => !this.isAnswered(tab));
  }

  dispose(): void {
    this.isDisposed = true;
    this.subscription.dispose();
  }

  /** A change of tabs does not begin the wait anew: they may change all the time. */
  private async watch(): Promise<void> {
    if (this.isWatching) return;
    this.isWatching = true;
    try {
      const orphans = await this.unansweredFor(ORPHAN_MS);
      if (orphans.length > 0) await this.replace(orphans);
    } finally {
      this.isWatching = false;
    }
    if (!this.isDisposed && this.onScreen().length > 0) void this.watch();
  }

  /** Those on the screen that are unanswered at each look for so long, none once this has been disposed of. */
  private async unansweredFor(ms: number): Promise<vscode.Tab[]> {
    let suspects = this.onScreen();
    for (let waited = 0; suspects.length > 0 && waited < ms;) {
      await sleep(LOOK_MS);
      if ((await this.answerMs()) < PROMPT_MS) waited += LOOK_MS;
      if (this.isDisposed) return [];
      const now = this.onScreen();
      suspects = suspects.filter((tab) => now.includes(tab));
    }
    return suspects;
  }

  /** How long the window takes to do nothing of importance. */
  private async answerMs(): Promise<number> {
    const asked = performance.now();
    await vscode.commands.executeCommand('setContext', 'neuronLens.lensIsAwaited', true);
    return performance.now() - asked;
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
