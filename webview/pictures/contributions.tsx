import { computed, signal } from '@preact/signals';
import { full, short, whole } from '../../src/core/format';
import type { Matrix } from '../../src/core/matrix';
import { spreadOf, type Spread } from '../../src/core/verdicts/spread';
import { rowOf } from '../../src/core/verdicts/unitFacts';
import { chosenUnit } from '../model/chosenUnit';
import { contributionsOf, type Contributions } from '../model/contributions';
import { nodeName } from '../model/diagram';
import { Canvas } from '../ui/canvas';
import { cellAfter, cellAt } from '../ui/cells';
import type { LensContext } from '../ui/context';
import { Hover } from '../ui/examples';
import type { Draw, Pen } from '../ui/pen';
import { css } from '../ui/theme';
import type { Picture } from './picture';
import { inputName } from './weights';

const ROW = 20;
const FOOT = 18;

/** A line of the picture. */
interface Line {
  readonly name: string;
  readonly spread: Spread;
  /** Its weight, where it is one input. */
  readonly weight: number | null;
}

/** What each input adds to the chosen unit's z, by its name, spread over the examples. */
export function contributionsPicture(context: LensContext): Picture {
  const { run, models, choices, palette } = context;
  const pointed = signal<number | null>(null);
  // Those of the features stay the same while they do.
  let spreads: { readonly of: Matrix; readonly rows: readonly Spread[] } | null = null;
  const spreadsOf = (A: Matrix, isStill: boolean): readonly Spread[] => {
    if (isStill && spreads?.of === A) return spreads.rows;
    const rows = Array.from({ length: A.rows }, (_, k) => spreadOf(rowOf(A, k)));
    if (isStill) spreads = { of: A, rows };
    return rows;
  };
  const drawn = computed((): { readonly lines: readonly Line[]; readonly all: Contributions } | null => {
    const unit = chosenUnit(run, choices);
    const pass = models.examples.value;
    const layer = unit && pass?.parameters[unit.layer - 1];
    if (!unit || !pass || !layer || unit.unit >= layer.W.rows) return null;
    const inputs = pass.A[unit.layer - 1];
    const z = rowOf(pass.Z[unit.layer], unit.unit);
    const all = contributionsOf(layer, inputs, spreadsOf(inputs, unit.layer === 1), z, unit.unit);
    const constant = { lowest: all.bias, highest: all.bias, mean: all.bias, deviation: 0 };
    return {
      all,
      lines: [
        ...all.largest.map(({ input, weight, spread }) => ({
          name: inputName(context, unit.layer, input),
          spread,
          weight,
        })),
        ...(all.rest
          ? [{ name: `${whole(all.rest.count)} more, together`, spread: all.rest.spread, weight: null }]
          : []),
        { name: 'b', spread: constant, weight: null },
        { name: 'z, the sum', spread: all.z, weight: null },
      ],
    };
  });
  const shown = () => drawn.value;
  const tall = (lines: number) => lines * ROW + FOOT;
  const draw: Draw = (pen, width) => {
    const current = shown();
    if (current) drawLines(pen, width, current.lines);
  };

  function drawLines(pen: Pen, width: number, lines: readonly Line[]): void {
    const colours = palette.value;
    const from = Math.min(190, Math.max(70, width * 0.32));
    const most =
      Math.max(...lines.map(({ spread }) => Math.max(Math.abs(spread.lowest), Math.abs(spread.highest)))) ||
      1;
    const middle = from + (width - from - 8) / 2;
    const scale = (width - from - 8) / 2 / (1.04 * most);
    const px = (value: number) => middle + value * scale;
    pen.lineWidth = 1;
    pen.strokeStyle = colours.grid;
    pen.beginPath();
    pen.moveTo(middle, 0);
    pen.lineTo(middle, lines.length * ROW);
    // The sum stands apart.
    pen.moveTo(0, (lines.length - 1) * ROW + 0.5);
    pen.lineTo(width, (lines.length - 1) * ROW + 0.5);
    pen.stroke();
    pen.font = '11px sans-serif';
    pen.textBaseline = 'middle';
    lines.forEach(({ name, spread: { lowest, highest, mean, deviation }, weight }, k) => {
      const y = (k + 0.5) * ROW;
      if (pointed.value === k) {
        pen.globalAlpha = 0.15;
        pen.fillStyle = colours.muted;
        pen.fillRect(0, k * ROW, width, ROW);
        pen.globalAlpha = 1;
      }
      pen.fillStyle = colours.text;
      pen.textAlign = 'right';
      pen.fillText(fitted(pen, name, from - 14), from - 8, y);
      const colour = weight === null ? colours.text : css(weight < 0 ? colours.negative : colours.positive);
      pen.strokeStyle = colour;
      pen.fillStyle = colour;
      pen.lineWidth = 1;
      pen.beginPath();
      pen.moveTo(px(lowest), y);
      pen.lineTo(px(highest), y);
      pen.stroke();
      pen.globalAlpha = 0.55;
      pen.fillRect(px(mean - deviation), y - 5, Math.max(1, 2 * deviation * scale), 10);
      pen.globalAlpha = 1;
      pen.fillStyle = colours.text;
      pen.fillRect(px(mean) - 1, y - 7, 2, 14);
    });
    pen.fillStyle = colours.muted;
    pen.textBaseline = 'top';
    const ends = Number(most.toPrecision(2));
    const below = lines.length * ROW + 4;
    pen.textAlign = 'center';
    pen.fillText('0', middle, below);
    pen.textAlign = 'left';
    pen.fillText(short(-ends), px(-most), below);
    pen.textAlign = 'right';
    pen.fillText(short(ends), px(most), below);
  }

  const pointedText = (): string => {
    const line = shown()?.lines[pointed.value ?? -1];
    if (!line) return '';
    const { name, weight, spread } = line;
    const w = weight === null ? '' : `, w = ${full(weight)}`;
    return `${name}${w}: from ${short(spread.lowest)} to ${short(spread.highest)}, mean ${full(spread.mean)}, deviation ${full(spread.deviation)}`;
  };

  return {
    name: 'contributions',
    title: () => {
      const unit = chosenUnit(run, choices);
      return `What adds up in ${unit ? nodeName(run, unit.layer, unit.unit) : 'the unit'}`;
    },
    view: () => {
      const lines = shown()?.lines.length ?? 1;
      return (
        <>
          <Canvas
            class="lines"
            draw={draw}
            tall={tall(lines)}
            role="img"
            tabIndex={0}
            aria-label="What each input adds to z: w times x over the examples, the one that varies most first. The up and down keys go through them."
            data-lines={lines}
            onMouseMove={(event) => {
              const { row } = cellAt(event, tall(lines), 1);
              pointed.value = row < lines * ROW ? Math.floor(row / ROW) : null;
            }}
            onMouseLeave={() => (pointed.value = null)}
            onBlur={() => (pointed.value = null)}
            onKeyDown={(event) => {
              const from = pointed.value === null ? null : { row: pointed.value, col: 0 };
              const to = cellAfter(event.key, from, lines, 1);
              if (!to) return;
              pointed.value = to.row;
              event.preventDefault();
            }}
          />
          <Hover text={pointedText()} otherwise="Point for exact numbers." />
        </>
      );
    },
    caption: () =>
      'Each line: w · x of one input over the examples, from its lowest to its highest; box: its mean ± its deviation. What varies most stands first. Orange: the weight is negative, blue: positive.',
    numbers: () => ({
      columns: ['Input', 'w', 'Lowest', 'Highest', 'Mean', 'Deviation'],
      rows: (shown()?.lines ?? []).map(({ name, weight, spread }) => [
        ...[name, weight ?? '', spread.lowest, spread.highest, spread.mean, spread.deviation],
      ]),
    }),
    drawing: () => {
      const lines = shown()?.lines.length;
      return lines === undefined ? null : { draw, width: 560, height: tall(lines) };
    },
  };
}

/** A text that is no wider than `width`. */
function fitted(pen: Pen, text: string, width: number): string {
  if (pen.measureText(text).width <= width) return text;
  const characters = [...text];
  while (characters.length > 1 && pen.measureText(`${characters.join('')}…`).width > width) characters.pop();
  return `${characters.join('')}…`;
}
