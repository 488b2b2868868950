import type { ComponentChildren } from 'preact';
import { full, short, whole } from '../../src/core/format';
import type { Made } from '../../src/core/origins';
import type { QuantityKey } from '../../src/core/chain';
import type { Scale } from '../../src/core/scale';
import { plainName } from '../model/equationParts';
import { standardisation } from '../model/standardised';
import type { Equations } from '../model/equations';

/** Terms of a sum that are written out; what is left of a longer one is added up. */
const MOST_TERMS = 6;

/** How the number of the pointed cell comes about, written out; its room is there before anything is pointed at. */
export function CellStory({
  equations,
  nameOf,
  scaleOf,
}: {
  equations: Equations;
  nameOf(axis: string, k: number): string;
  /** The scale of a number that is given with the file; null of others. */
  scaleOf(quantity: QuantityKey, row: number): Scale | null;
}) {
  const cell = equations.pointed.value;
  const story = equations.story.value;
  const matrix = cell && equations.trace.value?.get(cell.quantity);
  const masked = equations.masked.value;
  if (!cell || !matrix) {
    return (
      <div class="story empty">
        Point at a cell, or reach it with the arrow keys, to see the cells it is made of and its sum written
        out.
      </div>
    );
  }
  const isMasked = masked?.quantity === cell.quantity && masked.row === cell.row && masked.col === cell.col;
  const value = matrix.data[cell.row * matrix.cols + cell.col];
  const scale = scaleOf(cell.quantity, cell.row);
  return (
    <div class="story" aria-live="polite">
      <p>
        <b>{plainName(cell.quantity)}</b>, row {whole(cell.row + 1)}, column {whole(cell.col + 1)} ={' '}
        <output data-value={isMasked ? undefined : value}>{isMasked ? '?' : full(value)}</output>
      </p>
      <p class="sum">
        {isMasked ? 'Guess it, then it is written out.' : story && <MadeText made={story.made} />}
        {scale && standardisation(value, scale)}
      </p>
      <p class="names">{namesOf()}</p>
    </div>
  );

  function namesOf(): string {
    if (!cell || !equations.trace.value) return '';
    const [rows, cols] = equations.axes(cell.quantity);
    return [
      [rows, cell.row],
      [cols, cell.col],
    ]
      .map(([axis, k]) => (axis === '' ? '' : nameOf(String(axis), Number(k))))
      .filter((name) => name !== '')
      .join(' · ');
  }
}

/** A factor or a summand; in brackets where it is negative. */
const bracketed = (x: number): string => (x < 0 ? `(${short(x)})` : short(x));

function MadeText({ made }: { made: Made }) {
  switch (made.kind) {
    case 'sum': {
      const shown = made.terms.slice(0, MOST_TERMS);
      const rest = made.terms.slice(MOST_TERMS);
      const product = (term: readonly number[]) => term.reduce((all, factor) => all * factor, 1);
      const sum: ComponentChildren = (
        <>
          {shown.map((term, k) => (
            <span key={k} class="term">
              {k > 0 && ' + '}
              {term.map((factor, n) => (
                <span key={n}>
                  {n > 0 && ' × '}
                  {bracketed(factor)}
                </span>
              ))}
            </span>
          ))}
          {rest.length > 0 && (
            <span class="term">
              {' '}
              + {whole(rest.length)} more, {bracketed(rest.reduce((all, term) => all + product(term), 0))}
            </span>
          )}
          {made.plus !== null && <span class="term"> + b {bracketed(made.plus)}</span>}
        </>
      );
      return (
        <>
          {made.divisor !== null && `1/${whole(made.divisor)} × `}
          {made.divisor !== null || made.times !== null ? <>({sum})</> : sum}
          {made.times !== null && (
            <>
              {' '}
              <b class="star">∗</b> {bracketed(made.times)}
            </>
          )}
        </>
      );
    }
    case 'activation':
      return (
        <>
          {made.name}({short(made.z)})
        </>
      );
    case 'softmax':
      return (
        <>
          e^{bracketed(made.z)} / (
          {made.column
            .slice(0, MOST_TERMS)
            .map((z) => `e^${bracketed(z)}`)
            .join(' + ')}
          {made.column.length > MOST_TERMS && ' + …'})
        </>
      );
    case 'difference':
      return (
        <>
          {made.times === null ? '' : '('}
          {short(made.a)} − {bracketed(made.y)}
          {made.times === null ? '' : `) ∗ ${short(made.times)}`}
        </>
      );
    case 'loss':
      return <LossText {...made} />;
    case 'update':
      return (
        <>
          {short(made.w)} + {bracketed(made.change)}, where dw = {short(made.dw)}
        </>
      );
    default:
      return made satisfies never;
  }
}

function LossText({ output, a, y }: Extract<Made, { kind: 'loss' }>) {
  switch (output) {
    case 'sigmoid':
      return <>{y[0] === 1 ? `y is 1: −ln ${short(a[0])}` : `y is 0: −ln(1 − ${short(a[0])})`}</>;
    case 'softmax': {
      const right = y.indexOf(1);
      return (
        <>
          y is 1 in row {right + 1}: −ln {short(a[right])}
        </>
      );
    }
    case 'linear':
      return (
        <>
          ½ ({short(a[0])} − {bracketed(y[0])})²
        </>
      );
    default:
      return output satisfies never;
  }
}
