import { signal } from '@preact/signals';
import { short } from '../../src/core/format';
import { inOwnUnit } from '../../src/core/scale';
import { PLANES, type PlaneKind } from '../keptChoices';
import { answerText, placeOf, verticalRange } from '../model/answers';
import { planeSentence } from '../model/plane';
import { isGiven, whyThese } from '../model/firstLook';
import { BOTTOM, LEFT, RIGHT, TOP } from '../ui/axes';
import type { LensContext } from '../ui/context';
import { exampleText, Hover, Legend, MOST_FEATURES, nameOf, sampleCaption } from '../ui/examples';
import { Icon } from '../ui/icon';
import { classLegend, lineOfText, scaleLegend } from '../ui/legendDrawing';
import { stacked } from '../ui/pen';
import { MAP_HINT, MAP_KEYS, PointMap, type Placed, type Pointed } from '../ui/pointMap';
import { rowText } from '../ui/rows';
import { RowValues } from '../ui/rowValues';
import { Scale } from '../ui/scale';
import { FARTHEST } from './answerPixels';
import { outputDrawing } from './outputDrawing';
import { outputNumbers } from './outputNumbers';
import type { Picture } from './picture';

/** Of the picture where it stands alone. */
const WIDTH = 600;

/** What the network answers over the plane of two features, with the examples on it. */
export function outputPicture(context: LensContext): Picture {
  const { run, models, choices } = context;
  const pointed = signal<Pointed | null>(null);
  const draw = outputDrawing(context);

  const areaOf = (width: number, height: number) => ({
    across: width - LEFT - RIGHT,
    up: height - TOP - BOTTOM,
  });
  const places = (width: number, height: number): Placed[] => {
    const plane = models.plane.value;
    if (!plane) return [];
    const { x, y } = { x: plane.x, y: verticalRange(run, plane) };
    const area = areaOf(width, height);
    return Array.from({ length: run.sample.value?.y.length ?? 0 }, (_, example) => {
      const place = placeOf(run, plane, example);
      return {
        example,
        x: LEFT + ((place.x - x.from) / (x.to - x.from)) * area.across,
        y: TOP + (1 - (place.y - y.from) / (y.to - y.from)) * area.up,
      };
    });
  };
  /** The point of the plane, in the units of its axes. */
  const pointOf = ({ example, at }: Pointed): { readonly x: number; readonly y: number } | null => {
    const plane = models.plane.value;
    if (!plane) return null;
    if (!at) return example === null ? null : placeOf(run, plane, example);
    const area = areaOf(at.width, at.height);
    const across = (at.x - LEFT) / area.across;
    const up = 1 - (at.y - TOP) / area.up;
    if (across < 0 || across > 1 || up < 0 || up > 1) return null;
    const range = verticalRange(run, plane);
    return {
      x: plane.x.from + across * (plane.x.to - plane.x.from),
      y: range.from + up * (range.to - range.from),
    };
  };
  const pointedText = () => {
    const plane = models.plane.value;
    const { value } = pointed;
    const at = value && pointOf(value);
    // Read so that the answer follows the training.
    void run.parameters.value;
    if (!plane || !at) return '';
    const where = `${nameOf(plane.x.name)} ${short(at.x)}${plane.y ? `, ${nameOf(plane.y.name)} ${short(at.y)}` : ''}`;
    const example = value.example === null ? '' : `. ${exampleText(context, value.example)}`;
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
          aria-pressed={choices.place.value.predictions === true}
          onClick={() => context.send({ type: 'action', action: 'showPredictions' })}
        >
          <Icon name="list-selection" />
        </button>
      </>
    ),
    view: () => {
      const { dataset } = run.view.value;
      const plane = models.plane.value;
      const over = plane && `${nameOf(plane.x.name)}${plane.y ? ` and ${nameOf(plane.y.name)}` : ''}`;
      return (
        <>
          <PointMap
            class="map"
            {...{ context, draw, pointed, places }}
            order={run.sample.value?.order ?? []}
            data={{
              'data-row': run.sample.value?.lines[choices.example.value],
              'data-boundary': models.grid.value ? 'drawn' : '',
              'data-plane': plane?.kind,
            }}
            aria-label={`What the network predicts for ${nameOf(dataset?.target ?? '')} over ${over ?? 'its features'}. ${MAP_KEYS}`}
          />
          <Legend context={context} />
          <TargetScale context={context} />
          <Hover text={pointedText()} otherwise={rowText(context, MAP_HINT)} />
          <RowValues context={context} />
        </>
      );
    },
    caption: () => {
      const plane = models.plane.value;
      const others = plane ? planeSentence(plane, run.features.value.length) : '';
      const pass = models.grid.value;
      const coarse = pass?.isBehind
        ? ` The network is large: the map has ${pass.inputs.cols} points across and follows a little behind the training.`
        : '';
      return `${sampleCaption(context)}${marksSentence(context)}${others}${axesSentence(context)}${coarse}`;
    },
    numbers: (extent) => outputNumbers(context, extent),
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

/** Why it is these axes, while they are none that somebody has chosen. */
function axesSentence({ run, choices, models }: LensContext): string {
  const given = choices.firstLook.given.value;
  const isOne = models.plane.value?.kind !== 'components' && run.features.value.length > 2;
  if (!given || !isOne || !isGiven(given, choices.axes.value)) return '';
  return ` Across and up: the two features that ${whyThese(given, run.id)}.`;
}

/** What marks of examples mean, each sentence with a space before it. */
function marksSentence({ run }: LensContext): string {
  const { dataset } = run.view.value;
  const hollow = (dataset?.testRows ?? 0) > 0 ? ' Hollow: the test set.' : '';
  const ringed = dataset && dataset.task !== 'regression' ? ' Ringed: predicted wrongly.' : '';
  return `${hollow}${ringed} Cross-hair: the chosen row.`;
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
          {features.slice(0, MOST_FEATURES).map(({ name }, i) => (
            <option key={i} value={i}>
              {nameOf(name)}
            </option>
          ))}
        </select>
      ))}
    </>
  );
}
