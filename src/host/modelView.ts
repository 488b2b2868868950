import { count, cut, layers, short, whole } from '../core/format';
import { kindText, startOf } from '../predict/byHand';
import { CHOSEN_BY_LOOKING } from '../predict/text';
import type { ModelView } from '../protocol/modelPage';
import type { Model } from '../runs/model';
import { featuresOf } from '../data/transform';

/** More weights are no picture, and would be a long message. */
const MOST_WEIGHTS = 25_000;
/** Fields that a form has; a person fills in no more. */
export const MOST_FIELDS = 200;
/** A longer cell is not typed, but pasted. */
const LONGEST_START = 1000;
/** Texts of a column that are offered. */
const MOST_CHOICES = 100;
export const MOST_LABELS = 100;

/** What the page of a model's file shows, without any row of its table. */
export function modelView(model: Model, name: string): ModelView {
  const { transform, network, weights, labels } = model;
  const { columns, target, reading } = transform;
  const features = featuresOf(transform);
  const start = startOf(model);
  const axes = axesOf(model);
  return {
    name: cut(name),
    head: headOf(model),
    network,
    target: cut(target.name),
    labels: labels.slice(0, MOST_LABELS).map((label) => cut(label)),
    scale: target.kind === 'classes' ? null : { mean: target.mean, deviation: target.deviation },
    weights: weights.length > MOST_WEIGHTS ? new Float64Array() : Float64Array.from(weights),
    features: weights.length > MOST_WEIGHTS ? [] : features.map((feature) => cut(feature.name)),
    ranges:
      axes?.map(({ from, to }, k): [number, number] => {
        const { mean, deviation } = features[k];
        return [(from - mean) / deviation, (to - mean) / deviation];
      }) ?? null,
    axes: axes ?? [],
    columns: columns.slice(0, MOST_FIELDS).map((column, k) => ({
      name: cut(column.name),
      kind: kindText(column, reading?.columns[k]?.range ?? null),
      choices:
        column.kind === 'category' ? column.categories.slice(0, MOST_CHOICES).map((each) => cut(each)) : [],
      start: start[k].length > LONGEST_START ? '' : start[k],
    })),
    more: Math.max(0, columns.length - MOST_FIELDS),
  };
}

/** The two numbers that a network takes, or the one, as axes of maps; null where a map needs more than the file says. */
export function axesOf({ transform: { columns, reading } }: Model): ModelView['axes'] | null {
  if (columns.length === 0 || columns.length > 2) return null;
  const axes = columns.flatMap((column, k) => {
    const range = reading?.columns[k]?.range;
    const isPlain = column.kind === 'number' && !column.reshape && !column.missingFeature;
    if (!isPlain || !range || range[0] === range[1]) return [];
    return [{ name: cut(column.name), from: range[0], to: range[1] }];
  });
  return axes.length === columns.length ? axes : null;
}

function headOf({ task, transform, network, training, settings, labels, optimizer }: Model): string[] {
  const { epoch, seed, measure, baselines, trainRows, testRows, engine, weightsOf, chosenByTest } = training;
  const score = task === 'regression' ? 'R²' : 'Accuracy';
  const target = cut(transform.target.name);
  const test =
    measure.testScore === null
      ? ''
      : `, ${short(measure.testScore)} on the test part${chosenByTest ? ` (${CHOSEN_BY_LOOKING})` : ''}`;
  const beside =
    baselines === null
      ? ''
      : ` Guessing gives ${short(baselines.guess.testScore ?? baselines.guess.trainScore)}, a straight line ${short(baselines.line.testScore ?? baselines.line.trainScore)}.`;
  const rows =
    trainRows === null
      ? ''
      : `Trained on ${count(trainRows, 'row')}${testRows ? `, tested on ${whole(testRows)}` : ''}. `;
  const which = weightsOf === 'best' ? ', its best' : weightsOf === 'last' ? ', its last' : '';
  const frozen = optimizer.frozen.length > 0 ? `, ${whole(optimizer.frozen.length)} weights frozen` : '';
  return [
    labels.length > 0
      ? `Predicts ${target}, one of ${count(labels.length, 'class').replace(/classs$/, 'classes')}, from ${count(transform.columns.length, 'column')}.`
      : `Predicts ${target}, a number, from ${count(transform.columns.length, 'column')}.`,
    `${score} ${short(measure.trainScore)} on the training part${test}, at save.${beside}`,
    `${rows}Layers ${layers(network.sizes)}, ${network.hidden}, ${network.output}; epoch ${whole(epoch)}${which}; seed ${seed}; engine ${engine}; optimizer ${String(training.automatic['training.optimizer'] && settings['training.optimizer'] === 'auto' ? training.automatic['training.optimizer'] : settings['training.optimizer'])}${frozen}.`,
    'No row of its table is in the file.',
  ];
}
