import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as v from 'valibot';
import { writeAtomically } from './atomicFile';
import type { RunSummary } from './record';
import { address } from './recordSchema';

/** What is known of a run of a folder without reading it, while its file is as it was. */
export interface IndexedRun extends RunSummary {
  /** When its file was written, and how large it is. */
  readonly stamp: string;
}

const indexedRun = v.object({
  ...{ id: v.string(), uri: address, startedAt: v.number(), shownAt: v.number() },
  ...{ starred: v.optional(v.boolean()), stamp: v.string() },
});
const index = v.object({ version: v.literal(1), runs: v.array(indexedRun) });

/**
 * The index of a folder of runs, in the storage of a workspace: it follows from the folder, but for when each run was shown
 * last, which is nobody else's business.
 */
export class FolderIndex {
  constructor(private readonly file: string) {}

  async read(): Promise<Map<string, IndexedRun>> {
    try {
      const { runs } = v.parse(index, JSON.parse(await fs.readFile(this.file, 'utf8')));
      return new Map(runs.map((each) => [each.id, each]));
    } catch {
      // It is made anew from the files.
      return new Map();
    }
  }

  /** Other windows may have added theirs: what they know stays, of runs that are there. */
  async write(own: Iterable<IndexedRun>, isThere: (id: string) => boolean): Promise<void> {
    const all = await this.read();
    for (const each of own) all.set(each.id, each);
    const runs = [...all.values()].filter(({ id }) => isThere(id));
    await fs.mkdir(path.dirname(this.file), { recursive: true });
    await writeAtomically(this.file, JSON.stringify({ version: 1, runs }));
  }
}
