import { short, whole } from '../../src/core/format';
import { layerName } from '../model/diagram';
import { Canvas } from '../ui/canvas';
import type { Draw } from '../ui/pen';
import type { RowPictureProps } from './modelPoints';

type Unit = RowPictureProps['table']['units'][number];
const TALL = 56;

/** Where the activations of the hidden units lie on the rows of a table. */
export function ModelUnits({ model, table, palette }: Pick<RowPictureProps, 'model' | 'table' | 'palette'>) {
  const { network } = model;
  if (table.units.length === 0) return <p>The network has no hidden units.</p>;
  const layers = [...new Set(table.units.map(({ layer }) => layer))];
  const left = layers.some((l) => table.units.filter(({ layer }) => layer === l).length < network.sizes[l]);
  const drawing =
    ({ bars }: Unit): Draw =>
    (pen, width, height) => {
      const most = bars.reduce((a, b) => Math.max(a, b), 1);
      const wide = width / bars.length;
      pen.fillStyle = palette.value.train;
      bars.forEach((rows, k) => {
        const tall = (rows / most) * (height - 2);
        // What is there is seen.
        if (rows > 0)
          pen.fillRect(k * wide, height - Math.max(1, tall), Math.max(1, wide - 1), Math.max(1, tall));
      });
      pen.strokeStyle = palette.value.muted;
      pen.lineWidth = 1;
      pen.strokeRect(0.5, 0.5, width - 1, height - 1);
    };
  return (
    <>
      {layers.map((l) => (
        <div key={l}>
          <h3>{layerName(network, l)}</h3>
          <ul class="unitBars">
            {table.units
              .filter(({ layer }) => layer === l)
              .map((unit) => (
                <li key={unit.unit}>
                  <Canvas
                    draw={drawing(unit)}
                    tall={TALL}
                    role="img"
                    aria-label={`Unit ${unit.unit + 1} of layer ${l}: ${unitText(unit)}`}
                  />
                  <span>
                    {unit.unit + 1}: {unitText(unit)}
                  </span>
                </li>
              ))}
          </ul>
        </div>
      ))}
      <p class="caption">
        How often the activation of a unit lies where, on {whole(table.unitRows)} rows. Flat: no gradient to
        speak of passes.{left && ' Drawn are the first units of each layer.'}
      </p>
    </>
  );
}

const unitText = ({ from, to, mean, flat }: Unit): string =>
  `${short(from)} to ${short(to)}, mean ${short(mean)}${flat > 0 ? `, flat on ${Math.round(100 * flat)} %` : ''}`;
