import { batch } from '@preact/signals';
import { count, short, whole } from '../../src/core/format';
import { inOwnUnit } from '../../src/core/scale';
import { MOST_ROWS } from '../choices';
import type { LensContext } from './context';
import { exampleText, nameOf } from './examples';

/** Chooses an example; an editor that shows the file shows its row, and the focus stays where it is. */
export function chooseRow(context: LensContext, example: number): void {
  batch(() => {
    lightRows(context, []);
    context.choices.example.value = example;
  });
  showRows(context);
}

/** Chooses an example and goes to its row. */
export function goToRow(context: LensContext, example: number): void {
  context.choices.example.value = example;
  const line = context.run.sample.value?.lines[example];
  if (line !== undefined) context.send({ type: 'showLines', lines: [line], focus: true });
}

/** Chooses examples together, in the order of the file, and nothing else: the editor is told once they are let go. */
export function lightRows({ run, choices }: LensContext, examples: readonly number[]): void {
  const lines = run.sample.value?.lines;
  if (!lines) return;
  batch(() => {
    choices.cursorLine.value = null;
    choices.choose(examples.toSorted((a, b) => lines[a] - lines[b]));
  });
}

/** An editor that shows the file gets a cursor on each chosen row, that of the followed one first. */
export function showRows({ run, choices, send }: LensContext): void {
  const lines = run.sample.value?.lines;
  const followed = choices.example.value;
  if (!lines || followed >= lines.length) return;
  const others = [...(choices.rows.value?.examples ?? [])].filter((example) => example !== followed);
  send({ type: 'showLines', lines: [followed, ...others].map((example) => lines[example]), focus: false });
}

/** The followed row alone stays chosen. Returns whether others were chosen with it. */
export function letGoOfRows(context: LensContext): boolean {
  if (!context.choices.rows.value) return false;
  chooseRow(context, context.choices.example.value);
  return true;
}

/** Chooses the examples from one place of an order to another; the last one is followed. */
export function chooseRange(context: LensContext, order: readonly number[], from: number, to: number): void {
  const { choices } = context;
  batch(() => {
    lightRows(context, order.slice(Math.min(from, to), Math.max(from, to) + 1));
    if (choices.isChosen(order[to]) || from === to) choices.example.value = order[to];
  });
  showRows(context);
}

/** The chosen rows; of one alone, what it is while the editor's cursor has chosen last, else what can be done here. */
export function rowText(context: LensContext, otherwise: string): string {
  const { run, choices } = context;
  const line = choices.cursorLine.value;
  const sample = run.sample.value;
  const { dataset, sampleCount } = run.view.value;
  if (!sample || !dataset) return otherwise;
  if (choices.rows.value) return rowsText(context);
  if (line === null) return otherwise;
  const example = sample.lines.indexOf(line);
  if (example >= 0) return exampleText(context, example);
  return sampleCount >= dataset.trainRows + dataset.testRows
    ? `Line ${whole(line)} is no example.`
    : `Line ${whole(line)} is not among the ${whole(sampleCount)} examples that are drawn.`;
}

/** Classes that are counted in a sentence. */
const MOST_COUNTED = 6;

/** `23 rows are chosen, lines 4 to 212: petal = 0: 15, petal = 1: 8. Predicted wrongly: 3. Escape lets go of them.` */
function rowsText({ run, models, choices }: LensContext): string {
  const rows = choices.rows.value;
  const sample = run.sample.value;
  const { dataset } = run.view.value;
  if (!rows || !sample || !dataset) return '';
  const examples = [...rows.examples];
  const target = nameOf(dataset.target);
  const lines = examples.map((example) => sample.lines[example]);
  const [first, last] = [Math.min(...lines), Math.max(...lines)];
  const left =
    rows.of <= examples.length
      ? ''
      : examples.length === MOST_ROWS
        ? `, the first of ${whole(rows.of)}`
        : ` on ${count(rows.of, 'selected line')}`;
  return `${count(examples.length, 'row')} are chosen${left}, lines ${whole(first)} to ${whole(last)}: ${what()}. Escape lets go of them.`;

  function what(): string {
    if (!sample || !dataset) return '';
    const ys = examples.map((example) => sample.y[example]);
    if (dataset.task === 'regression') {
      const own = ys.map((y) => inOwnUnit(y, dataset.targetScale));
      const mean = own.reduce((sum, y) => sum + y, 0) / own.length;
      return `${target} from ${short(Math.min(...own))} to ${short(Math.max(...own))}, mean ${short(mean)}`;
    }
    const counts = dataset.classes.map((_, k) => ys.filter((y) => y === k).length);
    const present = [...counts.keys()].filter((k) => counts[k] > 0);
    const named = present
      .slice(0, MOST_COUNTED)
      .map((k) => `${target} = ${nameOf(dataset.classes[k])}: ${whole(counts[k])}`);
    const more = present.length > MOST_COUNTED ? `, ${present.length - MOST_COUNTED} classes more` : '';
    const wrong = examples.filter((example) => models.wrong.value[example] > 0).length;
    return `${named.join(', ')}${more}; predicted wrongly: ${whole(wrong)}`;
  }
}
