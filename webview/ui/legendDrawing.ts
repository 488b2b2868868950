import { short } from '../../src/core/format';
import type { LensContext } from './context';
import { nameOf } from './examples';
import { textWidth } from './exportTools';
import { stacked, type Drawing, type Pen } from './pen';
import { drawShape } from './shapes';
import { classColour, css, mix, type Palette } from './theme';

// What stands beside a picture on the page, for pictures that stand alone.

const FONT = '11px sans-serif';
const LINE = 18;
const MARK = 14;
const BETWEEN = 14;
/** A legend longer than this helps nobody; all are on the page and in the file. */
const MOST_CLASSES = 100;

/** The classes with their marks, in as many lines as they need; null where the target has none. */
export function classLegend({ run, palette }: LensContext, width: number): Drawing | null {
  const { dataset } = run.view.value;
  if (!dataset || dataset.task === 'regression') return null;
  const { classes, target } = dataset;
  const names = classes.slice(0, MOST_CLASSES).map((name) => `${nameOf(target)} = ${nameOf(name)}`);
  const left = classes.length - names.length;
  const texts = left > 0 ? [...names, `and ${left} more`] : names;
  const places: { x: number; line: number }[] = [];
  let [x, line] = [0, 0];
  for (const text of texts) {
    const needed = MARK + textWidth(FONT, text);
    if (x > 0 && x + needed > width) [x, line] = [0, line + 1];
    places.push({ x, line });
    x += needed + BETWEEN;
  }
  return {
    width,
    height: (line + 1) * LINE,
    draw: (pen) =>
      texts.forEach((text, k) => {
        const y = (places[k].line + 0.5) * LINE;
        if (k < names.length) {
          pen.fillStyle = css(classColour(palette.value, k));
          drawShape(pen, k, places[k].x + 5, y, 4);
          pen.fill();
        }
        write(pen, palette.value, text, places[k].x + MARK, y);
      }),
  };
}

/** A drawing with the classes below it. */
export function withClasses(context: LensContext, drawing: Drawing): Drawing {
  const legend = classLegend(context, drawing.width);
  return legend ? stacked([drawing, legend]) : drawing;
}

/** A diverging scale; its middle has the neutral colour. */
export function scaleLegend(palette: Palette, low: number, high: number, of = ''): Drawing {
  const left = `${of && `${of}  `}${short(low)}`;
  const right = short(high);
  const from = textWidth(FONT, left) + 6;
  return {
    width: from + 126 + textWidth(FONT, right),
    height: LINE,
    draw: (pen) => {
      write(pen, palette, left, 0, LINE / 2);
      for (let step = 0; step < 120; step++) {
        const t = (step + 0.5) / 60 - 1;
        pen.fillStyle = css(mix(palette.neutral, t < 0 ? palette.negative : palette.positive, Math.abs(t)));
        // Over the next one's beginning, so that no gap is seen between them.
        pen.fillRect(from + step, 5, step < 119 ? 1.5 : 1, 8);
      }
      pen.lineWidth = 1;
      pen.strokeStyle = palette.grid;
      pen.strokeRect(from + 0.5, 5.5, 119, 7);
      write(pen, palette, right, from + 126, LINE / 2);
    },
  };
}

/** One line of text. */
export const lineOfText = (palette: Palette, text: string): Drawing => ({
  width: textWidth(FONT, text),
  height: LINE,
  draw: (pen) => write(pen, palette, text, 0, LINE / 2),
});

function write(pen: Pen, { text: colour }: Palette, text: string, x: number, y: number): void {
  pen.font = FONT;
  pen.textAlign = 'left';
  pen.textBaseline = 'middle';
  pen.fillStyle = colour;
  pen.fillText(text, x, y);
}
