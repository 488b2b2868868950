import type { ReadonlySignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { full, whole } from '../../src/core/format';
import { matrix } from '../../src/core/matrix';
import type { Layer } from '../../src/core/network';
import type { ModelView } from '../../src/protocol/modelPage';
import { blocksOf } from '../model/blocks';
import { layersOf } from '../model/modelMaps';
import { Canvas, heatmap } from '../ui/canvas';
import type { Draw } from '../ui/pen';
import { Scale } from '../ui/scale';
import { diverging, type Palette } from '../ui/theme';

const CELL = 22;
const MOST_TALL = 280;
/** Between W and b. */
const GAP = 6;
const MOST_ROWS = 200;

interface ModelWeightsProps {
  readonly model: ModelView;
  readonly palette: ReadonlySignal<Palette>;
}

/** A heatmap for each W, with b as a column of its own, and the numbers as a table. */
export function ModelWeights({ model, palette }: ModelWeightsProps) {
  const parameters = useMemo(() => layersOf(model), [model]);
  if (parameters.length === 0)
    return <p>There are too many weights for a picture here. The file has them.</p>;
  return (
    <>
      {parameters.map((layer, at) => (
        <LayerWeights key={at} {...{ layer, l: at + 1, palette }} />
      ))}
      <p class="caption">Rows: units. Columns: inputs, then the bias.</p>
      <Numbers model={model} parameters={parameters} />
    </>
  );
}

function LayerWeights({
  layer: { W, b },
  l,
  palette,
}: {
  layer: Layer;
  l: number;
  palette: ReadonlySignal<Palette>;
}) {
  const limit = [...W.data, ...b].reduce((most, w) => Math.max(most, Math.abs(w)), 0);
  const draw: Draw = (pen, width, height) => {
    const colours = palette.value;
    const bias = Math.max(8, Math.min(CELL, (width - GAP) / (W.cols + 1)));
    const paint = (cells: typeof W) =>
      heatmap(cells.rows, cells.cols, (i, k) => diverging(colours, cells.data[i * cells.cols + k], limit));
    pen.imageSmoothingEnabled = false;
    pen.drawImage(paint(blocksOf(W).cells), 0, 0, width - bias - GAP, height);
    pen.drawImage(paint(blocksOf(matrix(b.length, 1, b)).cells), width - bias, 0, bias, height);
  };
  return (
    <figure>
      <figcaption>
        W[{l}] ({whole(W.rows)} × {whole(W.cols)}) and b[{l}]
      </figcaption>
      <Canvas
        class="heat"
        draw={draw}
        tall={Math.max(CELL, Math.min(MOST_TALL, W.rows * CELL))}
        role="img"
        aria-label={`Weights of layer ${l}, ${W.rows} units by ${W.cols} inputs, and their biases.`}
      />
      <Scale palette={palette.value} from={-limit} to={limit} />
    </figure>
  );
}

function Numbers({ model, parameters }: { model: ModelView; parameters: readonly Layer[] }) {
  const rows = parameters.flatMap(({ W, b }, at) =>
    Array.from({ length: W.rows }, (_, i) => i).flatMap((i) => [
      ...Array.from({ length: W.cols }, (_, k) => {
        const from =
          at === 0 ? (model.features[k] ?? `feature ${whole(k + 1)}`) : `unit ${k + 1} of layer ${at}`;
        return [at + 1, i + 1, from, W.data[i * W.cols + k]] as const;
      }),
      [at + 1, i + 1, 'b', b[i]] as const,
    ]),
  );
  return (
    <details>
      <summary>Show Numbers</summary>
      <div class="numberTable" tabIndex={0} role="region" aria-label="Numbers of the weights">
        <table>
          <thead>
            <tr>
              {['Layer', 'Unit', 'Input', 'w'].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, MOST_ROWS).map(([layer, unit, from, w], k) => (
              <tr key={k}>
                <td>{layer}</td>
                <td>{unit}</td>
                <td>{from}</td>
                <td data-value={w}>{full(w)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {rows.length > MOST_ROWS && (
          <p>
            The first {MOST_ROWS} of {whole(rows.length)} weights.
          </p>
        )}
      </div>
    </details>
  );
}
