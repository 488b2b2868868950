import { randomBytes } from 'node:crypto';
import * as v from 'valibot';
import * as vscode from 'vscode';
import type { Session } from './session';
import { safeText } from './safeText';
import { fileName } from './text';
import { Lens, type Asked } from './lens';
import type { Sessions } from './sessions';

const VIEW = 'neuronLens.lens';
const PANEL = 'neuronLens.lensPanel';
const panelState = v.object({ uri: v.string() });

/** The Lens in its two places: the view, which follows the active session, and a tab for each file. */
export class LensViews implements vscode.Disposable {
  private view: { view: vscode.WebviewView; lens: Lens<Session> } | undefined;
  private readonly panels = new Map<string, { panel: vscode.WebviewPanel; lens: Lens<Session> }>();
  private readonly disposables: vscode.Disposable[];

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly sessions: Sessions,
    private readonly ask: (
      asked: Asked,
      session: Session | undefined,
      uri: vscode.Uri | undefined,
    ) => Promise<void>,
    private readonly log: (message: string) => void,
  ) {
    this.disposables = [
      vscode.window.registerWebviewViewProvider(VIEW, {
        resolveWebviewView: (view) => this.resolveView(view),
      }),
      vscode.window.registerWebviewPanelSerializer(PANEL, {
        deserializeWebviewPanel: async (panel, state) => {
          const parsed = v.safeParse(panelState, state);
          if (parsed.success) this.adopt(panel, vscode.Uri.parse(parsed.output.uri));
          else panel.dispose();
        },
      }),
      sessions.onDidChange((session) => this.refresh(session)),
    ];
  }

  /** Shows the session where a Lens is visible already, else in a tab beside, the focus staying. */
  reveal(session: Session): void {
    this.sessions.activate(session);
    const present = this.panels.get(session.uri.toString());
    if (!present?.panel.visible && !this.view?.view.visible) this.openPanel(session.uri);
    this.refresh(session);
  }

  /** Opens, or brings to the front, the tab of a file. */
  openPanel(uri: vscode.Uri): void {
    const present = this.panels.get(uri.toString());
    if (present) {
      present.panel.reveal(undefined, true);
      return;
    }
    this.adopt(
      vscode.window.createWebviewPanel(
        PANEL,
        '',
        { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
        {},
      ),
      uri,
    );
  }

  dispose(): void {
    vscode.Disposable.from(...this.disposables).dispose();
    this.panels.forEach(({ lens }) => lens.dispose());
    this.view?.lens.dispose();
  }

  private resolveView(view: vscode.WebviewView): void {
    const lens = new Lens({
      webview: view.webview,
      session: this.sessions.active,
      isVisible: () => view.visible,
      ask: (asked, session) => this.ask(asked, session, session?.uri),
      log: this.log,
    });
    this.view = { view, lens };
    this.prepare(view.webview);
    view.onDidChangeVisibility(() => this.visibilityChanged());
    view.onDidDispose(() => {
      lens.dispose();
      this.view = undefined;
      this.visibilityChanged();
    });
    this.visibilityChanged();
  }

  private adopt(panel: vscode.WebviewPanel, uri: vscode.Uri): void {
    const session = this.sessions.get(uri);
    const name = session ? fileName(session) : uri.path.slice(uri.path.lastIndexOf('/') + 1);
    panel.title = safeText(`Lens: ${name}`);
    panel.iconPath = vscode.Uri.joinPath(this.extensionUri, 'media', 'tab.svg');
    const lens = new Lens({
      webview: panel.webview,
      session,
      isVisible: () => panel.visible,
      ask: (asked, shown) => this.ask(asked, shown, uri),
      log: this.log,
    });
    this.panels.set(uri.toString(), { panel, lens });
    this.prepare(panel.webview);
    panel.onDidChangeViewState(() => this.visibilityChanged());
    panel.onDidDispose(() => {
      lens.dispose();
      this.panels.delete(uri.toString());
      this.visibilityChanged();
    });
    this.visibilityChanged();
  }

  private refresh(session: Session): void {
    const panel = this.panels.get(session.uri.toString());
    panel?.lens.show(this.sessions.get(session.uri));
    if (this.view && (this.view.lens.shown !== this.sessions.active || session === this.sessions.active)) {
      this.view.lens.show(this.sessions.active);
    }
    this.updateWatching();
  }

  private visibilityChanged(): void {
    this.lenses.forEach((lens) => lens.update());
    this.updateWatching();
  }

  /** A session is watched while some visible Lens shows it. */
  private updateWatching(): void {
    const watched = new Set(this.lenses.filter(({ visible }) => visible).map(({ shown }) => shown));
    this.sessions.all.forEach((session) => session.watch(watched.has(session)));
  }

  private get lenses(): Lens<Session>[] {
    return [...(this.view ? [this.view.lens] : []), ...[...this.panels.values()].map(({ lens }) => lens)];
  }

  private prepare(webview: vscode.Webview): void {
    const dist = vscode.Uri.joinPath(this.extensionUri, 'dist');
    webview.options = { enableScripts: true, localResourceRoots: [dist] };
    const nonce = randomBytes(16).toString('base64url');
    const script = webview.asWebviewUri(vscode.Uri.joinPath(dist, 'webview.js')).toString();
    const style = webview.asWebviewUri(vscode.Uri.joinPath(dist, 'webview.css')).toString();
    webview.html = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'nonce-${nonce}'; style-src ${webview.cspSource}; font-src ${webview.cspSource};">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${style}">
<title>Neuron Lens</title>
</head>
<body>
<div id="app"></div>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
  }
}
