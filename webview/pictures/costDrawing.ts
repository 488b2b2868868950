import {
  Chart,
  Filler,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  Tooltip,
  type Plugin,
} from 'chart.js';
import type { Signal } from '@preact/signals';
import { short, whole } from '../../src/core/format';
import type { CurvePoint } from '../../src/core/history';
import { curveOf, isEdge, linesOf, type Point } from '../model/curve';
import type { LensContext } from '../ui/context';

Chart.register(
  LineController,
  LineElement,
  PointElement,
  LinearScale,
  LogarithmicScale,
  Tooltip,
  Legend,
  Filler,
);

/** The chart of the cost curve. */
export type CostLine = Chart<'line', Point[]>;

/** The points of the curve, and the state of now. */
export const shownCurve = ({ run }: LensContext): readonly CurvePoint[] =>
  curveOf(run.points.value, run.measure.value);

/** Shows a point as if the pointer were on it. */
export function point(chart: CostLine | undefined, index: number | null): void {
  if (!chart?.tooltip) return;
  const elements =
    index === null ? [] : chart.data.datasets.slice(0, 1).map((_, datasetIndex) => ({ datasetIndex, index }));
  chart.tooltip.setActiveElements(elements, { x: 0, y: 0 });
  chart.update('none');
}

/** Vertical lines where a live setting changed, each with its text. */
const editLines = ({ run, palette }: LensContext): Plugin<'line'> => ({
  id: 'edits',
  afterDatasetsDraw({ ctx, chartArea, scales }) {
    ctx.save();
    ctx.font = '11px sans-serif';
    ctx.textBaseline = 'top';
    run.live.value.edits.forEach(({ epoch, text }, k) => {
      const x = scales['x'].getPixelForValue(epoch);
      if (x < chartArea.left - 1 || x > chartArea.right + 1) return;
      ctx.strokeStyle = palette.value.mark;
      ctx.setLineDash([4, 3]);
      ctx.beginPath();
      ctx.moveTo(x, chartArea.top);
      ctx.lineTo(x, chartArea.bottom);
      ctx.stroke();
      const right = x + 4 + ctx.measureText(text).width > chartArea.right;
      ctx.textAlign = right ? 'right' : 'left';
      const at = { x: x + (right ? -4 : 4), y: chartArea.top + 2 + (k % 5) * 14 };
      ctx.setLineDash([]);
      ctx.lineWidth = 3;
      ctx.strokeStyle = palette.value.background;
      ctx.strokeText(text, at.x, at.y);
      ctx.lineWidth = 1;
      ctx.fillStyle = palette.value.text;
      ctx.fillText(text, at.x, at.y);
    });
    ctx.restore();
  },
});

/** An empty chart; `pointed` follows the pointer on it. */
export function create(
  canvas: HTMLCanvasElement,
  context: LensContext,
  pointed: Signal<number | null>,
): CostLine {
  return new Chart<'line', Point[]>(canvas, {
    type: 'line',
    data: { datasets: [] },
    plugins: [editLines(context)],
    options: {
      animation: false,
      maintainAspectRatio: false,
      parsing: false,
      normalized: true,
      interaction: { mode: 'nearest', axis: 'x', intersect: false },
      elements: { point: { radius: 0, hitRadius: 0 }, line: { borderWidth: 1.75 } },
      onHover: (_, items) =>
        (pointed.value = items.find(({ datasetIndex }) => datasetIndex === 0)?.index ?? null),
      plugins: {
        legend: {
          labels: {
            ...{ boxHeight: 0, boxWidth: 18, padding: 8 },
            filter: ({ datasetIndex = 0 }, { datasets }) => !isEdge(datasets[datasetIndex]),
          },
        },
        tooltip: {
          filter: ({ dataset }) => !isEdge(dataset),
          callbacks: {
            title: ([item]) => (item ? `Epoch ${whole(item.parsed.x ?? 0)}` : ''),
            label: ({ dataset, parsed }) => `${dataset.label}: ${short(parsed.y ?? NaN)}`,
          },
        },
      },
      scales: {
        x: { type: 'linear', min: 0, ticks: { maxTicksLimit: 6 }, title: { display: false } },
        y: { type: 'linear', ticks: { maxTicksLimit: 6 } },
      },
    },
  });
}

/** Gives the chart what the run and the choices are now. */
export function update(chart: CostLine, context: LensContext): void {
  const { run, palette, choices } = context;
  const curve = shownCurve(context);
  chart.data.datasets = linesOf(curve, run.ghost.value, palette.value);
  const { text, muted, grid } = palette.value;
  const { options } = chart;
  options.color = text;
  const axis = {
    ticks: { color: muted, maxTicksLimit: 6, maxRotation: 0, includeBounds: false },
    grid: { color: grid },
    border: { color: grid },
  };
  const last = Math.max(1, curve.at(-1)?.epoch ?? 1, run.ghost.value.at(-1)?.epoch ?? 1);
  options.scales = {
    x: { ...axis, type: 'linear', min: 0, max: last },
    y: { ...axis, type: choices.logScale.value ? 'logarithmic' : 'linear' },
  };
  chart.update('none');
}
