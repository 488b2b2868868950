import { useSignal } from '@preact/signals';
import { BOTTOM, drawAxes, LEFT, RIGHT, TOP } from '../model/axes';
import { drawShape, heatmap, useCanvas } from '../ui/canvas';
import { exampleText, Hover, Legend, sampleCaption } from '../ui/examples';
import { full, short } from '../../src/core/format';
import { grid, outputAt, plane, type Axis } from '../model/grid';
import { axes, example, features, remember, run, sample, showLine } from '../store';
import { classColour, css, diverging, mix, palette, type Rgb } from '../ui/theme';

const RADIUS = 3;

/** What the network answers over the plane of two features, with the examples on it. */
export function OutputMap() {
  const hover = useSignal('');
  const canvas = useCanvas(draw);
  const current = plane.value;
  const { dataset, network } = run.value ?? {};
  if (!current || !dataset || !network) return null;

  const toValue = (event: MouseEvent) => {
    const { left, top, width, height } = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const across = (event.clientX - left - LEFT) / (width - LEFT - RIGHT);
    const up = 1 - (event.clientY - top - TOP) / (height - TOP - BOTTOM);
    return { across, up, width, height };
  };
  const onMove = (event: MouseEvent) => {
    const { across, up, width, height } = toValue(event);
    if (across < 0 || across > 1 || up < 0 || up > 1) {
      hover.value = '';
      return;
    }
    const x = current.x.from + across * (current.x.to - current.x.from);
    const y = current.y ? current.y.from + up * (current.y.to - current.y.from) : 0;
    const near = nearest(x, y, width, height);
    const where = `${current.x.name} ${short(x)}${current.y ? `, ${current.y.name} ${short(y)}` : ''}`;
    hover.value = `${where}: ${answerText(outputAt(x, y))}${near === null ? '' : `. ${exampleText(near)}`}`;
  };
  const onClick = (event: MouseEvent) => {
    const { across, up, width, height } = toValue(event);
    const x = current.x.from + across * (current.x.to - current.x.from);
    const y = current.y ? current.y.from + up * (current.y.to - current.y.from) : 0;
    const near = nearest(x, y, width, height);
    if (near === null) return;
    if (event.detail > 1) showLine(sample.value?.lines[near] ?? 1);
    example.value = near;
    remember();
  };
  const choose = (which: 0 | 1) => (event: Event) => {
    const value = Number((event.currentTarget as HTMLSelectElement).value);
    const [first, second] = axes.value;
    const other = which === 0 ? second : first;
    const swapped = value === other ? axes.value[which] : other;
    axes.value = which === 0 ? [value, swapped] : [swapped, value];
    remember();
  };
  const choices = features.value.slice(0, 500);
  return (
    <section class="card output">
      <h2>
        Output
        {features.value.length > 2 && (
          <span class="inline">
            {([0, 1] as const).map((which) => (
              <select
                key={which}
                aria-label={which === 0 ? 'Feature across' : 'Feature up'}
                value={axes.value[which]}
                onChange={choose(which)}
              >
                {choices.map(({ name }, i) => (
                  <option key={name} value={i}>
                    {name}
                  </option>
                ))}
              </select>
            ))}
          </span>
        )}
      </h2>
      <canvas
        class="map"
        ref={canvas}
        role="img"
        data-boundary={grid.value ? 'drawn' : ''}
        aria-label={`What the network predicts for ${dataset.target} over ${current.x.name}${current.y ? ` and ${current.y.name}` : ''}`}
        onMouseMove={onMove}
        onMouseLeave={() => (hover.value = '')}
        onClick={onClick}
      />
      <Legend />
      <Hover text={hover.value} otherwise="Hover for exact numbers; click an example to follow it." />
      <p class="caption">
        {sampleCaption()}
        {dataset.testRows > 0 && ' Hollow: the test set.'}
        {features.value.length > 2 &&
          ' The other features are at their mean, so examples may lie off this plane.'}
      </p>
    </section>
  );
}

/** `petal = 1 with 0.9312`, or the number in the target's own unit. */
function answerText(output: Float64Array | null): string {
  const { dataset, network } = run.value ?? {};
  if (!output || !dataset || !network) return '';
  switch (network.output) {
    case 'linear':
      return `${dataset.target} = ${full(output[0] * dataset.targetScale.deviation + dataset.targetScale.mean)}`;
    case 'sigmoid':
      return `P(${dataset.target} = ${dataset.classes[1]}) = ${full(output[0])}`;
    case 'softmax': {
      const best = output.indexOf(Math.max(...output));
      return `P(${dataset.target} = ${dataset.classes[best]}) = ${full(output[best])}`;
    }
    default:
      return network.output satisfies never;
  }
}

function unscaled(feature: number, j: number): number {
  const current = sample.value;
  const { mean, deviation } = features.value[feature];
  return current ? current.X.data[feature * current.X.cols + j] * deviation + mean : NaN;
}

/** The example within 8 pixels of a point, or null. */
function nearest(x: number, y: number, width: number, height: number): number | null {
  const current = plane.value;
  const examples = sample.value;
  if (!current || !examples) return null;
  const [perX, range] = [(width - LEFT - RIGHT) / (current.x.to - current.x.from), verticalRange(current.y)];
  const perY = (height - TOP - BOTTOM) / (range.to - range.from);
  let best: number | null = null;
  let least = 64;
  for (let j = 0; j < examples.y.length; j++) {
    const dx = (unscaled(current.x.feature, j) - x) * perX;
    const dy = current.y ? (unscaled(current.y.feature, j) - y) * perY : 0;
    const distance = dx * dx + dy * dy;
    if (distance < least) [best, least] = [j, distance];
  }
  return best;
}

const targetValue = (standardised: number) => {
  const scale = run.value?.dataset?.targetScale ?? { mean: 0, deviation: 1 };
  return standardised * scale.deviation + scale.mean;
};

/** Up: the second feature's range; for one feature, the target's. */
function verticalRange(axis: Axis | null): { from: number; to: number } {
  if (axis) return axis;
  const { network } = run.value ?? {};
  if (network?.output !== 'linear') return { from: -0.08, to: 1.08 };
  const values = [...(sample.value?.y ?? [])].map(targetValue);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const margin = (high - low) * 0.1 || 1;
  return { from: low - margin, to: high + margin };
}

function draw(context: CanvasRenderingContext2D, width: number, height: number): void {
  const current = plane.value;
  const pass = grid.value;
  const examples = sample.value;
  const { network, dataset } = run.value ?? {};
  const colours = palette.value;
  context.clearRect(0, 0, width, height);
  if (!current || !pass || !examples || !network || !dataset) return;
  const area = { x: LEFT, y: TOP, width: width - LEFT - RIGHT, height: height - TOP - BOTTOM };
  const output = pass.pass.A[network.sizes.length - 1].data;
  const vertical = verticalRange(current.y);
  const px = (x: number) => area.x + ((x - current.x.from) / (current.x.to - current.x.from)) * area.width;
  const py = (y: number) => area.y + (1 - (y - vertical.from) / (vertical.to - vertical.from)) * area.height;
  const size = pass.rows * pass.cols;
  const classCount = output.length / size;
  const colourAt = (at: number): Rgb => {
    if (network.output === 'linear') return diverging(colours, output[at], 2);
    if (network.output === 'sigmoid') {
      const p = output[at];
      return mix(colours.neutral, classColour(colours, p < 0.5 ? 0 : 1), 0.75 * Math.abs(2 * p - 1));
    }
    let best = 0;
    for (let i = 1; i < classCount; i++) if (output[i * size + at] > output[best * size + at]) best = i;
    return mix(colours.neutral, classColour(colours, best), 0.75 * output[best * size + at] ** 2);
  };
  context.imageSmoothingEnabled = true;
  const picture = heatmap(pass.rows, pass.cols, (row, col) => colourAt(row * pass.cols + col));
  if (current.y) context.drawImage(picture, area.x, area.y, area.width, area.height);
  drawAxes(context, area, current.x, current.y, vertical, colours, dataset.target);

  context.save();
  context.beginPath();
  context.rect(area.x, area.y, area.width, area.height);
  context.clip();
  if (!current.y) drawCurve();
  const faint = examples.y.length > 800 ? 0.65 : 0.95;
  for (let j = 0; j < examples.y.length; j++) {
    const isClass = dataset.task !== 'regression';
    const k = isClass ? examples.y[j] : 0;
    const x = px(unscaled(current.x.feature, j));
    const y = current.y
      ? py(unscaled(current.y.feature, j))
      : py(isClass ? Math.min(1, k) : targetValue(examples.y[j]));
    const colour = isClass
      ? classColour(colours, k)
      : current.y
        ? diverging(colours, examples.y[j], 2)
        : classColour(colours, 0);
    drawShape(context, k, x, y, RADIUS);
    if (examples.test[j]) {
      context.lineWidth = 1.75;
      context.strokeStyle = css(colour, faint);
      context.stroke();
    } else {
      context.fillStyle = css(colour, faint);
      context.fill();
      context.lineWidth = 0.75;
      context.strokeStyle = colours.background;
      context.stroke();
    }
    if (j === example.value) {
      context.beginPath();
      context.arc(x, y, RADIUS + 4, 0, 2 * Math.PI);
      context.lineWidth = 2;
      context.strokeStyle = colours.text;
      context.stroke();
    }
  }
  context.restore();

  /** One feature: the output as a curve, each class's own for softmax. */
  function drawCurve(): void {
    if (!pass || !network) return;
    for (let i = 0; i < classCount; i++) {
      context.beginPath();
      for (let col = 0; col < pass.cols; col++) {
        const value = output[i * size + col];
        const x = area.x + ((col + 0.5) / pass.cols) * area.width;
        const y = py(network.output === 'linear' ? targetValue(value) : value);
        if (col === 0) context.moveTo(x, y);
        else context.lineTo(x, y);
      }
      context.lineWidth = 2.25;
      context.strokeStyle = css(classColour(colours, network.output === 'softmax' ? i : 1));
      context.stroke();
    }
  }
}
