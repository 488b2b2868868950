import { computed, signal } from '@preact/signals';
import { full } from '../../src/core/format';
import type { ComparedView } from '../../src/protocol/compare';
import { axesOf, drawn, type PictureAxis } from '../model/comparison';
import { fitted } from '../ui/axes';
import { Canvas } from '../ui/canvas';
import type { LensContext } from '../ui/context';
import { Hover } from '../ui/examples';
import type { Draw } from '../ui/pen';
import { scoreName } from '../ui/scoreName';
import { classColour, css } from '../ui/theme';
import type { Picture } from './picture';

/** Room beside the outermost axes, for what is written on them, and above and below. */
const SIDE = 46;
const [TOP, BOTTOM] = [26, 14];

/** Settings that were compared as lines over an axis for each key, to their score: parallel coordinates. */
export function comparisonPicture({ comparison, run, choices, palette }: LensContext): Picture {
  const pointed = signal<number | null>(null);
  const view = computed(() => comparison.of(run.id));
  const score = () => scoreName({ run });
  const lines = computed(() => drawn(view.value));
  const axes = computed(() => (view.value ? axesOf(view.value, score()) : []));
  const chosen = () => lines.value.find(({ candidate }) => candidate === choices.compared.value);
  const across = (k: number, width: number) =>
    axes.value.length > 1 ? SIDE + (k / (axes.value.length - 1)) * (width - 2 * SIDE) : width / 2;
  const up = (at: number, height: number) => TOP + (1 - at) * (height - TOP - BOTTOM);

  const exact = (one: ComparedView): string => {
    const names = view.value?.keys ?? [];
    const axis = pointed.value;
    const values = names.map((name, k) =>
      k === axis ? `▸ ${name} ${one.values[k]}` : `${name} ${one.values[k]}`,
    );
    return `${values.join(', ')}: ${score()} ${full(one.score ?? NaN)}`;
  };

  const draw: Draw = (pen, width, height) => {
    const { muted, text, gridLine } = palette.value;
    pen.save();
    pen.font = '11px sans-serif';
    axes.value.forEach((axis, k) => {
      const x = across(k, width);
      pen.strokeStyle = gridLine;
      pen.beginPath();
      pen.moveTo(x, TOP);
      pen.lineTo(x, height - BOTTOM);
      pen.stroke();
      pen.fillStyle = k === pointed.value ? text : muted;
      pen.textAlign = 'center';
      pen.textBaseline = 'top';
      const room = axes.value.length > 1 ? (width - 2 * SIDE) / (axes.value.length - 1) : width;
      pen.fillText(fitted(pen, axis.name.slice(axis.name.indexOf('.') + 1), Math.min(room, 2 * SIDE)), x, 2);
    });
    const stroke = (one: ComparedView) => {
      pen.beginPath();
      axes.value.forEach((axis, k) => {
        const [x, y] = [across(k, width), up(axis.at(one), height)];
        if (k === 0) pen.moveTo(x, y);
        else pen.lineTo(x, y);
      });
      pen.stroke();
    };
    pen.strokeStyle = muted;
    pen.lineWidth = 1;
    const best = lines.value.find(({ candidate }) => candidate === (view.value?.adopted ?? -1));
    const at = chosen();
    for (const one of lines.value) if (one !== best && one !== at) stroke(one);
    pen.strokeStyle = css(classColour(palette.value, 0));
    pen.lineWidth = 2.5;
    if (best && best !== at) stroke(best);
    pen.strokeStyle = text;
    if (at) stroke(at);
    pen.lineWidth = 1;
    // Above the lines, each on a patch of its own.
    axes.value.forEach((axis, k) => writeTicks(pen, axis, across(k, width), height));
    pen.restore();
  };

  function writeTicks(pen: Parameters<Draw>[0], { ticks }: PictureAxis, x: number, height: number) {
    const { text, background } = palette.value;
    pen.textAlign = 'center';
    pen.textBaseline = 'middle';
    let free = Infinity;
    for (const { label, at } of ticks) {
      const y = up(at, height);
      // From the bottom up: one would run into the next.
      if (y > free) continue;
      free = y - 14;
      const written = fitted(pen, label, 2 * SIDE - 8);
      const half = pen.measureText(written).width / 2 + 3;
      pen.fillStyle = background;
      pen.fillRect(x - half, y - 7, 2 * half, 14);
      pen.fillStyle = text;
      pen.fillText(written, x, y);
    }
  }

  /** The line that is nearest, where the pointer is between two axes. */
  const nearest = (x: number, y: number, width: number, height: number): number | null => {
    const count = axes.value.length;
    if (count < 2) return null;
    const along = Math.min(count - 1.001, Math.max(0, ((x - SIDE) / (width - 2 * SIDE)) * (count - 1)));
    const k = Math.floor(along);
    let [found, least] = [null as number | null, Infinity];
    for (const one of lines.value) {
      const [from, to] = [axes.value[k].at(one), axes.value[k + 1].at(one)];
      const distance = Math.abs(up(from + (to - from) * (along - k), height) - y);
      if (distance < least) [found, least] = [one.candidate, distance];
    }
    return found;
  };

  const step = (by: number) => {
    const all = lines.value;
    const now = all.findIndex(({ candidate }) => candidate === choices.compared.value);
    const next = now < 0 ? 0 : Math.max(0, Math.min(all.length - 1, now + by));
    choices.compared.value = all[next]?.candidate ?? null;
  };

  return {
    name: 'comparison',
    title: () => `Settings and their ${score()}`,
    view: () => {
      const at = chosen();
      return (
        <>
          <Canvas
            class="lines"
            tall={260}
            draw={draw}
            role="img"
            tabIndex={0}
            data-lines={lines.value.length}
            aria-label={`A line for each of the settings that were compared, over an axis for each key and one for the ${score()}. Up and Down go from line to line, the best first; Left and Right from axis to axis.`}
            onClick={({ offsetX, offsetY, currentTarget: { clientWidth, clientHeight } }) => {
              const found = nearest(offsetX, offsetY, clientWidth, clientHeight);
              if (found !== null) choices.compared.value = found;
            }}
            onBlur={() => (pointed.value = null)}
            onKeyDown={(event) => {
              const move = { ArrowUp: -1, ArrowDown: 1 }[event.key];
              const turn = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
              if (move === undefined && turn === undefined) return;
              event.preventDefault();
              if (move !== undefined) step(move);
              const last = Math.max(0, axes.value.length - 1);
              if (turn !== undefined)
                pointed.value = Math.max(
                  0,
                  Math.min(last, (pointed.value ?? (turn > 0 ? -1 : last + 1)) + turn),
                );
            }}
          />
          <Hover
            text={at ? exact(at) : ''}
            otherwise="Click a line, or a row of the table, for exact numbers."
          />
        </>
      );
    },
    caption: () =>
      'Each line is one of the settings that were compared: its value of each key, and its mean score at the right. Values are evenly spaced. In colour: the one that is chosen; thick, in the colour of text: the one that is selected, here or in the table.',
    numbers: () => ({
      columns: [...(view.value?.keys ?? []), score(), 'Loss'],
      rows: lines.value.map(({ values, score: mean, loss }) => [...values, mean ?? NaN, loss ?? NaN]),
    }),
    drawing: () => (lines.value.length > 0 ? { draw, width: 640, height: 320 } : null),
  };
}
