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
  type ChartOptions,
  type Plugin,
} from 'chart.js';
import type { Signal } from '@preact/signals';
import { short, whole } from '../../src/core/format';
import type { CurvePoint } from '../../src/core/history';
import {
  curveOf,
  isEdge,
  linesOf,
  spansPowersOfTen,
  type CurveLine,
  type Overlay,
  type Point,
} from '../model/curve';
import { runName } from '../model/otherRuns';
import { chartDrawing } from '../ui/chartDrawing';
import type { LensContext } from '../ui/context';
import type { Draw } from '../ui/pen';
import { classColour, css } from '../ui/theme';

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
  curveOf(run.points.value, run.measureNow.value);

/** Shows a point as if the pointer were on it. */
export function point(chart: CostLine | undefined, index: number | null): void {
  if (!chart?.tooltip) return;
  const elements =
    index === null ? [] : chart.data.datasets.slice(0, 1).map((_, datasetIndex) => ({ datasetIndex, index }));
  chart.tooltip.setActiveElements(elements, { x: 0, y: 0 });
  chart.update('none');
}

/** Room for the numbers of the marks, above the curve. */
const MARKS = 16;

/** Vertical lines where a live setting changed, each with the number that the list below has of it. */
const editLines = ({ run, palette }: LensContext): Plugin<'line'> => ({
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
      if (x < chartArea.left - 1 || x > chartArea.right + 1) return;
      ctx.strokeStyle = mark;
      ctx.setLineDash([4, 3]);
      ctx.beginPath();
      ctx.moveTo(x, chartArea.top);
      ctx.lineTo(x, chartArea.bottom);
      ctx.stroke();
      ctx.setLineDash([]);
      // Numbers that would stand over one another are left to the list.
      if (x < free) return;
      const width = ctx.measureText(String(k + 1)).width + 8;
      free = x + width + 2;
      ctx.fillStyle = mark;
      ctx.fillRect(x - width / 2, chartArea.top - MARKS, width, MARKS - 2);
      ctx.fillStyle = background;
      ctx.fillText(String(k + 1), x, chartArea.top - MARKS / 2 - 1);
    });
    ctx.restore();
  },
});

/** A vertical line at the epoch that is shown, where that is not the present one. */
const shownLine = ({ run, palette }: LensContext): Plugin<'line'> => ({
  id: 'shown',
  afterDatasetsDraw({ ctx, chartArea, scales }) {
    const epoch = run.moment.value?.measure.epoch;
    if (epoch === undefined) return;
    const x = scales['x'].getPixelForValue(epoch);
    ctx.save();
    ctx.strokeStyle = palette.value.text;
    ctx.lineWidth = 1.5;
    ctx.beginPath();
    ctx.moveTo(x, chartArea.top);
    ctx.lineTo(x, chartArea.bottom);
    ctx.stroke();
    ctx.restore();
  },
});

/** A chart; `pointed` follows the pointer on it. */
export const create = (
  canvas: HTMLCanvasElement,
  context: LensContext,
  pointed: Signal<number | null>,
): CostLine =>
  new Chart<'line', Point[]>(canvas, {
    ...configurationOf(context),
    options: {
      ...optionsOf(context),
      onHover: (_, items) =>
        (pointed.value = items.find(({ datasetIndex }) => datasetIndex === 0)?.index ?? null),
    },
  });

/** The curves that are drawn beside that of the shown run. */
function overlaysOf({ run, others, choices, palette }: LensContext): Overlay[] {
  return choices.overlaid.value.flatMap((id, k) => {
    const row = others.rows.value.find((each) => each.id === id);
    const points = others.curves.value.get(id);
    if (!points || id === run.id) return [];
    return [{ name: row ? runName(row) : 'other run', colour: css(classColour(palette.value, k)), points }];
  });
}

/** Whether costs are drawn by powers of ten. A score never is. */
export function isLogarithmic(context: LensContext): boolean {
  const { costScale, curve } = context.choices;
  if (curve.value === 'score') return false;
  return costScale.value === 'auto' ? spansPowersOfTen(shownCurve(context)) : costScale.value === 'log';
}

/** Gives the chart what the run and the choices are now. */
export function update(chart: CostLine, context: LensContext): void {
  const { options } = chart;
  const { color, scales } = optionsOf(context);
  chart.data.datasets = dataOf(context);
  options.color = color;
  options.scales = scales;
  chart.update('none');
}

/** The chart as it stands alone. */
export function costDrawing(context: LensContext): Draw {
  const configuration = configurationOf(context);
  const { x, y } = configuration.options.scales;
  const title = { display: true, text: 'Epoch', color: context.palette.value.text };
  return chartDrawing({
    ...configuration,
    options: { ...configuration.options, scales: { x: { ...x, title }, y } },
  });
}

const configurationOf = (context: LensContext) => ({
  type: 'line' as const,
  data: { datasets: dataOf(context) },
  plugins: [editLines(context), shownLine(context)],
  options: optionsOf(context),
});

function dataOf(context: LensContext): CurveLine[] {
  const { run, palette, choices } = context;
  const overlays = overlaysOf(context);
  return linesOf(shownCurve(context), run.ghost.value, palette.value, choices.curve.value, overlays);
}

function optionsOf(context: LensContext) {
  const { run, palette } = context;
  const { text, muted, gridLine } = palette.value;
  const axis = {
    ticks: { color: muted, maxTicksLimit: 6, maxRotation: 0, includeBounds: false },
    grid: { color: gridLine },
    border: { color: gridLine },
  };
  const overlaid = overlaysOf(context).map(({ points }) => points);
  const ends = [shownCurve(context), run.ghost.value, ...overlaid];
  const last = Math.max(1, ...ends.map((points) => points.at(-1)?.epoch ?? 1));
  return {
    animation: false,
    maintainAspectRatio: false,
    parsing: false,
    normalized: true,
    color: text,
    interaction: { mode: 'nearest', axis: 'x', intersect: false },
    layout: { padding: { top: MARKS } },
    elements: { point: { radius: 0, hitRadius: 0 }, line: { borderWidth: 1.75 } },
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
      x: { ...axis, type: 'linear', min: 0, max: last },
      y: { ...axis, type: isLogarithmic(context) ? 'logarithmic' : 'linear' },
    },
  } satisfies ChartOptions<'line'>;
}
