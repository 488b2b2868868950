import { signal, untracked, useSignal, useSignalEffect, type Signal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { full, short, whole } from '../../src/core/format';
import { rateAt } from '../../src/core/schedule';
import type { Measure } from '../../src/core/trainer';
import { curveNumbers, hasBand } from '../model/curve';
import { showing } from '../model/epochWindow';
import { hasLayerBand, layerName, layerNumbers } from '../model/layerLines';
import { cellAfter } from '../ui/cells';
import type { LensContext } from '../ui/context';
import { Hover } from '../ui/examples';
import { useDrawing } from '../ui/frameWork';
import { lineOfText } from '../ui/legendDrawing';
import { stacked } from '../ui/pen';
import { scoreTitle } from '../ui/scoreName';
import { epochsOf, isLogarithmic, point, rateOf, shownCurve, windowsOf, type CostLine } from './curveData';
import { CurveControls, curveTitle, onWindowKey, useWheelAndDrag } from './curveControls';
import type { NumberTable, Extent, Picture } from './picture';

/** What draws the chart, once it is there. */
type DrawingOfCost = typeof import('./costDrawing');

/** What the training was measured by over the epochs: cost, score, gradients and changes of the layers, learning rate. */
export function costPicture(context: LensContext): Picture {
  const { run, choices } = context;
  const drawing = signal<DrawingOfCost | null>(null);
  import('./costDrawing').then(
    (loaded) => (drawing.value = loaded),
    () => context.refuse('Curves cannot be drawn. If Neuron Lens has just been updated, reload the window.'),
  );
  return {
    name: 'cost',
    title: () => curveTitle(context, choices.curve.value),
    controls: () => <CurveControls context={context} />,
    view: () => <View context={context} drawing={drawing} />,
    caption: () => {
      const { edits } = run.live.value;
      return (
        <>
          {sentenceOf(context)}
          {edits.length > 0 && (
            <ol class="marks">
              {edits.map(({ epoch, text }, k) => (
                <li key={k}>
                  Epoch {whole(epoch)}: {text}
                </li>
              ))}
            </ol>
          )}
        </>
      );
    },
    numbers: (extent) => withEdits(context, numbersOf(context, extent)),
    drawing: () =>
      !drawing.value || epochsOf(context).length === 0
        ? null
        : stacked([
            { draw: drawing.value.costDrawing(context), width: 640, height: 320 },
            ...run.live.value.edits.map(({ epoch, text }, k) =>
              lineOfText(context.palette.value, `${k + 1}  Epoch ${whole(epoch)}: ${text}`),
            ),
          ]),
  };
}

/** What is seen, and what is left out of it. */
function sentenceOf(context: LensContext): string {
  const { run, choices } = context;
  const curve = choices.curve.value;
  const decades = isLogarithmic(context) ? ', by powers of ten' : '';
  const ghost = run.ghost.value.length > 0 ? '; faint: the run before' : '';
  const line = run.live.value.baselines
    ? `; dotted: a straight line and, wider apart, guessing${run.view.value.dataset?.testRows ? ' on the test part' : ''}`
    : '';
  const shaded = '; shaded: from the lowest to the highest between two points';
  switch (curve) {
    case 'cost':
      return `The cost of both sets after each epoch${decades}${ghost}${line}${hasBand(run.points.value) ? shaded : ''}.`;
    case 'score':
      return `${scoreTitle(context)} of both sets after each epoch${ghost}${line}.`;
    case 'gradient':
    case 'update': {
      if (run.layers.value.length === 0) return 'Not measured for this run: it comes with its next epochs.';
      const { batchSize } = run.live.value.rule;
      const of = batchSize > 0 ? 'its last mini-batch' : 'all training examples';
      const what =
        curve === 'gradient'
          ? `How large the gradient of each layer’s W over ${of} is, with what regularization adds`
          : `How far the epoch moved each layer’s W, as a share of how large W was`;
      const taken = intervalOf(run.layers.value.map(({ epoch }) => epoch));
      const sampled =
        taken > 1 ? `, measured every ${whole(taken)} epochs; the lines join what was measured` : '';
      return `${what}${sampled}${decades}${hasLayerBand(run.layers.value, curve) ? '; shaded: the lowest and highest measured before' : ''}.`;
    }
    case 'rate':
      return `The learning rate of each epoch, with its schedule and edits${decades}.`;
    default:
      return curve satisfies never;
  }
}

/** Epochs between the last two points but one, which the last may be nearer to. */
const intervalOf = (epochs: readonly number[]): number =>
  epochs.length > 2 ? epochs[epochs.length - 2] - epochs[epochs.length - 3] : 1;

function numbersOf(context: LensContext, extent: Extent): NumberTable {
  const { run, choices } = context;
  const curve = choices.curve.value;
  switch (curve) {
    case 'cost':
    case 'score':
      return curveNumbers(shownCurve(context), extent);
    case 'gradient':
    case 'update':
      return layerNumbers(run.layers.value, curve, extent);
    case 'rate': {
      const points = rateOf(context);
      return { columns: ['Epoch', 'Learning rate'], rows: points.map(({ x, y }) => [x, y]) };
    }
    default:
      return curve satisfies never;
  }
}

/** With what was edited since the row before, as `key before → after`. */
function withEdits({ run }: LensContext, { columns, rows }: NumberTable): NumberTable {
  const { edits } = run.live.value;
  if (edits.length === 0) return { columns, rows };
  let from = 0;
  return {
    columns: [...columns, 'Edited'],
    rows: rows.map((row, k) => {
      const isLast = k === rows.length - 1;
      const texts: string[] = [];
      for (; from < edits.length && (isLast || edits[from].epoch <= Number(row[0])); from++) {
        const { epoch, text, changes } = edits[from];
        const what =
          changes?.map(({ key, before, after }) => `${key} ${before} → ${after}`).join(', ') ?? text;
        texts.push(`${epoch}: ${what}`);
      }
      return [...row, texts.join('; ')];
    }),
  };
}

interface ViewProps {
  readonly context: LensContext;
  readonly drawing: Signal<DrawingOfCost | null>;
}

function View({ context, drawing }: ViewProps) {
  const { run, palette, choices } = context;
  const canvas = useRef<HTMLCanvasElement>(null);
  const chart = useRef<CostLine | undefined>(undefined);
  const pointed = useSignal<number | null>(null);

  useSignalEffect(() => {
    const [element, loaded] = [canvas.current, drawing.value];
    if (!element || !loaded) return undefined;
    const made = untracked(() => loaded.create(element, context, pointed));
    chart.current = made;
    return () => {
      made.destroy();
      chart.current = undefined;
    };
  });
  useWheelAndDrag(context, canvas, chart);
  useDrawing(() => {
    // All that the chart draws is read here, so that it is drawn again when that changes.
    void [run.points.value, run.layers.value, run.live.value, run.ghost.value, palette.value];
    void [choices.costScale.value, choices.curve.value, choices.overlaid.value];
    void [choices.epochScale.value, choices.zoom.value];
    void [context.others.rows.value, context.others.curves.value];
    void run.moment.value;
    if (chart.current) drawing.value?.update(chart.current, context);
  });

  const now = run.measureNow.value;
  const edits = run.live.value.edits;
  const { shown } = windowsOf(context);
  const title = curveTitle(context, choices.curve.value);
  const onKeyDown = (event: KeyboardEvent) => {
    if (onWindowKey(context, event, pointed.value)) {
      event.preventDefault();
      return;
    }
    const epochs = epochsOf(context);
    const at = pointed.value === null ? -1 : epochs.indexOf(pointed.value);
    const to = cellAfter(event.key, at < 0 ? null : { row: 0, col: at }, 1, epochs.length);
    if (!to || epochs.length === 0) return;
    event.preventDefault();
    const epoch = epochs[to.col];
    const { whole: all, shown: window } = windowsOf(context);
    const { zoom, epochScale } = choices;
    if (zoom.value) {
      const moved = showing(window, all, epoch, epochScale.value);
      if (moved !== window) zoom.value = moved && { run: run.id, ...moved };
    }
    pointed.value = epoch;
    point(chart.current, epoch);
  };
  return (
    <>
      <div class="chart">
        <canvas
          ref={canvas}
          role="img"
          tabIndex={0}
          aria-label={`${now ? `${title} curve up to ${measureText(now)}.` : `${title} curve.`} Arrow keys go along it, plus and minus zoom, with Shift they move what is shown, 0 shows all.`}
          data-curve={choices.curve.value}
          data-points={run.points.value.length}
          data-layers={run.layers.value.length}
          data-band={hasBand(run.points.value)}
          data-scale={isLogarithmic(context) ? 'log' : 'linear'}
          data-window={`${shown.from} ${shown.to}`}
          data-overlaid={choices.overlaid.value.filter((id) => context.others.curves.value.has(id)).length}
          data-ghost={run.ghost.value.length}
          data-shown={run.moment.value?.measure.epoch ?? ''}
          data-marks={edits.map(({ epoch, text }) => `${epoch}: ${text}`).join('\n')}
          onKeyDown={onKeyDown}
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
  const epoch = pointed.value;
  return (
    <Hover
      text={epoch === null ? '' : exactText(context, epoch)}
      otherwise="Point at the curve for exact numbers; Ctrl and the wheel zoom."
    />
  );
}

const measureText = ({ epoch, trainCost, testCost }: Measure) =>
  `epoch ${whole(epoch)}: training ${short(trainCost)}${testCost === null ? '' : `, test ${short(testCost)}`}`;

/** All values of the curve at an epoch. */
function exactText(context: LensContext, epoch: number): string {
  const { run, choices } = context;
  const curve = choices.curve.value;
  const both = (training: number, test: number | null) =>
    `training ${full(training)}${test === null ? '' : `, test ${full(test)}`}`;
  switch (curve) {
    case 'cost':
    case 'score': {
      const measure = shownCurve(context).find((each) => each.epoch === epoch);
      if (!measure) return '';
      const { trainCost, testCost, trainScore, testScore } = measure;
      const chosen = run.live.value.chosen && testScore !== null ? ', chosen by looking at it' : '';
      return `Epoch ${whole(epoch)}: ${both(trainCost, testCost)}; ${scoreTitle(context)} ${both(trainScore, testScore)}${chosen}`;
    }
    case 'gradient':
    case 'update': {
      const found = run.layers.value.find((each) => each.epoch === epoch);
      const values = found?.[curve].map((value, k) =>
        Number.isNaN(value) ? '' : `${layerName(curve, k + 1)} = ${full(value)}`,
      );
      return `Epoch ${whole(epoch)}: ${values?.filter(Boolean).join(', ') ?? ''}`;
    }
    case 'rate':
      return `Epoch ${whole(epoch)}: learning rate ${full(rateAt(run.live.value.rates ?? [], epoch))}`;
    default:
      return curve satisfies never;
  }
}
