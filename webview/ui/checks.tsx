import { checkFindings, type Finding } from '../../src/core/verdicts/checks';
import { bySeverity } from '../../src/core/verdicts/runChecks';
import type { Remedy } from '../../src/core/verdicts/remedy';
import type { Severity } from '../../src/core/verdicts/runFacts';
import { unitFindings } from '../../src/core/verdicts/unitVerdicts';
import { checkAdvice, checkText } from '../../src/sentences/checks';
import type { LensContext } from './context';
import { FindingIcon, RemedyButton } from './findings';

/** More would push what is looked at away. */
const MOST_SHOWN = 3;

/** What the checks find of the run, what weighs more first; each with what can be done about it. */
export function Checks({ context }: { context: LensContext }) {
  const shown = linesOf(context).slice(0, MOST_SHOWN);
  // The room is there before: what is below stays where it is when a training ends.
  return (
    <div class="checksRoom">
      {shown.length > 0 && (
        <ul class="checks" aria-label="Checks of the model">
          {shown.map(({ remedy, ...said }) => (
            <Said key={said.code} context={context} said={said} remedy={remedy} />
          ))}
        </ul>
      )}
    </div>
  );
}

/** What is found of the run and of its table, worst first. */
function linesOf(context: LensContext): readonly Line[] {
  const { ofTable = [], muted = [] } = context.run.live.value.checked;
  const ofRun = findingsOf(context).map((finding): Line => {
    const {
      severity,
      finding: { code, remedy },
    } = finding;
    return { code, severity, text: checkText(finding), advice: checkAdvice(finding, nameOfSetting), remedy };
  });
  const others = ofTable
    .filter(({ code }) => !muted.includes(code))
    .map((said): Line => ({ ...said, severity: 'warning', remedy: null }));
  // A score that a leak flatters says nothing: what misleads comes before what is poor.
  return bySeverity([...others, ...ofRun]);
}

function findingsOf({ run, models }: LensContext): readonly Finding[] {
  const { dataset } = run.view.value;
  const { checked, status } = run.live.value;
  // A divergence has a bar of its own.
  if (checked.diverged) return [];
  const isOver = status === 'finished' || status === 'stopped';
  const verdicts = isOver ? models.verdicts.value : null;
  const rows = dataset && dataset.trainRows + dataset.testRows;
  return checkFindings(
    models.findings.value ?? [],
    verdicts ? unitFindings(verdicts.layers) : [],
    rows,
    checked.muted ?? [],
  );
}

export const nameOfSetting = (key: string) => `neuronLens.${key}`;

interface Sayings {
  readonly code: string;
  readonly severity: Severity;
  readonly text: string;
  readonly advice: string;
}
type Line = Sayings & { readonly remedy: Remedy | null };

/** What a check says, with what can be done about it. */
export function Said({
  context,
  said: { code, severity, text, advice },
  remedy,
}: {
  context: LensContext;
  said: Sayings;
  remedy: Remedy | null;
}) {
  return (
    <li class="finding" data-finding={code} data-severity={severity}>
      <span class="said" title={`${text} ${advice}`}>
        <FindingIcon weight={severity} /> {text}
        {!remedy && <span class="advice"> {advice}</span>}
      </span>
      {remedy && <RemedyButton context={context} remedy={remedy} />}
      <button
        class="secondary mute"
        title={`Says this check (${code}) no more for this file`}
        aria-label={`Mute: ${text}`}
        onClick={() => context.send({ type: 'mute', code })}
      >
        Mute
      </button>
    </li>
  );
}
