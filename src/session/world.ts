import type { Failure } from '../data/failure';
import type { Source } from '../protocol/source';
import type { Pictures } from '../runs/pictures';
import type { RunRecord, RunSummary } from '../runs/record';
import type { Settings } from '../settings/settings';
import type { Given } from './runSettings';
import type { Timers } from './timers';
import type { TrainedRun } from './trainedRun';
import type { FileTrainer, StartTrainer, TrainerClient } from './trainers';

/** Where runs are kept. */
export interface Store {
  /** The runs that are there; again, also those of places that were not looked at before. */
  open(): Promise<RunSummary[]>;
  read(id: string): Promise<RunRecord>;
  write(record: RunRecord): Promise<void>;
  remove(id: string): Promise<void>;
  /** Whether a run of a table is kept until a person deletes it. */
  stays(id: string, uri: string): Promise<boolean>;
  readPictures(key: string): Promise<Pictures | null>;
  writePictures(key: string, pictures: Pictures): Promise<void>;
  close(): Promise<void>;
}

/** What trainings need of the world around them. */
export interface World {
  readonly startTrainer: StartTrainer;
  readonly store: Store;
  readonly timers: Timers;
  /** Threads that training may use in all. */
  cores(): number;
  source(uri: string): Promise<Source>;
  /** SHA-256 of what a file holds now; null when it is gone, undefined where it is too large to look. */
  hashOf(uri: string): Promise<string | null | undefined>;
  given(uri: string): Given;
  engineOf(settings: Settings): string;
  log(failure: Failure): void;
}

/** What one session needs of the world and of the other sessions. */
export interface Surroundings {
  /** The table's present content. */
  source(uri: string): Promise<Source>;
  /** The trainer of the run's file, for it from now on. */
  acquire(run: TrainedRun, client: TrainerClient): FileTrainer;
  /** Threads for a training that is about to run. */
  threadsFor(run: TrainedRun): number;
  /** The engine that the settings ask for, as it is today. */
  engineOf(settings: Settings): string;
  log(failure: Failure): void;
}
