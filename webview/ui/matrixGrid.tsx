import { useRef } from 'preact/hooks';
import type { QuantityKey } from '../../src/core/chain';
import { full, short, whole } from '../../src/core/format';
import type { Matrix } from '../../src/core/matrix';
import type { Origin } from '../../src/core/origins';
import { plainName } from '../model/equationParts';
import type { Equations, PointedCell } from '../model/equations';
import { largest } from '../model/models';
import { isStandardised } from '../model/standardised';
import { styled } from './canvas';
import { cellAfter, type Cell } from './cells';
import type { LensContext } from './context';
import { Icon, type IconName } from './icon';
import { Quantity } from './quantity';
import { css, diverging, isDark } from './theme';

interface MatrixGridProps {
  readonly context: LensContext;
  readonly equations: Equations;
  readonly quantity: QuantityKey;
  readonly transposed?: boolean | undefined;
  /** What it is in its step. */
  readonly role?: string | undefined;
  /** What a row or column of an axis stands for: `unit 2`, `Line 17: petal = 1`. */
  nameOf(axis: string, k: number): string;
  /** Rows and columns that are shown at once. */
  readonly most: { readonly rows: number; readonly cols: number };
}

/** Where a quantity is looked at: its window on rows and columns as they are shown. */
interface Window {
  readonly matrix: Matrix;
  readonly transposed: boolean;
  readonly rows: number;
  readonly cols: number;
  readonly row0: number;
  readonly col0: number;
  readonly shownRows: number;
  readonly shownCols: number;
}

/** A matrix with the numbers of its rows and columns; of a large one a window, which keys and buttons move. */
export function MatrixGrid({
  context,
  equations,
  quantity,
  transposed = false,
  role,
  nameOf,
  most,
}: MatrixGridProps) {
  const table = useRef<HTMLTableElement>(null);
  const matrix = equations.trace.value?.get(quantity);
  if (!matrix) return null;
  const own = equations.axes(quantity);
  const axes = transposed ? ([own[1], own[0]] as const) : own;
  const [rows, cols] = transposed ? [matrix.cols, matrix.rows] : [matrix.rows, matrix.cols];
  const shownRows = Math.min(rows, most.rows);
  const shownCols = Math.min(cols, most.cols);
  const view: Window = {
    ...{ matrix, transposed, rows, cols, shownRows, shownCols },
    row0: Math.min(equations.windowOf(axes[0]).value, rows - shownRows),
    col0: Math.min(equations.windowOf(axes[1]).value, cols - shownCols),
  };
  const pointed = equations.pointed.value;
  const isPointed = pointed?.quantity === quantity;
  const active = isPointed ? inShown(pointed, transposed) : { row: view.row0, col: view.col0 };
  const moveTo = (to: Cell) => {
    equations.windowOf(axes[0]).value = scrolled(view.row0, view.shownRows, to.row);
    equations.windowOf(axes[1]).value = scrolled(view.col0, view.shownCols, to.col);
    point(to.row, to.col);
    // The cell is there once the window has moved.
    requestAnimationFrame(() => table.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus());
  };
  const point = (row: number, col: number) => {
    equations.pointed.value = { quantity, ...inShown({ row, col }, transposed) };
    equations.lit.value = quantity;
  };
  const leave = () => {
    equations.pointed.value = null;
    equations.lit.value = null;
  };
  const origins = (equations.story.value?.origins ?? []).filter((origin) => origin.quantity === quantity);
  const limit = largest(matrix.data) || 1;
  const range = (count: number, from: number) => Array.from({ length: count }, (_, k) => from + k);
  return (
    <figure
      class={equations.lit.value === quantity ? 'matrix lit' : 'matrix'}
      data-quantity={quantity}
      data-transposed={transposed}
    >
      <figcaption>
        {role && <b>{role}</b>}
        <Quantity equations={equations} quantity={quantity} transposed={transposed} />
        <span class="size">
          {whole(rows)} × {whole(cols)}
          {quantity === 'A0' && context.run.features.value.some(isStandardised) && ', standardised'}
        </span>
      </figcaption>
      <table
        ref={table}
        role="grid"
        aria-label={`${plainName(quantity)}${transposed ? ' transposed' : ''}, ${whole(rows)} by ${whole(cols)}`}
        aria-rowcount={rows + 1}
        aria-colcount={cols + 1}
        onMouseLeave={leave}
        onBlur={leave}
        onKeyDown={(event) => {
          const page = shownCols < cols ? { row: 0, col: shownCols } : { row: shownRows, col: 0 };
          const to = cellAfter(event.key, active, rows, cols, page);
          if (!to) return;
          event.preventDefault();
          moveTo(to);
        }}
      >
        <thead>
          <tr role="row" aria-rowindex={1}>
            <td role="presentation" />
            {range(shownCols, view.col0).map((col) => (
              <th key={col} scope="col" aria-colindex={col + 2} title={nameOf(axes[1], col)}>
                {whole(col + 1)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {range(shownRows, view.row0).map((row) => (
            <tr role="row" key={row} aria-rowindex={row + 2}>
              <th scope="row" title={nameOf(axes[0], row)}>
                {whole(row + 1)}
              </th>
              {range(shownCols, view.col0).map((col) => {
                const cell = inShown({ row, col }, transposed);
                const value = matrix.data[cell.row * matrix.cols + cell.col];
                const isMasked = isSame(equations.masked.value, quantity, cell);
                const isActive = active.row === row && active.col === col;
                const colour = diverging(context.palette.value, isMasked ? 0 : value, limit);
                return (
                  <td
                    key={col}
                    role="gridcell"
                    tabIndex={isActive ? 0 : -1}
                    aria-colindex={col + 2}
                    class={[
                      isDark(colour) ? 'onDark' : 'onLight',
                      isPointed && isActive ? 'pointed' : '',
                      origins.some((origin) => holds(origin, cell)) ? 'origin' : '',
                      isMasked ? 'masked' : '',
                    ].join(' ')}
                    data-row={cell.row}
                    data-col={cell.col}
                    {...(!isMasked && { 'data-value': value, title: full(value) })}
                    ref={styled('background', css(colour))}
                    onMouseEnter={() => point(row, col)}
                    onFocus={() => point(row, col)}
                  >
                    {isMasked ? '?' : short(value)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <Scroller equations={equations} view={view} axes={axes} name={plainName(quantity)} />
    </figure>
  );
}

/** Buttons that move the window; without any where all is shown. */
function Scroller({
  equations,
  view: { rows, cols, row0, col0, shownRows, shownCols },
  axes,
  name,
}: {
  equations: Equations;
  view: Window;
  axes: readonly [string, string];
  name: string;
}) {
  const bar = (
    axis: string,
    from: number,
    shown: number,
    of: number,
    what: string,
    icons: [IconName, IconName],
  ) =>
    shown < of && (
      <span class="scroller">
        <MoveButton
          icon={icons[0]}
          label={`${name}: ${what} before these`}
          isEnabled={from > 0}
          onClick={() => (equations.windowOf(axis).value = Math.max(0, from - shown))}
        />
        <span>
          {what} {whole(from + 1)}–{whole(from + shown)} of {whole(of)}
        </span>
        <MoveButton
          icon={icons[1]}
          label={`${name}: ${what} after these`}
          isEnabled={from + shown < of}
          onClick={() => (equations.windowOf(axis).value = Math.min(of - shown, from + shown))}
        />
      </span>
    );
  return (
    <div class="scrollers">
      {bar(axes[1], col0, shownCols, cols, 'columns', ['chevron-left', 'chevron-right'])}
      {bar(axes[0], row0, shownRows, rows, 'rows', ['chevron-up', 'chevron-down'])}
    </div>
  );
}

function MoveButton({
  icon,
  label,
  isEnabled,
  onClick,
}: {
  icon: IconName;
  label: string;
  isEnabled: boolean;
  onClick: () => void;
}) {
  return (
    <button
      class="tool"
      title={label}
      aria-label={label}
      aria-disabled={!isEnabled}
      onClick={() => isEnabled && onClick()}
    >
      <Icon name={icon} />
    </button>
  );
}

interface Place {
  readonly row: number;
  readonly col: number;
}

/** From a quantity's own rows and columns to those that are shown, and back. */
const inShown = ({ row, col }: Place, transposed: boolean): Place =>
  transposed ? { row: col, col: row } : { row, col };

const isSame = (some: PointedCell | null, quantity: QuantityKey, { row, col }: Place): boolean =>
  some?.quantity === quantity && some.row === row && some.col === col;

/** Whether a cell is part of where another one comes from. */
export function holds({ part }: Origin, { row, col }: Place): boolean {
  switch (part.kind) {
    case 'row':
      return part.row === row;
    case 'column':
      return part.col === col;
    case 'cell':
      return part.row === row && part.col === col;
    case 'all':
      return true;
    default:
      return part satisfies never;
  }
}

/** Where a window of `shown` that begins at `from` begins once it shows `at`. */
export const scrolled = (from: number, shown: number, at: number): number =>
  at < from ? at : at >= from + shown ? at - shown + 1 : from;
