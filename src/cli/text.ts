import { lineReason } from '../core/lineReason';
import { lineReasonText } from '../sentences/automatic';
import { foldsWatched } from '../sentences/folds';
import { scoreName } from '../sentences/score';
import type { CheckLine } from './checks';
import type { Baselines } from '../core/baselines';
import { besideBaselines } from '../sentences/baselines';
import type { Interval } from '../core/intervals';
import { count, cut, layers, rounded, short, whole } from '../core/format';
import type { Network } from '../core/network';
import type { Measure } from '../core/trainer';
import type { Dataset } from '../data/dataset';
import type { Message } from '../data/message';
import type { SettingName } from '../data/tableSentences';
import { sentence } from '../data/sentences';
import type { Check } from '../data/table/check';
import type { Refusal } from '../runs/outputFile';
import { optionName } from '../settings/commandLine';
import { settingKeys, type Settings } from '../settings/settings';
import type { Folds, FoldScore } from '../core/folds';
import type { FoundCandidate } from '../train/found';
import type { Automatic, AutomaticKey } from '../settings/automatic';
import { faultText, type ValueProblem } from '../settings/values';

// All that the command line says, but for the help.

/** What a setting is called on the command line. */
export const settingName: SettingName = (key) => `--${optionName(key)}`;

/** The sentence of a message, or the part of one; empty for none. */
export const textOf = (message: Message | null): string => (message ? sentence(message, settingName) : '');

// ------------------------------------------------------------------------------------------- what goes wrong
export const usageText = (problem: string): string => `${problem}. Try --help.`;
export const NO_COMMAND =
  'expected: train FILE, find FILE, compare FILE, check FILE, predict MODEL FILE, or export MODEL';
export const TWO_LIMITS = '--budget and --candidates: one of them at a time';
export const limitText = (option: string, given: string, what: string): string =>
  `--${option}: ${given} is not ${what}`;
export const settingProblemText = (problem: ValueProblem): string =>
  `${settingName(problem.key)}: ${faultText(problem)}`;
export const reportEveryText = (given: string): string =>
  `--report-every: ${given} is not a whole number above 0`;
export const bugText = (detail: string): string => `A bug in Neuron Lens. ${detail}`;
export const outputText = (reason: Message): string => `The output is not whole. ${textOf(reason)}`;
export const NO_PARAMETERS = 'It does not hold arrays of numbers W1, b1, W2, b2, ….';
export const matrixText = (name: string, rows: number, cols: number, { sizes }: Network): string =>
  `${name} must be ${whole(rows)} × ${whole(cols)} for a ${layers(sizes)} network.`;
export const vectorText = (name: string, length: number, { sizes }: Network): string =>
  `${name} must be ${count(length, 'number')} for a ${layers(sizes)} network.`;

// ----------------------------------------------------------------------------------------------- what is saved
const REFUSALS: Readonly<Record<Refusal, string>> = {
  'is read': 'It is a file that is read here, and is not written over.',
  'is there': 'There is such a file already. --force replaces it.',
  'is no file': 'It is no regular file.',
  'has no folder': 'There is no such folder.',
};
export const refusalText = (why: Refusal): string => REFUSALS[why];
export const notOfText = (option: string, commands: readonly string[]): string => {
  const some = commands.slice(0, -1).join(', ');
  const last = commands.at(-1) ?? '';
  return `--${option}: only ${some === '' ? `${last} takes` : `${some} and ${last} take`} it`;
};
export const NOTHING_TO_SAVE = 'No model is saved: nothing was trained to its end.';
export const withoutSaveText = (option: string): string =>
  `--${option} says how to save: --save FILE is missing`;
export const ALLOW_MISSING = '--allow-missing NAME takes such a column as one of missing values.';
export const ESCAPE_FORMULAS = '--escape-formulas puts an apostrophe before what looks like a formula.';
export const withoutOutputText = (option: string): string =>
  `--${option} says how to write: --out FILE is missing`;
export const ofModelText = (option: string): string => `--${option} is settled by the model`;
export const pastEpochsText = (epoch: number): string =>
  `--epochs: the model is of epoch ${whole(epoch)} already`;
export const WITH_CONTINUE =
  'leave it out with --continue: the model has its weights, and folds would begin without them';
export const continuedText = (epoch: number, isSameFile: boolean): string =>
  `Goes on from epoch ${whole(epoch)} of the model${isSameFile ? '' : ', on another file than it was trained on'}`;
export const otherEngineText = (before: string, now: string): string =>
  `The model was trained by the engine ${before}: by ${now} its weights end in other bits.`;
export const weightsText = (given: string): string => `--weights: ${given} is none of best, last`;
export const modelEndingText = (file: string): string =>
  `--save: the name ${file} does not end with .neuron.json`;
export const NO_BEST = 'There is no best epoch: without early stopping none is looked for.';
export const NOT_SAVED = 'It diverged: no model is saved.';
export const RUN_WITH_PARAMETERS =
  '--save-run: a run begins with weights of its own, not with those of --initial-parameters';
export const RUN_WITHOUT_TABLE =
  '--save-run: a run names its table from where it lies: FILE has to be a file in the folder that the command runs in, or below';
export const RUN_OUTSIDE =
  'its folder has to lie in the folder that the command runs in, once links are followed';
export const continuedMark = (epoch: number): string => `goes on from a model, epoch ${whole(epoch)}`;
export const savedRunText = (id: string, folder: string): string => `Saved the run ${id} in ${folder}`;
export const savedText = (file: string, epoch: number): string =>
  `Saved ${file}, with the weights of epoch ${whole(epoch)}`;

// ------------------------------------------------------------------------------------------ what is exported
export const formatText = (given: string | undefined, formats: readonly string[]): string =>
  given === undefined
    ? `--format is missing: one of ${formats.join(', ')}`
    : `--format: ${given} is none of ${formats.join(', ')}`;
export const JOB_OF_FILE = '--format torchrun takes a file, not standard input';
export const NO_OUTPUT = 'where to write is missing: -o OUT';
export const coarseText = (columns: readonly string[]): string =>
  `As float32, numbers of these columns are coarse beside how far they are spread: ${columns.map((name) => cut(name)).join(', ')}.`;
export const exportedText = (file: string, format: string): string => `Exported ${file}, as ${format}`;

// ---------------------------------------------------------------------------------------------------- check
/** What a table is, in a line. */
export function tableText(file: string, found: Omit<Check, 'problems'>, dialect: string): string {
  const { header, encoding, lineEnding, rows, skippedRows, columns } = found;
  const how = [
    dialect,
    ...(header ? ['a header'] : []),
    ...(encoding === 'utf-8' ? [encoding] : []),
    lineEnding,
  ];
  const missing = skippedRows === 1 ? '1 row misses' : `${whole(skippedRows)} rows miss`;
  return (
    `${file}: ${whole(rows)} usable rows × ${count(columns.length, 'column')}; ` +
    how.filter((part) => part !== '').join(', ') +
    (skippedRows > 0 ? `; ${missing} a value` : '')
  );
}
export const targetText = (
  target: string,
  { task, targetReason, taskReason }: Omit<Check, 'problems'>,
): string => `Target ${target} (${textOf(targetReason)}), ${task}: predicted ${textOf(taskReason)}`;
export const COLUMN_HEADS = ['column', 'type', 'missing', 'distinct', 'min', 'max', 'mean'] as const;
export const moreProblemsText = (more: number): string => `And ${whole(more)} more problems like these.`;

// ---------------------------------------------------------------------------------------------------- train
export const datasetText = (file: string, { rows, columns, dialect, train, test }: Dataset): string =>
  `${file}: ${count(rows, 'row')} × ${count(columns, 'column')}, ${textOf(dialect)}; ` +
  `${whole(train.length)} to train on, ${whole(test.length)} to test on`;
export const networkText = (
  target: string,
  { targetReason, taskReason }: Dataset,
  { sizes }: Network,
): string =>
  `Target ${target} (${textOf(targetReason)}), predicted ${textOf(taskReason)}; layers ${layers(sizes)}`;
export const measureText = (m: Measure, epochs: number, isRegression: boolean): string =>
  `epoch ${whole(m.epoch)} of ${whole(epochs)}: cost ${short(m.trainCost)}, ` +
  `${scoreName(isRegression)} ${short(m.trainScore)}` +
  (m.testScore === null ? '' : ` (test ${short(m.testCost ?? NaN)}, ${short(m.testScore)})`);
export const stoppedEarlyText = (epoch: number, byValidation: boolean): string =>
  byValidation
    ? `Ended at epoch ${whole(epoch)}: there the same network, trained without a fifth of the training part, was best on that fifth.`
    : `Stopped early: the weights of epoch ${whole(epoch)}, the best by the test cost, are put back. The test score is not one of unseen rows then.`;
/** What was found for the settings that say `auto`; empty where none does. */
export function automaticText(
  keys: readonly AutomaticKey[],
  automatic: Automatic,
  { train, test, X }: Pick<Dataset, 'train' | 'test' | 'X'>,
): string {
  if (keys.length === 0) return '';
  const shown = (value: Automatic[AutomaticKey]) => {
    if (typeof value === 'number') return short(value);
    return typeof value === 'string' ? value : value.join(',') || 'none';
  };
  const from = `${count(train.length + test.length, 'row')} × ${count(X.rows, 'feature')}`;
  const why = reasonText(keys, automatic, { train, X });
  const chosen = keys.map((key) => `${settingName(key)} ${shown(automatic[key])}`).join(' ');
  return `Chosen for ${from}: ${chosen}${why && ` (${why})`}`;
}
/** Why no hidden layer was found; empty where one was, or the layers are set. */
export const reasonText = (
  keys: readonly AutomaticKey[],
  automatic: Automatic,
  { train, X }: Pick<Dataset, 'train' | 'X'>,
): string =>
  keys.includes('model.hiddenLayers')
    ? lineReasonText(lineReason(automatic['model.hiddenLayers'], train.length, X.rows))
    : '';
export const penaltyText = (penalty: number): string => `Regularization adds ${short(penalty)} to the cost`;
export const errorText = (error: number, target: string): string =>
  `Root mean squared error ${short(error)} in the unit of ${target}`;
/** Checks that stand in the plain output. */
const MOST_CHECKS = 3;
/** What the checks of the model find, a line each; a divergence is said already. */
export function checksText(checks: readonly CheckLine[]): string[] {
  const all = checks.filter(({ code }) => code !== 'diverged' && !code.startsWith('rows-'));
  const lines = all
    .slice(0, MOST_CHECKS)
    .map(({ code, severity, message, remedy }) =>
      `${severity === 'information' ? 'Note' : 'Warning'} (${code}): ${message} ${remedy}`.trim(),
    );
  return all.length > MOST_CHECKS
    ? [...lines, `And ${count(all.length - MOST_CHECKS, 'more finding')}: --json has them all.`]
    : lines;
}
/** The test score with its interval beside those of guessing and of a straight line, and on how many rows this was fitted. */
export const baselinesText = (
  measure: Measure,
  baselines: Baselines,
  { train, task }: Pick<Dataset, 'train' | 'task'>,
  interval: Interval | null,
): string => {
  const isRegression = task === 'regression';
  const sample =
    baselines.lineRows < train.length ? ` (fitted to ${whole(baselines.lineRows)} of the rows)` : '';
  const rough = baselines.lineIsBest ? '' : ' (as far as two seconds of work brought it)';
  return `${besideBaselines(measure, baselines, isRegression, interval)}${sample}${rough}`;
};
export const endText = (diverged: boolean, measure: string): string =>
  `${diverged ? 'Last finite' : 'Done'}: ${measure}`;
export const summaryText = (learningRate: number, seconds: number, engine: string, hash: string): string =>
  `Learning rate ${rounded(learningRate)}, ${seconds.toFixed(2)} s, engine ${engine}, weights ${hash}`;

// ---------------------------------------------------------------------------------------------------- folds
export const tooManyFoldsText = (folds: number, most: number): string =>
  `--folds: ${whole(folds)} are more than this table allows, ${whole(most)}`;
export const FOLDS_WITH_PARAMETERS =
  '--folds trains from weights that the seed draws: leave --initial-parameters out';
export const foldText = (
  { repeat, fold, score: found }: FoldScore,
  { folds, repeats }: Folds,
  isRegression: boolean,
): string =>
  (repeats > 1 ? `repetition ${whole(repeat + 1)} of ${whole(repeats)}, ` : '') +
  `fold ${whole(fold + 1)} of ${whole(folds)}: ` +
  (found === null ? 'no score' : `${scoreName(isRegression)} ${short(found)}`);
export const FOLDS_WATCHED = foldsWatched(settingName('training.earlyStopping.patience'));

// ---------------------------------------------------------------------------------------------------- find
/** What is set, as options. */
export const optionsText = (settings: Partial<Settings>): string =>
  settingKeys
    .flatMap((key) => {
      const value = settings[key];
      if (value === undefined) return [];
      const shown = Array.isArray(value)
        ? value.join(',') || 'none'
        : JSON.stringify(value).replaceAll('"', '');
      return [`${settingName(key)} ${shown}`];
    })
    .join(' ');

export const targetLine = (target: string, { targetReason, taskReason }: Dataset): string =>
  `Target ${target} (${textOf(targetReason)}), predicted ${textOf(taskReason)}`;
const plusMinus = ({ mean, deviation }: FoundCandidate): string => `${short(mean)} ± ${short(deviation)}`;

export const candidateText = (candidate: FoundCandidate): string =>
  `layers ${layers(candidate.sizes)}: ${plusMinus(candidate)} on ${count(candidate.folds, 'fold')}`;
export const CANDIDATE_HEADS = [
  'layers',
  'numbers',
  'score',
  'loss',
  'folds',
  'activation',
  'L2',
  'rate',
  'transform',
];

/** A candidate as cells of a table. */
export const candidateCells = (candidate: FoundCandidate): string[] => {
  const { settings, sizes, parameters, loss, folds } = candidate;
  const number = (value: unknown) => (typeof value === 'number' ? short(value) : '');
  return [
    ...[layers(sizes), whole(parameters), plusMinus(candidate), short(loss), whole(folds)],
    sizes.length > 2 ? (settings['model.hiddenActivation'] ?? '') : '',
    ...[number(settings['training.l2']), number(settings['training.learningRate'])],
    settings['data.transform'] ?? '',
  ];
};
export const searchedText = (candidates: number, rows: number, folds: number, of: number): string =>
  `${count(candidates, 'candidate')} compared on ${whole(folds)} folds of ` +
  (rows < of
    ? `a sample of ${whole(rows)} of the ${whole(of)} rows to train on`
    : `the ${whole(rows)} rows to train on`);
export const chosenText = (candidate: FoundCandidate, isRegression: boolean): string =>
  `Chosen, the simplest within one standard error of the best: layers ${layers(candidate.sizes)}, ` +
  `${scoreName(isRegression)} ${plusMinus(candidate)} on the folds`;
export const settingsText = (settings: Partial<Settings>): string => `Settings: ${optionsText(settings)}`;
export const cancelledText =
  'Cancelled: the best so far was not trained anew, and the test part not looked at.';
export const nothingFoundText = (wasCancelled: boolean): string =>
  wasCancelled
    ? 'Cancelled before the first candidate was compared.'
    : 'No candidate could be trained with these settings.';
