import type { ReadonlySignal } from '@preact/signals';
import type { ModelView } from '../../src/protocol/modelPage';
import { Canvas } from '../ui/canvas';
import { drawShape } from '../ui/shapes';
import { classColour, css, type Palette } from '../ui/theme';

/** A longer legend helps nobody. */
const MOST = 24;

/** The classes of a model with their marks. */
export function ClassLegend({
  model: { labels, target },
  palette,
}: {
  readonly model: ModelView;
  readonly palette: ReadonlySignal<Palette>;
}) {
  if (labels.length === 0) return null;
  return (
    <ul class="legend">
      {labels.slice(0, MOST).map((label, k) => (
        <li key={k}>
          <Canvas
            class="shape"
            aria-hidden="true"
            draw={(pen, width, height) => {
              pen.fillStyle = css(classColour(palette.value, k));
              drawShape(pen, k, width / 2, height / 2, 4);
              pen.fill();
            }}
          />
          {target} = {label}
        </li>
      ))}
      {labels.length > MOST && <li>and {labels.length - MOST} more</li>}
    </ul>
  );
}
