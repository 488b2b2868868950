import * as vscode from 'vscode';
import type { Predictions } from './predictions';
import type { ExerciseId } from '../core/exercises/exercises';
import type { Sessions } from '../session/sessions';
import type { ActiveFile } from './activeFile';
import { tickDone } from './exerciseTicks';
import type { LinesAt } from './lens';
import { hasLensTab, PANEL } from './lensTabs';
import type { LensViews } from './lensViews';
import type { FileSettings } from './settings';
import type { Tables } from './tables';

const VIEW = 'neuronLens.lens';

/** What the Lenses show and act on. */
export interface LensParts {
  readonly extensionUri: vscode.Uri;
  readonly sessions: Sessions;
  readonly activeFile: ActiveFile;
  readonly fileSettings: FileSettings;
  readonly tables: Tables;
  readonly predictions: Pick<Predictions, 'areShown' | 'onDidChange'>;
  /** What is kept for all windows. */
  readonly memory: vscode.Memento;
  /** Where the tables of the exercises are put that the workspace does not have. */
  readonly sampleFolder: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
}

/** The way to the Lenses: VS Code knows them from the start, and what draws them is loaded with the first. */
export class Lenses implements vscode.Disposable {
  private views: Promise<LensViews> | undefined;
  /** Resolves once the file that was asked for last is shown. */
  private revealed: Promise<unknown> = Promise.resolve();
  private disposed = false;
  private readonly disposables: vscode.Disposable;

  constructor(private readonly parts: LensParts) {
    this.disposables = vscode.Disposable.from(
      vscode.window.registerWebviewViewProvider(VIEW, {
        resolveWebviewView: async (view) => (await this.load()).resolveView(view),
      }),
      vscode.window.registerWebviewPanelSerializer(PANEL, {
        deserializeWebviewPanel: async (panel, state) => (await this.load()).takeUp(panel, state),
      }),
      vscode.window.tabGroups.onDidChangeTabs(() => this.loadForTabs()),
    );
    this.loadForTabs();
    tickDone(parts.memory);
  }

  /** Shows a file's run where a Lens is visible already, else in a tab, the focus staying. */
  async reveal(uri: vscode.Uri): Promise<void> {
    const revealed = this.load().then((views) => views.reveal(uri));
    this.revealed = revealed;
    await revealed;
  }

  /** Whether a Lens on the screen, or one that is about to be, shows the run of a file. */
  async isShown(uri: vscode.Uri): Promise<boolean> {
    try {
      await this.revealed;
      return (await this.views)?.isShown(uri) ?? false;
    } catch {
      return false;
    }
  }

  /** Opens, or brings to the front, the tab that follows, or the one that is pinned to the file. */
  async openTab(uri: vscode.Uri): Promise<void> {
    await (await this.load()).openTab(uri);
  }

  /** Lights the rows on lines of a file, where a Lens shows it. */
  async showRows(uri: vscode.Uri, lines: LinesAt): Promise<void> {
    (await this.views)?.showRows(uri, lines);
  }

  /** Has numbers checked against those of a file's run. */
  async check(uri: vscode.Uri, text: string): Promise<void> {
    (await this.load()).check(uri, text);
  }

  /** Opens one more tab, which stays on the file. */
  async newTab(uri: vscode.Uri): Promise<void> {
    (await this.load()).openPinned(uri);
  }

  /** Sets up an exercise on its table, and trains. */
  async startExercise(id: ExerciseId): Promise<void> {
    await (await this.load()).startExercise(id);
  }

  /** Looks for a good network for a file, compares settings for it or cross-validates its own, and shows that. */
  async openLab(card: 'find' | 'compare' | 'crossValidate', uri: vscode.Uri): Promise<void> {
    (await this.load())[card](uri);
  }

  async togglePin(): Promise<void> {
    (await this.load()).togglePin();
  }

  dispose(): void {
    this.disposed = true;
    this.disposables.dispose();
    void this.views?.then((views) => views.dispose());
  }

  /** A tab with a Lens may be of an extension host that has died; VS Code may tell of it late. */
  private loadForTabs(): void {
    if (hasLensTab()) void this.load();
  }

  private load(): Promise<LensViews> {
    void this.parts.sessions.restore();
    return (this.views ??= import('./lensViews').then(({ LensViews }) => {
      const views = new LensViews(this.parts);
      if (this.disposed) views.dispose();
      return views;
    }));
  }
}
