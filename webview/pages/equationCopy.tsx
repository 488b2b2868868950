import { useSignal } from '@preact/signals';
import { count as counted, whole } from '../../src/core/format';
import { selectColumns } from '../../src/core/matrix';
import { parameterCount } from '../../src/core/network';
import type { CopiedChain } from '../../src/export/chain';
import { latexOf } from '../../src/export/copiedLatex';
import { notebookOf } from '../../src/export/copiedNotebook';
import { numpyOf } from '../../src/export/copiedNumpy';
import { evenly } from '../model/equationExamples';
import type { Equations } from '../model/equations';
import { isStandardised } from '../model/standardised';
import type { LensContext } from '../ui/context';

/** Numbers that are copied at most, about 2 MB of text. */
const MOST_NUMBERS = 100_000;

const FORMS = [
  ['numpy', 'As NumPy', numpyOf],
  ['notebook', 'As a Notebook Cell', notebookOf],
  ['latex', 'As LaTeX', latexOf],
] as const;

/** The whole chain with its numbers, to go on with elsewhere. */
export function CopyCard({ context, equations }: { context: LensContext; equations: Equations }) {
  const said = useSignal('');
  const copy = async (title: string, form: (chain: CopiedChain) => string) => {
    const chain = chainOf(context, equations);
    if (!chain) {
      said.value = 'The network has more numbers than can be copied.';
      return;
    }
    try {
      await navigator.clipboard.writeText(form(chain));
      const m = counted(chain.X.cols, 'example');
      said.value = `Copied ${title.charAt(0).toLowerCase()}${title.slice(1)}, with ${m}, at epoch ${whole(chain.epoch)}.`;
    } catch {
      said.value = 'The clipboard did not take it. Click into the Lens and try again.';
    }
  };
  return (
    <section class="card copy" aria-label="Copy">
      <h2>Copy</h2>
      <p class="buttons">
        {FORMS.map(([name, title, form]) => (
          <button key={name} class="secondary" data-copy={name} onClick={() => void copy(title, form)}>
            {title}
          </button>
        ))}
      </p>
      <p class="caption" role="status">
        {said.value || 'Forward, cost, backward and update with these examples and weights.'}
      </p>
    </section>
  );
}

/** What is shown now, with as many of the examples as go into a text; null where not even the weights do. */
function chainOf({ run }: LensContext, equations: Equations): CopiedChain | null {
  const situation = equations.situation();
  const { dataset, file } = run.view.peek();
  if (!situation || !dataset) return null;
  const { network, parameters, X, Y, weights, epoch, rule } = situation;
  const room = MOST_NUMBERS - parameterCount(network);
  const most = Math.floor(room / (X.rows + Y.rows));
  if (most < 1) return null;
  const columns = evenly(
    Array.from({ length: X.cols }, (_, j) => j),
    most,
  );
  return {
    ...{ network, parameters, file, epoch, rule, target: dataset.target },
    X: selectColumns(X, columns),
    Y: selectColumns(Y, columns),
    ...(weights && { weights: Float64Array.from(columns, (j) => weights[j]) }),
    features: run.features.peek().map(({ name }) => name),
    ...(run.features.peek().some(isStandardised) && { scales: run.features.peek() }),
    ...(dataset.task === 'regression' && { targetScale: dataset.targetScale }),
  };
}
