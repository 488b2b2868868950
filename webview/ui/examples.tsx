import { useSignal } from '@preact/signals';
import { count, cut, short, whole } from '../../src/core/format';
import { inOwnUnit } from '../../src/core/scale';
import { Canvas } from './canvas';
import type { LensContext } from './context';
import { drawShape } from './shapes';
import { classColour, css } from './theme';

const MOST_LISTED = 12;
/** Names of classes and columns in a line of a picture. */
const LONGEST_NAME = 40;

/** A list of ten thousand names would take seconds to open. */
export const MOST_FEATURES = 500;

export const nameOf = (text: string): string => cut(text, LONGEST_NAME);

/** The exact numbers under the pointer, or where the keys have led. */
export function Hover({ text, otherwise }: { text: string; otherwise: string }) {
  return (
    <p class={text ? 'hover' : 'hover empty'} aria-live="polite">
      {text || otherwise}
    </p>
  );
}

/** How many examples the pictures show, and how they were chosen. */
export function sampleCaption({ run }: LensContext): string {
  const { dataset, sampleCount } = run.view.value;
  if (!dataset) return '';
  const all = dataset.trainRows + dataset.testRows;
  return sampleCount >= all
    ? `All ${count(all, 'example')}.`
    : `${whole(sampleCount)} of ${count(all, 'example')}, ${dataset.classes.length > 0 ? 'stratified by class and ' : ''}chosen by the seed.`;
}

/** The classes of the target, each with its mark: the first of many, and the rest once somebody asks. */
export function Legend({ context }: { context: LensContext }) {
  const isOpen = useSignal(false);
  const { dataset } = context.run.view.value;
  if (!dataset || dataset.task === 'regression') return null;
  const { classes, target } = dataset;
  const shown = isOpen.value ? classes : classes.slice(0, MOST_LISTED);
  return (
    <ul class="legend">
      {shown.map((text, k) => (
        <li key={text}>
          <Shape context={context} k={k} />
          {nameOf(target)} = {nameOf(text)}
        </li>
      ))}
      {classes.length > MOST_LISTED && (
        <li>
          <button class="link" aria-expanded={isOpen.value} onClick={() => (isOpen.value = !isOpen.value)}>
            {isOpen.value ? 'fewer' : `and ${classes.length - MOST_LISTED} more`}
          </button>
        </li>
      )}
    </ul>
  );
}

/** A class's mark, as in the map. */
function Shape({ context: { palette }, k }: { context: LensContext; k: number }) {
  return (
    <Canvas
      class="shape"
      aria-hidden="true"
      draw={(context, width, height) => {
        context.fillStyle = css(classColour(palette.value, k));
        drawShape(context, k, width / 2, height / 2, 4);
        context.fill();
      }}
    />
  );
}

/** `Line 17: petal = 1 (test)`. */
export function exampleText({ run }: LensContext, j: number): string {
  const { dataset } = run.view.value;
  const sample = run.sample.value;
  if (!dataset || !sample) return '';
  const value =
    dataset.task === 'regression'
      ? short(inOwnUnit(sample.y[j], dataset.targetScale))
      : nameOf(dataset.classes[sample.y[j]] ?? '');
  return `Line ${whole(sample.lines[j])}: ${nameOf(dataset.target)} = ${value}${sample.test[j] ? ' (test)' : ''}`;
}
