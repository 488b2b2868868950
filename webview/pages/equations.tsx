import { useEffect, useMemo } from 'preact/hooks';
import type { QuantityKey } from '../../src/core/chain';
import type { Scale } from '../../src/core/scale';
import { nodeName } from '../model/diagram';
import { equationsOf, matricesOf } from '../model/equationParts';
import { functionName, sentenceOf, slopeFormula } from '../model/equationSentences';
import { Equations as Model } from '../model/equations';
import { isStandardised } from '../model/standardised';
import { short, whole } from '../../src/core/format';
import { CellStory } from '../ui/cellStory';
import type { LensContext } from '../ui/context';
import { exampleText } from '../ui/examples';
import { Formula, Quantity } from '../ui/quantity';
import { ExamplesChooser } from './equationExamples';
import { Matrices } from './equationMatrices';
import { Steps } from './equationSteps';
import { CheckCard } from './equationCheck';
import { CopyCard } from './equationCopy';
import { GradientCard } from './equationGradients';
import { GuessCard } from './equationGuess';

/** The equations of a training step, each with its live numbers, and what one can do with them. */
export function Equations({ context }: { context: LensContext }) {
  const equations = useMemo(() => modelOf(context), [context]);
  useEffect(() => () => equations.dispose(), [equations]);
  const { network } = context.run.view.value;
  const selection = equations.selection.value;
  if (!network || !selection) return null;
  const step = equations.step.value;
  const { rule } = context.run.live.value;
  const options = {
    isWeighted: selection.weights !== undefined,
    isPlain: rule.optimizer === 'gradientDescent' && rule.l1 === 0 && rule.l2 === 0,
  };
  const L = network.sizes.length - 1;
  const name = (axis: string, k: number): string => {
    if (axis === '') return '';
    if (axis === 'm') return exampleText(context, selection.columns[k] ?? 0);
    const l = Number(axis.slice(1));
    return l > 0 && l < L ? `unit ${k + 1} of layer ${l}` : nodeName(context.run, l, k);
  };
  return (
    <div class="equations">
      <Steps equations={equations} />
      <section class="card equation" aria-label="The equation of this step">
        <p class="sentence">
          {sentenceOf(step, network).map((part, k) =>
            typeof part === 'string' ? (
              part
            ) : (
              <Quantity key={k} equations={equations} quantity={part.key} transposed={part.transposed} />
            ),
          )}
        </p>
        <div class="formulas" tabIndex={0} role="group" aria-label="The equation">
          {equationsOf(step, network, options).map((parts, k) => (
            <Formula key={k} equations={equations} parts={parts} />
          ))}
        </div>
        <p class="caption">{noteOf(equations, context)}</p>
      </section>
      <section class="card numbersOfStep" aria-label="The numbers of this step">
        <ExamplesChooser context={context} equations={equations} />
        <CellStory
          equations={equations}
          nameOf={name}
          scaleOf={(quantity, row) => scaleOf(context, quantity, row)}
        />
        <GuessCard context={context} equations={equations} />
        <Matrices
          context={context}
          equations={equations}
          lines={matricesOf(step, network, options)}
          nameOf={name}
        />
      </section>
      <aside class="side" aria-label="Try it yourself">
        <CheckCard context={context} equations={equations} />
        <GradientCard context={context} equations={equations} />
        <CopyCard context={context} equations={equations} />
      </aside>
    </div>
  );
}

/** How a given number of X or Y comes from the file. */
function scaleOf({ run }: LensContext, quantity: QuantityKey, row: number): Scale | null {
  if (quantity === 'A0') return run.features.value[row] ?? null;
  const { dataset } = run.view.value;
  return quantity === 'Y' && dataset?.task === 'regression' ? dataset.targetScale : null;
}

function modelOf(context: LensContext): Model {
  return new Model(
    context.run,
    context.choices,
    async () => {
      const epoch = context.run.measure.peek()?.epoch ?? null;
      const answer = await context.ask({ kind: 'step', epoch }, 'equations');
      return answer && !('err' in answer) ? answer : null;
    },
    {
      now: () => performance.now(),
      later: (work, ms) => {
        const timer = setTimeout(work, ms);
        return () => clearTimeout(timer);
      },
    },
  );
}

/** What the symbols of this step stand for besides those of the sentence, and how exact it is. */
function noteOf(equations: Model, { run }: LensContext): string {
  const step = equations.step.value;
  const { network } = run.view.value;
  if (!network) return '';
  const isOutput = step.l === network.sizes.length - 1;
  switch (step.kind) {
    case 'activation':
      return `g is ${isOutput ? (network.output === 'linear' ? 'the identity' : network.output) : functionName[network.hidden]}.`;
    case 'hiddenError':
      return `g′(Z) = ${slopeFormula[network.hidden]} for ${functionName[network.hidden]}. · is the matrix product, ∗ goes cell by cell.`;
    case 'linear':
    case 'weightGradient':
      return `· is the matrix product: a row times a column, added up.${step.l === 1 && run.features.value.some(isStandardised) ? STANDARDISED : ''}`;
    case 'cost':
      return 'ln is the natural logarithm; ∗ goes cell by cell.'.slice(network.output === 'linear' ? 99 : 0);
    case 'update':
      return updateNote(equations, run);
    case 'outputError':
    case 'biasGradient':
      return '';
    default:
      return step satisfies never;
  }
}

const STANDARDISED =
  ' X: standardised, (x − mean) / deviation of the training rows, where a missing value has its stand-in; a category is 0 or 1.';

const RULES = {
  gradientDescent: 'Δ = −α · dw',
  momentum: 'v ← β v + α dw, Δ = −v',
  nesterov: 'v ← β v + α dw, Δ = −(β v + α dw)',
  adam: 'Δ = −α m̂ / (√ŝ + ε), with the running means m̂ of dw and ŝ of dw²',
} as const;

function updateNote(equations: Model, run: LensContext['run']): string {
  const { rule } = run.live.value;
  const penalty = rule.l1 > 0 || rule.l2 > 0 ? ' To dW comes what the penalty adds.' : '';
  const update = equations.update.value;
  if (update === undefined) return `${RULES[rule.optimizer]}.`;
  if (update === null) {
    return `${RULES[rule.optimizer]}.${penalty} The engine has no step to show: train or resume first.`;
  }
  const α = `α = ${short(update.learningRate)}.`;
  const source =
    update.by === 'engine'
      ? 'As the engine makes it, over all training rows.'
      : equations.examples.value === 'all'
        ? 'In float64 by the equations: the engine has not read the file.'
        : `In float64 by the equations, as if ${update.trace.m === 1 ? 'this example were' : `these ${whole(update.trace.m)} examples were`} all: training itself steps over all its rows.`;
  const { size } = run.frozen.value;
  const frozen = size > 0 ? ` What is frozen, ${whole(size)} of the weights and biases, stays as it is.` : '';
  const partial = update.isFull
    ? ''
    : ' The training itself takes mini-batches; this is the step over all rows.';
  return `${RULES[rule.optimizer]}, ${α}${penalty} ${source}${partial}${frozen}`;
}
