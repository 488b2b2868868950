import { signal } from '@preact/signals';
import { short } from '../../src/core/format';
import { inOwnUnit } from '../../src/core/scale';
import { PLANES, type PlaneKind } from '../choices';
import { answerText, placeOf, verticalRange } from '../model/answers';
import { planeSentence } from '../model/plane';
import { BOTTOM, LEFT, RIGHT, TOP } from '../ui/axes';
import { Canvas } from '../ui/canvas';
import { cellAfter } from '../ui/cells';
import type { LensContext } from '../ui/context';
import { exampleText, Hover, Legend, nameOf, sampleCaption } from '../ui/examples';
import { classLegend, lineOfText, scaleLegend } from '../ui/legendDrawing';
import { stacked } from '../ui/pen';
import { chooseRow, goToRow, rowText } from '../ui/rows';
import { Scale } from '../ui/scale';
import { FARTHEST, outputDrawing } from './outputDrawing';
import type { Picture } from './picture';

/** A list of ten thousand names would take seconds to open. */
const MOST_LISTED = 500;
/** An example this near to the pointer, in pixels, is meant. */
const NEAR = 8;
/** Of the picture where it stands alone. */
const WIDTH = 600;

/** A point of the plane, in the units of its axes, and the example that is meant by it. */
interface Pointed {
  readonly x: number;
  readonly y: number;
  readonly example: number | null;
}

/** What the network answers over the plane of two features, with the examples on it. */
export function outputPicture(context: LensContext): Picture {
  const { run, models, choices } = context;
  const pointed = signal<Pointed | null>(null);
  const draw = outputDrawing(context);

  const under = (event: MouseEvent): Pointed | null => {
    const plane = models.plane.value;
    if (!plane) return null;
    const { left, top, width, height } = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const across = (event.clientX - left - LEFT) / (width - LEFT - RIGHT);
    const up = 1 - (event.clientY - top - TOP) / (height - TOP - BOTTOM);
    if (across < 0 || across > 1 || up < 0 || up > 1) return null;
    const range = verticalRange(run, plane);
    const x = plane.x.from + across * (plane.x.to - plane.x.from);
    const y = range.from + up * (range.to - range.from);
    const perX = (width - LEFT - RIGHT) / (plane.x.to - plane.x.from);
    const perY = (height - TOP - BOTTOM) / (range.to - range.from);
    return { x, y, example: nearest(x, y, perX, perY) };
  };
  const nearest = (x: number, y: number, perX: number, perY: number): number | null => {
    const plane = models.plane.value;
    const count = run.sample.value?.y.length ?? 0;
    let best: number | null = null;
    let least = NEAR * NEAR;
    for (let j = 0; plane && j < count; j++) {
      const place = placeOf(run, plane, j);
      const distance = ((place.x - x) * perX) ** 2 + ((place.y - y) * perY) ** 2;
      if (distance < least) [best, least] = [j, distance];
    }
    return best;
  };
  /** The arrow keys go from example to example; Enter shows the row. */
  const onKeyDown = (event: KeyboardEvent) => {
    const plane = models.plane.value;
    const order = run.sample.value?.order ?? [];
    if (!plane || order.length === 0) return;
    const from = pointed.value ? { row: 0, col: order.indexOf(choices.example.value) } : null;
    const to = cellAfter(event.key, from, 1, order.length);
    if (to) {
      chooseRow(context, order[to.col]);
      pointed.value = { ...placeOf(run, plane, order[to.col]), example: order[to.col] };
    } else if (event.key === 'Enter') goToRow(context, choices.example.value);
    else return;
    event.preventDefault();
  };
  const pointedText = () => {
    const plane = models.plane.value;
    const at = pointed.value;
    // Read so that the answer follows the training.
    void run.parameters.value;
    if (!plane || !at) return '';
    const where = `${nameOf(plane.x.name)} ${short(at.x)}${plane.y ? `, ${nameOf(plane.y.name)} ${short(at.y)}` : ''}`;
    const example = at.example === null ? '' : `. ${exampleText(context, at.example)}`;
    return `${where}: ${answerText(run, models.outputAt(at.x, at.y))}${example}`;
  };

  return {
    name: 'output',
    title: () => 'Output',
    controls: () => (
      <>
        <AxisChoices context={context} />
        <button
          class="tool"
          title="Show or hide predictions in the editor"
          aria-label="Show or hide predictions in the editor"
          onClick={() => context.send({ type: 'action', action: 'showPredictions' })}
        >
          <i class="codicon codicon-list-selection" aria-hidden="true" />
        </button>
      </>
    ),
    view: () => {
      const { dataset } = run.view.value;
      const plane = models.plane.value;
      const over = plane && `${nameOf(plane.x.name)}${plane.y ? ` and ${nameOf(plane.y.name)}` : ''}`;
      return (
        <>
          <Canvas
            class="map"
            draw={draw}
            role="img"
            tabIndex={0}
            data-row={run.sample.value?.lines[choices.example.value]}
            data-boundary={models.grid.value ? 'drawn' : ''}
            data-plane={plane?.kind}
            aria-label={`What the network predicts for ${nameOf(dataset?.target ?? '')} over ${over ?? 'its features'}. Arrow keys go from example to example, Enter shows the row.`}
            onMouseMove={(event) => (pointed.value = under(event))}
            onMouseLeave={() => (pointed.value = null)}
            onBlur={() => (pointed.value = null)}
            onKeyDown={onKeyDown}
            onClick={(event) => {
              const example = under(event)?.example ?? null;
              if (example === null) return;
              if (event.detail > 1) goToRow(context, example);
              else chooseRow(context, example);
            }}
          />
          <Legend context={context} />
          <TargetScale context={context} />
          <Hover
            text={pointedText()}
            otherwise={rowText(
              context,
              'Point for exact numbers; click an example to choose its row, twice to go there.',
            )}
          />
        </>
      );
    },
    caption: () => {
      const plane = models.plane.value;
      const others = plane ? planeSentence(plane, run.features.value.length) : '';
      const pass = models.grid.value;
      const coarse =
        pass && pass.slices > 1
          ? ` The network is large: the map has ${pass.inputs.cols} points across and follows a little behind the training.`
          : '';
      return `${sampleCaption(context)}${marksSentence(context)}${others}${coarse}`;
    },
    numbers: (extent) => {
      const plane = models.plane.value;
      const pass = models.grid.value;
      if (!plane || !pass) return { columns: [], rows: [] };
      const output = pass.A[pass.A.length - 1];
      const { X } = pass.inputs;
      const axes = plane.y ? [plane.x, plane.y] : [plane.x];
      const units = extent === 'whole' ? output.rows : Math.min(output.rows, 10);
      return {
        columns: [
          ...axes.map(({ name }) => (extent === 'whole' ? name : nameOf(name))),
          ...Array.from({ length: units }, (_, i) => `a${i + 1}`),
        ],
        rows: Array.from({ length: X.cols }, (_, at) => [
          ...axes.map((axis, k) => axis.own(X.data[k * X.cols + at])),
          ...Array.from({ length: units }, (_, i) => output.data[i * output.cols + at]),
        ]),
      };
    },
    drawing: () => {
      if (!models.grid.value) return null;
      const range = targetRange(context);
      const legend = range
        ? scaleLegend(context.palette.value, range.from, range.to, range.of)
        : classLegend(context, WIDTH);
      const marks = lineOfText(context.palette.value, marksSentence(context).trim());
      return stacked([{ draw, width: WIDTH, height: 400 }, ...(legend ? [legend] : []), marks]);
    },
  };
}

/** What marks of examples mean, each sentence with a space before it. */
function marksSentence({ run }: LensContext): string {
  const { dataset } = run.view.value;
  const hollow = (dataset?.testRows ?? 0) > 0 ? ' Hollow: the test set.' : '';
  return dataset && dataset.task !== 'regression' ? `${hollow} Ringed: predicted wrongly.` : hollow;
}

/** What the colours of a number stand for; null where there are classes. */
function targetRange({ run }: LensContext): { from: number; to: number; of: string } | null {
  const { dataset } = run.view.value;
  if (dataset?.task !== 'regression') return null;
  const [from, to] = [-FARTHEST, FARTHEST].map((z) => inOwnUnit(z, dataset.targetScale));
  return { from, to, of: nameOf(dataset.target) };
}

function TargetScale({ context }: { context: LensContext }) {
  const range = targetRange(context);
  return range && <Scale palette={context.palette.value} {...range} />;
}

const PLANE_NAMES: Readonly<Record<PlaneKind, string>> = {
  mean: 'others at mean',
  row: 'others at row',
  components: 'components',
};

/** Which plane is drawn, and which two features; one of the two that is chosen for the other changes places with it. */
function AxisChoices({ context: { run, choices } }: { context: LensContext }) {
  const features = run.features.value;
  if (features.length <= 2) return null;
  const choose = (which: 0 | 1, chosen: number) => {
    const axes = choices.axes.value;
    const other = axes[1 - which];
    const moved = chosen === other ? axes[which] : other;
    choices.axes.value = which === 0 ? [chosen, moved] : [moved, chosen];
  };
  const featureAxes = choices.plane.value === 'components' ? [] : ([0, 1] as const);
  return (
    <>
      <select
        aria-label="Plane"
        title="What is drawn over: two features, the others at their mean or at the chosen row, or two principal components"
        value={choices.plane.value}
        onChange={({ currentTarget: { value } }) =>
          (choices.plane.value = PLANES.find((each) => each === value) ?? 'mean')
        }
      >
        {PLANES.map((plane) => (
          <option key={plane} value={plane}>
            {PLANE_NAMES[plane]}
          </option>
        ))}
      </select>
      {featureAxes.map((which) => (
        <select
          key={which}
          aria-label={which === 0 ? 'Feature across' : 'Feature up'}
          value={choices.axes.value[which]}
          onChange={({ currentTarget }) => choose(which, Number(currentTarget.value))}
        >
          {features.slice(0, MOST_LISTED).map(({ name }, i) => (
            <option key={i} value={i}>
              {nameOf(name)}
            </option>
          ))}
        </select>
      ))}
    </>
  );
}
