import { lineReason } from '../core/lineReason';
import { lineReasonText } from '../sentences/automatic';
import { count, short, whole } from '../core/format';
import type { Network } from '../core/network';
import { parameterName, parameterPlace, unitIndices } from '../core/parameterIndex';
import type { Question } from '../protocol/lensViews';
import type { Dataset } from '../protocol/trainer';
import type { SessionNotice } from '../session/notice';
import type { Session } from '../session/session';
import type { ShownMark } from '../session/shown';
import { leftToBeFound, type PlainSettings } from '../settings/automatic';
import { definitions, settingKeys, type SettingKey, type Settings } from '../settings/settings';
import type { HandChange } from '../core/handEdits';
import type { Change, Mark } from '../train/marks';
import { textOf } from './text';
import { wordFor } from '../settings/words';

const changeText = ({ key, before, after }: Change): string => `${wordFor(key)} ${before} → ${after}`;

/**
 * Marks as they stand on the curve: what one drag of a handle did is one, at the epoch of its last edit; what was done by
 * hand and taken back before anything was trained is none.
 */
export function shownMarks(marks: readonly Mark[], network: Network | null): ShownMark[] {
  const shown: Mark[] = [];
  for (const mark of marks) {
    const last = shown.at(-1);
    if (mark.kind === 'edit' && last?.kind === 'edit' && mark.drag !== undefined && mark.drag === last.drag)
      shown[shown.length - 1] = { ...mark, changes: together(last.changes, mark.changes) };
    else if (isTakenBack(last, mark)) shown.pop();
    else shown.push(mark);
  }
  return shown.map((mark) => ({
    ...{ epoch: mark.epoch, text: markText(mark, network) },
    ...(mark.kind === 'edit' && { changes: mark.changes }),
    ...(mark.kind === 'hand' && { byHand: mark.drag ?? 0 }),
  }));
}

const isTakenBack = (last: Mark | undefined, mark: Mark): boolean =>
  mark.kind === 'hand' &&
  mark.isUndo === true &&
  last?.kind === 'hand' &&
  !last.isUndo &&
  last.epoch === mark.epoch;

/** Two edits, one after the other, as one. */
const together = (first: readonly Change[], then: readonly Change[]): Change[] => [
  ...first.map((change) => ({
    ...change,
    after: then.find(({ key }) => key === change.key)?.after ?? change.after,
  })),
  ...then.filter(({ key }) => first.every((change) => change.key !== key)),
];

/** What stands at a mark on the curve. */
export function markText(mark: Mark, network: Network | null): string {
  switch (mark.kind) {
    case 'edit':
      return mark.changes.map(changeText).join(', ');
    case 'hand':
      return `${handText(mark.change, network)}${mark.isUndo ? ', taken back' : ''}`;
    case 'stoppedEarly':
      return `stopped early at epoch ${whole(mark.at)}, back to the best epoch`;
    case 'note':
      return mark.text;
    default:
      return mark satisfies never;
  }
}

/** What was done to the weights by hand, as `W[1](2,1) 0.3142 → 1.5` or `unit 2 of layer 1 frozen`. */
export function handText({ weights, frozen, thawed }: HandChange, network: Network | null): string {
  const what = (indices: readonly number[]) => parametersText(indices, network);
  return [
    ...weights.map(({ index, before, after }) => `${what([index])} ${short(before)} → ${short(after)}`),
    ...(frozen.length > 0 ? [`${what(frozen)} frozen`] : []),
    ...(thawed.length > 0 ? [`${what(thawed)} no longer frozen`] : []),
  ].join(', ');
}

function parametersText(indices: readonly number[], network: Network | null): string {
  const places = network ? indices.flatMap((index) => parameterPlace(network, index) ?? []) : [];
  const [first] = places;
  if (!network || !first) return `${whole(indices.length)} weights`;
  if (places.length === 1) return parameterName(first);
  const ofOneUnit = places.every(({ layer, unit }) => layer === first.layer && unit === first.unit);
  if (!ofOneUnit) return `${whole(indices.length)} weights`;
  const name = `unit ${first.unit + 1} of layer ${first.layer}`;
  const isAll = indices.length === unitIndices(network, first.layer, first.unit).length;
  return isAll ? name : `${whole(indices.length)} weights of ${name}`;
}

/** What a Lens says of a training besides its numbers. */
export function noticeText(notice: SessionNotice): string {
  switch (notice.code) {
    case 'diverged':
      return textOf({ code: 'diverged', args: notice.divergence });
    case 'settings':
      return notice.text;
    case 'table':
      return textOf(notice.notice);
    case 'unsavedText':
      return 'Trained on the unsaved text in the editor, not on the file.';
    case 'fileChanged':
      return 'The file holds something else now than this training began with. The result stays as it is; Train Again to train on what the file holds now.';
    case 'fileDeleted':
      return 'The file is gone. The result stays as it is; training can go on once the file is back.';
    case 'otherEngine':
      return `Trained with the engine ${notice.engine}; the present one, ${notice.present}, computes differently. Train Again to go on.`;
    case 'otherReading':
      return 'Trained when tables were read in another way. The result stays as it is; Train Again to go on.';
    case 'saveFailed':
      return `This training could not be saved: ${notice.reason}. It is tried again with the next change.`;
    case 'setAside':
      return `A saved training of this file could not be read (${notice.reason}). It was set aside as ${notice.file}.`;
    case 'passedOver':
      return `A saved training of this file cannot be read (${notice.reason}) It is passed over, and stays as it is: ${notice.file}.`;
    case 'locationRefused':
      return `neuronLens.runs.location: ${notice.reason} Trainings are kept in the storage of VS Code instead.`;
    case 'runRemoved':
      return `The oldest run of this file, of ${new Date(notice.startedAt).toLocaleString()}, has made room for the newest: ten are kept, and those with a star.`;
    case 'more':
      return `And ${whole(notice.count)} more like these.`;
    default:
      return notice satisfies never;
  }
}

const actingKeys = settingKeys.filter((key) => definitions[key].acts !== 'view');

/** All that a run was trained with. */
export const trainedWith = (settings: PlainSettings): { name: string; value: string }[] =>
  actingKeys.map((key) => ({ name: wordFor(key), value: valueText(settings[key]) }));

/** What of a run's settings differs from another one's, a phrase each. */
export function differences(settings: PlainSettings, from: PlainSettings): string[] {
  return actingKeys
    .filter((key) => !isSame(settings[key], from[key]))
    .map((key) => `${wordFor(key)} ${valueText(settings[key])}`);
}

/** Only lists and maps are compared as texts, which cost time: the list of runs compares all settings of each with every frame. */
const isSame = (a: unknown, b: unknown): boolean =>
  a === b || (typeof a === 'object' && JSON.stringify(a) === JSON.stringify(b));

function valueText(value: PlainSettings[SettingKey]): string {
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(', ');
  if (typeof value === 'object') return JSON.stringify(value);
  return value === '' ? 'not set' : String(value);
}

/**
 * How a training goes where that is not plain full-batch gradient descent, a phrase each; `plain`: the settings, with what
 * each `auto` stands for.
 */
export function specialties(
  plain: PlainSettings,
  settings: Settings,
  dataset: Pick<Dataset, 'features' | 'trainRows' | 'testRows'> | null,
): string[] {
  const byValidation = settings['training.earlyStopping.patience'] === 'auto';
  const batch = plain['training.batchSize'];
  const optimizer = plain['training.optimizer'];
  const schedule = plain['training.learningRateSchedule'];
  const patience = plain['training.earlyStopping.patience'];
  return [
    ...(optimizer === 'gradientDescent' ? [] : [optimizer]),
    ...(batch > 0 ? [`batches of ${whole(batch)}`] : []),
    ...(schedule === 'constant' ? [] : [`${schedule} schedule`]),
    ...(plain['training.l1'] > 0 ? [`L1 ${plain['training.l1']}`] : []),
    ...(plain['training.l2'] > 0 ? [`L2 ${plain['training.l2']}`] : []),
    ...(plain['training.classWeights'] === 'none' ? [] : ['balanced classes']),
    ...(patience > 0 ? [stopText(patience, byValidation)] : []),
    ...(plain['training.engine'] === 'simd' ? [] : ['reference engine']),
    ...foundText(plain, settings, dataset),
  ];
}

const stopText = (patience: number, byValidation: boolean): string =>
  byValidation
    ? `ends where a fifth of the training part, set aside, was best (after ${whole(patience)} epochs without gain)`
    : `stops after ${whole(patience)} epochs without gain of the test part, whose score is then not one of unseen rows`;

/** Which settings were found, from what, and why there is no hidden layer where none was. */
function foundText(
  plain: PlainSettings,
  settings: Settings,
  dataset: Pick<Dataset, 'features' | 'trainRows' | 'testRows'> | null,
): string[] {
  const keys = leftToBeFound(settings).filter((key) => key !== 'training.learningRate');
  if (!dataset || keys.length === 0) return [];
  const rows = count(dataset.trainRows + dataset.testRows, 'row');
  const features = dataset.features.length;
  const why = keys.includes('model.hiddenLayers')
    ? lineReasonText(lineReason(plain['model.hiddenLayers'], dataset.trainRows, features))
    : '';
  const chosen = `${keys.map(wordFor).join(', ')} chosen for ${rows} × ${count(features, 'feature')}`;
  return [why === '' ? chosen : `${chosen} (${why})`];
}

/** What the person is asked about a training, until it is answered; the ids of the choices are those of `Session.answer`. */
export function questionOf({ question, epochs }: Session): Question | null {
  if (!question) return null;
  return {
    text: `The settings ask for ${whole(question.epochs)} epochs, and more are done already. It goes on to epoch ${whole(epochs)} until you say otherwise.`,
    choices: [
      { id: 'end', label: 'Stop Here' },
      { id: 'goOn', label: `Go On to ${whole(epochs)}` },
    ],
  };
}
