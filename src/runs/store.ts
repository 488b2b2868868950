import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as v from 'valibot';
import { writeAtomically } from './atomicFile';
import { Claims } from './claims';
import { parse, serialize, type RunRecord, type RunSummary } from './record';
import { address } from './recordSchema';
import { parsePictures, serializePictures, type Pictures } from './pictures';
import { readVersion2, VERSION_2_FILE } from './version2';

/** Beside files that a crash has left half written, which go after this long. */
const HALF_WRITTEN_MS = 3_600_000;
const PICTURES = '.data.json';
/** Data that pictures are drawn from, for as many tables; of each it is at most some megabytes. */
const MOST_PICTURES = 20;
const RUN_FILE = /^([\w-]+)\.run\.json$/;

/** A file that could not be read, and where it is now. */
export interface SetAside {
  /** The table it belonged to, where that is known. */
  readonly uri: string | null;
  readonly file: string;
  readonly reason: string;
}

const summary = v.object({
  ...{ id: v.string(), uri: address, startedAt: v.number(), shownAt: v.number() },
  starred: v.optional(v.boolean()),
});
const index = v.object({ version: v.literal(1), runs: v.array(summary) });

const summaryOf = ({ id, uri, startedAt, shownAt, starred }: RunSummary): RunSummary => ({
  ...{ id, uri, startedAt, shownAt },
  ...(starred && { starred }),
});

/** What cannot be removed stays: it takes room, and ends nothing. */
const removed = (file: string): Promise<void> => fs.rm(file, { force: true }).catch(() => undefined);

/**
 * Runs on disk, a file each, in one folder that several windows may share. What cannot be read is set aside under a new
 * name, never deleted. The index says what is there without reading it; it follows from the files.
 */
export class RunStore {
  private readonly claims: Claims;
  private readonly summaries = new Map<string, RunSummary>();
  private opened: Promise<unknown> | undefined;
  /** One write after the other. */
  private writing: Promise<unknown> = Promise.resolve();

  /** @param onSetAside is told of each file that cannot be read */
  constructor(
    private readonly folder: string,
    private readonly onSetAside: (aside: SetAside) => void,
  ) {
    this.claims = new Claims(path.join(folder, 'windows'));
  }

  /** The runs that are there and that no other window has, the oldest first. */
  async open(): Promise<RunSummary[]> {
    await this.ready();
    const known = await this.readIndex();
    const names = await fs.readdir(this.folder);
    await this.removeHalfWritten(names);
    await this.removeOldPictures(names);
    for (const name of names.filter((each) => VERSION_2_FILE.test(each)))
      await this.migrate(name).catch(() => undefined);
    for (const name of await fs.readdir(this.folder)) {
      const id = RUN_FILE.exec(name)?.[1];
      // One that cannot be claimed, for whatever reason, keeps no other from being found.
      if (id === undefined || !(await this.claims.claim(id).catch(() => false))) continue;
      const found = known.get(id) ?? (await this.read(id, null).catch(() => null));
      if (found) this.summaries.set(id, summaryOf(found));
      else await this.claims.release(id);
    }
    // Without it they have been found as well, and the next run that is kept writes it again.
    await this.writeIndex().catch(() => undefined);
    return [...this.summaries.values()].sort((a, b) => a.startedAt - b.startedAt);
  }

  /** Throws Error when there is no such run, or it cannot be read; in that case it is set aside. */
  async read(id: string, uri: string | null = this.summaries.get(id)?.uri ?? null): Promise<RunRecord> {
    const file = this.fileOf(id);
    const content = await fs.readFile(file, 'utf8');
    try {
      const record = parse(content);
      if (record.id !== id) throw new Error(`it holds the run ${record.id}`);
      return record;
    } catch (error) {
      await this.setAside(file, uri ?? uriIn(content), error);
      throw error;
    }
  }

  /** Resolves when the run is on the disk. */
  write(record: RunRecord): Promise<void> {
    return this.inTurn(async () => {
      await this.ready();
      await this.claims.claim(record.id);
      await writeAtomically(this.fileOf(record.id), serialize(record));
      const [before, after] = [this.summaries.get(record.id), summaryOf(record)];
      if (JSON.stringify(before) === JSON.stringify(after)) return;
      this.summaries.set(record.id, after);
      await this.writeIndex();
    });
  }

  /** Removes a run for good. */
  remove(id: string): Promise<void> {
    return this.inTurn(async () => {
      await fs.rm(this.fileOf(id), { force: true });
      this.summaries.delete(id);
      await this.claims.release(id);
      await this.writeIndex();
    });
  }

  /** Whether a run is kept until a person deletes it. */
  stays(_id: string, _uri: string): Promise<boolean> {
    return Promise.resolve(false);
  }

  /** What pictures are drawn from, kept once for all runs on the same data; null when it is not there. */
  async readPictures(key: string): Promise<Pictures | null> {
    const file = this.picturesFile(key);
    let content: string;
    try {
      content = await fs.readFile(file, 'utf8');
    } catch {
      return null;
    }
    try {
      return parsePictures(content);
    } catch (error) {
      await this.setAside(file, null, error);
      return null;
    }
  }

  writePictures(key: string, pictures: Pictures): Promise<void> {
    return this.inTurn(async () => {
      await this.ready();
      const file = this.picturesFile(key);
      const isThere = await fs.stat(file).then(
        () => true,
        () => false,
      );
      if (!isThere) await writeAtomically(file, serializePictures(pictures));
    });
  }

  /** Lets go of all runs, for the next window; resolves when all that was begun is on the disk. */
  async close(): Promise<void> {
    await this.writing;
    if (this.opened) await this.claims.close();
  }

  private ready(): Promise<unknown> {
    return (this.opened ??= (async () => {
      await fs.mkdir(this.folder, { recursive: true });
      await this.claims.open();
    })());
  }

  private inTurn(task: () => Promise<void>): Promise<void> {
    const done = this.writing.then(task);
    this.writing = done.catch(() => undefined);
    return done;
  }

  /**
   * The new record is written and read back before the old one is set aside. Where the disk refuses that, the old one
   * stays as it is, for the next window.
   */
  private async migrate(name: string): Promise<void> {
    const file = path.join(this.folder, name);
    const { mtimeMs } = await fs.stat(file);
    const content = await fs.readFile(file, 'utf8');
    let record: RunRecord;
    try {
      record = readVersion2(content, path.basename(name, '.json'), mtimeMs);
    } catch (error) {
      await this.setAside(file, uriIn(content), error);
      return;
    }
    await writeAtomically(this.fileOf(record.id), serialize(record));
    parse(await fs.readFile(this.fileOf(record.id), 'utf8'));
    await fs.rename(file, await this.nameAside(name));
  }

  private async setAside(file: string, uri: string | null, error: unknown): Promise<void> {
    const reason = error instanceof Error ? error.message : String(error);
    try {
      const aside = await this.nameAside(path.basename(file));
      await fs.rename(file, aside);
      this.onSetAside({ uri, file: aside, reason });
    } catch {
      // Another window was quicker, or the folder is gone: there is nothing to set aside.
    }
  }

  private async nameAside(name: string): Promise<string> {
    const folder = path.join(this.folder, 'set-aside');
    await fs.mkdir(folder, { recursive: true });
    return path.join(folder, `${path.basename(name, '.json')}.${randomUUID().slice(0, 8)}.json`);
  }

  private async readIndex(): Promise<Map<string, RunSummary>> {
    try {
      const { runs } = v.parse(index, JSON.parse(await fs.readFile(this.indexFile, 'utf8')));
      return new Map(runs.map((each) => [each.id, each]));
    } catch {
      // It is made anew from the files.
      return new Map();
    }
  }

  /** Other windows may have added theirs: what they know stays. */
  private async writeIndex(): Promise<void> {
    const all = await this.readIndex();
    for (const each of this.summaries.values()) all.set(each.id, each);
    const there = new Set(await fs.readdir(this.folder));
    const runs = [...all.values()].filter(({ id }) => there.has(path.basename(this.fileOf(id))));
    await writeAtomically(this.indexFile, JSON.stringify({ version: 1, runs }));
  }

  private async removeHalfWritten(names: readonly string[]): Promise<void> {
    for (const name of names.filter((each) => each.endsWith('.tmp'))) {
      const file = path.join(this.folder, name);
      const { mtimeMs } = await fs.stat(file).catch(() => ({ mtimeMs: Date.now() }));
      if (Date.now() - mtimeMs > HALF_WRITTEN_MS) await removed(file);
    }
  }

  /** They can be drawn from the file again: only the last ones are worth their place. */
  private async removeOldPictures(names: readonly string[]): Promise<void> {
    const files = names.filter((each) => each.endsWith(PICTURES)).map((each) => path.join(this.folder, each));
    const written = await Promise.all(
      files.map(async (file) => ({ file, time: (await fs.stat(file).catch(() => null))?.mtimeMs ?? 0 })),
    );
    written.sort((a, b) => b.time - a.time);
    for (const { file } of written.slice(MOST_PICTURES)) await removed(file);
  }

  private get indexFile(): string {
    return path.join(this.folder, 'index.json');
  }

  private fileOf(id: string): string {
    return path.join(this.folder, `${id}.run.json`);
  }

  private picturesFile(key: string): string {
    return path.join(this.folder, key + PICTURES);
  }
}

/** Which table a record that cannot be read was of, as far as it still says so: for the Lens of that file. */
function uriIn(content: string): string | null {
  const text = /"uri"\s*:\s*("(?:[^"\\]|\\.){1,4000}")/.exec(content)?.[1];
  try {
    const uri: unknown = text === undefined ? null : JSON.parse(text);
    return typeof uri === 'string' && /^[a-z][a-z\d+.-]*:/i.test(uri) ? uri : null;
  } catch {
    return null;
  }
}
