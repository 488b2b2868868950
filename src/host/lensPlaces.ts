import * as vscode from 'vscode';
import type { ActiveFile } from './activeFile';
import type { Lens } from './lens';
import { frontTitle, lensTabs } from './lensTabs';
import type { ShownSession } from './shownSession';

/** A Lens in one of its places. */
export interface Place {
  readonly lens: Lens<ShownSession>;
  /** The file it stays on; undefined: it follows the file that is looked at. */
  readonly pinned: vscode.Uri | undefined;
}

export interface Tab extends Place {
  pinned: vscode.Uri | undefined;
  /** Whether it was told to come to the front and VS Code has not said yet that it is there. */
  isComing?: boolean;
  readonly panel: vscode.WebviewPanel;
}

/** Where Lenses are, in tabs and in the side bar, and which file each is on. */
export class LensPlaces {
  view: (Place & { readonly view: vscode.WebviewView }) | undefined;
  readonly tabs = new Set<Tab>();

  constructor(private readonly activeFile: ActiveFile) {}

  get all(): Place[] {
    return [...(this.view ? [this.view] : []), ...this.tabs];
  }

  /** The tab that follows. */
  get follower(): Tab | undefined {
    return [...this.tabs].find(({ pinned }) => !pinned);
  }

  /** The tab in front. */
  get front(): Tab | undefined {
    const tabs = [...this.tabs];
    // VS Code may say later of a panel than of its tab that it is in front.
    return tabs.find(({ panel }) => panel.active) ?? tabs.find(({ panel }) => panel.title === frontTitle());
  }

  /** The column that a Lens is in, or the one beside the file. */
  get column(): vscode.ViewColumn {
    // What VS Code says of tabs is ahead of what it says of panels when one has been moved, and behind when it is new.
    const present = lensTabs()[0]?.group.viewColumn ?? [...this.tabs][0]?.panel.viewColumn;
    return present ?? vscode.ViewColumn.Beside;
  }

  /** The one rule. */
  fileOf({ pinned }: Pick<Place, 'pinned'>): vscode.Uri | undefined {
    return pinned ?? this.activeFile.uri;
  }

  /** The Lenses on the screen, or about to be, that show a file. */
  showing(uri: vscode.Uri): Place[] {
    const address = uri.toString();
    const isVisible = (place: Place | Tab) => place.lens.visible || ('isComing' in place && place.isComing);
    return this.all.filter((place) => isVisible(place) && this.fileOf(place)?.toString() === address);
  }
}
