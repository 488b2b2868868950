import { full, layers, short, whole } from '../../src/core/format';
import { foldsText, TOO_FEW_TO_TEST } from '../../src/sentences/folds';
import { wilson } from '../../src/core/intervals';
import type { LiveView, RunView } from '../../src/protocol/lensViews';
import { pastText } from '../model/status';
import { besideBaselines, whatBaselinesAre } from '../../src/sentences/baselines';
import type { LensContext } from './context';
import { nameOf } from './examples';
import { Checks } from './checks';
import { HandleStrip } from './handles';
import { Icon } from './icon';
import { Numbers } from './numbers';
import { Timeline } from './timeline';
import { Toolbar } from './toolbar';

/** What is trained, the handles, and the numbers of now. */
export function Header({ context }: { context: LensContext }) {
  const { run, send } = context;
  const { dataset, file } = run.view.value;
  const { reading } = run.live.value;
  return (
    <header>
      <div class="title">
        <h1>
          <button
            class="file"
            title="Show the file"
            onClick={() => send({ type: 'action', action: 'showFile' })}
          >
            {nameOf(file)}
          </button>{' '}
          {dataset && (
            <span class="what" title={whyOf(dataset)}>
              predicts <b>{nameOf(dataset.target)}</b>
            </span>
          )}
        </h1>
        <Toolbar context={context} />
      </div>
      {run.measureNow.value ? (
        <Timeline context={context} />
      ) : (
        <div class="timeline">
          <progress max={1} value={reading ?? 0} aria-label="Share of the file that has been read" />
        </div>
      )}
      <div class="overview">
        <Status context={context} />
        <Numbers context={context} />
      </div>
      <Beside run={run} />
      <Checks context={context} />
      <HandleStrip context={context} />
    </header>
  );
}

type Described = NonNullable<RunView['dataset']>;

/** Why it is this column, and why it is predicted so. */
const whyOf = ({ targetReason, taskReason }: Described) =>
  `Target: ${targetReason}${taskReason === '' ? '' : `; predicted ${taskReason}`}`;

/** Gives an element that may be cut off its text as a title. */
function withItsText(element: HTMLElement | null): void {
  if (!element) return;
  element.onmouseenter = () => (element.title = element.innerText);
}

/** The score beside those of guessing and of a straight line; its place is kept until these are known. */
function Beside({ run }: Pick<LensContext, 'run'>) {
  const { dataset } = run.view.value;
  const { baselines, sure: last, isByGroup } = run.live.value;
  const measure = run.measure.value;
  if (!dataset) return null;
  const isRegression = dataset.task === 'regression';
  const { trainRows, testRows } = dataset;
  const testScore = measure?.testScore ?? null;
  const sure = last && last.epoch === measure?.epoch ? last : null;
  const isPlain = !isRegression && !isByGroup && testScore !== null;
  const interval = isPlain ? wilson(testScore, testRows) : (sure?.interval ?? null);
  const auc = sure?.auc ?? null;
  const isKnown = baselines && measure;
  const beside = isKnown ? `${besideBaselines(measure, baselines, isRegression, interval, auc)}.` : '\u00a0';
  // Its room is there before it is found, once the training rests.
  const mayHaveArea = dataset.task === 'binary' && testRows > 0;
  const text = sure?.folds ? `${TOO_FEW_TO_TEST}. ${foldsText(sure.folds)}.` : beside;
  const about = { isRegression, trainRows, hasInterval: interval !== null, hasArea: auc !== null };
  const what = isKnown ? whatBaselinesAre(baselines, about) : '';
  return (
    <p
      class={`about beside${mayHaveArea ? ' withArea' : ''}`}
      role="group"
      aria-label="Beside guessing and a straight line"
      tabIndex={0}
      title={what && `${text} ${what}`}
    >
      {text}
    </p>
  );
}

function Status({ context: { run } }: { context: LensContext }) {
  const { network, dataset, seed } = run.view.value;
  const live = run.live.value;
  const learningRate = run.learningRate.value;
  const epoch = run.measureNow.value?.epoch ?? null;
  const moment = run.moment.value;
  return (
    <div class="summary">
      <p class={`status ${live.status}`}>
        <span
          class="state"
          title={moment ? `Predictions in the editor are of epoch ${whole(epoch ?? 0)}` : undefined}
        >
          {(live.status === 'failed' || live.status === 'diverged') && <Icon name="error" />}
          {moment && epoch !== null ? pastText(live, moment.measure.epoch, epoch) : statusText(live, epoch)}
        </span>
      </p>
      {/* A line of it; all of it under the pointer, or once it has the focus. */}
      <p class="about" role="group" aria-label="How it is trained" tabIndex={0} ref={withItsText}>
        {dataset && dataset.taskReason !== '' && <span>predicted {dataset.taskReason}</span>}
        {network && (
          <span title="Units of each layer: features, hidden layers, output">
            layers {layers(network.sizes)}
          </span>
        )}
        {network && network.sizes.length > 2 && <span>{network.hidden}</span>}
        {network && <span>{network.output} output</span>}
        {network && (
          <span class="rate" title={full(learningRate)}>
            learning rate {short(learningRate)}
            {live.learningRateIsAuto ? ' (auto)' : ''}
          </span>
        )}
        {network && <span>seed {seed}</span>}
        {network && live.ways.map((way) => <span key={way}>{way}</span>)}
        {dataset && dataset.dialect !== '' && <span title="How the file was read">{dataset.dialect}</span>}
      </p>
      <p class="spoken" role="status">
        {spokenStatus(live, epoch)}
      </p>
    </div>
  );
}

function statusText({ status, reading, epochs }: LiveView, at: number | null): string {
  const epoch = at === null ? '' : `epoch ${whole(at)} of ${whole(epochs)}`;
  // A training that was kept reads its file again before it goes on.
  if (reading !== null && status !== 'running')
    return reading > 0 ? `Reading the file, ${Math.round(100 * reading)} %…` : 'Reading the file…';
  switch (status) {
    case 'loading':
      return 'Reading the file…';
    case 'running':
      return `Training, ${epoch}`;
    case 'paused':
      return `Paused at ${epoch}`;
    case 'finished':
      return `Done, ${epoch}`;
    case 'stopped':
      return at === null ? 'Stopped while the file was being read' : `Stopped at ${epoch}`;
    case 'diverged':
      return `Diverged after ${epoch}`;
    case 'failed':
      return 'Cannot train';
    default:
      return status satisfies never;
  }
}

/** What a screen reader says: it changes with the status, not with every epoch. */
function spokenStatus(live: LiveView, at: number | null): string {
  if (live.reading !== null && live.status !== 'running') return 'Reading the file';
  switch (live.status) {
    case 'loading':
      return 'Reading the file';
    case 'running':
      return 'Training';
    default:
      return statusText(live, at);
  }
}
