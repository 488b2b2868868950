import { useSignal, useSignalEffect, type Signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { full, short, whole } from '../../src/core/format';
import type { Measure } from '../../src/core/trainer';
import { curveNumbers, hasBand } from '../model/curve';
import { cellAfter } from '../ui/cells';
import type { LensContext } from '../ui/context';
import { Hover } from '../ui/examples';
import { lineOfText } from '../ui/legendDrawing';
import { stacked } from '../ui/pen';
import { costDrawing, create, isLogarithmic, point, shownCurve, update, type CostLine } from './costDrawing';
import type { Picture } from './picture';

/** The cost over the epochs, of the training and the test set, and of the run that this one replaced. */
export function costPicture(context: LensContext): Picture {
  const { run, choices } = context;
  return {
    name: 'cost',
    title: () => (choices.curve.value === 'cost' ? 'Cost' : scoreName(context)),
    controls: () => <Controls context={context} />,
    view: () => <View context={context} />,
    caption: () => {
      const { edits } = run.live.value;
      return (
        <>
          {sentenceOf(context)}
          {run.ghost.value.length > 0 && '; faint: the run before'}
          {hasBand(run.points.value) && '; shaded: from the lowest to the highest between two points'}.
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
    numbers: (extent) => curveNumbers(shownCurve(context), extent),
    drawing: () =>
      shownCurve(context).length === 0
        ? null
        : stacked([
            { draw: costDrawing(context), width: 640, height: 320 },
            ...run.live.value.edits.map(({ epoch, text }, k) =>
              lineOfText(context.palette.value, `${k + 1}  Epoch ${whole(epoch)}: ${text}`),
            ),
          ]),
  };
}

/** What the score is called. */
const scoreName = ({ run }: LensContext) =>
  run.view.value.dataset?.task === 'regression' ? 'R²' : 'Accuracy';

function sentenceOf(context: LensContext): string {
  if (context.choices.curve.value === 'score') return `${scoreName(context)} of both sets after each epoch`;
  return `The cost of both sets after each epoch${isLogarithmic(context) ? ', by powers of ten' : ''}`;
}

/** Which curve, and on what scale. */
function Controls({ context }: { context: LensContext }) {
  const { curve, costScale } = context.choices;
  return (
    <>
      <select
        aria-label="Curve"
        value={curve.value}
        onChange={({ currentTarget }) => (curve.value = currentTarget.value === 'score' ? 'score' : 'cost')}
      >
        <option value="cost">cost</option>
        <option value="score">{scoreName(context)}</option>
      </select>
      <select
        aria-label="Scale of the cost"
        disabled={curve.value === 'score'}
        value={costScale.value}
        onChange={({ currentTarget: { value } }) =>
          (costScale.value = value === 'linear' || value === 'log' ? value : 'auto')
        }
      >
        <option value="auto">auto scale</option>
        <option value="linear">linear</option>
        <option value="log">log</option>
      </select>
    </>
  );
}

function View({ context }: { context: LensContext }) {
  const { run, palette, choices } = context;
  const canvas = useRef<HTMLCanvasElement>(null);
  const chart = useRef<CostLine | undefined>(undefined);
  const pointed = useSignal<number | null>(null);

  useEffect(() => {
    if (!canvas.current) return undefined;
    chart.current = create(canvas.current, context, pointed);
    return () => chart.current?.destroy();
  }, []);
  useSignalEffect(() => {
    // All that the chart draws is read here, so that the effect follows it.
    void [run.points.value, run.live.value, run.ghost.value, palette.value];
    void [choices.costScale.value, choices.curve.value, choices.overlaid.value];
    void [context.others.rows.value, context.others.curves.value];
    void run.moment.value;
    if (chart.current) update(chart.current, context);
  });

  const now = run.measureNow.value;
  const edits = run.live.value.edits;
  return (
    <>
      <div class="chart">
        <canvas
          ref={canvas}
          role="img"
          tabIndex={0}
          aria-label={now ? `Cost curve up to ${measureText(now)}. Arrow keys go along it.` : 'Cost curve'}
          data-points={run.points.value.length}
          data-band={hasBand(run.points.value)}
          data-scale={isLogarithmic(context) ? 'log' : 'linear'}
          data-overlaid={choices.overlaid.value.filter((id) => context.others.curves.value.has(id)).length}
          data-ghost={run.ghost.value.length}
          data-shown={run.moment.value?.measure.epoch ?? ''}
          data-marks={edits.map(({ epoch, text }) => `${epoch}: ${text}`).join('\n')}
          onKeyDown={(event) => {
            const count = shownCurve(context).length;
            const from = pointed.value === null ? null : { row: 0, col: pointed.value };
            const to = cellAfter(event.key, from, 1, count);
            if (!to || count === 0) return;
            event.preventDefault();
            pointed.value = to.col;
            point(chart.current, to.col);
          }}
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
  const measure = pointed.value === null ? undefined : shownCurve(context)[pointed.value];
  return (
    <Hover
      text={measure ? exactText(context, measure) : ''}
      otherwise="Point at the curve for exact numbers."
    />
  );
}

const measureText = ({ epoch, trainCost, testCost }: Measure) =>
  `epoch ${whole(epoch)}: training ${short(trainCost)}${testCost === null ? '' : `, test ${short(testCost)}`}`;

function exactText(context: LensContext, measure: Measure): string {
  const { epoch, trainCost, testCost, trainScore, testScore } = measure;
  const both = (training: number, test: number | null) =>
    `training ${full(training)}${test === null ? '' : `, test ${full(test)}`}`;
  return `Epoch ${whole(epoch)}: ${both(trainCost, testCost)}; ${scoreName(context)} ${both(trainScore, testScore)}`;
}
