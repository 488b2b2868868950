import { useEffect, useMemo } from 'preact/hooks';
import type { Network } from '../../src/core/network';
import { createModels } from '../model/models';
import { runName, type ListedRun } from '../model/otherRuns';
import { runOfWeights, runsBeside, settingRows } from '../model/runsBeside';
import { outputDrawing } from '../pictures/outputDrawing';
import { Canvas } from '../ui/canvas';
import type { LensContext } from '../ui/context';

/** The shown run and those whose curves are drawn: what each predicts, and what it was trained with. */
export function RunsBeside({ context }: { context: LensContext }) {
  const { choices, others } = context;
  const { onlyDifferences, overlaid, axes } = choices;
  const runs = runsBeside(others, overlaid.value);
  if (runs.length === 0) return null;
  const settings = settingRows(others, runs);
  const rows = settings.filter(({ differs }) => differs || !onlyDifferences.value);
  const [across, up] = axes.value.map((feature) => context.run.features.value[feature]?.name ?? '');
  return (
    <section class="card runsBeside">
      <h2>
        Side by side
        <label class="inline">
          <input
            type="checkbox"
            checked={onlyDifferences.value}
            onChange={({ currentTarget }) => (onlyDifferences.value = currentTarget.checked)}
          />
          Only What Differs
        </label>
      </h2>
      <div class="numberTable" tabIndex={0} role="region" aria-label="Runs side by side">
        <table>
          <thead>
            <tr>
              <th scope="col">
                <span class="spoken">Setting</span>
              </th>
              {runs.map((row) => (
                <th key={row.id} scope="col">
                  {runName(row)}
                  {row.isShown && <span class="shown"> shown</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">prediction</th>
              {runs.map((row) => (
                <td key={row.id}>
                  <Prediction context={context} row={row} />
                </td>
              ))}
            </tr>
            {rows.map(({ name, values, differs }) => (
              <tr key={name} data-setting={name}>
                <th scope="row">{name}</th>
                {values.map((value, k) => (
                  <td key={runs[k].id} class={differs ? 'differs' : ''}>
                    {value}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="caption">
        Predictions over {across} and {up}, as on the overview.{' '}
        {settings.length > 0 && !settings.some(({ differs }) => differs) && 'No setting differs. '}
        Curve, in the list above, puts a run beside that which is shown.
      </p>
    </section>
  );
}

function Prediction({ context, row }: { context: LensContext; row: ListedRun }) {
  const { compared, weights } = context.others;
  const network = compared.value.get(row.id)?.network;
  const own = weights.value.get(row.id);
  const label = `What ${runName(row)} predicts`;
  if (row.isShown) return <OwnMap context={context} label={label} />;
  if (network === undefined) return null;
  if (network === null)
    return <span class="shown">trained on other data, or on these split or read in another way</span>;
  return own ? <OtherMap context={context} label={label} network={network} weights={own} /> : null;
}

function OwnMap({ context, label }: { context: LensContext; label: string }) {
  const draw = useMemo(() => outputDrawing(context), [context]);
  return <Canvas class="map" draw={draw} role="img" aria-label={label} />;
}

interface OtherMapProps {
  readonly context: LensContext;
  readonly label: string;
  readonly network: Network;
  readonly weights: Float64Array;
}

function OtherMap({ context, label, network, weights }: OtherMapProps) {
  const { models, draw } = useMemo(() => {
    const run = runOfWeights(context.run, network, weights);
    const made = createModels(run, context.choices, (work) => requestAnimationFrame(work));
    return { models: made, draw: outputDrawing({ ...context, run, models: made }) };
  }, [context, network, weights]);
  useEffect(() => () => models.dispose(), [models]);
  return (
    <Canvas
      class="map"
      draw={draw}
      role="img"
      data-drawn={models.grid.value ? 'yes' : 'no'}
      aria-label={label}
    />
  );
}
