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
import { useSignal, useSignalEffect, type Signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { full, short, whole } from '../../src/core/format';
import type { CurvePoint } from '../../src/core/history';
import type { Measure } from '../../src/core/trainer';
import { curveNumbers, curveOf, hasBand, isEdge, linesOf, type Point } from '../model/curve';
import { cellAfter } from '../ui/cells';
import type { LensContext } from '../ui/context';
import { Hover } from '../ui/examples';
import type { Picture } from './picture';

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

type CostLine = Chart<'line', Point[]>;

/** The cost over the epochs, of the training and the test set, and of the run that this one replaced. */
export function costPicture(context: LensContext): Picture {
  const { run, choices } = context;
  let chart: CostLine | undefined;
  return {
    name: 'cost',
    title: () => 'Cost',
    controls: () => (
      <label>
        <input
          type="checkbox"
          checked={choices.logScale.value}
          onChange={({ currentTarget }) => (choices.logScale.value = currentTarget.checked)}
        />
        log scale
      </label>
    ),
    view: () => <View context={context} keep={(made) => (chart = made)} />,
    caption: () => {
      const { edits } = run.live.value;
      return (
        <>
          The cost of both sets after each epoch{run.ghost.value.length > 0 && '; faint: the run before'}
          {hasBand(run.points.value) && '; shaded: from the lowest to the highest between two points'}.
          {edits.length > 0 && (
            <ul class="marks">
              {edits.map(({ epoch, text }, k) => (
                <li key={k}>
                  Epoch {whole(epoch)}: {text}
                </li>
              ))}
            </ul>
          )}
        </>
      );
    },
    numbers: () => curveNumbers(shownCurve(context)),
    image: () => copyOf(chart?.canvas),
  };
}

/** The points of the curve, and the state of now. */
const shownCurve = ({ run }: LensContext): readonly CurvePoint[] =>
  curveOf(run.points.value, run.measure.value);

function copyOf(canvas: HTMLCanvasElement | undefined): HTMLCanvasElement | null {
  if (!canvas || canvas.width === 0) return null;
  const copy = document.createElement('canvas');
  copy.width = canvas.width;
  copy.height = canvas.height;
  copy.getContext('2d')?.drawImage(canvas, 0, 0);
  return copy;
}

function View({ context, keep }: { context: LensContext; keep(chart: CostLine | undefined): void }) {
  const { run, palette, choices } = context;
  const canvas = useRef<HTMLCanvasElement>(null);
  const chart = useRef<CostLine | undefined>(undefined);
  const pointed = useSignal<number | null>(null);

  useEffect(() => {
    if (!canvas.current) return undefined;
    chart.current = create(canvas.current, context, pointed);
    keep(chart.current);
    update(chart.current, context);
    return () => {
      chart.current?.destroy();
      keep(undefined);
    };
  }, []);
  useSignalEffect(() => {
    // All that the chart draws is read here, so that the effect follows it.
    void [run.points.value, run.live.value, run.ghost.value, palette.value, choices.logScale.value];
    if (chart.current) update(chart.current, context);
  });

  const now = run.measure.value;
  const edits = run.live.value.edits;
  return (
    <>
      <div class="chart">
        <canvas
          ref={canvas}
          role="img"
          tabIndex={0}
          aria-label={now ? `Cost curve up to ${measureText(now)}. Arrow keys go along it.` : 'Cost curve'}
          data-points={run.points.value.length}
          data-band={hasBand(run.points.value)}
          data-ghost={run.ghost.value.length}
          data-marks={edits.map(({ epoch, text }) => `${epoch}: ${text}`).join('\n')}
          onKeyDown={(event) => {
            const count = shownCurve(context).length;
            const from = pointed.value === null ? null : { row: 0, col: pointed.value };
            const to = cellAfter(event.key, from, 1, count);
            if (!to || count === 0) return;
            event.preventDefault();
            pointed.value = to.col;
            point(chart.current, to.col);
          }}
          onBlur={() => {
            pointed.value = null;
            point(chart.current, null);
          }}
          onMouseLeave={() => (pointed.value = null)}
        />
      </div>
      <Pointed context={context} pointed={pointed} />
    </>
  );
}

function Pointed({ context, pointed }: { context: LensContext; pointed: Signal<number | null> }) {
  const measure = pointed.value === null ? undefined : shownCurve(context)[pointed.value];
  return <Hover text={measure ? exactText(measure) : ''} otherwise="Point at the curve for exact numbers." />;
}

const measureText = ({ epoch, trainCost, testCost }: Measure) =>
  `epoch ${whole(epoch)}: training ${short(trainCost)}${testCost === null ? '' : `, test ${short(testCost)}`}`;
const exactText = ({ epoch, trainCost, testCost }: Measure) =>
  `Epoch ${whole(epoch)}: training ${full(trainCost)}${testCost === null ? '' : `, test ${full(testCost)}`}`;

/** Shows a point as if the pointer were on it. */
function point(chart: CostLine | undefined, index: number | null): void {
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

function create(canvas: HTMLCanvasElement, context: LensContext, pointed: Signal<number | null>): CostLine {
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

function update(chart: CostLine, context: LensContext): void {
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
