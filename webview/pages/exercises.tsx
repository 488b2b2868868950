import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Exercise, ExerciseSettings } from '../../src/core/exercises/exercise';
import { exerciseIds, exerciseOf, type ExerciseId } from '../../src/core/exercises/exercises';
import { whole } from '../../src/core/format';
import type { ExerciseRow } from '../../src/protocol/exerciseRow';
import { styled } from '../ui/canvas';
import type { LensContext } from '../ui/context';
import { ExerciseGuess } from '../ui/exerciseGuess';
import { Icon, type IconName } from '../ui/icon';
import { bringIntoSight } from '../ui/sight';
import { SignCard } from '../ui/signCard';

/** The week of the course as tasks, each with a goal that is checked while one trains. */
export function Exercises({ context }: { context: LensContext }) {
  const rows = context.exercises.value;
  const { exercise } = context.choices;
  const done = rows.filter((row) => stateOf(row) === 'done').length;
  const next = rows.find((row) => stateOf(row) !== 'done')?.id ?? '';
  // Once one is done it stays open: what it shows is said there.
  useEffect(() => {
    if (exercise.value === null && next !== '') exercise.value = next;
  }, [next]);
  return (
    <div class="pictures">
      <section class="card exercises" aria-label="Exercises">
        <h2>
          Exercises
          <span class="inline">
            <span class="count" data-done={done}>
              {whole(done)} of {whole(exerciseIds.length)} done
            </span>
          </span>
        </h2>
        <p class="caption">
          Each has a goal that is checked while you train, on the handles, in the settings, or by the button.
          What you have reached is kept.
        </p>
        <ol ref={styled('--exercises', String(rows.length))}>
          {rows.map((row) => (
            <Item key={row.id} context={context} row={row} isOpen={row.id === exercise.value} />
          ))}
        </ol>
      </section>
    </div>
  );
}

type State = 'open' | 'under way' | 'done';

function stateOf({ id, steps, inARow, now }: ExerciseRow): State {
  if (steps >= exerciseOf(id).steps.length) return 'done';
  const isNear = isOfPredictions(id) ? inARow > 0 : now?.kind === 'near';
  return steps > 0 || isNear ? 'under way' : 'open';
}

/** Whether it is what a person says that is judged, not the run. */
const isOfPredictions = (id: ExerciseId) => id === 'gradient-sign';

const ICONS: Readonly<Record<State, IconName>> = {
  open: 'circle-large',
  'under way': 'play-circle',
  done: 'pass-filled',
};

interface ItemProps {
  readonly context: LensContext;
  readonly row: ExerciseRow;
  readonly isOpen: boolean;
}

function Item({ context, row, isOpen }: ItemProps) {
  const { choices } = context;
  const exercise = exerciseOf(row.id);
  const state = stateOf(row);
  const body = `exercise-${row.id}`;
  return (
    <li data-exercise={row.id} data-state={state} class={state === 'done' ? 'done' : undefined}>
      <h3>
        <button
          class="disclosure"
          aria-expanded={isOpen}
          aria-controls={body}
          onClick={() => (choices.exercise.value = isOpen ? '' : row.id)}
        >
          <Icon name={ICONS[state]} class="state" />
          <span class="name">{exercise.title}</span>
          <span class="word">{state}</span>
          <Icon name={isOpen ? 'chevron-down' : 'chevron-right'} />
        </button>
      </h3>
      <div class="body" id={body} hidden={!isOpen}>
        {isOpen && <Body context={context} row={row} exercise={exercise} isDone={state === 'done'} />}
      </div>
    </li>
  );
}

interface BodyProps {
  readonly context: LensContext;
  readonly row: ExerciseRow;
  readonly exercise: Exercise;
  readonly isDone: boolean;
}

function Body({ context, row, exercise, isDone }: BodyProps) {
  const { send } = context;
  return (
    <>
      {exercise.guess && (
        <ExerciseGuess
          guess={exercise.guess}
          chosen={row.guess}
          isSeen={isDone}
          choose={(choice) => send({ type: 'guess', id: row.id, choice })}
        />
      )}
      <Steps context={context} row={row} exercise={exercise} />
      {isOfPredictions(row.id) && <SignCard context={context} inARow={row.inARow} />}
      <p class="says" role="status">
        {isDone ? (
          <>
            <Icon name="pass" class="fine" /> <b>Done.</b> {row.reached}
          </>
        ) : (
          <>
            {row.steps > 0 && `${row.reached} `}
            {!isOfPredictions(row.id) && <Now row={row} />}
          </>
        )}
      </p>
      {isDone && <p class="shows">{exercise.shows}</p>}
      {(isDone || row.steps > 0) && (
        <p class="buttons">
          {isDone && <Next context={context} after={row.id} />}
          <button class="link" onClick={() => send({ type: 'exercise', id: row.id, does: 'forget' })}>
            Begin This One Anew
          </button>
        </p>
      )}
    </>
  );
}

/** Opens the first one after it that is not done, else the first of all. */
function Next({ context, after }: { context: LensContext; after: ExerciseId }) {
  const rows = context.exercises.value;
  const at = rows.findIndex(({ id }) => id === after);
  const next = [...rows.slice(at + 1), ...rows.slice(0, at)].find((row) => stateOf(row) !== 'done');
  if (!next) return null;
  const open = () => {
    context.choices.exercise.value = next.id;
    // What was open closes above or below it, and the button goes.
    const title = `[data-exercise="${next.id}"] h3 button`;
    document.querySelector<HTMLElement>(title)?.focus({ preventScroll: true });
    bringIntoSight(title, 'center');
  };
  return (
    <button class="secondary" onClick={open}>
      Next: {exerciseOf(next.id).title}
    </button>
  );
}

/** What is missing, by the run that is shown. */
function Now({ row: { now } }: { row: ExerciseRow }) {
  if (!now) return <>The goal is checked once a run is there.</>;
  return (
    <>
      <b>{now.kind === 'near' ? 'This run: ' : 'Not this run: '}</b>
      {now.says}
    </>
  );
}

function Steps({ context, row, exercise }: Pick<BodyProps, 'context' | 'row' | 'exercise'>) {
  const { file } = context.run.view.value;
  const { steps } = exercise;
  const settings = steps
    .slice(0, Math.min(row.steps, steps.length - 1) + 1)
    .reduce<ExerciseSettings>((all, step) => ({ ...all, ...step.settings }), {});
  const { solution } = steps[Math.min(row.steps, steps.length - 1)];
  const set = (does: 'setUp' | 'solve') => send({ type: 'exercise', id: row.id, does });
  const { send } = context;
  const isHere = file === exercise.file;
  return (
    <>
      <ol class={steps.length > 1 ? 'steps' : 'steps single'}>
        {steps.map(({ task }, k) => (
          <li key={task} aria-current={k === row.steps ? 'step' : undefined}>
            {k < row.steps && <Icon name="check" class="fine" label="reached" />} {task}
          </li>
        ))}
      </ol>
      <Settings title={`Set up on ${exercise.file}`} settings={settings} />
      <p class="buttons">
        <button data-do="set-up" onClick={() => set('setUp')}>
          {isHere ? 'Set These and Train' : `Open ${exercise.file}, Set These and Train`}
        </button>
      </p>
      {solution && (
        <details class="solution">
          <summary>A solution</summary>
          <Settings title="On top of the settings above" settings={solution} />
          <p class="buttons">
            <button class="secondary" data-do="solve" onClick={() => set('solve')}>
              Set Them and Train
            </button>
          </p>
        </details>
      )}
    </>
  );
}

/** Settings as they are written. */
function Settings({ title, settings }: { title: ComponentChildren; settings: ExerciseSettings }) {
  return (
    <dl class="settings" aria-label={typeof title === 'string' ? title : undefined}>
      <dt>{title}</dt>
      {Object.entries(settings).map(([key, value]) => (
        <dd key={key}>
          <code>
            {key}: {JSON.stringify(value)}
          </code>
        </dd>
      ))}
    </dl>
  );
}
