import { count, cut, layers, short, whole } from '../core/format';
import { kindText, startOf } from '../predict/byHand';
import { CHOSEN_BY_LOOKING } from '../predict/text';
import type { ModelView } from '../protocol/modelPage';
import type { Model } from '../runs/model';
import { featuresOf } from '../data/transform';
import { scoreTitle } from '../sentences/score';
import { lengthOf, wholeWithin, within } from './textBudget';

/** More weights are no picture, and would be a long message. */
const MOST_WEIGHTS = 10_000;
/** Features that are named; more of them are numbered. */
const MOST_FEATURES = 500;
/** Fields that a form has; a person fills in no more. */
export const MOST_FIELDS = 200;
/** Texts of a column that are offered. */
const MOST_CHOICES = 100;
export const MOST_LABELS = 100;
/** Characters of each list of texts: a message has at most 256 kB, whatever the file holds. */
const MOST_TEXT = 14_000;
const MOST_CHOICE_TEXT = 28_000;

/** What the page of a model's file shows, without any row of its table. */
export function modelView(model: Model, name: string): ModelView {
  const { transform, network, weights, labels } = model;
  const { columns, target, reading } = transform;
  const features = featuresOf(transform);
  const start = startOf(model);
  const axes = axesOf(model);
  const isDrawn = weights.length <= MOST_WEIGHTS;
  const fields = columns.slice(0, MOST_FIELDS);
  const names = within(
    fields.map((column) => cut(column.name)),
    MOST_TEXT,
  );
  const kinds = within(
    fields.map((column, k) => kindText(column, reading?.columns[k]?.range ?? null)),
    MOST_TEXT,
  );
  const starts = wholeWithin(start.slice(0, MOST_FIELDS), MOST_TEXT);
  const choices = choicesOf(fields);
  return {
    name: cut(name),
    head: headOf(model),
    network,
    target: cut(target.name),
    labels: within(
      labels.slice(0, MOST_LABELS).map((label) => cut(label)),
      MOST_TEXT,
    ),
    scale: target.kind === 'classes' ? null : { mean: target.mean, deviation: target.deviation },
    weights: isDrawn ? Float64Array.from(weights) : new Float64Array(),
    features: isDrawn
      ? within(
          features.slice(0, MOST_FEATURES).map((feature) => cut(feature.name)),
          MOST_TEXT,
        )
      : [],
    ranges:
      axes?.map(({ from, to }, k): [number, number] => {
        const { mean, deviation } = features[k];
        return [(from - mean) / deviation, (to - mean) / deviation];
      }) ?? null,
    axes: axes ?? [],
    columns: fields.map((_, k) => ({
      ...{ name: names[k], kind: kinds[k], choices: choices[k], start: starts[k] },
    })),
    more: Math.max(0, columns.length - MOST_FIELDS),
  };
}

/** The texts that a field offers: the first ones, where those of all fields would be a long message. */
function choicesOf(columns: Model['transform']['columns']): string[][] {
  const all = columns.map((column) =>
    column.kind === 'category' ? column.categories.slice(0, MOST_CHOICES).map((each) => cut(each)) : [],
  );
  if (all.reduce((sum, texts) => sum + lengthOf(texts), 0) <= MOST_CHOICE_TEXT) return all;
  const share = MOST_CHOICE_TEXT / all.filter((texts) => texts.length > 0).length;
  return all.map((texts) => {
    let length = 0;
    return texts.filter((text) => (length += text.length) <= share);
  });
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
  const score = scoreTitle(task === 'regression');
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
