import { cut, short, whole } from '../../src/core/format';
import type { ModelTable, ModelView } from '../../src/protocol/modelPage';

/** What the file says of a row: a class or a number as it is shown; `not given`, and a class that the model does not know. */
export function answerText({ labels }: ModelView, answer: number): string {
  if (Number.isNaN(answer)) return 'not given';
  if (labels.length === 0) return short(answer);
  return answer < 0 ? 'a class that the model does not know' : (labels[answer] ?? `class ${answer + 1}`);
}

/** Likewise what the model says of it. */
export const predictionText = ({ labels }: ModelView, prediction: number): string =>
  labels.length === 0 ? short(prediction) : (labels[prediction] ?? `class ${prediction + 1}`);

/** Whether the model says something else than the file; of numbers it never is. */
export const isWrong = ({ labels }: ModelView, { answers, predictions }: ModelTable, k: number): boolean =>
  labels.length > 0 && !Number.isNaN(answers[k]) && answers[k] !== predictions[k];

/** `Line 17: petal = 1, predicted 0 (0.71)`. */
export function rowText(model: ModelView, table: ModelTable, k: number): string {
  const { lines, answers, predictions, sure } = table;
  const known = Number.isNaN(answers[k])
    ? `${model.target} not given`
    : `${model.target} = ${cut(answerText(model, answers[k]))}`;
  const probability = sure.length > 0 ? ` (${short(sure[k])})` : '';
  return `Line ${whole(lines[k])}: ${known}, predicted ${cut(predictionText(model, predictions[k]))}${probability}`;
}

/** Which rows are drawn, as a sentence. */
export function drawnText({ lines, predicted }: ModelTable): string {
  return lines.length < predicted
    ? `${whole(lines.length)} of ${whole(predicted)} rows, drawn by chance.`
    : `All ${whole(predicted)} rows with a prediction.`;
}

/** A range of numbers as it is drawn: what is one number alone has room around it. */
export function rangeOf(...all: readonly Float64Array[]): { readonly from: number; readonly to: number } {
  let [from, to] = [Infinity, -Infinity];
  for (const values of all)
    for (const value of values)
      if (Number.isFinite(value)) [from, to] = [Math.min(from, value), Math.max(to, value)];
  if (from > to) return { from: 0, to: 1 };
  const room = to > from ? 0.03 * (to - from) : 1;
  return { from: from - room, to: to + room };
}
