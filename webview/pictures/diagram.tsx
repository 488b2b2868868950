import { computed, signal, type Signal } from '@preact/signals';
import { whole } from '../../src/core/format';
import type { PlaneKind } from '../keptChoices';
import { drawnInputs, layoutOf, MOST_INPUTS, nodeName, type Layout } from '../model/diagram';
import { whyThese } from '../model/firstLook';
import { styled } from '../ui/canvas';
import type { LensContext } from '../ui/context';
import { Hover, MOST_FEATURES, nameOf } from '../ui/examples';
import { css, type Rgb } from '../ui/theme';
import { diagramDrawing } from './diagramDrawing';
import { biasesOf, edgesOf, type Pointed } from './diagramEdges';
import { putAcross } from './diagramNode';
import { Diagram } from './diagramView';
import { parameterText } from './parameterText';
import { PanelButton } from './panelButton';
import { WeightPanel } from './weightPanel';
import type { Picture } from './picture';

/** The network: one small map for each unit over the plane of two features, edges coloured by weight. */
export function networkPicture(context: LensContext): Picture {
  const { run, models, choices, palette } = context;
  const pointed = signal<Pointed>('');
  const starts = signal<readonly number[]>([]);
  const layout = computed(() => {
    const { network } = run.view.value;
    if (!network) return null;
    return layoutOf(network, drawnInputs(models.ranked.value, choices.axes.value), starts.value);
  });
  const edges = () => (layout.value ? edgesOf(context, layout.value) : []);
  const biases = () => (layout.value ? biasesOf(context, layout.value) : []);
  return {
    name: 'network',
    title: () => 'Network',
    controls: () => (
      <>
        <FeatureSearch context={context} />
        <PanelButton context={context} />
      </>
    ),
    view: () => (
      <>
        <Diagram
          context={context}
          layout={layout.value}
          starts={starts}
          pointed={pointed}
          edges={edges()}
          biases={biases()}
        />
        <PointedText context={context} pointed={pointed} />
        <WeightPanel context={context} />
      </>
    ),
    caption: () => {
      const { network } = run.view.value;
      const { negative, positive } = palette.value;
      return (
        <>
          {mapSentence(context)} Edges: <Key colour={negative} /> negative, <Key colour={positive} /> positive
          weights, thicker for larger ones; the square at a unit is its bias.{' '}
          {network && leftOutSentence(context, network.sizes, layout.value)}
        </>
      );
    },
    numbers: () => ({
      columns: ['Layer', 'From', 'To', 'w'],
      rows: [
        ...edges().map(({ l, i, k, w }) => [l, nodeName(run, l - 1, k), nodeName(run, l, i), w]),
        ...biases().map(({ l, i, b }) => [l, 'bias', nodeName(run, l, i), b]),
      ],
    }),
    drawing: () => layout.value && diagramDrawing(context, layout.value, edges(), biases()),
  };
}

/** What is pointed at, in exact numbers. */
function PointedText({ context, pointed }: { context: LensContext; pointed: Signal<Pointed> }) {
  const { value } = pointed;
  const text = typeof value === 'string' ? value : parameterText(context, value);
  return (
    <Hover
      text={text}
      otherwise="Click a unit to follow its sum, an edge or a bias to change it; at a unit, ↑ and ↓ go through them."
    />
  );
}

/** What the features are that no axis shows. */
const OTHERS: Readonly<Record<PlaneKind, string>> = {
  mean: ', other features at their mean',
  row: ', other features as in the chosen row',
  components: ' of the inputs',
};

function mapSentence({ run, models }: LensContext): string {
  const plane = models.plane.value;
  if (!plane) return '';
  const pass = models.grid.value;
  const coarse = pass?.isBehind ? ' The network is large: the maps follow a little behind.' : '';
  if (!plane.y) return `Each map: the unit over ${nameOf(plane.x.name)}.${coarse}`;
  const others = run.features.value.length > 2 ? OTHERS[plane.kind] : '';
  return `Each map: the unit over ${nameOf(plane.x.name)} (across) and ${nameOf(plane.y.name)} (up)${others}.${coarse}`;
}

function leftOutSentence(
  { choices, run }: LensContext,
  sizes: readonly number[],
  layout: Layout | null,
): string {
  const nx = sizes[0];
  const drawn = layout?.units[0].length ?? nx;
  if (drawn === nx) return '';
  const ranking = choices.firstLook.ranking.value;
  const why = ranking ? `, and those that ${whyThese(ranking, run.id)}` : '';
  return `Drawn are ${drawn} of the ${whole(nx)} features: those of the maps${why}.`;
}

/** Puts a feature that is looked for across the maps; it is drawn then, too. */
function FeatureSearch({ context }: { context: LensContext }) {
  const { run } = context;
  const features = run.features.value;
  if (features.length <= MOST_INPUTS) return null;
  const find = (field: HTMLInputElement) => {
    const wanted = field.value.trim().toLowerCase();
    if (wanted === '') return;
    const named = (fits: (name: string) => boolean) =>
      features.findIndex(({ name }) => fits(name.toLowerCase()));
    const found = [
      named((name) => name === wanted),
      named((name) => name.startsWith(wanted)),
      named((name) => name.includes(wanted)),
    ].find((feature) => feature >= 0);
    field.setCustomValidity(found === undefined ? 'No feature has this name.' : '');
    field.reportValidity();
    if (found === undefined) return;
    putAcross(context, found);
    field.value = '';
  };
  return (
    <>
      <input
        class="find"
        type="search"
        list="features"
        placeholder="find a feature"
        aria-label={`Find one of ${features.length} features, to draw the maps over it`}
        onInput={({ currentTarget }) => currentTarget.setCustomValidity('')}
        onChange={({ currentTarget }) => find(currentTarget)}
      />
      <datalist id="features">
        {features.slice(0, MOST_FEATURES).map(({ name }, i) => (
          <option key={i} value={nameOf(name)} />
        ))}
      </datalist>
    </>
  );
}

function Key({ colour }: { colour: Rgb }) {
  return <i class="key" ref={styled('background', css(colour))} />;
}
