import type { QuantityKey } from '../../src/core/chain';
import { whole } from '../../src/core/format';
import { nameOfQuantity, type Part } from '../model/equationParts';
import type { Equations } from '../model/equations';

interface QuantityProps {
  readonly equations: Equations;
  readonly quantity: QuantityKey;
  readonly transposed?: boolean | undefined;
}

/** What makes a symbol light up, and light up everywhere, while it is pointed at. */
export const lighting = ({ lit }: Equations, quantity: QuantityKey) => ({
  'data-quantity': quantity,
  onMouseEnter: () => (lit.value = quantity),
  onMouseLeave: () => (lit.value = null),
});

const classOf = ({ lit }: Equations, quantity: QuantityKey) =>
  lit.value === quantity ? 'quantity lit' : 'quantity';

/** A symbol in a sentence. */
export function Quantity({ equations, quantity, transposed }: QuantityProps) {
  const { letter, l, prime } = nameOfQuantity(quantity);
  return (
    <span class={classOf(equations, quantity)} {...lighting(equations, quantity)}>
      <i>
        {letter}
        {prime && '′'}
      </i>
      {l !== null && <sup class={prime ? 'afterPrime' : ''}>[{l}]</sup>}
      {letter.startsWith('g′(') && ')'}
      {transposed && <sup>T</sup>}
    </span>
  );
}

/** A symbol of a formula with its shape below. */
function Symbol({ equations, quantity, transposed }: QuantityProps) {
  const { letter, l, prime } = nameOfQuantity(quantity);
  const matrix = equations.trace.value?.get(quantity);
  const shape = matrix && (transposed ? [matrix.cols, matrix.rows] : [matrix.rows, matrix.cols]);
  const exponents = `${l === null ? '' : `[${l}]`}${transposed ? 'T' : ''}`;
  // A letter each: those of more letters would stand in another font.
  const name = (
    <mrow class="letter">
      {Array.from(letter.replace('g′(', ''), (each, k) => (
        <mi key={k}>{each}</mi>
      ))}
    </mrow>
  );
  const symbol =
    exponents !== '' ? (
      <msup>
        {name}
        <mrow>
          {prime && (
            <>
              <mo>′</mo>
              <mspace {...{ width: '0.2em' }} />
            </>
          )}
          <mtext class="exponent">{exponents}</mtext>
        </mrow>
      </msup>
    ) : (
      name
    );
  return (
    <munder class={classOf(equations, quantity)} {...lighting(equations, quantity)}>
      <mrow>
        {letter.startsWith('g′(') && (
          <>
            <msup>
              <mi>g</mi>
              <mo>′</mo>
            </msup>
            <mo ref={unstretched}>(</mo>
          </>
        )}
        {symbol}
        {letter.startsWith('g′(') && <mo ref={unstretched}>)</mo>}
      </mrow>
      <mtext class="shape">{shape ? shape.map(whole).join(' × ') : ' '}</mtext>
    </munder>
  );
}

/** An equation, in pieces between which a line may break; `g` is the name that stands for the activation in it. */
export function Formula({ equations, parts }: { equations: Equations; parts: readonly Part[] }) {
  return (
    <div class="formulaLine">
      {piecesOf(parts).map((piece, k) => (
        <math key={k} display="inline">
          <mrow displaystyle>
            {piece.map((part, n) => (
              <FormulaPart key={n} equations={equations} part={part} />
            ))}
          </mrow>
        </math>
      ))}
    </div>
  );
}

/** The parts of an equation between the signs before which a line may break. */
export function piecesOf(parts: readonly Part[]): Part[][] {
  const pieces: Part[][] = [[]];
  for (const part of parts) {
    const isBreak =
      part.kind === 'dot' ||
      part.kind === 'star' ||
      (part.kind === 'sign' && (part.sign === '+' || part.sign === '− α'));
    if (isBreak) pieces.push([]);
    pieces[pieces.length - 1].push(part);
  }
  return pieces;
}

/** An operator as tall as it is written, with room on both sides also where it begins a line. Preact leaves out what is false. */
const unstretched = (element: Element | null) => element?.setAttribute('stretchy', 'false');
const between = (element: Element | null) => element?.setAttribute('form', 'infix');

function FormulaPart({ equations, part }: { equations: Equations; part: Part }) {
  switch (part.kind) {
    case 'quantity':
      return <Symbol equations={equations} quantity={part.key} transposed={part.transposed} />;
    case 'dot':
      return (
        <mo class="dot" ref={between}>
          ·
        </mo>
      );
    case 'star':
      return (
        <mo class="star" ref={between}>
          ∗
        </mo>
      );
    case 'mean':
      return (
        <>
          <mfrac>
            <mn>1</mn>
            <mi>m</mi>
          </mfrac>
          <munder>
            <mo>∑</mo>
            <mi>i</mi>
          </munder>
        </>
      );
    case 'sign':
      return part.sign === '1/m' ? (
        <mfrac>
          <mn>1</mn>
          <mi>m</mi>
        </mfrac>
      ) : (
        <SignText sign={part.sign} />
      );
    default:
      return part satisfies never;
  }
}

/** The signs of a text such as `(1 −`, each as what it is, so that it has its own room. */
function SignText({ sign }: { sign: string }) {
  return (
    <>
      {(sign.match(/ln|[A-Za-zα]+|\d+|\S/g) ?? []).map((token, k) => {
        if (/^\d/.test(token)) return <mn key={k}>{token}</mn>;
        if (token === 'ln') return <Logarithm key={k} ofSymbol={sign === 'ln'} />;
        if (/^[A-Za-zα]/.test(token)) return <mi key={k}>{token}</mi>;
        return '()²½Σ'.includes(token) ? (
          <mo key={k} ref={unstretched}>
            {token}
          </mo>
        ) : (
          <mo key={k} ref={token === '+' ? between : null}>
            {token}
          </mo>
        );
      })}
    </>
  );
}

const Logarithm = ({ ofSymbol }: { ofSymbol: boolean }) => (
  <>
    <mi>ln</mi>
    {ofSymbol && <mspace width="0.17em" />}
  </>
);
