import type { Pictures } from './pictures';
import type { RunRecord, RunSummary } from './record';
import type { RunFolder } from './runFolder';
import type { RunStore } from './store';

/** A folder that the settings name. */
export interface Location {
  /** Which workspace folder says so, and for the files in it. */
  readonly workspaceFolder: string;
  readonly location: string;
}

export interface RunPlacesParts {
  /** The storage of the workspace. */
  readonly storage: RunStore;
  /** What the settings say now, of each workspace folder where they say something. */
  locations(): readonly Location[];
  /** The workspace folder that a table is in. */
  workspaceFolderOf(uri: string): string | undefined;
  folderAt(location: Location): RunFolder;
  /** It is about to look at all places, anew. */
  onOpening(): void;
  /** The storage cannot be opened, but there may be folders. */
  onFailed(error: unknown): void;
  /** A folder is not used, and why: once it is known, and again of each table whose run would have been kept there. */
  onRefused(location: Location, why: string, uri: string | null): void;
}

/**
 * All places where runs are kept: each new one where the settings say for its table, else in the storage of the workspace.
 * A run stays where it is as long as its table can be named from there.
 */
export class RunPlaces {
  /** Those that the settings name, by workspace folder, and those that they named before. */
  private readonly folders = new Map<string, RunFolder>();
  private readonly made = new Map<string, RunFolder>();
  private readonly refused = new Map<string, { readonly location: Location; readonly why: string }>();
  private readonly placeOf = new Map<string, RunStore | RunFolder>();
  private opening: Promise<unknown> = Promise.resolve();

  constructor(private readonly parts: RunPlacesParts) {}

  /** The runs of all places that no other window has. Again, and it does as the settings say by now. */
  open(): Promise<RunSummary[]> {
    const opened = this.opening.then(() => this.openAll());
    this.opening = opened.catch(() => undefined);
    return opened;
  }

  /** Throws Error when there is no such run, or it cannot be read. */
  read(id: string): Promise<RunRecord> {
    return this.placed(id).read(id);
  }

  /** Resolves when the run is on the disk. */
  async write(record: RunRecord): Promise<void> {
    await this.opening;
    const place = this.placeFor(record);
    if (!this.placeOf.has(record.id)) this.tellRefused(record.uri);
    this.placeOf.set(record.id, place);
    await place.write(record);
  }

  /** Removes a run for good. */
  async remove(id: string): Promise<void> {
    // In the order in which they were asked for: what is written first would come back else.
    await this.opening;
    await this.placed(id).remove(id);
  }

  /** Whether a run of a table never makes room for others: it is in a folder that the settings name, or is to be. */
  async stays(id: string, uri: string): Promise<boolean> {
    await this.opening;
    return (this.placeOf.get(id) ?? this.folderFor(uri) ?? this.parts.storage) !== this.parts.storage;
  }

  /** What pictures are drawn from holds rows of tables, and is in the storage alone. */
  readPictures(key: string): Promise<Pictures | null> {
    return this.parts.storage.readPictures(key);
  }

  writePictures(key: string, pictures: Pictures): Promise<void> {
    return this.parts.storage.writePictures(key, pictures);
  }

  /** Lets go of all runs, for the next window; resolves when all that was begun is on the disk. */
  async close(): Promise<void> {
    await this.opening;
    const all = [...this.made.values(), this.parts.storage].map((place) => place.close());
    // What one place cannot do keeps no other from coming to its end.
    await Promise.allSettled(all);
    await Promise.all(all);
  }

  private async openAll(): Promise<RunSummary[]> {
    this.parts.onOpening();
    const found = this.takeUp(this.parts.storage, await this.openStorage());
    this.folders.clear();
    this.refused.clear();
    for (const location of this.parts.locations()) {
      try {
        const folder = this.folderAt(location);
        found.push(...this.takeUp(folder, await folder.open()));
        this.folders.set(location.workspaceFolder, folder);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        this.refused.set(location.workspaceFolder, { location, why });
        this.parts.onRefused(location, why, null);
      }
    }
    return found.sort((a, b) => a.startedAt - b.startedAt);
  }

  /** Without a storage that can be opened there are the folders; without these it is a failure. */
  private async openStorage(): Promise<RunSummary[]> {
    try {
      return await this.parts.storage.open();
    } catch (error) {
      if (this.parts.locations().length === 0) throw error;
      this.parts.onFailed(error);
      return [];
    }
  }

  /** Of a run that is in two places, as one that was copied by hand, the first counts. */
  private takeUp(place: RunStore | RunFolder, summaries: readonly RunSummary[]): RunSummary[] {
    return summaries.filter(({ id }) => {
      const known = this.placeOf.get(id);
      if (!known) this.placeOf.set(id, place);
      return !known || known === place;
    });
  }

  private folderAt(location: Location): RunFolder {
    const key = JSON.stringify(location);
    const folder = this.made.get(key) ?? this.parts.folderAt(location);
    this.made.set(key, folder);
    return folder;
  }

  private placed(id: string): RunStore | RunFolder {
    return this.placeOf.get(id) ?? this.parts.storage;
  }

  private placeFor({ id, uri, network }: RunRecord): RunStore | RunFolder {
    const { storage } = this.parts;
    const known = this.placeOf.get(id);
    if (known && (known === storage || (known as RunFolder).holds(uri))) return known;
    return (network && this.folderFor(uri)) ?? storage;
  }

  private folderFor(uri: string): RunFolder | undefined {
    const folder = this.folders.get(this.parts.workspaceFolderOf(uri) ?? '');
    return folder?.holds(uri) ? folder : undefined;
  }

  private tellRefused(uri: string): void {
    const refused = this.refused.get(this.parts.workspaceFolderOf(uri) ?? '');
    if (refused) this.parts.onRefused(refused.location, refused.why, uri);
  }
}
