import { useSignal } from '@preact/signals';
import { heatmap, useCanvas } from '../ui/canvas';
import { full } from '../../src/core/format';
import { exampleText, Hover, Legend, sampleCaption } from '../ui/examples';
import { example, neuron, remember, run, sample, samplePass } from '../store';
import { classColour, diverging, palette } from '../ui/theme';
import { Scale } from './weights';

const BAND = 10;

/** A[l] of one layer: a row for each unit, a column for each example, sorted by class. */
export function Activations() {
  const layer = useSignal(1);
  const hover = useSignal('');
  const { network, dataset } = run.value ?? {};
  const pass = samplePass.value;
  const L = (network?.sizes.length ?? 2) - 1;
  const l = Math.min(layer.value, L);
  const canvas = useCanvas((context, width, height) => {
    const current = samplePass.value;
    const examples = sample.value;
    if (!current || !examples) return;
    const at = Math.min(layer.value, current.network.sizes.length - 1);
    const { rows, cols, data } = current.A[at];
    const limit = limitOf(data);
    const colours = palette.value;
    const isClass = run.value?.dataset?.task !== 'regression';
    context.imageSmoothingEnabled = cols > width;
    const picture = heatmap(rows, cols, (i, j) =>
      diverging(colours, data[i * cols + examples.order[j]], limit),
    );
    context.clearRect(0, 0, width, height);
    context.drawImage(picture, 0, BAND + 2, width, height - BAND - 2);
    const band = heatmap(1, cols, (_, j) => {
      const y = examples.y[examples.order[j]];
      return isClass ? classColour(colours, y) : diverging(colours, y, 2);
    });
    context.imageSmoothingEnabled = false;
    context.drawImage(band, 0, 0, width, BAND);
  });
  if (!network || !dataset || !pass) return null;
  const units = network.sizes[l];

  const cellAt = (event: MouseEvent) => {
    const { left, top, width, height } = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const column = Math.floor(((event.clientX - left) / width) * pass.m);
    const unit = Math.floor(((event.clientY - top - BAND - 2) / (height - BAND - 2)) * units);
    const j = sample.value?.order[Math.max(0, Math.min(pass.m - 1, column))] ?? 0;
    return { unit: Math.max(0, Math.min(units - 1, unit)), j };
  };
  return (
    <section class="card activations">
      <h2>
        Activations A[{l}]
        {L > 1 && (
          <select
            class="inline"
            aria-label="Layer"
            value={l}
            onChange={({ currentTarget }) => (layer.value = Number(currentTarget.value))}
          >
            {Array.from({ length: L }, (_, k) => (
              <option key={k} value={k + 1}>
                {k + 1 === L ? `A[${L}], output` : `A[${k + 1}]`}
              </option>
            ))}
          </select>
        )}
      </h2>
      <canvas
        class="heat"
        ref={(element) => {
          canvas.current = element;
          element?.style.setProperty('height', `${BAND + 2 + Math.max(48, Math.min(260, units * 22))}px`);
        }}
        role="img"
        aria-label={`Activations of ${units} units for ${pass.m} examples, sorted by ${dataset.target}`}
        data-limit={limitOf(pass.A[l].data)}
        onMouseMove={(event) => {
          const { unit, j } = cellAt(event);
          hover.value = `Unit ${unit + 1}, ${exampleText(j)}: a = ${full(pass.A[l].data[unit * pass.m + j])}`;
        }}
        onMouseLeave={() => (hover.value = '')}
        onClick={(event) => {
          const { unit, j } = cellAt(event);
          neuron.value = { layer: l, unit };
          example.value = j;
          remember();
        }}
      />
      <Legend />
      <Scale limit={limitOf(pass.A[l].data)} />
      <Hover text={hover.value} otherwise="Hover for exact numbers; click to follow one." />
      <p class="caption">
        Rows: units 1 to {units}. Columns: examples, sorted by {dataset.target}. {sampleCaption()}
      </p>
    </section>
  );
}

const limitOf = (data: Float64Array) => data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
