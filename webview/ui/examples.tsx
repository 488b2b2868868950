import { drawShape, useCanvas } from './canvas';
import { short } from '../../src/core/format';
import { run, sample } from '../store';
import { classColour, css, palette } from './theme';

/** The exact numbers under the pointer. */
export function Hover({ text, otherwise }: { text: string; otherwise: string }) {
  return (
    <p class={text ? 'hover' : 'hover empty'} aria-live="polite">
      {text || otherwise}
    </p>
  );
}

/** How many examples the pictures show, and how they were chosen. */
export function sampleCaption(): string {
  const { dataset, sampleCount } = run.value ?? {};
  if (!dataset) return '';
  const all = dataset.trainRows + dataset.testRows;
  return sampleCount === undefined || sampleCount >= all
    ? `All ${all} examples.`
    : `${sampleCount} of ${all} examples, ${dataset.classes.length > 0 ? 'stratified by class and ' : ''}chosen by the seed.`;
}

/** The classes of the target, each with its mark. */
export function Legend() {
  const { dataset } = run.value ?? {};
  if (!dataset || dataset.task === 'regression') return null;
  return (
    <ul class="legend">
      {dataset.classes.slice(0, 12).map((text, k) => (
        <li key={text}>
          <Shape k={k} />
          {dataset.target} = {text}
        </li>
      ))}
      {dataset.classes.length > 12 && <li>and {dataset.classes.length - 12} more</li>}
    </ul>
  );
}

/** A class's mark, as in the map. */
export function Shape({ k }: { k: number }) {
  const colour = css(classColour(palette.value, k));
  const canvas = useCanvas((context, width, height) => {
    context.clearRect(0, 0, width, height);
    context.fillStyle = colour;
    drawShape(context, k, width / 2, height / 2, 4);
    context.fill();
  });
  return <canvas class="shape" key={colour} ref={canvas} aria-hidden="true" />;
}

/** `Line 17: petal = 1 (test)`. */
export function exampleText(j: number): string {
  const { dataset } = run.value ?? {};
  const current = sample.value;
  if (!dataset || !current) return '';
  const value =
    dataset.task === 'regression'
      ? short(current.y[j] * dataset.targetScale.deviation + dataset.targetScale.mean)
      : dataset.classes[current.y[j]];
  return `Line ${current.lines[j]}: ${dataset.target} = ${value}${current.test[j] ? ' (test)' : ''}`;
}
