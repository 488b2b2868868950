import { cut, nameOf } from '../core/format';
import { numbersOf } from '../core/measures';
import type { Message } from '../data/message';
import { partsOfCheck } from '../data/tableCheckSentences';
import { placed } from '../data/sentences';
import type { Compared, LiveView, RunRow, RunView } from '../protocol/lensViews';
import type { OtherRun, Shown } from './shown';

/** Sentences may hold several texts of a file, each of them cut already. */
const LONGEST_SENTENCE = 1000;
/** The latest edits of settings, which is what a curve has room for. */
const MOST_EDITS = 50;
const MOST_RATES = 200;
const LONGEST_EDIT = 100;
const MOST_DIFFERENCES = 20;
const LONGEST_NOTE = 500;

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

/** A run as it stands beside others. */
export const comparedView = ({ trainedWith, network }: OtherRun): Compared => ({
  settings: trainedWith.map(({ name, value }) => ({ name, value: cut(value, LONGEST_EDIT) })),
  network,
});

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

/** What of the table is a check of the model: the first of each code. */
function tableChecks({ table }: Shown): Pick<LiveView['checked'], 'ofTable'> {
  const byCode = new Map<string, { code: string; text: string; advice: string }>();
  for (const problem of table?.problems ?? []) {
    const { code } = problem;
    const parts = byCode.has(code) ? null : partsOfCheck(problem, (key) => `neuronLens.${key}`);
    if (!parts) continue;
    const [text, advice] = [cut(parts.says, LONGEST_SENTENCE), cut(parts.remedy, LONGEST_SENTENCE)];
    byCode.set(code, { code, text, advice });
  }
  return byCode.size > 0 ? { ofTable: [...byCode.values()] } : {};
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
      ...tableChecks(session),
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
