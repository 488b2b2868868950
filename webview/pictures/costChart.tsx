import {
  Chart,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  Tooltip,
  type ChartDataset,
  type Plugin,
} from 'chart.js';
import { useEffect, useRef } from 'preact/hooks';
import { useSignalEffect } from '@preact/signals';
import { full, short } from '../../src/core/format';
import { logScale, points, remember, run } from '../store';
import { palette } from '../ui/theme';

Chart.register(LineController, LineElement, PointElement, LinearScale, LogarithmicScale, Tooltip, Legend);

interface Point {
  x: number;
  y: number;
}

/** Vertical lines where a live setting changed, each with its text. */
const marks: Plugin<'line'> = {
  id: 'marks',
  afterDatasetsDraw({ ctx, chartArea, scales }) {
    const list = run.value?.marks ?? [];
    ctx.save();
    ctx.font = '11px sans-serif';
    ctx.textBaseline = 'top';
    list.forEach(({ epoch, text }, k) => {
      const x = scales['x'].getPixelForValue(epoch);
      if (x < chartArea.left - 1 || x > chartArea.right + 1) return;
      ctx.strokeStyle = palette.value.mark;
      ctx.setLineDash([4, 3]);
      ctx.beginPath();
      ctx.moveTo(x, chartArea.top);
      ctx.lineTo(x, chartArea.bottom);
      ctx.stroke();
      const right = x > (chartArea.left + chartArea.right) / 2;
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
};

/** The cost over the epochs, of the training and the test set. */
export function CostChart() {
  const canvas = useRef<HTMLCanvasElement>(null);
  const chart = useRef<Chart<'line', Point[]> | undefined>(undefined);

  useEffect(() => {
    if (!canvas.current) return undefined;
    chart.current = create(canvas.current);
    update(chart.current);
    return () => chart.current?.destroy();
  }, []);
  useSignalEffect(() => {
    // All that the chart draws is read here, so that the effect follows it.
    void [points.value, run.value, palette.value, logScale.value];
    if (chart.current) update(chart.current);
  });

  const current = run.value?.measure;
  return (
    <section class="card cost">
      <h2>
        Cost
        <label class="inline">
          <input
            type="checkbox"
            checked={logScale.value}
            onChange={({ currentTarget }) => {
              logScale.value = currentTarget.checked;
              remember();
            }}
          />
          log scale
        </label>
      </h2>
      <div class="chart">
        <canvas
          ref={canvas}
          role="img"
          aria-label={
            current
              ? `Cost curve up to epoch ${current.epoch}: training ${short(current.trainCost)}` +
                (current.testCost === null ? '' : `, test ${short(current.testCost)}`)
              : 'Cost curve'
          }
          data-points={points.value.length}
          data-marks={run.value?.marks.map(({ epoch, text }) => `${epoch}: ${text}`).join('\n')}
        />
      </div>
      {(run.value?.marks.length ?? 0) > 0 && (
        <ul class="marks">
          {run.value?.marks.map(({ epoch, text }) => (
            <li key={`${epoch} ${text}`}>
              Epoch {epoch}: {text}
            </li>
          ))}
        </ul>
      )}
      <CostTable />
    </section>
  );
}

/** Twenty points of the curve as numbers. */
function CostTable() {
  const all = points.value;
  const step = Math.max(1, Math.ceil(all.length / 20));
  const rows = all.filter((_, k) => k % step === 0 || k === all.length - 1);
  const withTest = all.some(({ testCost }) => testCost !== null);
  return (
    <details>
      <summary>As a table</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">Epoch</th>
            <th scope="col">Training</th>
            {withTest && <th scope="col">Test</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ epoch, trainCost, testCost }) => (
            <tr key={epoch}>
              <td>{epoch}</td>
              <td>{full(trainCost)}</td>
              {withTest && <td>{testCost === null ? '' : full(testCost)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function create(canvas: HTMLCanvasElement): Chart<'line', Point[]> {
  return new Chart<'line', Point[]>(canvas, {
    type: 'line',
    data: { datasets: [] },
    plugins: [marks],
    options: {
      animation: false,
      maintainAspectRatio: false,
      parsing: false,
      normalized: true,
      interaction: { mode: 'nearest', axis: 'x', intersect: false },
      elements: { point: { radius: 0, hitRadius: 0 }, line: { borderWidth: 1.75 } },
      plugins: {
        legend: { labels: { boxHeight: 0, boxWidth: 18, padding: 8 } },
        tooltip: {
          callbacks: {
            title: ([item]) => (item ? `Epoch ${item.parsed.x}` : ''),
            label: ({ dataset, parsed }) => `${dataset.label}: ${full(parsed.y ?? NaN)}`,
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

function update(chart: Chart<'line', Point[]>): void {
  const { text, muted, grid, train, test } = palette.value;
  const current = run.value?.measure;
  const all = points.value;
  const withNow = current && current.epoch > (all.at(-1)?.epoch ?? -1) ? [...all, current] : all;
  const line = (
    label: string,
    colour: string,
    dash: number[],
    data: Point[],
  ): ChartDataset<'line', Point[]> => ({
    label,
    data,
    borderColor: colour,
    backgroundColor: colour,
    borderDash: dash,
  });
  chart.data.datasets = [
    line(
      'Training',
      train,
      [],
      withNow.map((m) => ({ x: m.epoch, y: m.trainCost })),
    ),
  ];
  if (withNow.some(({ testCost }) => testCost !== null)) {
    const data = withNow.flatMap(({ epoch, testCost }) =>
      testCost === null ? [] : [{ x: epoch, y: testCost }],
    );
    chart.data.datasets.push(line('Test', test, [6, 3], data));
  }
  const { options } = chart;
  options.color = text;
  const axis = {
    ticks: { color: muted, maxTicksLimit: 6, maxRotation: 0 },
    grid: { color: grid },
    border: { color: grid },
  };
  options.scales = {
    x: { ...axis, type: 'linear', min: 0, max: Math.max(1, withNow.at(-1)?.epoch ?? 1) },
    y: { ...axis, type: logScale.value ? 'logarithmic' : 'linear' },
  };
  chart.update('none');
}
