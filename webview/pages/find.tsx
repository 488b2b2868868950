import { useId, useState } from 'preact/hooks';
import { count, short, whole } from '../../src/core/format';
import { EDGE_CODE, EDGE_SEVERITY } from '../../src/core/verdicts/edges';
import type { CandidateView, SearchView } from '../../src/protocol/find';
import { networkName, setOf } from '../model/find';
import { edgeAdvice, edgeText } from '../../src/sentences/edges';
import { nameOfSetting, Said } from '../ui/checks';
import type { LensContext } from '../ui/context';
import { scoreName, scoreTitle } from '../ui/scoreName';

/** Candidates that are listed at once. */
const FEW = 10;
const [LEAST_SECONDS, MOST_SECONDS] = [1, 86_400];

/** Looks for a network that predicts well, by cross-validation inside the training part. */
export function FindCard({ context }: { context: LensContext }) {
  const { find, run, send } = context;
  const search = find.of(run.id);
  const [text, setText] = useState('30');
  const [keeps, setKeeps] = useState(true);
  const [isWhole, setWhole] = useState(false);
  const seconds = Number(text.trim() === '' ? NaN : text);
  const fault =
    seconds >= LEAST_SECONDS && seconds <= MOST_SECONDS
      ? ''
      : `Type a number of seconds from ${LEAST_SECONDS} to ${whole(MOST_SECONDS)}.`;
  const isRunning = search?.status === 'running';
  const field = useId();
  return (
    <>
      <p>
        A straight line and networks of many sizes are compared by cross-validation inside the training part:
        each is trained on some of it and scored on the rest. The simplest within one standard error of the
        best is chosen, trained on all of the training part, and only then tested.
      </p>
      <form
        class="begin"
        onSubmit={(event) => {
          event.preventDefault();
          if (fault === '') send({ type: 'find', seconds, keeps });
        }}
      >
        <label for={field}>Seconds</label>
        <input
          id={field}
          class="few"
          type="text"
          inputMode="numeric"
          value={text}
          aria-invalid={fault !== ''}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
        <label>
          <input
            type="checkbox"
            checked={keeps}
            onChange={({ currentTarget }) => setKeeps(currentTarget.checked)}
          />{' '}
          Keep what is set
        </label>
        <button type="submit" disabled={fault !== '' || isRunning}>
          Find
        </button>
        <button
          type="button"
          class="secondary"
          disabled={!isRunning}
          onClick={() => send({ type: 'endFind' })}
        >
          Stop
        </button>
        <span class="shown" role="status">
          {fault || statusText(search)}
        </span>
      </form>
      <progress class="searched" max={1} value={search?.share ?? 0} aria-label="Searched" />
      <p class="foundSentence">{foundText(context, search)}</p>
      <Edge context={context} search={search} />
      {search && search.tried.length > 0 && (
        <>
          <div class="numberTable" tabIndex={0} role="region" aria-label="Candidates">
            <table>
              <thead>
                <tr>
                  <th scope="col" class="text">
                    Network
                  </th>
                  <th scope="col">
                    <span class="spoken">Actions</span>
                  </th>
                  <th scope="col">{scoreTitle(context)}</th>
                  <th scope="col">Folds</th>
                  <th scope="col">Numbers</th>
                  <th scope="col" class="text">
                    Activation
                  </th>
                  <th scope="col">L2</th>
                  <th scope="col">Rate</th>
                  <th scope="col">Epochs</th>
                  <th scope="col" class="text">
                    Numbers as
                  </th>
                </tr>
              </thead>
              <tbody>
                {(isWhole ? search.tried : search.tried.slice(0, FEW)).map((candidate) => (
                  <Row
                    key={candidate.index}
                    candidate={candidate}
                    isBest={candidate.index === search.best}
                    isOver={search.found !== null}
                    adopt={() => send({ type: 'adoptFound', index: candidate.index })}
                  />
                ))}
              </tbody>
            </table>
          </div>
          {search.tried.length > FEW && (
            <button class="link" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
              {isWhole ? `Show the best ${FEW}` : `Show all ${whole(search.tried.length)}`}
            </button>
          )}
        </>
      )}
    </>
  );
}

/** Where the best on the folds is the last of its kind: beyond it nothing was compared. */
function Edge({ context, search }: { context: LensContext; search: SearchView | null }) {
  const edges = search?.found?.edges ?? [];
  const muted = context.run.live.value.checked.muted ?? [];
  if (edges.length === 0 || muted.includes(EDGE_CODE)) return null;
  const said = {
    ...{ code: EDGE_CODE, severity: EDGE_SEVERITY, text: edgeText(edges, nameInFind) },
    advice: `${edgeAdvice(edges, nameOfSetting)} What is set is kept by the next search.`,
  };
  return (
    <ul class="checks" aria-label="Checks of the search">
      <Said context={context} said={said} remedy={null} />
    </ul>
  );
}

/** As the table of candidates has it. */
const nameInFind = (key: string): string => (key === 'training.l2' ? 'L2' : 'the rate');

function Row({
  candidate,
  isBest,
  isOver,
  adopt,
}: {
  candidate: CandidateView;
  isBest: boolean;
  isOver: boolean;
  adopt: () => void;
}) {
  const { mean, deviation, folds, parameters } = candidate;
  const name = networkName(candidate);
  return (
    <tr data-candidate={candidate.index} aria-current={isBest}>
      <th scope="row" class="text">
        {name}
        {isBest && <span class="shown"> {isOver ? 'chosen' : 'best so far'}</span>}
      </th>
      <td class="actions">
        <button
          class="secondary"
          title={`Set what this candidate has for this file, and train: ${name}`}
          disabled={mean === null}
          onClick={adopt}
        >
          Adopt
        </button>
      </td>
      <td>{mean === null ? 'diverged' : `${short(mean)} ± ${short(deviation ?? 0)}`}</td>
      <td>{folds}</td>
      <td>{whole(parameters)}</td>
      <td class="text">{setOf(candidate, 'model.hiddenActivation')}</td>
      <td>{setOf(candidate, 'training.l2')}</td>
      <td>{setOf(candidate, 'training.learningRate')}</td>
      <td>{setOf(candidate, 'training.epochs')}</td>
      <td class="text">{setOf(candidate, 'data.transform')}</td>
    </tr>
  );
}

function statusText(search: SearchView | null): string {
  if (!search) return 'Not searched yet.';
  const { status, count: compared, why } = search;
  switch (status) {
    case 'running':
      return `${count(compared, 'candidate')} compared…`;
    case 'done':
      return `${count(compared, 'candidate')} compared.`;
    case 'cancelled':
      return `Stopped after ${count(compared, 'candidate')}: the best so far can be adopted.`;
    case 'failed':
      return why;
    default:
      return status satisfies never;
  }
}

/** What was found, in a sentence; its place is there before. */
function foundText(context: LensContext, search: SearchView | null): string {
  const best = search?.tried.find(({ index }) => index === search.best);
  if (!search || !best || best.mean === null) return '';
  const score = scoreName(context);
  const on = `${score} ${short(best.mean)} ± ${short(best.deviation ?? 0)} on ${count(best.folds, 'fold')}`;
  const { found, fixed } = search;
  const held = fixed.length > 0 ? ` Kept as set: ${fixed.join(', ')}.` : '';
  if (!found) return `Best so far: ${networkName(best)}, ${on}.${held}`;
  const sample =
    found.rows < found.trainRows
      ? ` Compared on a sample of ${whole(found.rows)} of the ${whole(found.trainRows)} rows to train on.`
      : '';
  const test =
    found.testScore === null ? '' : ` Trained anew, its test ${score} is ${short(found.testScore)}.`;
  return `Found: ${networkName(best)}, ${on}.${test}${sample}${held}`;
}
