import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { count as counted, full, short, whole } from '../../src/core/format';
import { gradientCheck, STEP, wholeError, type CheckedCell } from '../../src/core/gradientCheck';
import { parameterCount } from '../../src/core/network';
import type { Equations } from '../model/equations';
import type { LensContext } from '../ui/context';

/** Multiplications of one whole check, some seconds of work. */
const MOST_WORK = 4e9;
const FEWEST_CELLS = 20;
/** Work between two frames. */
const SLICE_MS = 10;
const MOST_ROWS = 200;

interface Checked {
  readonly cells: readonly CheckedCell[];
  readonly total: number;
  readonly isWhole: boolean;
  readonly epoch: number;
  readonly m: number;
  readonly isDone: boolean;
}

/** Finite differences beside dW and db, at the weights of now and over the examples that are shown. */
export function GradientCard({ context, equations }: { context: LensContext; equations: Equations }) {
  const checked = useSignal<Checked | null>(null);
  const stop = useRef<() => void>(() => undefined);
  useEffect(() => () => stop.current(), []);
  const begin = () => {
    stop.current();
    const s = equations.situation();
    if (!s) return;
    const work = 2 * parameterCount(s.network) * s.X.cols;
    const most = Math.max(FEWEST_CELLS, Math.floor(MOST_WORK / work));
    const check = gradientCheck(s.network, s.parameters, s.X, s.Y, s.weights, { most });
    const cells: CheckedCell[] = [];
    const slice = () => {
      const end = performance.now() + SLICE_MS;
      let isDone = false;
      while (!isDone && performance.now() < end) {
        const cell = check.next();
        if (cell) cells.push(cell);
        isDone = cell === null;
      }
      const { total, isWhole } = check;
      checked.value = { cells: [...cells], total, isWhole, epoch: s.epoch, m: s.X.cols, isDone };
      if (isDone) return;
      const timer = setTimeout(slice);
      stop.current = () => clearTimeout(timer);
    };
    slice();
  };
  return (
    <section class="card gradientCheck" aria-label="Gradient check">
      <h2>Gradient Check</h2>
      <p class="buttons">
        {checked.value?.isDone === false ? (
          <button
            class="secondary"
            onClick={() => {
              stop.current();
              if (checked.value) checked.value = { ...checked.value, isDone: true, isWhole: false };
            }}
          >
            Stop at {whole(checked.value.cells.length)} of {whole(checked.value.total)}
          </button>
        ) : (
          <button class="secondary" data-check="gradients" onClick={begin}>
            Compare with Differences
          </button>
        )}
      </p>
      <div role="status">{checked.value ? summaryOf(checked.value) : null}</div>
      {checked.value ? (
        <Cells cells={checked.value.cells} />
      ) : (
        <p class="caption">For each w: (J(w + h) − J(w − h)) / 2h, with h = {short(STEP)}, in float64.</p>
      )}
      {context.run.live.value.rule.l2 + context.run.live.value.rule.l1 > 0 && (
        <p class="caption">The penalty is in neither of them.</p>
      )}
    </section>
  );
}

function summaryOf({ cells, isDone, isWhole, epoch, m }: Checked) {
  const of = (verdict: CheckedCell['verdict']) => cells.filter((cell) => cell.verdict === verdict).length;
  const [differ, kinks] = [of('differs'), of('kink')];
  return (
    <>
      <p
        class={differ === 0 ? 'right' : 'wrong'}
        data-differs={differ}
        data-kinks={kinks}
        data-done={isDone}
        data-cells={cells.length}
      >
        <b>{differ === 0 ? 'They agree' : `${whole(differ)} differ`}</b>
        {isWhole ? '' : ` in ${counted(cells.length, 'cell')} spread over all layers`}: relative error{' '}
        {short(wholeError(cells))} over all.
      </p>
      <p class="caption">
        At epoch {whole(epoch)}, m = {whole(m)}. Below 10⁻⁷ is as good as float64 gives; a gradient under some
        10⁻⁹ is lost in its rounding (–).
        {kinks > 0 &&
          ` In ${counted(kinks, 'cell')} a z lies so near the corner of ReLU that it crosses it between w − h and w + h: there the difference is no derivative.`}
      </p>
    </>
  );
}

const BELOW = 'Below what differences in float64 can tell from 0.';

/** What a check says of a cell; where both numbers are lost in rounding there is no error to speak of. */
export const errorText = (cell: CheckedCell): string =>
  cell.verdict === 'kink' ? 'kink' : isBelowNoise(cell) ? '–' : oneDigit(cell.relativeError);

const oneDigit = (x: number): string =>
  x > 0 && x < 1e-3 ? x.toExponential(0).replace('-', '−') : short(Number(x.toPrecision(1)));

const isBelowNoise = ({ relativeError, analytic, numeric }: CheckedCell): boolean =>
  relativeError === 0 && analytic !== numeric;

/** Those that say most first. */
function Cells({ cells }: { cells: readonly CheckedCell[] }) {
  const weight = ({ verdict }: CheckedCell) => (verdict === 'differs' ? 2 : verdict === 'kink' ? 1 : 0);
  const sorted =
    cells.length > MOST_ROWS || cells.some((cell) => weight(cell) > 0)
      ? cells.toSorted((a, b) => weight(b) - weight(a) || b.relativeError - a.relativeError)
      : cells;
  return (
    <div class="numberTable" tabIndex={0} role="region" aria-label="Gradients and differences">
      <table>
        <thead>
          <tr>
            <th scope="col">cell</th>
            <th scope="col">equations</th>
            <th scope="col">difference</th>
            <th scope="col">error</th>
          </tr>
        </thead>
        <tbody>
          {sorted.slice(0, MOST_ROWS).map((cell) => (
            <tr key={`${cell.of}${cell.layer} ${cell.row} ${cell.col}`} class={cell.verdict}>
              <th scope="row">
                d{cell.of}[{cell.layer}] {cell.row + 1}
                {cell.of === 'W' && `, ${cell.col + 1}`}
              </th>
              <td title={full(cell.analytic)} data-analytic={cell.analytic}>
                {short(cell.analytic)}
              </td>
              <td title={full(cell.numeric)} data-numeric={cell.numeric}>
                {short(cell.numeric)}
              </td>
              <td title={isBelowNoise(cell) ? BELOW : full(cell.relativeError)}>{errorText(cell)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {cells.length > MOST_ROWS && (
        <p>
          The {MOST_ROWS} with the largest error of {whole(cells.length)}.
        </p>
      )}
    </div>
  );
}
