import { cut, count, short, whole } from '../core/format';
import type { Matched } from './columns';
import type { Predicted } from './predicted';
import type { Model } from '../runs/model';

const quoted = (text: string) => `“${cut(text)}”`;

/** All that is said of a file that was predicted, a line each. */
export function predictedLines(
  model: Model,
  { spelled }: Matched,
  result: Predicted,
  isTrainingFile: boolean,
): string[] {
  const { rows, predicted, outside, unknown, missing, refused, formulas, apostrophes } = result;
  const more = rows - predicted - refused.length;
  return [
    ...spelled.map(({ name, inFile }) => `${quoted(name)} is read from ${quoted(inFile)}.`),
    `Predicted ${whole(predicted)} of ${count(rows, 'row')}, with the weights of epoch ${whole(model.training.epoch)}; ` +
      `${count(outside, 'row')} unlike what was trained on, ${count(unknown, 'cell')} unknown, ${whole(missing)} missing.`,
    ...(predicted < rows ? [`${count(rows - predicted, 'row')} without a prediction:`] : []),
    ...refused.map(({ line, note }) => `  line ${whole(line)}: ${note}`),
    ...(more > 0 ? [`  and ${whole(more)} more`] : []),
    ...(formulas.count > 0 ? [formulasText(formulas)] : []),
    ...(apostrophes > 0
      ? [`${count(apostrophes, 'label')} would have been formulas, and begin with an apostrophe.`]
      : []),
    ...scoreLines(model, result, isTrainingFile),
  ];
}

const formulasText = ({ count: cells, columns }: Predicted['formulas']) =>
  `${count(cells, 'cell')} of the file look like formulas, in ${columns.map(quoted).join(', ')}.`;

function scoreLines(
  { task, transform, training: { measure, baselines, chosenByTest } }: Model,
  { score }: Predicted,
  isTrainingFile: boolean,
): string[] {
  if (!score) return isTrainingFile ? [TRAINED_ON] : [];
  const name = task === 'regression' ? 'R²' : 'Accuracy';
  const own = measure.testScore;
  const beside = [
    ...(own === null
      ? []
      : [`the model’s own test part gave ${short(own)}${chosenByTest ? ` (${CHOSEN_BY_LOOKING})` : ''}`]),
    ...(baselines && own !== null
      ? [
          `guessing ${short(baselines.guess.testScore ?? NaN)}, a straight line ${short(baselines.line.testScore ?? NaN)}`,
        ]
      : []),
  ].join(', ');
  const value = score.value === null ? 'none, as all are the same' : short(score.value);
  const of = `${count(score.rows, 'row')} whose ${cut(transform.target.name)} is known`;
  return [
    `${name} ${value} on ${of}${beside === '' ? '' : `; ${beside}`}.`,
    ...(score.unknown > 0 ? [`${count(score.unknown, 'row')} of a class that the model does not know.`] : []),
    ...(isTrainingFile ? [TRAINED_ON] : []),
  ];
}

/** Said wherever the test score of such a model stands. */
export const CHOSEN_BY_LOOKING = 'chosen by looking at it';
const TRAINED_ON = 'This is the file that was trained on: most of its rows are not new to the model.';
