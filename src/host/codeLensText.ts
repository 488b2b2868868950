/** What is said above the first line of a CSV file, apart from how VS Code shows it. */
import { count, cut, whole } from '../core/format';
import type { Failure } from '../data/failure';
import type { Message } from '../data/message';
import type { TableView } from '../data/table/tableView';
import type { Status } from '../protocol/trainer';
import { dialectText, reasonText, tableText } from './tableText';

/** A text that can be clicked, with the name of its command without `neuronLens.`. */
export interface LensText {
  readonly title: string;
  readonly command: string;
  readonly tooltip: string;
}

/** What is said of a training. */
export interface TrainingState {
  readonly status: Status;
  /** Whether it can go on from its weights: not where its file, or the engine, is another one by now. */
  readonly canGoOn: boolean;
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
const FIND = 'Find a Good Network';

const lens = (title: string, command: string, tooltip = ''): LensText => ({ title, command, tooltip });

const CHOOSE = 'click to choose another';

/** In place of a sentence that is said elsewhere. */
const CANNOT_TRAIN = 'Cannot train';

/** What is known of a file; null while not even its head is. */
type Checked = { readonly table: TableView } | { readonly failure: Failure } | null;

/** Why a file cannot be trained on, and on which line, where it is on one; null where it can be, or is not known yet. */
export interface Refusal {
  readonly message: Message;
  readonly line: number | null;
}
export function refusalOf(checked: Checked): Refusal | null {
  if (!checked) return null;
  if ('failure' in checked) return { message: checked.failure.message, line: null };
  const { error, rows } = checked.table;
  return error && rows !== null ? { message: error, line: error.line } : null;
}

/** A file that cannot be trained on. Where the Lens says already why, `isSaid`, a word is enough here. */
export function refusalLenses(
  { message, line }: Refusal,
  textOf: (message: Message) => string,
  isSaid: boolean,
): LensText[] {
  const problem = line === null ? textOf(message) : `Line ${whole(line)}: ${textOf(message)}`;
  const tooltip = isSaid || line === null ? problem : 'Show it, and everything else that was found';
  return [lens(TRAIN, 'train'), lens(isSaid ? CANNOT_TRAIN : problem, 'showProblem', tooltip)];
}

/** A file that nothing has been trained on, and nothing keeps from it. */
export function tableLenses(table: TableView | null): LensText[] {
  if (!table) return [lens(TRAIN, 'train')];
  const { targetReason, taskReason, rows, names, dialect, problemCount } = table;
  const target = cut(table.target);
  return [
    lens(TRAIN, 'train', `Predict ${target} from the other columns`),
    lens(FIND, 'find', 'Compare a straight line and networks inside the training part, for half a minute'),
    lens(
      `Target: ${target}`,
      'chooseTarget',
      [reasonText(targetReason), ...(taskReason ? [`predicted ${tableText(taskReason)}`] : []), CHOOSE].join(
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
  const { status, canGoOn, progress, score, target, nextTarget, pending } = training;
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
        ...(canGoOn ? [lens('Resume', 'resume')] : []),
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
        ...(canGoOn ? [lens('Continue', 'continue', 'Train on from the current weights')] : []),
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
