import type { Baselines } from '../core/baselines';
import type { Sure } from '../core/foldText';
import type { ModelFacts, RowFacts } from '../core/verdicts/looks';
import { cut, nameOf } from '../core/format';
import type { CurvePoint } from '../core/history';
import type { LayerPoint } from '../core/layerCurve';
import type { Interval } from '../core/intervals';
import { numbersOf } from '../core/measures';
import type { Network } from '../core/network';
import type { RateRule } from '../core/schedule';
import type { Measure } from '../core/trainer';
import type { Failure } from '../data/failure';
import type { Message } from '../data/message';
import { placed } from '../data/sentences';
import type { ExerciseRow, HandlesView, LiveView, Question, RunRow, RunView } from '../protocol/lensViews';
import type { Dataset, Status } from '../protocol/trainer';
import type { Divergence } from '../train/divergence';
import type { Frozen } from '../core/handEdits';
import type { Change } from '../train/marks';
import type { Sample } from '../train/sample';
import type { Automatic, PlainSettings } from '../settings/automatic';
import type { FoundCandidate } from '../train/found';
import { settingKeys } from '../settings/settings';
import { shownValue } from '../settings/values';
import { MOST_CANDIDATES, type SearchView } from '../protocol/find';
import type { ExperimentView } from '../protocol/lab';
import { errorOf } from './questions';
import type { Ranked } from './runGroups';
import type { Search } from './finding';
import type { Experiment } from './lab';

/** Sentences may hold several texts of a file, each of them cut already. */
const LONGEST_SENTENCE = 1000;
/** The latest edits of settings, which is what a curve has room for. */
const MOST_EDITS = 50;
const MOST_RATES = 200;
const LONGEST_EDIT = 100;
const MOST_DIFFERENCES = 20;
const LONGEST_NOTE = 500;

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
}

const fileName = ({ uri }: Shown): string => nameOf(uri);
/** The sentence of a message, as the editor has it. */
type TextOf = (message: Message) => string;

const sentences = (texts: readonly string[]) => texts.map((text) => cut(text, LONGEST_SENTENCE));

/** What stays the same during a run, in the Lens that it is for. */
export function runView(session: Shown, version: number, textOf: TextOf): RunView {
  const { dataset } = session;
  return {
    id: session.id,
    version,
    uri: session.uri,
    file: fileName(session),
    seed: session.settings['training.seed'],
    dataset: dataset && {
      target: cut(dataset.target),
      targetReason: dataset.targetReason ? textOf(dataset.targetReason) : '',
      task: dataset.task,
      taskReason: dataset.taskReason ? textOf(dataset.taskReason) : '',
      classes: dataset.classes.map((text) => cut(text)),
      targetScale: dataset.targetScale,
      dialect: dataset.dialect ? textOf(dataset.dialect) : '',
      trainRows: dataset.trainRows,
      testRows: dataset.testRows,
      featureCount: dataset.features.length,
    },
    network: session.network,
    sampleCount: session.sample?.count ?? 0,
  };
}

/** The runs of the file, as the Lens of one of them lists them. */
export const runRows = (session: Shown): RunRow[] =>
  (session.runs ?? []).map((run) => ({
    ...{ id: run.id, name: cut(run.name), note: cut(run.note, LONGEST_NOTE), starred: run.starred },
    ...{ startedAt: run.startedAt, isShown: run.id === session.id, status: run.status, epochs: run.epochs },
    chosen: run.picked || (run.chosen ?? []).length > 0,
    differences: run.differences.slice(0, MOST_DIFFERENCES).map((text) => cut(text, LONGEST_EDIT)),
    measure: run.measure && numbersOf([run.measure]),
    best: run.best && numbersOf([run.best]),
    baselines: run.baselines && {
      guess: run.baselines.guess.testScore ?? run.baselines.guess.trainScore,
      line: run.baselines.line.testScore ?? run.baselines.line.trainScore,
    },
    interval: run.interval,
    ...run.ranked,
  }));

/** @param whyOf the sentence of an error */
export const experimentView = (
  { kind, values, status, error, tiles }: Experiment,
  whyOf: (error: unknown) => string,
): ExperimentView => ({
  ...{ kind, values, status },
  why: status === 'failed' ? whyOf(error) : '',
  tiles: tiles.map(({ variant, settings, epochs, trained }) => ({
    ...{ label: variant.label, at: variant.at, status: trained?.status ?? 'waiting' },
    epochs,
    sizes: trained?.state?.network.sizes ?? [],
    initialization: settings['model.initialization'],
    learningRate: trained?.state?.learningRate ?? 0,
    measure: trained?.state?.measure ?? null,
    diverged: trained?.state?.diverged ?? null,
    why: trained?.failure ? whyOf(errorOf(trained.failure)) : '',
  })),
});

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** @param whyOf the sentence of an error */
export function searchView(search: Search, whyOf: (error: unknown) => string): SearchView {
  const { status, error, share, seconds, fixed, tried, best, found } = search;
  const isBetter = (a: FoundCandidate, b: FoundCandidate) =>
    Number(b.index === best) - Number(a.index === best) || b.folds - a.folds || a.loss - b.loss || 0;
  return {
    ...{ status, share, seconds, fixed, count: tried.length, best },
    why: status === 'failed' ? whyOf(error) : '',
    tried: [...tried]
      .sort(isBetter)
      .slice(0, MOST_CANDIDATES)
      .map(({ index, sizes, parameters, mean, deviation, loss, folds, settings }) => ({
        ...{ index, sizes, parameters, folds },
        ...{ mean: finite(mean), deviation: finite(deviation), loss: finite(loss) },
        set: settingKeys.flatMap((key) => {
          const value = settings[key];
          return value === undefined ? [] : [{ key, value: shownValue(value) }];
        }),
      })),
    found: found && {
      ...{ candidates: found.candidates, rows: found.rows, trainRows: found.trainRows },
      testScore: found.testScore,
    },
  };
}

function ruleOf({ settings }: Shown): LiveView['rule'] {
  return {
    optimizer: settings['training.optimizer'],
    momentum: settings['training.momentum'],
    l1: settings['training.l1'],
    l2: settings['training.l2'],
    batchSize: settings['training.batchSize'],
    balanced: settings['training.classWeights'] === 'balanced',
  };
}

/** What changes while a run goes on. */
export function liveView(session: Shown, textOf: TextOf): LiveView {
  const { failure, measure, penalty, question } = session;
  return {
    status: session.status,
    reading: session.reading,
    epochs: session.epochs,
    continueEpochs: session.continueEpochs,
    learningRate: session.learningRate,
    learningRateIsAuto: session.learningRateIsAuto,
    ways: session.ways,
    rule: ruleOf(session),
    measure: measure && numbersOf([measure]),
    penalty: Number.isFinite(penalty) ? penalty : null,
    baselines: session.baselines,
    ...(session.sure && { sure: session.sure }),
    ...(session.dataset?.partsBy === 'groups' && { isByGroup: true }),
    edits: session.marks.slice(-MOST_EDITS).map(({ epoch, text, changes, byHand }) => ({
      epoch,
      text: cut(text, LONGEST_EDIT),
      ...(changes && { changes }),
      ...(byHand !== undefined && { byHand }),
    })),
    ...(session.rates && { rates: session.rates.slice(-MOST_RATES) }),
    notices: sentences(session.notices),
    checked: {
      initialization: session.settings['model.initialization'],
      patience: session.settings['training.earlyStopping.patience'],
      patienceFound: session.automatic?.['training.earlyStopping.patience'],
      ...(session.rows && { rows: session.rows }),
      ...(session.model && { model: session.model }),
      muted: (session.muted ?? []).map((code) => cut(code)),
      diverged: session.diverged,
    },
    failure: failure && {
      text: cut(placed(fileName(session), failure.place, textOf(failure.message)), LONGEST_SENTENCE),
      line: failure.place?.line ?? null,
      bug: failure.bug,
    },
    pending: session.pending,
    ...(session.waiting && session.waiting.length > 0 && { waiting: [...session.waiting] }),
    canGoOn: session.canGoOn,
    undoByHand: session.undoByHand ? cut(session.undoByHand, LONGEST_EDIT) : null,
    canUndo: session.canUndo ?? false,
    question: question
      ? {
          text: cut(question.text, LONGEST_SENTENCE),
          choices: question.choices.map(({ id, label }) => ({ id, label: cut(label) })),
        }
      : null,
    paced: session.paced,
    chosen: session.picked === true || (session.chosen ?? []).length > 0,
  };
}
