import { traceNeuron, type NeuronTrace } from '../../src/core/trace';
import { full, short, whole } from '../../src/core/format';
import type { Scale } from '../../src/core/scale';
import { nodeName } from '../model/diagram';
import { isStandardised, ownText, standardisation } from '../model/standardised';
import type { LensContext } from '../ui/context';
import { exampleText } from '../ui/examples';
import { Icon } from '../ui/icon';
import { chooseRow, goToRow } from '../ui/rows';
import { inputName } from './weights';

/** More inputs than this are summed up in one line. */
const MOST_TERMS = 40;

/** The chosen unit's equations with the live numbers of one example, forward and coming back. */
export function Neuron({ context }: { context: LensContext }) {
  const { run, choices } = context;
  const chosen = choices.neuron.value;
  const { network, dataset } = run.view.value;
  const sample = run.sample.value;
  const theta = run.parameters.value;
  if (!chosen || !network || !dataset || !sample || !theta) return null;
  const j = choices.example.value;
  const { layer, unit } = chosen;
  const L = network.sizes.length - 1;
  if (layer > L || unit >= network.sizes[layer]) return null;
  const x = Float64Array.from({ length: network.sizes[0] }, (_, i) => sample.X.data[i * sample.X.cols + j]);
  const y = new Float64Array(network.sizes[L]);
  if (network.output === 'softmax') y[sample.y[j]] = 1;
  else y[0] = sample.y[j];
  const trace = traceNeuron(network, theta, x, y, layer, unit);
  const g =
    layer === L ? { sigmoid: 'σ', softmax: 'softmax', linear: 'identity' }[network.output] : network.hidden;
  const position = sample.order.indexOf(j);
  const step = (by: number) => {
    const { length } = sample.order;
    chooseRow(context, sample.order[(position + by + length) % length]);
  };
  const close = () => closeNeuron(context);
  return (
    <section class="card neuron" aria-label="The chosen unit">
      <h2>
        {nodeName(run, layer, unit)}, layer {layer}
        <button class="tool inline" title="Close (Escape)" aria-label="Close" onClick={close}>
          <Icon name="close" />
        </button>
      </h2>
      <p class="chooser">
        <button class="tool" title="Previous example" aria-label="Previous example" onClick={() => step(-1)}>
          <Icon name="chevron-left" />
        </button>
        <span>{exampleText(context, j)}</span>
        <button class="tool" title="Next example" aria-label="Next example" onClick={() => step(1)}>
          <Icon name="chevron-right" />
        </button>
        <button class="secondary" onClick={() => goToRow(context, j)}>
          Show Row
        </button>
      </p>
      <Formula
        layer={layer}
        unit={unit}
        trace={trace}
        g={g}
        softmax={layer === L && network.output === 'softmax'}
      />
      <Terms context={context} layer={layer} trace={trace} />
      <dl class="back">
        <Entry name="loss" of={trace.loss} how="of this example" />
        <Entry name="da" of={trace.da} how={layer === L ? '∂loss/∂a' : `W[${layer + 1}]ᵀ dz[${layer + 1}]`} />
        <Entry name="dz" of={trace.dz} how={layer === L ? 'a − y' : `da · g′(z)`} />
        <Entry name="db" of={trace.dz} how="dz" />
      </dl>
      <p class="caption">
        Inputs are as the network sees them
        {run.features.value.some(isStandardised) ? ', standardised: (x − mean) / deviation' : ''}. dw = dz ·
        x, of the loss of this example alone; the update of w takes the mean of dw over all training examples.
      </p>
    </section>
  );
}

/** Closes the card, and gives the focus back to the unit in the diagram, where it is drawn. */
export function closeNeuron({ choices }: LensContext): void {
  const chosen = choices.neuron.value;
  if (!chosen) return;
  const unit = document.querySelector<HTMLElement>(`[data-neuron="${chosen.layer}-${chosen.unit}"]`);
  unit?.focus();
  choices.neuron.value = null;
}

interface FormulaProps {
  layer: number;
  unit: number;
  trace: NeuronTrace;
  g: string;
  softmax: boolean;
}

function Formula({ layer, unit, trace, g, softmax }: FormulaProps) {
  const index = (
    <>
      <mrow>
        <mo>[</mo>
        <mn>{layer}</mn>
        <mo>]</mo>
      </mrow>
    </>
  );
  const symbol = (name: string) => (
    <msubsup>
      <mi>{name}</mi>
      <mn>{unit + 1}</mn>
      {index}
    </msubsup>
  );
  return (
    <div class="formula">
      <math display="block">
        {symbol('z')}
        <mo>=</mo>
        <munder>
          <mo>∑</mo>
          <mi>k</mi>
        </munder>
        <msub>
          <mi>w</mi>
          <mi>k</mi>
        </msub>
        <msub>
          <mi>x</mi>
          <mi>k</mi>
        </msub>
        <mo>+</mo>
        <mi>b</mi>
        <mo>=</mo>
        <mn title={full(trace.z)} id="z" data-value={trace.z}>
          {short(trace.z)}
        </mn>
      </math>
      <math display="block">
        {symbol('a')}
        <mo>=</mo>
        <mi>{g}</mi>
        <mo>(</mo>
        {symbol('z')}
        <mo>)</mo>
        {softmax && <mtext> over all classes</mtext>}
        <mo>=</mo>
        <mn title={full(trace.a)} id="a" data-value={trace.a}>
          {short(trace.a)}
        </mn>
      </math>
    </div>
  );
}

function Terms({ context, layer, trace }: { context: LensContext; layer: number; trace: NeuronTrace }) {
  const shown = Math.min(MOST_TERMS, trace.terms.length);
  const features = context.run.features.value;
  // The inputs of later layers are of the network's own making.
  const scales = layer === 1 && features.length === trace.inputs.length ? features : null;
  const rest = trace.terms.subarray(shown).reduce((sum, term) => sum + term, 0);
  const cell = (value: number) => (
    <td title={full(value)} data-value={value}>
      {short(value)}
    </td>
  );
  return (
    <table class="terms" tabIndex={0} aria-label="The sum, term by term">
      <thead>
        <tr>
          <th scope="col">k</th>
          <th scope="col">input</th>
          <th scope="col">x</th>
          <th scope="col">w</th>
          <th scope="col">w · x</th>
          <th scope="col">dw</th>
          {scales && <th scope="col">x in the file</th>}
        </tr>
      </thead>
      <tbody>
        {Array.from({ length: shown }, (_, k) => (
          <tr key={k} class="term">
            <td>{k + 1}</td>
            <th scope="row">{inputName(context, layer, k)}</th>
            {cell(trace.inputs[k])}
            {cell(trace.weights[k])}
            {cell(trace.terms[k])}
            {cell(trace.dw[k])}
            {scales && (
              <td title={standardisation(trace.inputs[k], scales[k])}>{own(trace.inputs[k], scales[k])}</td>
            )}
          </tr>
        ))}
        {shown < trace.terms.length && (
          <tr class="term">
            <td />
            <th scope="row">{whole(trace.terms.length - shown)} more</th>
            <td />
            <td />
            {cell(rest)}
            <td />
          </tr>
        )}
        <tr class="bias">
          <td />
          <th scope="row">b</th>
          <td />
          <td />
          {cell(trace.b)}
          <td />
        </tr>
        <tr class="sum">
          <td />
          <th scope="row">z</th>
          <td />
          <td />
          {cell(trace.z)}
          <td />
        </tr>
      </tbody>
    </table>
  );
}

/** An input as it stands in the file, unless it stands there as it is. */
const own = (x: number, scale: Scale): string => (isStandardised(scale) ? ownText(x, scale) : 'as it is');

function Entry({ name, of, how }: { name: string; of: number; how: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd title={full(of)} data-value={of} id={name}>
        {short(of)}
      </dd>
      <dd class="how">{how}</dd>
    </div>
  );
}
