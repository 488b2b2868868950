import { useSignal, useSignalEffect, type Signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { full, short, whole } from '../../src/core/format';
import type { Measure } from '../../src/core/trainer';
import { curveNumbers, hasBand } from '../model/curve';
import { cellAfter } from '../ui/cells';
import type { LensContext } from '../ui/context';
import { Hover } from '../ui/examples';
import { create, point, shownCurve, update, type CostLine } from './costDrawing';
import type { Picture } from './picture';

/** The cost over the epochs, of the training and the test set, and of the run that this one replaced. */
export function costPicture(context: LensContext): Picture {
  const { run, choices } = context;
  let chart: CostLine | undefined;
  return {
    name: 'cost',
    title: () => 'Cost',
    controls: () => (
      <label>
        <input
          type="checkbox"
          checked={choices.logScale.value}
          onChange={({ currentTarget }) => (choices.logScale.value = currentTarget.checked)}
        />
        log scale
      </label>
    ),
    view: () => <View context={context} keep={(made) => (chart = made)} />,
    caption: () => {
      const { edits } = run.live.value;
      return (
        <>
          The cost of both sets after each epoch{run.ghost.value.length > 0 && '; faint: the run before'}
          {hasBand(run.points.value) && '; shaded: from the lowest to the highest between two points'}.
          {edits.length > 0 && (
            <ul class="marks">
              {edits.map(({ epoch, text }, k) => (
                <li key={k}>
                  Epoch {whole(epoch)}: {text}
                </li>
              ))}
            </ul>
          )}
        </>
      );
    },
    numbers: () => curveNumbers(shownCurve(context)),
    image: () => copyOf(chart?.canvas),
  };
}

function copyOf(canvas: HTMLCanvasElement | undefined): HTMLCanvasElement | null {
  if (!canvas || canvas.width === 0) return null;
  const copy = document.createElement('canvas');
  copy.width = canvas.width;
  copy.height = canvas.height;
  copy.getContext('2d')?.drawImage(canvas, 0, 0);
  return copy;
}

function View({ context, keep }: { context: LensContext; keep(chart: CostLine | undefined): void }) {
  const { run, palette, choices } = context;
  const canvas = useRef<HTMLCanvasElement>(null);
  const chart = useRef<CostLine | undefined>(undefined);
  const pointed = useSignal<number | null>(null);

  useEffect(() => {
    if (!canvas.current) return undefined;
    chart.current = create(canvas.current, context, pointed);
    keep(chart.current);
    update(chart.current, context);
    return () => {
      chart.current?.destroy();
      keep(undefined);
    };
  }, []);
  useSignalEffect(() => {
    // All that the chart draws is read here, so that the effect follows it.
    void [run.points.value, run.live.value, run.ghost.value, palette.value, choices.logScale.value];
    if (chart.current) update(chart.current, context);
  });

  const now = run.measure.value;
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
          data-ghost={run.ghost.value.length}
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
  return <Hover text={measure ? exactText(measure) : ''} otherwise="Point at the curve for exact numbers." />;
}

const measureText = ({ epoch, trainCost, testCost }: Measure) =>
  `epoch ${whole(epoch)}: training ${short(trainCost)}${testCost === null ? '' : `, test ${short(testCost)}`}`;
const exactText = ({ epoch, trainCost, testCost }: Measure) =>
  `Epoch ${whole(epoch)}: training ${full(trainCost)}${testCost === null ? '' : `, test ${full(testCost)}`}`;
