import * as vscode from 'vscode';
import { Session, type Saved, type Surroundings } from './session';
import { onDidChangeSettings, readSettings } from './settings';

/** Edits of settings act once none has come for this long, so that a half-typed number never does. */
const SETTLE_MS = 250;

/** All trainings, one a file at most, and which of them is active: the one last started or shown. */
export class Sessions implements vscode.Disposable {
  private readonly byUri = new Map<string, Session>();
  private readonly changed = new vscode.EventEmitter<Session>();
  /** A session has changed, started or become active. */
  readonly onDidChange = this.changed.event;
  private readonly settings: vscode.Disposable;
  private timer: NodeJS.Timeout | undefined;
  private current: Session | undefined;

  constructor(private readonly surroundings: Surroundings) {
    this.settings = onDidChangeSettings(() => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => {
        for (const session of this.all) {
          const { settings, problems } = readSettings(session.uri);
          session.apply(settings, problems);
        }
      }, SETTLE_MS);
    });
  }

  get all(): Session[] {
    return [...this.byUri.values()];
  }

  get active(): Session | undefined {
    return this.current;
  }

  get(uri: vscode.Uri): Session | undefined {
    return this.byUri.get(uri.toString());
  }

  activate(session: Session): void {
    if (this.current === session) return;
    this.current = session;
    this.changed.fire(session);
  }

  /** Starts a training on a file; an earlier one on it ends. */
  start(uri: vscode.Uri): Session {
    const { settings, problems } = readSettings(uri);
    return this.add(new Session(uri, settings, problems, this.surroundings));
  }

  /** Takes up a training that was saved, without making it run. */
  restore(saved: Saved): Session {
    const uri = vscode.Uri.parse(saved.uri, true);
    const session = this.add(new Session(uri, saved.settings, [], this.surroundings, saved));
    const { settings, problems } = readSettings(uri);
    session.apply(settings, problems);
    return session;
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.settings.dispose();
    this.all.forEach((session) => session.dispose());
    this.changed.dispose();
  }

  private add(session: Session): Session {
    const key = session.uri.toString();
    this.byUri.get(key)?.dispose();
    this.byUri.set(key, session);
    session.onDidChange(() => this.changed.fire(session));
    this.current = session;
    this.changed.fire(session);
    return session;
  }
}
