import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { full, short, whole } from '../../src/core/format';
import { IN_A_ROW } from '../../src/core/exercises/goals';
import { signQuestion, type SignQuestion } from '../../src/core/exercises/signQuestion';
import type { LensContext } from './context';
import { exampleText, nameOf } from './examples';
import { Icon } from './icon';

/** A question on the weights as they were when it was asked. */
interface Asked {
  readonly question: SignQuestion;
  /** Where it stands, and what the example is, in words. */
  readonly weight: string;
  readonly row: string;
  /** Of the network it was asked about. */
  readonly lastLayer: number;
  readonly incoming: string;
}

/** One weight's gradient on one row: its sign is said before it is seen, from all that it follows from. */
export function SignCard({ context, inARow }: { context: LensContext; inARow: number }) {
  const number = useSignal(0);
  const asked = useSignal<Asked | null>(null);
  const said = useSignal<1 | -1 | null>(null);
  const first = useRef<HTMLButtonElement>(null);
  const { run, send } = context;
  // Another run has other weights.
  useEffect(() => {
    asked.value = null;
    said.value = null;
  }, [run.id]);
  const ask = () => {
    asked.value = nextQuestion(context, number.value++);
    said.value = null;
    requestAnimationFrame(() => first.current?.focus());
  };
  const answer = (sign: 1 | -1) => {
    const current = asked.value;
    if (!current || said.value !== null) return;
    said.value = sign;
    send({ type: 'predicted', right: sign === Math.sign(current.question.dw) });
  };
  const current = asked.value;
  return (
    <div class="signCard" data-question={current ? number.value : undefined}>
      {current ? (
        <>
          <p>
            {current.row}. What is the sign of <b>dw</b> {current.weight}, for this row alone?
          </p>
          <Given of={current} />
          {said.value === null ? (
            <p class="buttons">
              <button ref={first} onClick={() => answer(1)} data-sign="positive">
                dw is Positive
              </button>
              <button onClick={() => answer(-1)} data-sign="negative">
                dw is Negative
              </button>
            </p>
          ) : (
            <Answer of={current} said={said.value} />
          )}
        </>
      ) : (
        <p class="caption">The numbers are those of the moment in which you are asked.</p>
      )}
      {(!current || said.value !== null) && (
        <p class="buttons">
          <button class="secondary" onClick={ask} data-sign="ask">
            {current ? 'Next Question' : 'Ask Me'}
          </button>
          <span class="caption" data-in-a-row={inARow}>
            {whole(Math.min(inARow, IN_A_ROW))} of {IN_A_ROW} in a row
          </span>
        </p>
      )}
    </div>
  );
}

/** Of the run as it is shown; null where no gradient can be seen. */
function nextQuestion(context: LensContext, n: number): Asked | null {
  const { run, refuse } = context;
  const { network } = run.view.peek();
  const [parameters, sample] = [run.parameters.peek(), run.sample.peek()];
  const question =
    network && parameters && sample ? signQuestion(network, parameters, sample.X, sample.y, n) : null;
  if (!network || !question) {
    refuse('Every gradient is 0, or nearly: there is no sign to predict. Train from random weights first.');
    return null;
  }
  const { layer, unit, input, example } = question;
  const lastLayer = network.sizes.length - 1;
  const from =
    layer === 1
      ? `the input ${nameOf(run.features.peek()[input]?.name ?? '')}`
      : `unit ${whole(input + 1)}${lastLayer > 2 ? ` of layer ${whole(layer - 1)}` : ''}`;
  const to =
    layer < lastLayer
      ? `unit ${whole(unit + 1)}${lastLayer > 2 ? ` of layer ${whole(layer)}` : ''}`
      : network.sizes[lastLayer] === 1
        ? 'the output'
        : `output ${whole(unit + 1)}`;
  return {
    ...{
      question,
      lastLayer,
      row: exampleText(context, example),
      weight: `of the weight from ${from} to ${to}`,
    },
    incoming: layer === 1 ? 'x' : 'a',
  };
}

function Given({ of: { question, lastLayer, incoming } }: { of: Asked }) {
  const { layer, y, answer, a, w, hidden } = question;
  const isChain = !hidden || hidden.through !== null;
  return (
    <dl class="signGiven">
      {isChain && <Quantity name="y" says="the target" of={y} />}
      {isChain && (
        <Quantity name={<In layer={lastLayer}>a</In>} says="the answer of the network" of={answer} />
      )}
      {hidden && hidden.through !== null && (
        <Quantity
          name={<In layer={lastLayer}>w</In>}
          says="from this unit to the output"
          of={hidden.through}
        />
      )}
      {hidden && hidden.through === null && <Quantity name="da" says="as it comes back" of={hidden.da} />}
      {hidden && <Quantity name="g′(z)" says="the slope of this unit" of={hidden.slope} />}
      <Quantity
        name={incoming === 'x' ? 'x' : <In layer={layer - 1}>a</In>}
        says="what comes in through the weight"
        of={a}
      />
      <Quantity name={<In layer={layer}>w</In>} says="the weight itself" of={w} />
    </dl>
  );
}

const Quantity = ({ name, says, of }: { name: ComponentChildren; says: string; of: number }) => (
  <div>
    <dt>{name}</dt>
    <dd class="value" title={full(of)} data-value={of}>
      {short(of)}
    </dd>
    <dd class="caption">{says}</dd>
  </div>
);

const In = ({ layer, children }: { layer: number; children: ComponentChildren }) => (
  <>
    {children}
    <sup>[{layer}]</sup>
  </>
);

function Answer({ of: { question, lastLayer, incoming }, said }: { of: Asked; said: 1 | -1 }) {
  const { layer, a, dz, dw, hidden, answer, y } = question;
  const isRight = said === Math.sign(dw);
  const input = incoming === 'x' ? 'x' : <In layer={layer - 1}>a</In>;
  return (
    <div class="signAnswer" role="status" data-right={isRight}>
      <p>
        <Icon name={isRight ? 'check' : 'close'} /> <b>{isRight ? 'Right' : 'Not this time'}:</b> dw is{' '}
        {dw > 0 ? 'positive' : 'negative'}, so the step w := w − α·dw makes w {dw > 0 ? 'smaller' : 'larger'}.
      </p>
      <p class="sums">
        {hidden && hidden.through !== null && (
          <span>
            dz<sup>[{lastLayer}]</sup> = a − y = {short(answer - y)}; da = w<sup>[{lastLayer}]</sup> · dz
            <sup>[{lastLayer}]</sup> = {short(hidden.da)}
          </span>
        )}
        <span>
          dz<sup>[{layer}]</sup> = {hidden ? 'da ∗ g′(z)' : 'a − y'} = {short(dz)}
        </span>
        <span>
          dw = dz<sup>[{layer}]</sup> · {input} = {short(dz)} · {short(a)} ={' '}
          <b title={full(dw)} data-value={dw}>
            {short(dw)}
          </b>
        </span>
      </p>
    </div>
  );
}
