import * as vscode from 'vscode';
import { Session, type Saved, type Surroundings } from './session';
import type { FileSettings } from './settings';

/** All trainings, one a file at most, and which of them is active: the one last started or shown. */
export class Sessions implements vscode.Disposable {
  private readonly byUri = new Map<string, Session>();
  private readonly changed = new vscode.EventEmitter<Session>();
  /** A session has changed, started or become active. */
  readonly onDidChange = this.changed.event;
  private readonly subscription: vscode.Disposable;
  private current: Session | undefined;

  constructor(
    private readonly fileSettings: FileSettings,
    private readonly surroundings: Surroundings,
  ) {
    this.subscription = fileSettings.onDidSettle((change) => {
      for (const session of this.all) {
        if (!change.affects(session.uri)) continue;
        const { settings, problems } = fileSettings.read(session.uri);
        session.apply(settings, problems);
      }
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
    const { settings, problems } = this.fileSettings.read(uri);
    return this.add(new Session(uri, settings, problems, this.surroundings));
  }

  /** Takes up a training that was saved, without making it run. */
  restore(saved: Saved): Session {
    const uri = vscode.Uri.parse(saved.uri, true);
    const session = this.add(new Session(uri, saved.settings, [], this.surroundings, saved));
    const { settings, problems } = this.fileSettings.read(uri);
    session.apply(settings, problems);
    return session;
  }

  dispose(): void {
    this.subscription.dispose();
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
