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
      {l !== null && <sup>[{l}]</sup>}
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
  const name = <mi class="letter">{`${letter.replace('g′(', '')}${prime ? '′' : ''}`}</mi>;
  const symbol =
    exponents !== '' ? (
      <msup>
        {name}
        <mtext class="exponent">{exponents}</mtext>
      </msup>
    ) : (
      name
    );
  return (
    <munder class={classOf(equations, quantity)} {...lighting(equations, quantity)}>
      <mrow>
        {letter.startsWith('g′(') && (
          <>
            <mi>g′</mi>
            <mo stretchy={false}>(</mo>
          </>
        )}
        {symbol}
        {letter.startsWith('g′(') && <mo stretchy={false}>)</mo>}
      </mrow>
      <mtext class="shape">{shape ? shape.map(whole).join(' × ') : ' '}</mtext>
    </munder>
  );
}

/** An equation; `g` is the name that stands for the activation in it. */
export function Formula({ equations, parts }: { equations: Equations; parts: readonly Part[] }) {
  return (
    <math display="block">
      <mrow>
        {parts.map((part, k) => (
          <FormulaPart key={k} equations={equations} part={part} />
        ))}
      </mrow>
    </math>
  );
}

function FormulaPart({ equations, part }: { equations: Equations; part: Part }) {
  switch (part.kind) {
    case 'quantity':
      return <Symbol equations={equations} quantity={part.key} transposed={part.transposed} />;
    case 'dot':
      return <mo class="dot">·</mo>;
    case 'star':
      return <mo class="star">∗</mo>;
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
        <mo stretchy={false}>{part.sign}</mo>
      );
    default:
      return part satisfies never;
  }
}
