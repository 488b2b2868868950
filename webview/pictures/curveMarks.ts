import type { Signal } from '@preact/signals';
import type { Plugin } from 'chart.js';
import type { LensContext } from '../ui/context';

/** Room for the numbers of the marks, above the curve. */
export const MARKS = 16;

interface Legend {
  fit(): void;
  height: number;
  readonly maxWidth: number;
  readonly maxHeight: number;
  readonly legendItems: readonly { readonly text: string }[];
}

/**
 * Room between the legend and the curve, so that no number of a mark stands on a name. The names are measured once, not
 * with each frame.
 */
export const roomForMarks: Plugin<'line'> = {
  id: 'roomForMarks',
  beforeInit(chart) {
    const { legend } = chart as unknown as { legend?: Legend };
    if (!legend) return;
    const fit = legend.fit.bind(legend);
    let fitted = '';
    legend.fit = () => {
      const names = legend.legendItems.map(({ text }) => text);
      const now = JSON.stringify([names, legend.maxWidth, legend.maxHeight]);
      if (now === fitted) return;
      fitted = now;
      fit();
      legend.height += MARKS;
    };
  },
};

/** Vertical lines where a live setting changed, each with the number that the list below has of it. */
export const editLines = ({ run, palette }: LensContext): Plugin<'line'> => ({
  id: 'edits',
  afterDatasetsDraw({ ctx, chartArea, scales }) {
    const { mark, background } = palette.value;
    ctx.save();
    ctx.font = '10px sans-serif';
    ctx.textBaseline = 'middle';
    ctx.textAlign = 'center';
    let free = -Infinity;
    run.live.value.edits.forEach(({ epoch }, k) => {
      const x = scales['x'].getPixelForValue(epoch);
      // An edit before the first epoch has no place on a logarithmic scale.
      if (!(x >= chartArea.left - 1 && x <= chartArea.right + 1)) return;
      ctx.strokeStyle = mark;
      ctx.setLineDash([4, 3]);
      ctx.beginPath();
      ctx.moveTo(x, chartArea.top);
      ctx.lineTo(x, chartArea.bottom);
      ctx.stroke();
      ctx.setLineDash([]);
      const width = ctx.measureText(String(k + 1)).width + 8;
      // At an end of the chart it stands beside its line rather than outside.
      const left = Math.max(chartArea.left, Math.min(x - width / 2, chartArea.right - width));
      // Numbers that would stand over one another are left to the list.
      if (left < free) return;
      free = left + width + 2;
      ctx.fillStyle = mark;
      ctx.fillRect(left, chartArea.top - MARKS, width, MARKS - 2);
      ctx.fillStyle = background;
      ctx.fillText(String(k + 1), left + width / 2, chartArea.top - MARKS / 2 - 1);
    });
    ctx.restore();
  },
});

/** Vertical lines at the epoch that is shown, where that is not the present one, and faintly at that pointed at. */
export const epochLines = (
  { run, palette }: LensContext,
  pointed: Signal<number | null> | null,
): Plugin<'line'> => ({
  id: 'epochs',
  afterDatasetsDraw({ ctx, chartArea, scales }) {
    const line = (epoch: number | null | undefined, colour: string, width: number) => {
      const x = typeof epoch === 'number' ? scales['x'].getPixelForValue(epoch) : NaN;
      if (!(x >= chartArea.left - 1 && x <= chartArea.right + 1)) return;
      ctx.strokeStyle = colour;
      ctx.lineWidth = width;
      ctx.beginPath();
      ctx.moveTo(x, chartArea.top);
      ctx.lineTo(x, chartArea.bottom);
      ctx.stroke();
    };
    ctx.save();
    line(run.moment.value?.measure.epoch, palette.value.text, 1.5);
    line(pointed?.peek(), palette.value.muted, 1);
    ctx.restore();
  },
});
