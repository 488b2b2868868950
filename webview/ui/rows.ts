import { whole } from '../../src/core/format';
import type { LensContext } from './context';
import { exampleText } from './examples';

/** Chooses an example; an editor that shows the file shows its row, and the focus stays where it is. */
export function chooseRow(context: LensContext, example: number): void {
  context.choices.cursorLine.value = null;
  context.choices.example.value = example;
  show(context, example, false);
}

/** Chooses an example and goes to its row. */
export function goToRow(context: LensContext, example: number): void {
  context.choices.example.value = example;
  show(context, example, true);
}

function show({ run, send }: LensContext, example: number, focus: boolean): void {
  const line = run.sample.value?.lines[example];
  if (line !== undefined) send({ type: 'showLine', line, focus });
}

/** What the row under the editor's cursor is, while that has chosen last; else what can be done here. */
export function rowText(context: LensContext, otherwise: string): string {
  const { run, choices } = context;
  const line = choices.cursorLine.value;
  const sample = run.sample.value;
  const { dataset, sampleCount } = run.view.value;
  if (line === null || !sample || !dataset) return otherwise;
  const example = sample.lines.indexOf(line);
  if (example >= 0) return exampleText(context, example);
  return sampleCount >= dataset.trainRows + dataset.testRows
    ? `Line ${whole(line)} is no example.`
    : `Line ${whole(line)} is not among the ${whole(sampleCount)} examples that are drawn.`;
}
