import { useEffect, useId, useState } from 'preact/hooks';
import { count, short, whole } from '../../src/core/format';
import type { CrossValidationView } from '../../src/protocol/folds';
import { foldsText, foldsWatched } from '../../src/sentences/folds';
import { MOST_TRAININGS } from '../../src/settings/grid';
import { nameOfSetting } from '../ui/checks';
import type { LensContext } from '../ui/context';
import { scoreTitle } from '../ui/scoreName';

/** Trains by the settings of the run on all folds of the table but one, for each of them. */
export function FoldsCard({ context }: { context: LensContext }) {
  const { folds: all, run, send } = context;
  const shown = all.of(run.id);
  const [foldsTyped, setFolds] = useState(String(shown?.folds ?? 5));
  const [repeatsTyped, setRepeats] = useState(String(shown?.repeats ?? 1));
  // What has been begun elsewhere stands in the fields.
  useEffect(() => {
    if (!shown) return;
    setFolds(String(shown.folds));
    setRepeats(String(shown.repeats));
  }, [shown?.folds, shown?.repeats]);
  const [folds, repeats] = [wholeNumber(foldsTyped), wholeNumber(repeatsTyped)];
  const isRunning = shown?.status === 'running';
  const [foldsField, repeatsField] = [useId(), useId()];
  const fault = faultOf(folds, repeats);
  return (
    <>
      <p>
        The table is cut into folds as it is cut into training and test part: by chance, by group or by time.
        For each fold the settings of this run are trained anew on all others and scored on it; the whole
        transform is made from the rows that are trained on. A repetition has other first weights, and other
        folds where chance cuts them. Nothing is chosen by it.
      </p>
      <form
        class="begin"
        onSubmit={(event) => {
          event.preventDefault();
          if (fault === '') send({ type: 'crossValidate', folds, repeats });
        }}
      >
        <label for={foldsField}>Folds</label>
        <input
          id={foldsField}
          class="few"
          type="text"
          inputMode="numeric"
          value={foldsTyped}
          aria-invalid={folds < 2}
          onInput={({ currentTarget }) => setFolds(currentTarget.value)}
        />
        <label for={repeatsField}>Repeats</label>
        <input
          id={repeatsField}
          class="few"
          type="text"
          inputMode="numeric"
          value={repeatsTyped}
          aria-invalid={repeats < 1}
          onInput={({ currentTarget }) => setRepeats(currentTarget.value)}
        />
        <button type="submit" disabled={fault !== '' || isRunning}>
          Cross-Validate
        </button>
        <button
          type="button"
          class="secondary"
          disabled={!isRunning}
          onClick={() => send({ type: 'endCrossValidation' })}
        >
          Stop
        </button>
        <span class="shown" role="status">
          {fault || statusText(shown)}
        </span>
      </form>
      <progress class="searched" max={1} value={shown?.share ?? 0} aria-label="Folds trained" />
      <p class="foundSentence" role="status">
        {outcomeText(shown)}
      </p>
      {shown && shown.trained.length > 0 && <FoldTable context={context} shown={shown} />}
    </>
  );
}

/** 0 for what is none. */
const wholeNumber = (text: string): number => (/^\d{1,4}$/.test(text.trim()) ? Number(text) : 0);

function faultOf(folds: number, repeats: number): string {
  if (folds < 2) return 'Type a number of folds, 2 or more.';
  if (repeats < 1) return 'Type a number of repeats, 1 or more.';
  return folds * repeats > MOST_TRAININGS
    ? `These are ${whole(folds * repeats)} trainings; at most ${whole(MOST_TRAININGS)} are done.`
    : '';
}

function statusText(shown: CrossValidationView | null): string {
  if (!shown) return 'Not cross-validated yet.';
  const { status, trained, folds, repeats, planned, why } = shown;
  switch (status) {
    case 'running':
      return `${whole(trained.length)} of ${count(planned ?? folds * repeats, 'fold')} trained…`;
    case 'done':
      return `${count(trained.length, 'fold')} trained.`;
    case 'cancelled':
      return `Stopped after ${count(trained.length, 'fold')}.`;
    case 'failed':
      return why;
    default:
      return status satisfies never;
  }
}

/** What it came to, in a sentence; its place is there before. */
function outcomeText(shown: CrossValidationView | null): string {
  if (!shown?.summary) return '';
  const { summary, isWatched, isOld } = shown;
  const watched = isWatched ? ` ${foldsWatched(nameOfSetting('training.earlyStopping.patience'))}` : '';
  return `${foldsText(summary)}.${watched}${isOld ? ' The settings have changed since.' : ''}`;
}

function FoldTable({ context, shown }: { context: LensContext; shown: CrossValidationView }) {
  const isRepeated = shown.repeats > 1;
  return (
    <div class="numberTable" tabIndex={0} role="region" aria-label="Folds">
      <table>
        <thead>
          <tr>
            {isRepeated && <th scope="col">Repeat</th>}
            <th scope="col">Fold</th>
            <th scope="col">{scoreTitle(context)}</th>
            <th scope="col">Guessing</th>
            <th scope="col">Straight line</th>
            <th scope="col">Rows trained on</th>
            <th scope="col">Rows tested</th>
            <th scope="col">Epochs</th>
          </tr>
        </thead>
        <tbody>
          {shown.trained.map(({ repeat, fold, score, guess, line, trainRows, testRows, epochs }) => (
            <tr key={`${repeat} ${fold}`}>
              {isRepeated && <td>{repeat + 1}</td>}
              <th scope="row">{fold + 1}</th>
              <td>{score === null ? 'none' : short(score)}</td>
              <td>{guess === null ? '' : short(guess)}</td>
              <td>{line === null ? '' : short(line)}</td>
              <td>{whole(trainRows)}</td>
              <td>{whole(testRows)}</td>
              <td>{whole(epochs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
