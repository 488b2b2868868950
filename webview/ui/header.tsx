import type { Action, RunView } from '../../src/protocol/lens';
import { full, short } from '../../src/core/format';
import { run, send } from '../store';

/** What is trained, the handles, and the numbers of now. */
export function Header() {
  const current = run.value;
  if (!current) return null;
  const { dataset, network, measure, status } = current;
  return (
    <header>
      <div class="title">
        <button class="file" title="Show the file" onClick={() => send('showFile')}>
          {current.file}
        </button>
        {dataset && (
          <span class="what" title={`Target: ${dataset.targetReason}`}>
            predicts <b>{dataset.target}</b>
          </span>
        )}
        <Toolbar run={current} />
      </div>
      <progress
        max={measure ? current.epochs : 1}
        value={measure ? measure.epoch : current.reading}
        aria-label={measure ? `Epoch ${measure.epoch} of ${current.epochs}` : statusText(current)}
      />
      <div class="overview">
        <p class={`status ${status}`} role="status">
          <span class="state">{statusText(current)}</span>
          {network && (
            <span title="Units a layer: features, hidden layers, output">{network.sizes.join('–')}</span>
          )}
          {network && network.sizes.length > 2 && <span>{network.hidden}</span>}
          {network && <span>{network.output} output</span>}
          {network && (
            <span title={full(current.learningRate)}>
              learning rate {short(current.learningRate)}
              {current.learningRateIsAuto ? ' (auto)' : ''}
            </span>
          )}
          {network && <span>seed {current.seed}</span>}
          {dataset && <span title="How the file was read">{dataset.dialect}</span>}
          {network && current.ways.map((way) => <span key={way}>{way}</span>)}
        </p>
        {measure && dataset && <Numbers run={current} />}
      </div>
      {current.pending.length > 0 && (
        <p class="pending">
          <span>
            Edited since: <code>{current.pending.join(', ')}</code>
          </span>
          <button onClick={() => send('restart')}>Restart with these settings</button>
        </p>
      )}
      {current.notices.length > 0 && (
        <ul class="notices">
          {current.notices.map((notice) => (
            <li key={notice}>{notice}</li>
          ))}
        </ul>
      )}
    </header>
  );
}

function statusText({ status, reading, measure, epochs }: RunView): string {
  const epoch = measure ? `epoch ${measure.epoch} of ${epochs}` : '';
  switch (status) {
    case 'loading':
      return reading > 0 ? `Reading the file, ${Math.round(100 * reading)} %…` : 'Reading the file…';
    case 'running':
      return `Training, ${epoch}`;
    case 'paused':
      return `Paused at ${epoch}`;
    case 'finished':
      return `Done, ${epoch}`;
    case 'stopped':
      return measure ? `Stopped at ${epoch}` : 'Stopped while the file was being read';
    case 'diverged':
      return `Diverged after ${epoch}`;
    case 'failed':
      return 'Cannot train';
    default:
      return status satisfies never;
  }
}

function Toolbar({ run: { status, paced, canGoOn } }: { run: RunView }) {
  const running = status === 'running' || status === 'loading';
  const ended = status === 'finished' || status === 'stopped' || status === 'diverged';
  return (
    <span class="toolbar" role="toolbar" aria-label="Training">
      {status === 'running' && <Tool action="pause" icon="debug-pause" label="Pause" />}
      {status === 'paused' && <Tool action="resume" icon="play" label="Resume" />}
      {ended && canGoOn && (
        <Tool action="continue" icon="debug-continue" label="Continue from the current weights" />
      )}
      {!running && canGoOn && <Tool action="step" icon="debug-step-over" label="Train one epoch" />}
      {running && paced && <Tool action="skipToEnd" icon="debug-step-into" label="Skip to End" text />}
      {(running || status === 'paused') && <Tool action="stop" icon="debug-stop" label="Stop" />}
      <Tool action="restart" icon="debug-restart" label="Restart with the same seed" />
      <Tool action="openSettings" icon="settings-gear" label="Settings" />
    </span>
  );
}

function Tool({
  action,
  icon,
  label,
  text,
}: {
  action: Action;
  icon: string;
  label: string;
  text?: boolean;
}) {
  return (
    <button class="tool" title={label} aria-label={label} data-action={action} onClick={() => send(action)}>
      <i class={`codicon codicon-${icon}`} aria-hidden="true" />
      {text && <span>{label}</span>}
    </button>
  );
}

function Numbers({ run: { dataset, measure, penalty } }: { run: RunView }) {
  if (!dataset || !measure) return null;
  const regression = dataset.task === 'regression';
  const score = regression ? 'R²' : 'Accuracy';
  const unit = (cost: number) => dataset.targetScale.deviation * Math.sqrt(2 * cost);
  return (
    <table class="numbers">
      <thead>
        <tr>
          <th scope="col" />
          <th scope="col">Rows</th>
          <th scope="col">Cost</th>
          <th scope="col">{score}</th>
          {regression && <th scope="col">RMSE in {dataset.target}</th>}
        </tr>
      </thead>
      <tbody>
        <tr id="train-numbers">
          <th scope="row" class="train">
            Training
          </th>
          <td>{dataset.trainRows}</td>
          <Value of={measure.trainCost} />
          <Value of={measure.trainScore} />
          {regression && <Value of={unit(measure.trainCost)} />}
        </tr>
        {measure.testCost !== null && measure.testScore !== null && (
          <tr id="test-numbers">
            <th scope="row" class="test">
              Test
            </th>
            <td>{dataset.testRows}</td>
            <Value of={measure.testCost} />
            <Value of={measure.testScore} />
            {regression && <Value of={unit(measure.testCost)} />}
          </tr>
        )}
        {penalty > 0 && (
          <tr id="penalty-numbers" title="What L1 and L2 add to the cost; the costs above are without it.">
            <th scope="row">Penalty</th>
            <td />
            <Value of={penalty} />
            <td />
            {regression && <td />}
          </tr>
        )}
      </tbody>
    </table>
  );
}

/** A number in its short form, the full one on hover. */
export function Value({ of }: { of: number }) {
  return (
    <td title={full(of)} data-value={of}>
      {short(of)}
    </td>
  );
}
