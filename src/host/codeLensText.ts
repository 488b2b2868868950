/** What is said above the first line of a CSV file, apart from how VS Code shows it. */
import { count, cut, whole } from '../core/format';
import type { Failure } from '../data/failure';
import type { TableView } from '../data/table/tableView';
import type { Status } from '../protocol/trainer';
import { dialectText, reasonText, textOf } from './text';

/** A text that can be clicked, with the name of its command without `neuronLens.`. */
export interface LensText {
  readonly title: string;
  readonly command: string;
  readonly tooltip: string;
}

/** What is said of a training. */
export interface TrainingState {
  readonly status: Status;
  /** `Epoch 120 of 10,000 — cost 0.25` */
  readonly progress: string;
  /** `accuracy 0.91 (test 0.89)` */
  readonly score: string;
  readonly target: string;
  /** The column that would be predicted if it were trained again. */
  readonly nextTarget: string;
  /** Settings that were edited and wait for the next training. */
  readonly pending: readonly string[];
}

const TRAIN = 'Train Neural Network';

const lens = (title: string, command: string, tooltip = ''): LensText => ({ title, command, tooltip });

const CHOOSE = 'click to choose another';

/** In place of a sentence that is said elsewhere. */
const CANNOT_TRAIN = 'Cannot train';

/**
 * A file that nothing has been trained on; null while not even its head is known. Where the Lens says already why it
 * cannot be, `isSaid`, a word is enough here.
 */
export function tableLenses(
  checked: { readonly table: TableView } | { readonly failure: Failure } | null,
  isSaid = false,
): LensText[] {
  if (!checked) return [lens(TRAIN, 'train')];
  if ('failure' in checked) {
    const message = textOf(checked.failure.message);
    return [lens(TRAIN, 'train'), lens(isSaid ? CANNOT_TRAIN : message, 'showProblem', message)];
  }
  const { targetReason, taskReason, rows, names, dialect, error, problemCount } = checked.table;
  const target = cut(checked.table.target);
  if (error && rows !== null) {
    const problem = `Line ${whole(error.line)}: ${textOf(error)}`;
    return [
      lens(TRAIN, 'train'),
      isSaid
        ? lens(CANNOT_TRAIN, 'showProblem', problem)
        : lens(problem, 'showProblem', 'Show it, and everything else that was found'),
    ];
  }
  return [
    lens(TRAIN, 'train', `Predict ${target} from the other columns`),
    lens(
      `Target: ${target}`,
      'chooseTarget',
      [reasonText(targetReason), ...(taskReason ? [`predicted ${textOf(taskReason)}`] : []), CHOOSE].join(
        '; ',
      ),
    ),
    lens(
      `${rows === null ? '…' : whole(rows)} rows × ${whole(names.length)} columns, ${dialectText(dialect)}`,
      'showTable',
      'Show the columns',
    ),
    ...(rows === null || problemCount === 0
      ? []
      : [
          lens(count(problemCount, 'note'), 'checkFile', 'Show what was noticed about this file in Problems'),
        ]),
  ];
}

/** A file with a training. */
export function trainingLenses(training: TrainingState): LensText[] {
  const { status, progress, score, target, nextTarget, pending } = training;
  const trainAgain =
    pending.length === 0
      ? lens('Train Again', 'train')
      : lens('Train Again to apply', 'train', `Edited since it was started: ${pending.join(', ')}`);
  const targetLens = lens(
    `Target: ${cut(nextTarget)}`,
    'chooseTarget',
    nextTarget === target
      ? 'Click to choose another'
      : `This training predicts ${cut(target)}; click to choose another`,
  );
  // While it trains there is room for what differs alone.
  const edited = pending.length === 0 ? [] : [...(nextTarget === target ? [] : [targetLens]), trainAgain];
  switch (status) {
    case 'loading':
      return [lens('Stop', 'stop'), lens(progress, 'showLens'), ...edited];
    case 'running':
      return [lens('Pause', 'pause'), lens('Stop', 'stop'), lens(progress, 'showLens'), ...edited];
    case 'paused':
      return [
        lens('Resume', 'resume'),
        trainAgain,
        lens('Show Lens', 'showLens'),
        ...(nextTarget === target ? [] : [targetLens]),
        lens(progress.replace('Epoch', 'Paused at epoch'), 'showLens'),
      ];
    case 'finished':
    case 'stopped':
    case 'diverged': {
      const how = { finished: '', stopped: 'Stopped, ', diverged: 'Diverged, ' }[status];
      return [
        lens('Show Lens', 'showLens'),
        trainAgain,
        lens('Continue', 'continue', 'Train on from the current weights'),
        targetLens,
        lens(`${how}${score}`, 'showLens', progress),
      ];
    }
    case 'failed':
      return [];
    default:
      return status satisfies never;
  }
}
