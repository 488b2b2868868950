import { count, whole } from '../../src/core/format';
import type { Remedy } from '../../src/core/verdicts/remedy';
import { unitCheck } from '../../src/core/verdicts/unitChecks';
import { unitFindings, type UnitFinding } from '../../src/core/verdicts/unitVerdicts';
import { remedyCaution, remedyLabel } from '../../src/sentences/remedies';
import { unitFindingShort, unitFindingText } from '../../src/sentences/units';
import type { LensContext } from './context';
import { Icon } from './icon';

/** More would make more than a line; the page of the neurons has them all. */
const MOST_SHOWN = 4;

/** What the checks find of the units, each of which opens its evidence. */
export function Findings({ context }: { context: LensContext }) {
  return (
    <section class="findings" aria-label="Checks">
      <NothingOfRun context={context} />
      <OfUnits context={context} />
    </section>
  );
}

/** What the checks find of the run stands in the header, on every page. */
function NothingOfRun({ context: { models } }: { context: LensContext }) {
  const found = models.findings.value;
  // A divergence has a bar of its own, on every page: nothing else matters then.
  if (found?.[0]?.code === 'diverged') return <div class="finding">The training has diverged.</div>;
  if (!found || found.length > 0) return null;
  return (
    <div class="finding">
      <span class="said" data-finding="none">
        <FindingIcon weight="fine" /> The curves show nothing amiss.
      </span>
    </div>
  );
}

function OfUnits({ context }: { context: LensContext }) {
  const { run, models } = context;
  const verdicts = models.verdicts.value;
  const hiddenUnits = (run.view.value.network?.sizes ?? []).slice(1, -1).reduce((sum, n) => sum + n, 0);
  if (hiddenUnits === 0) return <div class="finding">There are no hidden units to judge.</div>;
  const findings = verdicts ? unitFindings(verdicts.layers) : [];
  const more = findings.length - MOST_SHOWN;
  // Weights that have run away say nothing of how they were initialised.
  const hasDiverged = run.live.value.checked.diverged !== null;
  const remedy = hasDiverged ? null : findings.find((finding) => finding.remedy)?.remedy;
  return (
    <div class="finding">
      {findings.length === 0 && <FindingIcon weight="fine" />}
      {verdicts && findings.length === 0 && <span>{allHealthy(hiddenUnits)}</span>}
      {findings.slice(0, MOST_SHOWN).map((finding) => (
        <Chip
          key={`${finding.code} ${finding.layer} ${finding.units[0].unit}`}
          context={context}
          finding={finding}
        />
      ))}
      {more > 0 && (
        <button class="chip" onClick={() => (context.choices.page.value = 'neurons')}>
          {whole(more)} more
        </button>
      )}
      {remedy && <RemedyButton context={context} remedy={remedy} />}
    </div>
  );
}

const allHealthy = (units: number) =>
  units === 1 ? 'The hidden unit is healthy.' : `All ${count(units, 'hidden unit')} are healthy.`;

/** One finding of units; it opens the first of them. */
function Chip({ context: { choices }, finding }: { context: LensContext; finding: UnitFinding }) {
  const { code, layer, units } = finding;
  const [{ unit }] = units;
  return (
    <button
      class="chip"
      title={`${unitFindingText(finding)}. Open the evidence.`}
      data-verdict={code}
      onClick={() => {
        choices.neuron.value = { layer, unit };
        choices.wantsEvidence.value = true;
        choices.page.value = 'neurons';
      }}
    >
      <FindingIcon weight={unitCheck(code).weight(units[0])} />
      {unitFindingShort(finding)}
    </button>
  );
}

/** Changes the settings of this file, and restarts its training. */
export function RemedyButton({ context: { send }, remedy }: { context: LensContext; remedy: Remedy }) {
  const { changes } = remedy;
  const caution = remedyCaution(remedy);
  const settings = Object.entries(changes)
    .map(([key, value]) => `neuronLens.${key}: ${JSON.stringify(value)}`)
    .join(', ');
  return (
    <button
      class="secondary remedy"
      title={`Sets ${settings} for this file and restarts.${caution ? ` ${caution}` : ''}`}
      onClick={() => send({ type: 'remedy', changes: { ...changes } })}
    >
      {remedyLabel(remedy)}
    </button>
  );
}

const ICONS = {
  error: 'error',
  warning: 'warning',
  information: 'info',
  note: 'info',
  fine: 'pass',
} as const;

/** How much a finding weighs, by a shape as well as a colour. */
export function FindingIcon({ weight }: { weight: keyof typeof ICONS }) {
  return <Icon name={ICONS[weight]} class={weight} />;
}
