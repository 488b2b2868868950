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
} from 'chart.js';
import type { Signal } from '@preact/signals';
import { short, whole } from '../../src/core/format';
import { isEdge, type CurveLine, type Point } from '../model/curve';
import { chartDrawing } from '../ui/chartDrawing';
import type { LensContext } from '../ui/context';
import type { Draw } from '../ui/pen';
import { dataOf, isLogarithmic, overlaysOf, screenData, windowsOf, type CostLine } from './curveData';
import { editLines, epochLines, roomForMarks } from './curveMarks';

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

/** A chart; `pointed` follows the pointer on it. */
export const create = (
  canvas: HTMLCanvasElement,
  context: LensContext,
  pointed: Signal<number | null>,
): CostLine => {
  let last: unknown = null;
  return new Chart<'line', Point[]>(canvas, {
    ...configurationOf(context, screenData(context), pointed),
    options: {
      ...optionsOf(context),
      onHover: ({ native }, items, chart) => {
        // Each drawing tells of the pointer anew, which may rest while keys lead.
        if (native === last) return;
        last = native;
        const index = items.find(({ datasetIndex }) => datasetIndex === 0)?.index;
        const [first] = chart.data.datasets as CurveLine[];
        pointed.value = index === undefined ? null : (first.data[index]?.x ?? null);
      },
    },
  });
};

/** Gives the chart what the run and the choices are now. */
export function update(chart: CostLine, context: LensContext): void {
  const { options } = chart;
  const { color, scales, plugins } = optionsOf(context);
  const lines = screenData(context);
  const present = chart.data.datasets;
  // For a line that stays the same one the chart need not be made ready anew.
  const isSame = ({ label, order, fill }: CurveLine, k: number) =>
    label === present[k].label && order === present[k].order && fill === present[k].fill;
  if (lines.length === present.length && lines.every(isSame)) {
    lines.forEach((line, k) => Object.assign(present[k], line));
  } else chart.data.datasets = lines;
  options.color = color;
  options.scales = scales;
  if (options.plugins) options.plugins.tooltip = plugins.tooltip;
  chart.update('none');
}

/** The chart as it stands alone. */
export function costDrawing(context: LensContext): Draw {
  const configuration = configurationOf(context, dataOf(context));
  const { x, y } = configuration.options.scales;
  const title = { display: true, text: 'Epoch', color: context.palette.value.text };
  return chartDrawing({
    ...configuration,
    options: { ...configuration.options, scales: { x: { ...x, title }, y } },
  });
}

const configurationOf = (
  context: LensContext,
  datasets: CurveLine[],
  pointed: Signal<number | null> | null = null,
) => ({
  type: 'line' as const,
  data: { datasets },
  plugins: [roomForMarks, editLines(context), epochLines(context, pointed)],
  options: optionsOf(context),
});

function optionsOf(context: LensContext) {
  const { text, muted, gridLine } = context.palette.value;
  const axis = {
    ticks: { color: muted, maxTicksLimit: 6, maxRotation: 0, includeBounds: false },
    grid: { color: gridLine },
    border: { color: gridLine },
  };
  const { shown } = windowsOf(context);
  const isByDecades = context.choices.epochScale.value === 'log';
  return {
    animation: false,
    maintainAspectRatio: false,
    parsing: false,
    normalized: true,
    color: text,
    interaction: { mode: 'nearest', axis: 'x', intersect: false },
    elements: { point: { radius: 0, hitRadius: 0 }, line: { borderWidth: 1.75 } },
    plugins: {
      legend: {
        labels: {
          // A flat box is drawn there and back: at this width the dashes of both ways fall together, else they fill the gaps.
          ...{ boxHeight: 0, boxWidth: 21, padding: 8 },
          filter: ({ datasetIndex = 0 }, { datasets }) => !isEdge(datasets[datasetIndex]),
        },
      },
      tooltip: {
        // Its own numbers stand below the chart; those of other runs do not.
        enabled: overlaysOf(context).length > 0,
        filter: ({ dataset }) => !isEdge(dataset),
        callbacks: {
          title: ([item]) => (item ? `Epoch ${whole(item.parsed.x ?? 0)}` : ''),
          label: ({ dataset, parsed }) => `${dataset.label}: ${short(parsed.y ?? NaN)}`,
        },
      },
    },
    scales: {
      x: { ...axis, type: isByDecades ? 'logarithmic' : 'linear', min: shown.from, max: shown.to },
      y: { ...axis, type: isLogarithmic(context) ? 'logarithmic' : 'linear' },
    },
  } satisfies ChartOptions<'line'>;
}
