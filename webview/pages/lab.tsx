import { batch, computed, signal } from '@preact/signals';
import { useEffect, useId, useMemo, useState } from 'preact/hooks';
import {
  EXPERIMENTS,
  FIRST_VALUES,
  readValues,
  variantsOf,
  type ExperimentKind,
} from '../../src/core/experiments';
import { count, full, whole } from '../../src/core/format';
import { curveOf } from '../model/curve';
import { AskedFor, commonRange, measureOf, Turns, type Experiment, type Tile } from '../model/lab';
import type { Choices } from '../choices';
import { comparisonPicture } from '../pictures/comparison';
import { searchPicture } from '../pictures/searchChart';
import { sweepPicture } from '../pictures/sweep';
import { styled } from '../ui/canvas';
import type { LensContext } from '../ui/context';
import { Frame } from '../ui/frame';
import { CompareCard } from './compare';
import { FindCard } from './find';
import { FoldsCard } from './folds';
import { LabTile } from './labTile';

const TITLES: Readonly<Record<ExperimentKind, string>> = {
  initialization: 'Initialisation',
  hiddenSize: 'Hidden size',
  learningRate: 'Learning rate',
};

/** What to look for. */
const WHAT: Readonly<Record<ExperimentKind, string>> = {
  initialization:
    'The same network from other first weights. From zeros all units of a layer stay alike, so that it learns no more than one unit can; from weights a hundred times too large they are saturated, and learn slowly.',
  hiddenSize:
    'One hidden layer of so many units. Too few cannot bend the boundary far enough; too many may bend it around single examples, which the test part shows.',
  learningRate:
    'The same network at other learning rates. Too small a rate gets nowhere in the time it has; too large a one jumps, or diverges.',
};

/** Trainings beside one another that differ in one thing. */
export function LabPage({ context }: { context: LensContext }) {
  const sweep = useMemo(() => sweepPicture(context), [context]);
  const search = useMemo(() => searchPicture(context), [context]);
  const kind = context.choices.experiment.value;
  const comparison = useMemo(() => comparisonPicture(context), [context]);
  const card = context.choices.labCard.value;
  if (card === 'compare')
    return (
      <div class="pictures">
        <section class="card lab compare">
          <LabHead choices={context.choices} />
          <CompareCard context={context} />
        </section>
        <Frame context={context} picture={comparison} />
      </div>
    );
  if (card === 'folds')
    return (
      <div class="pictures">
        <section class="card lab folds">
          <LabHead choices={context.choices} />
          <FoldsCard context={context} />
        </section>
      </div>
    );
  if (card === 'find')
    return (
      <div class="pictures">
        <section class="card lab find">
          <LabHead choices={context.choices} />
          <FindCard context={context} />
        </section>
        <Frame context={context} picture={search} />
      </div>
    );
  return (
    <div class="pictures">
      <Experiments key={kind} context={context} kind={kind} />
      {kind !== 'initialization' && <Frame key={kind} context={context} picture={sweep} />}
    </div>
  );
}

/** What the Lab has besides experiments. */
const OTHER_CARDS = [
  ['find', 'Find a good network'],
  ['compare', 'Compare settings'],
  ['folds', 'Cross-validation'],
] as const;

/** What can be done in the Lab, to choose from. */
function LabHead({ choices: { experiment, labCard } }: { choices: Choices }) {
  return (
    <div class="head">
      <h2>Lab</h2>
      <div class="kinds" role="group" aria-label="Experiment">
        {OTHER_CARDS.map(([card, title]) => (
          <button
            key={card}
            class="secondary"
            aria-pressed={card === labCard.value}
            onClick={() => (labCard.value = card)}
          >
            {title}
          </button>
        ))}
        {EXPERIMENTS.map((each) => (
          <button
            key={each}
            class="secondary"
            aria-pressed={labCard.value === 'experiments' && each === experiment.value}
            onClick={() =>
              batch(() => {
                labCard.value = 'experiments';
                experiment.value = each;
              })
            }
          >
            {TITLES[each]}
          </button>
        ))}
      </div>
    </div>
  );
}

function Experiments({ context, kind }: { context: LensContext; kind: ExperimentKind }) {
  const { lab, run, send, choices } = context;
  const experiment = lab.of(run.id).get(kind);
  const values = choices.varied.value[kind] ?? FIRST_VALUES[kind];
  const [text, setText] = useState(() => values.map(full).join(', '));
  const read = kind === 'initialization' ? [] : readValues(kind, text);
  const fault = typeof read === 'string' ? read : '';
  const underWay = [...lab.of(run.id).values()].some(({ status }) => status === 'running');
  const field = useId();
  const askedFor = useMemo(() => new AskedFor(), []);
  const isBefore = askedFor.isBefore(experiment);
  const isOver = !underWay && experiment !== undefined && !isBefore;
  const start = () => {
    if (typeof read === 'string') return;
    choices.varied.value = { ...choices.varied.value, [kind]: [...read] };
    send({ type: 'experiment', kind, values: read }, askedFor.ask(experiment));
  };
  return (
    <section class="card lab">
      <LabHead choices={choices} />
      <p>{WHAT[kind]}</p>
      <form
        class="begin"
        onSubmit={(event) => {
          event.preventDefault();
          start();
        }}
      >
        {kind !== 'initialization' && (
          <>
            <label for={field}>{kind === 'hiddenSize' ? 'Hidden units' : 'Learning rates'}</label>
            <input
              id={field}
              type="text"
              value={text}
              aria-invalid={fault !== ''}
              onInput={({ currentTarget }) => setText(currentTarget.value)}
            />
          </>
        )}
        <button type="submit" disabled={fault !== '' || underWay}>
          Train All
        </button>
        <button
          type="button"
          class="secondary"
          disabled={!underWay}
          onClick={() => send({ type: 'endExperiment' })}
        >
          Cancel
        </button>
        <span class="shown" role="status">
          {fault || (isBefore ? 'It begins…' : progressText(experiment))}
        </span>
      </form>
      <Tiles context={context} kind={kind} experiment={experiment} values={values} isOver={isOver} />
      <p class="caption">{captionOf(context)}</p>
    </section>
  );
}

function progressText(experiment: Experiment | undefined): string {
  if (!experiment) return 'Not trained yet.';
  const { status, tiles, why } = experiment;
  const over = tiles.filter(({ view }) => !['waiting', 'running'].includes(view.value.status)).length;
  switch (status) {
    case 'running':
      return `${whole(over)} of ${whole(tiles.length)} trained…`;
    case 'done':
      return `All ${whole(tiles.length)} trained.`;
    case 'cancelled':
      return `Cancelled: ${whole(over)} of ${whole(tiles.length)} trained.`;
    case 'failed':
      return why;
    default:
      return status satisfies never;
  }
}

function captionOf({ run }: LensContext): string {
  const { dataset } = run.view.value;
  const test = dataset?.testRows ?? 0;
  const looked =
    test > 0
      ? ` Whoever adopts a variant has looked at ${count(test, 'test row')}: its test score is marked from then on.`
      : '';
  return `Each is trained from the beginning on the data of this run, with its settings and seed but for what is named. Costs share one scale; dashed is the test part. A click on a tile trains with its settings; Undo beside Restart takes them back.${looked}`;
}

interface TilesProps {
  readonly context: LensContext;
  readonly kind: ExperimentKind;
  readonly experiment: Experiment | undefined;
  readonly values: readonly number[];
  readonly isOver: boolean;
}

function Tiles({ context, kind, experiment, values, isOver }: TilesProps) {
  const output = context.run.view.value.network?.output ?? 'sigmoid';
  // Before anything is trained the tiles are there already: nothing moves when they fill.
  const waiting = useMemo(() => waitingTiles(kind, values, output), [kind, values.join(), output]);
  const tiles = experiment?.tiles ?? waiting;
  const turns = useMemo(() => new Turns((work) => requestAnimationFrame(work)), []);
  useEffect(() => () => turns.clear(), []);
  const range = useMemo(
    () =>
      computed(() =>
        commonRange(tiles.map(({ points, view }) => curveOf(points.value, measureOf(view.value)))),
      ),
    [tiles],
  );
  return (
    <ul
      class="labTiles"
      aria-label={TITLES[kind]}
      ref={(list) => {
        styled('--tiles', String(tiles.length))(list);
        styled('--halfOfTiles', String(Math.ceil(tiles.length / 2)))(list);
      }}
    >
      {tiles.map((tile, k) => (
        <LabTile
          // A canvas that is there already would go on listening to the tile before.
          key={`${experiment?.ofTiles ?? 'waiting'} ${k}`}
          {...{ context, tile, range, turns, isOver }}
          adopt={() => context.send({ type: 'adopt', kind, tile: k })}
        />
      ))}
    </ul>
  );
}

const waitingTiles = (
  kind: ExperimentKind,
  values: readonly number[],
  output: 'sigmoid' | 'softmax' | 'linear',
): readonly Tile[] =>
  variantsOf(kind, values, output).map(({ label, at }) => ({
    view: signal({
      ...{ label, at, status: 'waiting' as const, epochs: 0, sizes: [], initialization: 'auto' as const },
      ...{ learningRate: 0, measure: null, diverged: null, why: '' },
    }),
    points: signal([]),
    parameters: signal(null),
  }));
