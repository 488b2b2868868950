/** What crosses between the host and the trainer. */
import type { Baselines } from '../core/baselines';
import type { Sure } from '../core/folds';
import type { ModelFacts, RowFacts } from '../core/verdicts/looks';
import type { Network, OutputKind } from '../core/network';
import type { Measure } from '../core/trainer';
import type { Feature, Transform } from '../data/transform';
import type { Failure } from '../data/failure';
import type { Message, Notice, Reason, TaskReason } from '../data/message';
import type { PartsBy } from '../data/table/split';
import type { TableView } from '../data/table/tableView';
import type { Task } from '../data/table/target';
import type { Automatic } from '../settings/automatic';
import type { Settings } from '../settings/settings';
import type { HandEdit } from '../core/handEdits';
import type { FromModel } from '../train/continued';
import type { Mark } from '../train/marks';
import type { Pace, Progress, Snapshot } from '../train/progress';
import type { LoopStatus } from '../train/runState';
import type { Answer, Question } from '../train/questions';
import type { Sample } from '../train/sample';
import type { Source } from './source';

/** Where a kept run goes on from. */
export interface Resumption {
  readonly status: LoopStatus;
  readonly epoch: number;
  readonly epochs: number;
  readonly parameters: Float64Array;
  /** What the optimizer and early stopping go on from. */
  readonly state: Float64Array;
  /** Epochs between two points of the curve so far. */
  readonly interval: number;
  /** What `auto` stood for when the run began, as far as it was kept. */
  readonly automatic: Partial<Automatic>;
  /** What happened to it so far. */
  readonly marks: readonly Mark[];
  /** How rows became numbers for these weights; null where it was not kept. */
  readonly transform: Transform | null;
  /** The model that it goes on from, if it does: its transform stays, whatever the table. */
  readonly fromModel?: FromModel | undefined;
  readonly output?: OutputKind | undefined;
  /** The arithmetic of these weights, and what it gave at `epoch`. */
  readonly engine: string;
  readonly measure: Measure;
}

export type ToTrainer =
  | {
      readonly type: 'load';
      /** The run that all that follows is about. */
      readonly run: string;
      readonly source: Source;
      readonly settings: Settings;
      /** Threads that train, the trainer's own among them. */
      readonly threads: number;
      readonly resumption: Resumption | null;
      /** SHA-256 that the file must still have; null: any. */
      readonly hash: string | null;
    }
  | { readonly type: 'resume' }
  | { readonly type: 'pause' }
  | { readonly type: 'step' }
  | { readonly type: 'stop' }
  /** `more` epochs than done so far, from the current weights. */
  | { readonly type: 'continue'; readonly more: number }
  /** Edited settings, of which the live ones act; `epochs` may have been extended since they were read. */
  | {
      readonly type: 'apply';
      readonly settings: Settings;
      readonly epochs: number;
      /** Edits of one drag of a handle have the same number. */
      readonly drag?: number;
    }
  /** Does something to the weights of a run that rests; answered like a question, behind the progress that shows it. */
  | {
      readonly type: 'edit';
      readonly id: number;
      readonly edit: HandEdit;
      /** Edits of one drag have the same number. */
      readonly drag: number;
    }
  | { readonly type: 'pace'; readonly pace: Pace }
  | { readonly type: 'threads'; readonly threads: number }
  /** The last progress has been taken up: the next may come. */
  | { readonly type: 'taken' }
  /** Asks for all that going on later needs. */
  | { readonly type: 'snapshot' }
  /** Asks something about the run, which goes on meanwhile; takes the place of what the same asker waits for. */
  | {
      readonly type: 'ask';
      readonly id: number;
      readonly asker: string;
      readonly question: Question;
    }
  /** The asker waits for nothing any more. */
  | { readonly type: 'unask'; readonly asker: string };

export interface Dataset {
  readonly features: readonly Feature[];
  readonly target: string;
  readonly targetReason: Reason | null;
  readonly task: Task;
  /** Left out of runs that were kept before it was said. */
  readonly taskReason?: TaskReason | undefined;
  readonly classes: readonly string[];
  readonly targetScale: { readonly mean: number; readonly deviation: number };
  readonly rows: number;
  readonly columns: number;
  /** How the file was read. */
  readonly dialect: Message<'dialect'> | null;
  readonly trainRows: number;
  readonly testRows: number;
  /** How the test part was chosen; what was kept by earlier versions does not say. */
  readonly partsBy?: PartsBy | undefined;
  readonly skippedRows: number;
  readonly notices: readonly Notice[];
  /** SHA-256 of the file. */
  readonly hash: string;
}

export type Status = 'loading' | LoopStatus | 'failed';

/** What stays the same while a run goes on. */
export interface Loaded {
  readonly dataset: Dataset;
  /** How the rows of the table became numbers. */
  readonly transform: Transform;
  readonly network: Network;
  readonly sample: Sample;
  /** Names the arithmetic: equal engines give equal weights. */
  readonly engine: string;
  readonly automatic: Automatic;
}

/** All of it says which run it is about. */
export type FromTrainer = { readonly run: string } & (
  | /** Share of the file that has been read. */
    { readonly type: 'reading'; readonly share: number }
    /** Comes before `loaded` too, and before the failure of a table that cannot be trained on. */
  | { readonly type: 'checked'; readonly table: TableView }
  | { readonly type: 'loaded'; readonly loaded: Loaded }
  | { readonly type: 'progress'; readonly progress: Progress }
  /** What guessing and a straight line score on its data: once a run, while it trains. */
  | { readonly type: 'baselines'; readonly baselines: Baselines }
  /** How sure the score is of a run that rests, at the epoch of its last progress. */
  | { readonly type: 'sure'; readonly sure: Sure }
  /** What a look at its rows found, behind the first picture, and at the network that rests. */
  | { readonly type: 'looked'; readonly rows?: RowFacts; readonly model?: ModelFacts }
  /** Comes right behind a progress of the same epoch. */
  | { readonly type: 'snapshot'; readonly snapshot: Snapshot }
  /** These three bear the id of what was asked; a question that another has taken the place of is not answered. */
  | { readonly type: 'answered'; readonly id: number; readonly answer: Answer }
  /** It takes longer: the share that is done, and once what can be said already. */
  | {
      readonly type: 'nearly';
      readonly id: number;
      readonly share: number;
      readonly answer: Answer | null;
    }
  | { readonly type: 'refused'; readonly id: number; readonly failure: Failure }
  /** The file is another than the run began with: nothing was loaded. */
  | { readonly type: 'otherFile' }
  /** The file would be read otherwise than the run was trained behind: nothing was loaded. */
  | { readonly type: 'otherReading' }
  | { readonly type: 'failed'; readonly failure: Failure }
);

/** What a trainer says of itself. */
export type OfTrainer =
  | /** It has compiled the kernels; comes once, before it says anything of a run. */
    { readonly type: 'ready'; readonly pid: number }
    /** A line for the log. */
  | { readonly type: 'log'; readonly text: string };
