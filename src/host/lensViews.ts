import * as v from 'valibot';
import * as vscode from 'vscode';
import { nameOf } from '../core/format';
import { RunList } from '../session/runList';
import type { Session } from '../session/session';
import type { Sessions } from '../session/sessions';
import type { ActiveFile } from './activeFile';
import type { ExerciseId } from '../core/exercises/exercises';
import { Exercises } from './exercises';
import { HandleWrites } from './handleWrites';
import { Lens, type LinesAt } from './lens';
import type { LensParts } from './lenses';
import { LensOrphans } from './lensOrphans';
import { setLensPage } from './lensPage';
import { answers, type Ask } from './lensRequests';
import { LensPlaces, type Place, type Tab } from './lensPlaces';
import { closeTabs, covers, PANEL, titleOf } from './lensTabs';
import { safeLines, safeText } from './safeText';
import { ShownRuns } from './shownRuns';
import type { ShownSession } from './shownSession';

const panelState = v.object({ uri: v.nullable(v.string()), pinned: v.optional(v.boolean(), false) });

/**
 * The Lenses, in tabs and in the side bar, by one rule: a Lens that is pinned shows the run of its file, every other one
 * that of the file that is looked at. There is one tab that follows.
 */
export class LensViews implements vscode.Disposable {
  private readonly places: LensPlaces;
  private readonly orphans: LensOrphans;
  /** The run that was looked at last: the way back from a file without one. */
  private lastRun: Session | undefined;
  private readonly disposables: vscode.Disposable;

  private readonly extensionUri: vscode.Uri;
  private readonly sessions: Sessions;
  private readonly activeFile: ActiveFile;
  private readonly writes: HandleWrites;
  private readonly runs: ShownRuns;
  private readonly exercises: Exercises;
  private readonly ask: Ask;

  constructor(private readonly parts: LensParts) {
    const { extensionUri, sessions, activeFile, fileSettings, memory } = parts;
    this.extensionUri = extensionUri;
    this.sessions = sessions;
    this.activeFile = activeFile;
    this.places = new LensPlaces(activeFile);
    this.writes = new HandleWrites(fileSettings);
    // Before the Lenses hear of a change: they show what the exercises say of it.
    this.exercises = new Exercises(memory, sessions);
    const { writes, exercises } = this;
    // The runs of each file, to choose from.
    const list = new RunList(sessions.listParts);
    this.runs = new ShownRuns(
      { sessions, fileSettings, list, writes, exercises },
      () => this.places.all.map(({ lens }) => lens.shown),
      (session) => this.update(session),
    );
    this.ask = answers({ ...parts, list, writes, exercises, back: () => this.goBack() });
    this.orphans = new LensOrphans(sessions, activeFile, {
      panels: () => [...this.places.tabs].map(({ panel }) => panel),
      isFollowed: () => this.places.follower !== undefined,
      open: (viewColumn, pinned) => this.open(viewColumn, pinned),
    });
    this.disposables = vscode.Disposable.from(
      sessions.onDidChange(({ session, change }) => {
        if (change === 'file') this.followName(session);
        if (change === 'current' || change === 'file') this.refresh();
        else this.update(session);
      }),
      activeFile.onDidChange(() => this.refresh()),
      parts.predictions.onDidChange(() => this.places.all.forEach(({ lens }) => lens.update())),
      this.exercises.onDidChange(() => this.places.all.forEach(({ lens }) => lens.update())),
      this.exercises,
      this.orphans,
    );
  }

  /** Shows a file's run where a Lens is visible already, else in a tab, the focus staying. */
  reveal(uri: vscode.Uri): void {
    this.activeFile.look(uri);
    if (!this.isShown(uri)) void this.openTab(uri);
    this.refresh();
  }

  /** Whether a Lens on the screen, or one that is about to be, shows the run of a file. */
  isShown(uri: vscode.Uri): boolean {
    return this.places.showing(uri).length > 0;
  }

  /** Lights the rows on lines of a file, where a Lens shows it. */
  showRows(uri: vscode.Uri, lines: LinesAt): void {
    for (const place of this.places.all) {
      if (this.places.fileOf(place)?.toString() === uri.toString()) place.lens.showRows(lines);
    }
  }

  /** Has numbers checked against those of a file's run, in a Lens that shows it. */
  check(uri: vscode.Uri, text: string): void {
    this.reveal(uri);
    // Where none showed it, one has been opened.
    const [place = this.places.all.at(-1)] = this.places.showing(uri);
    place?.lens.check(text);
  }

  /** Opens, or brings to the front, the tab that follows; one that is pinned to the file does as well. */
  async openTab(uri: vscode.Uri): Promise<void> {
    this.activeFile.look(uri);
    const pinned = [...this.places.tabs].find((tab) => tab.pinned?.toString() === uri.toString());
    const present = pinned ?? this.places.follower;
    if (present) {
      present.isComing = !present.panel.visible;
      // A tab that would hide the file goes beside it.
      const column = covers(present.panel, uri) ? vscode.ViewColumn.Beside : undefined;
      present.panel.reveal(column, true);
      return;
    }
    // A tab that came back without having been looked at, or whose extension host has died, is not ours: it is replaced.
    const orphans = this.orphans.following;
    this.open(this.places.column, undefined);
    await closeTabs(orphans);
  }

  /** Keeps the Lens in the active tab on its file, or lets it follow again. */
  togglePin(): void {
    const tab = this.places.front;
    const uri = tab && this.places.fileOf(tab);
    if (!tab || !uri) return;
    // Two that follow would show the same.
    if (tab.pinned && this.places.follower) tab.panel.dispose();
    else {
      tab.pinned = tab.pinned ? undefined : uri;
      this.refresh();
    }
  }

  dispose(): void {
    this.disposables.dispose();
    this.places.all.forEach(({ lens }) => lens.dispose());
  }

  private runOf(place: Pick<Place, 'pinned'>): ShownSession | undefined {
    const uri = this.places.fileOf(place);
    const session = uri && this.sessions.get(uri);
    return session && this.runs.of(session);
  }

  /** Opens one more tab, which stays on the file: two that follow would show the same. */
  openPinned(uri: vscode.Uri): void {
    this.open(this.places.column, uri);
  }

  /** Sets up an exercise on its table, trains, and opens its page. */
  async startExercise(id: ExerciseId): Promise<void> {
    const { parts, writes, exercises } = this;
    const { setUpExercise } = await import('./exerciseSetUp');
    const uri = await setUpExercise({ ...parts, writes, exercises }, id, 'setUp', this.activeFile.uri);
    this.reveal(uri);
    this.places.showing(uri).forEach(({ lens }) => lens.open({ type: 'showExercise', id }));
  }

  /** Looks for a good network for a file; where nothing is trained yet, the automatic one is meanwhile. */
  find(uri: vscode.Uri): void {
    this.openLab(uri, 'showFind').finding.startOnceRead();
  }

  /** Opens the page where settings are compared for a file. */
  compare(uri: vscode.Uri): void {
    this.openLab(uri, 'showCompare');
  }

  /** Cross-validates the settings of a file. */
  crossValidate(uri: vscode.Uri): void {
    this.openLab(uri, 'showFolds').crossValidating.startOnceRead();
  }

  /** Opens a page of the Lab for a file; where nothing is trained yet, a training begins. */
  private openLab(uri: vscode.Uri, type: 'showFind' | 'showCompare' | 'showFolds'): ShownSession {
    const session = this.sessions.get(uri) ?? this.sessions.start(uri);
    this.reveal(uri);
    this.places.showing(uri).forEach(({ lens }) => lens.open({ type }));
    return this.runs.of(session);
  }

  takeUp(panel: vscode.WebviewPanel, state: unknown): void {
    const parsed = v.safeParse(panelState, state);
    const uri = parsed.success && parsed.output.uri ? vscode.Uri.parse(parsed.output.uri) : undefined;
    const pinned = parsed.success && parsed.output.pinned ? uri : undefined;
    // There is one that follows already.
    if (!pinned && this.places.follower) {
      panel.dispose();
      return;
    }
    if (uri && !this.activeFile.uri) this.activeFile.look(uri);
    this.adopt(panel, pinned);
  }

  resolveView(view: vscode.WebviewView): void {
    const lens = this.lensOf(view, { pinned: undefined });
    const place = { view, lens, pinned: undefined };
    this.places.view = place;
    setLensPage(view.webview, this.extensionUri);
    view.onDidChangeVisibility(() => this.visibilityChanged());
    view.onDidDispose(() => {
      lens.dispose();
      if (this.places.view === place) this.places.view = undefined;
      this.visibilityChanged();
    });
    this.visibilityChanged();
  }

  private open(viewColumn: vscode.ViewColumn, pinned: vscode.Uri | undefined): void {
    this.adopt(vscode.window.createWebviewPanel(PANEL, '', { viewColumn, preserveFocus: true }, {}), pinned);
  }

  private adopt(panel: vscode.WebviewPanel, pinned: vscode.Uri | undefined): void {
    panel.iconPath = vscode.Uri.joinPath(this.extensionUri, 'media', 'tab.svg');
    // One object, so that the Lens knows of a new name of its file.
    const place = { panel, pinned };
    const tab: Tab = Object.assign(place, { lens: this.lensOf(panel, place) });
    this.places.tabs.add(tab);
    setLensPage(panel.webview, this.extensionUri);
    const viewState = panel.onDidChangeViewState(() => {
      tab.isComing = false;
      this.visibilityChanged();
    });
    panel.onDidDispose(() => {
      viewState.dispose();
      this.forget(tab);
      this.visibilityChanged();
    });
    this.refresh();
  }

  private forget(tab: Tab): void {
    if (this.places.tabs.delete(tab)) tab.lens.dispose();
  }

  private lensOf(
    surface: vscode.WebviewPanel | vscode.WebviewView,
    place: Pick<Place, 'pinned'>,
  ): Lens<ShownSession> {
    return new Lens<ShownSession>({
      webview: surface.webview,
      session: this.runOf(place),
      place: () => {
        const pinned = place.pinned !== undefined;
        return {
          ...{ uri: this.places.fileOf(place)?.toString() ?? null, pinned },
          back: pinned || this.runOf(place) || !this.lastRun ? null : nameOf(this.lastRun.uri),
          predictions: this.parts.predictions.areShown,
        };
      },
      isVisible: () => surface.visible,
      ask: (asked, shown) => this.ask(asked, shown, this.places.fileOf(place)),
      answering: ({ session }) => session,
      rowAt: async ({ session }, line, isWanted) => {
        const { rowAt } = await import('./rowAt');
        return rowAt(session, line, isWanted);
      },
      log: (message) => this.parts.log.error(safeLines(message)),
    });
  }

  /** A Lens that is pinned to a file stays on it when it gets another name. */
  private followName(session: Session): void {
    for (const tab of this.places.tabs) {
      if (tab.pinned && tab.lens.shown?.session === session) tab.pinned = vscode.Uri.parse(session.uri, true);
    }
  }

  private goBack(): void {
    if (this.lastRun) this.activeFile.look(vscode.Uri.parse(this.lastRun.uri, true));
  }

  /** Every Lens shows what the rule says. */
  private refresh(): void {
    const { uri: active } = this.activeFile;
    this.lastRun = (active && this.sessions.get(active)) ?? this.lastRun;
    for (const place of this.places.all) {
      const run = this.runOf(place);
      if (run) this.runs.look(run);
      if (place.lens.shown !== run) place.lens.show(run);
      else place.lens.update();
    }
    for (const tab of this.places.tabs)
      tab.panel.title = safeText(titleOf(this.places.fileOf(tab), tab.pinned !== undefined));
    this.updateWatching();
  }

  private update(session: Session): void {
    for (const { lens } of this.places.all) {
      const shown = lens.shown?.session;
      // A Lens shows the other runs of the file as well: the one before as a ghost, and all of them in a list.
      if (shown?.uri === session.uri) lens.update();
    }
  }

  private visibilityChanged(): void {
    this.places.all.forEach(({ lens }) => lens.update());
    this.updateWatching();
  }

  /** A session is watched while some visible Lens shows it. */
  private updateWatching(): void {
    this.runs.endUnseen();
    const visible = this.places.all.filter(({ lens }) => lens.visible);
    this.sessions.watch(new Set(visible.flatMap(({ lens }) => lens.shown?.session ?? [])));
  }
}
