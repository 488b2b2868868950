import type { ReadonlySignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { layers, short, whole } from '../../src/core/format';
import type { ModelView } from '../../src/protocol/modelPage';
import { layerName, layoutOf, MOST_INPUTS, MOST_UNITS } from '../model/diagram';
import { layersOf, modelMaps } from '../model/modelMaps';
import { Canvas, CellPicture } from '../ui/canvas';
import type { Draw } from '../ui/pen';
import { css, type Palette } from '../ui/theme';
import { paintUnit } from './unitMapPicture';

/** For the names at both sides. */
const MARGIN = 150;
/** A name that has less room is not read. */
const LEAST_FOR_NAME = 24;

interface ModelPictureProps {
  readonly model: ModelView;
  readonly palette: ReadonlySignal<Palette>;
}

/** The network of a model: edges coloured by their weights, in each unit its map where two numbers are all it takes. */
export function ModelDiagram({ model, palette }: ModelPictureProps) {
  const { network, features } = model;
  const parameters = useMemo(() => layersOf(model), [model]);
  const maps = useMemo(() => modelMaps(model), [model]);
  const picture = useMemo(() => new CellPicture(), []);
  if (parameters.length === 0)
    return <p>Layers {layers(network.sizes)}: too many weights for a picture here. The file has them.</p>;
  const inputs = features.slice(0, MOST_INPUTS).map((_, k) => k);
  const layout = layoutOf(network, inputs);
  const { size } = layout;
  const L = network.sizes.length - 1;
  const leftOut = [
    ...(network.sizes[0] > MOST_INPUTS
      ? [`the first ${MOST_INPUTS} of ${whole(network.sizes[0])} features`]
      : []),
    ...(network.sizes.some((n, l) => l > 0 && n > MOST_UNITS)
      ? [`the first ${MOST_UNITS} units of a layer`]
      : []),
  ];
  const draw: Draw = (pen, width) => {
    const colours = palette.value;
    // Where there is little room, the units have it before the names.
    const margin = Math.max(size / 2 + 1, Math.min(MARGIN, (width - layout.narrowest) / 2));
    const forName = margin - size / 2 - 8;
    const x = (l: number) => margin + (layout.across(l) / 100) * (width - 2 * margin);
    const middle = (l: number, slot: number) => layout.top(l, slot) + size / 2;
    parameters.forEach(({ W }, at) => {
      const l = at + 1;
      const largest = W.data.reduce((most, w) => Math.max(most, Math.abs(w)), 0);
      layout.units[l].forEach((i, to) =>
        layout.units[l - 1].forEach((k, from) => {
          const w = W.data[i * W.cols + k];
          const strength = largest > 0 ? Math.abs(w) / largest : 0;
          const [x1, y1, x2, y2] = [x(l - 1), middle(l - 1, from), x(l), middle(l, to)];
          const bend = (x2 - x1) / 2;
          pen.beginPath();
          pen.moveTo(x1, y1);
          pen.bezierCurveTo(x1 + bend, y1, x2 - bend, y2, x2, y2);
          pen.strokeStyle = css(w < 0 ? colours.negative : colours.positive, 0.25 + 0.75 * strength);
          pen.lineWidth = 0.75 + 4 * strength;
          pen.stroke();
        }),
      );
    });
    pen.font = '11px sans-serif';
    layout.units.forEach((units, l) => {
      pen.textAlign = 'center';
      pen.textBaseline = 'top';
      pen.fillStyle = colours.muted;
      pen.fillText(layerName(network, l), x(l), 0, (width - 2 * margin) / L - 4);
      units.forEach((unit, slot) => {
        const [left, top] = [x(l) - size / 2, layout.top(l, slot)];
        const map = maps?.maps[l][unit];
        pen.fillStyle = colours.background;
        pen.fillRect(left, top, size, size);
        pen.imageSmoothingEnabled = false;
        if (maps && map) pen.drawImage(paintUnit(picture, maps, map, colours), left, top, size, size);
        pen.strokeStyle = colours.text;
        pen.lineWidth = 1;
        pen.strokeRect(left, top, size, size);
        pen.fillStyle = colours.text;
        pen.textBaseline = 'middle';
        if (l > 0 && !map) {
          pen.textAlign = 'center';
          pen.fillText(String(unit + 1), x(l), middle(l, slot), size - 4);
        }
        if ((l > 0 && l < L) || forName < LEAST_FOR_NAME) return;
        pen.textAlign = l === 0 ? 'right' : 'left';
        const beside = l === 0 ? left - 6 : left + size + 6;
        pen.fillText(nameOf(model, l, unit), beside, middle(l, slot), forName);
      });
    });
  };
  return (
    <>
      <Canvas
        class="modelDiagram"
        draw={draw}
        tall={layout.height}
        role="img"
        aria-label={`Network of layers ${layers(network.sizes)}, ${network.hidden}, ${network.output}; its weights stand below.`}
      />
      <p class="caption">
        {maps
          ? `Each square: the unit over ${rangesText(model)}. `
          : 'Maps of the units are drawn where the network takes one or two numbers. '}
        Edges: blue positive, orange negative weights, thicker for larger ones.
        {leftOut.length > 0 && ` Drawn are ${leftOut.join(' and ')}.`}
      </p>
    </>
  );
}

const rangesText = ({ axes }: ModelView): string =>
  axes
    .map(({ name, from, to }, k) => {
      const where = axes.length < 2 ? '' : k === 0 ? ' (across)' : ' (up)';
      return `${name} from ${short(from)} to ${short(to)}${where}`;
    })
    .join(' and ');

function nameOf({ features, labels, target, network }: ModelView, l: number, unit: number): string {
  if (l === 0) return features[unit] ?? `feature ${whole(unit + 1)}`;
  if (network.output === 'linear') return target;
  return `P(${target} = ${labels[network.output === 'softmax' ? unit : 1] ?? ''})`;
}
