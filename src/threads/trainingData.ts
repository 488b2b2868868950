import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import type { Baselines } from '../core/baselines';
import type { RowFacts } from '../core/verdicts/looks';
import { makeDataset, type Dataset } from '../data/dataset';
import { isSameTransform, makeLikeBefore, makeUnder, type Made } from '../data/likeBefore';
import type { CheckedTable } from '../data/table/check';
import { splitQuestions, type SplitQuestion } from '../data/table/splitQuestions';
import { viewOf, type TableView } from '../data/table/tableView';
import type { Transform } from '../data/transform';
import type { Under } from '../data/under';
import { message } from '../data/message';
import { UserError } from '../data/userError';
import type { Source } from '../protocol/source';
import { dataKeys, type Settings } from '../settings/settings';
import { checkSource } from './checkSource';
import type { PartReaders } from './readers';

/** A table as it was read, for the next run on the same file with the same settings of its data. */
export interface Kept {
  readonly key: string;
  readonly dataset: Dataset;
  table: TableView;
  readonly hash: string;
  /** What guessing and a straight line score; null until that is found. */
  baselines: Baselines | null;
  /** What a look at its rows has found; null until then. */
  rows: RowFacts | null;
  /** What may be asked of the table once a training is over. */
  questions: readonly SplitQuestion[];
}

const NOTHING_FOUND = { baselines: null, rows: null };

interface Said {
  /** What the table is, as soon as that is known. */
  checked(table: TableView): void;
  /** The share of the file that has been read, from 0 to 1. */
  reading(share: number): void;
  /** More of it has been read a second time. */
  moved(): void;
}

/** The data of the trainings on one file: read, or kept from the last time where nothing has changed. */
export class TrainingData {
  kept: Kept | undefined;

  constructor(
    private readonly readers: PartReaders,
    private readonly said: Said,
  ) {}

  /**
   * Reads the table and tells the host what it is, or takes the one kept.
   * @param hash what the file must still be; null: anything
   * @param transform what the rows must become; null: anything
   * @param under the model whose transform stays, whatever the rows; null: of none
   */
  load(
    source: Source,
    settings: Settings,
    threads: number,
    hash: string | null,
    transform: Transform | null,
    under: Under | null,
  ): Kept | 'otherFile' | 'otherReading' {
    const key = keyOf(source, settings);
    const { kept } = this;
    if (kept?.key === key && (!transform || isSameTransform(kept.dataset.transform, transform))) {
      if (hash !== null && kept.hash !== hash) return 'otherFile';
      this.said.checked(kept.table);
      return kept;
    }
    this.kept = undefined;
    const read = (how: Settings) => {
      const asked = { source, settings: how, wantsHash: true };
      const found = checkSource(asked, threads, this.readers, (share) => {
        this.said.reading(share);
      });
      if (hash !== null && found.hash !== hash) throw new OtherFile();
      const view = viewOf(found.checked);
      this.said.checked(view);
      return { ...found, view, questions: splitQuestions(found.checked, how) };
    };
    try {
      const made = under
        ? makeUnder(read, settings, under)
        : transform
          ? makeLikeBefore(read, settings, transform)
          : makeNow(read(settings), settings);
      if (!made) return 'otherReading';
      const { view: table, hash, questions } = made.read;
      // A table that was held to older rules is none for a training by those of today.
      const madeKey = made.settings === settings ? key : keyOf(source, made.settings);
      const found: Kept = { key: madeKey, dataset: made.dataset, table, hash, questions, ...NOTHING_FOUND };
      // Only what has not changed while it was read may serve again.
      if (isStill(source, settings, key)) this.kept = found;
      return found;
    } catch (error) {
      if (error instanceof OtherFile) return 'otherFile';
      throw error;
    }
  }

  /**
   * Reads the table of the data that are kept again, with its columns. Throws UserError where it is another now, and for a
   * file that cannot be read.
   */
  readAgain(source: Source | undefined, settings: Settings, threads: number): CheckedTable {
    const { kept } = this;
    if (!source || !kept) throw new UserError(message('cannot-go-back', { why: 'no file' }));
    const asked = { source, settings, wantsHash: true };
    const { checked, hash } = checkSource(asked, threads, this.readers, () => this.said.moved());
    if (hash !== kept.hash) throw new UserError(message('cannot-go-back', { why: 'other file' }));
    return checked;
  }
}

/** Ends the reading of a file that is another than it must be. */
class OtherFile extends Error {}

const makeNow = <R extends { checked: CheckedTable }>(read: R, settings: Settings): Made<R, Settings> => ({
  read,
  dataset: makeDataset(read.checked, settings),
  settings,
});

function isStill(source: Source, settings: Settings, key: string): boolean {
  try {
    return keyOf(source, settings) === key;
  } catch {
    return false;
  }
}

/** Equal where a table and its data set are the same: the file as it is on disk, and all that its use depends on. */
function keyOf(source: Source, settings: Settings): string {
  const values = dataKeys.map((key) => settings[key]);
  const digest = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex');
  switch (source.kind) {
    case 'file': {
      const { size, mtimeNs, ino } = statSync(source.path, { bigint: true });
      return JSON.stringify([source.path, String(size), String(mtimeNs), String(ino), values]);
    }
    case 'text':
      return JSON.stringify(['text', digest(source.text), values]);
    case 'bytes':
      return JSON.stringify(['bytes', digest(source.bytes), values]);
    default:
      return source satisfies never;
  }
}
