import type { Baselines } from '../core/baselines';
import type { Sure } from '../core/folds';
import type { Frozen } from '../core/handEdits';
import type { CurvePoint } from '../core/history';
import type { Interval } from '../core/intervals';
import type { LayerPoint } from '../core/layerCurve';
import type { Network } from '../core/network';
import type { RateRule } from '../core/schedule';
import type { Measure } from '../core/trainer';
import type { ModelFacts, RowFacts } from '../core/verdicts/looks';
import type { Failure } from '../data/failure';
import type { ExerciseRow } from '../protocol/exerciseRow';
import type { HandlesView } from '../protocol/handlesView';
import type { Question } from '../protocol/lensViews';
import type { Dataset, Status } from '../protocol/trainer';
import type { Problem } from '../data/problems';
import type { Automatic, PlainSettings } from '../settings/automatic';
import type { Divergence } from '../train/divergence';
import type { Change } from '../train/marks';
import type { Sample } from '../train/sample';
import type { SettingsComparison } from './comparing';
import type { CrossValidation } from './crossValidating';
import type { Search } from './finding';
import type { Experiment } from './lab';
import type { Ranked } from './runGroups';

/** What a Lens shows of a session. */
export interface Shown {
  readonly id: string;
  readonly uri: string;
  readonly status: Status;
  /** Share of the file that has been read, while it is; else null. */
  readonly reading: number | null;
  readonly epochs: number;
  readonly continueEpochs: number;
  readonly learningRate: number;
  readonly learningRateIsAuto: boolean;
  readonly ways: readonly string[];
  readonly measure: Measure | null;
  readonly penalty: number;
  readonly marks: readonly ShownMark[];
  /** What the learning rate has followed since the epoch of each. */
  readonly rates?: readonly RateRule[];
  readonly notices: readonly string[];
  readonly failure: Failure | null;
  readonly pending: readonly string[];
  /** Settings that were edited after its end, and act once it is continued. */
  readonly waiting?: readonly string[];
  readonly canGoOn: boolean;
  readonly paced: boolean;
  /** Settings that were chosen by looking at test scores. */
  readonly chosen?: readonly string[];
  /** Whether it was starred or saved after the runs had been sorted by a test score. */
  readonly picked?: boolean;
  readonly settings: Readonly<
    Pick<
      PlainSettings,
      | 'training.seed'
      | 'model.initialization'
      | 'training.earlyStopping.patience'
      | 'training.optimizer'
      | 'training.momentum'
      | 'training.l1'
      | 'training.l2'
      | 'training.batchSize'
      | 'training.classWeights'
    >
  >;
  /** What each `auto` stands for, as far as that is known. */
  readonly automatic?: Partial<Automatic>;
  /** The table as it was read for it. */
  readonly table?: { readonly problems: readonly Problem[] } | null;
  readonly diverged: Divergence | null;
  readonly baselines: Baselines | null;
  readonly sure?: Sure | null;
  readonly rows?: RowFacts | null;
  readonly model?: ModelFacts | null;
  /** Codes of checks that say nothing. */
  readonly muted?: readonly string[];
  /** These three stay the same objects while they are the same. */
  readonly dataset: Dataset | null;
  readonly network: Network | null;
  readonly sample: Sample | null;
  readonly parameters: Float64Array | null;
  /** The curve, its measures the same objects for as long as they stand in it. */
  readonly points: readonly CurvePoint[];
  /** The curve of its layers, likewise. */
  readonly layers?: readonly LayerPoint[];
  /** The curve of the run that this one replaced, the same array while it is the same. */
  readonly ghost?: readonly Measure[] | null;
  /** Parameters that are not learned, the same object while it is the same. */
  readonly frozen?: Frozen;
  readonly undoByHand?: string | null;
  readonly canUndo?: boolean;
  /** The same object while it is the same. */
  readonly handles?: HandlesView;
  readonly question?: Question | null;
  /** The runs of its file that have been read, the newest first, it among them. */
  readonly runs?: readonly OtherRun[];
  readonly canUndelete?: boolean;
  /** The experiments on its data; one that has moved is another object. */
  readonly experiments?: readonly Experiment[];
  /** The last search on its data; one that has moved is another object. */
  readonly search?: Search | null;
  /** The last comparison of settings on its data; one that has moved is another object. */
  readonly comparison?: SettingsComparison | null;
  /** The last cross-validation on its data; one that has moved is another object. */
  readonly crossValidation?: CrossValidation | null;
  /** The exercises as this run stands to them, the same array while they are the same. */
  readonly exercises?: readonly ExerciseRow[];
}

/** What happened to a training, as it stands on its curve. */
export interface ShownMark {
  readonly epoch: number;
  readonly text: string;
  readonly changes?: readonly Change[];
  /** Of what was done to the weights by hand: what one drag did has one number. */
  readonly byHand?: number;
}

/** A run of the same file. */
export interface OtherRun extends Pick<Shown, 'id' | 'status' | 'epochs' | 'measure' | 'points'> {
  readonly name: string;
  readonly note: string;
  readonly starred: boolean;
  readonly picked: boolean;
  readonly chosen?: readonly string[];
  readonly startedAt: number;
  readonly baselines: Baselines | null;
  /** Where its test score lies with 95 %; null where that is not known. */
  readonly interval: Interval | null;
  /** Its best epoch; null where the test part is not what says so. */
  readonly best: Measure | null;
  readonly ranked: Ranked;
  /** The settings that differ from those of the run that is shown, a phrase each. */
  readonly differences: readonly string[];
  /** All that it was trained with, in an order that is the same for all runs. */
  readonly trainedWith: readonly { readonly name: string; readonly value: string }[];
  /** Null where its data are not those of the run that is shown. */
  readonly network: Network | null;
  readonly parameters: Float64Array | null;
}
