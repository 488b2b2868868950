import * as vscode from 'vscode';
import { lensTabs } from './lensTabs';

/** How long a Lens on the screen may be without an extension host. */
const ORPHAN_MS = 3000;

/**
 * Finds the Lenses on the screen that nobody answers: those of an extension host that has died. Where VS Code has not given
 * a Lens back within a while of its being seen, nobody will.
 */
export class LensOrphans implements vscode.Disposable {
  private suspects: readonly vscode.Tab[] = [];
  private timer: NodeJS.Timeout | undefined;
  private readonly subscription: vscode.Disposable;

  /** @param replace is given the tabs that are orphans */
  constructor(
    private readonly isOurs: (tab: vscode.Tab) => boolean,
    private readonly replace: (orphans: readonly vscode.Tab[]) => Promise<void>,
  ) {
    this.subscription = vscode.window.tabGroups.onDidChangeTabs(() => this.look());
    this.look();
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
    return lensTabs().filter((tab) => tab.isActive && !this.isOurs(tab));
  }
}
