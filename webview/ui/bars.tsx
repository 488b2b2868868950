import { count, whole } from '../../src/core/format';
import { divergedRemedy } from '../../src/core/verdicts/curveChecks';
import { runSentence } from '../../src/sentences/runs';
import type { Bridge } from '../bridge';
import type { LensContext } from './context';
import { RemedyButton } from './findings';
import { Icon } from './icon';

/** Said while the host gives no sign of life, and why it refused what was asked last. */
export function BridgeBars({ bridge }: { bridge: Bridge }) {
  const refusal = bridge.refusal.value;
  return (
    <>
      {bridge.silent.value && (
        <section class="bar warning" id="silent" role="alert">
          <p>
            <b>The extension host does not answer.</b> What is shown may be old. If this stays, run{' '}
            <i>Developer: Restart Extension Host</i>; the training is saved.
          </p>
        </section>
      )}
      {refusal !== '' && (
        <section class="bar warning" role="alert">
          <p>{refusal}</p>
          <button
            class="tool"
            title="Close"
            aria-label="Close this message"
            onClick={() => bridge.forgetRefusal()}
          >
            <Icon name="close" />
          </button>
        </section>
      )}
    </>
  );
}

/** What the person should know, or is asked. */
export function RunBars({ context }: { context: LensContext }) {
  const { run, send } = context;
  const { question, notices } = run.live.value;
  return (
    <>
      <Failure context={context} />
      <Divergence context={context} />
      {question && (
        <section class="bar question" role="group" aria-label="Question">
          <p role="alert">{question.text}</p>
          <p class="buttons">
            {question.choices.map(({ id, label }, k) => (
              <button
                key={id}
                class={k === 0 ? '' : 'secondary'}
                data-choice={id}
                onClick={() => send({ type: 'answer', choice: id })}
              >
                {label}
              </button>
            ))}
          </p>
        </section>
      )}
      {notices.length > 0 && <Notices context={context} notices={notices} />}
    </>
  );
}

/** What is to be known of the run; above other pages than the first it is a line that opens. */
function Notices({ context, notices }: { context: LensContext; notices: readonly string[] }) {
  const { page, notesOpen } = context.choices;
  const isFolded = page.value !== 'overview' && context.run.view.value.network !== null;
  return (
    <>
      {isFolded && (
        <button
          class="tool notes"
          data-action="notes"
          aria-expanded={notesOpen.value}
          onClick={() => (notesOpen.value = !notesOpen.value)}
        >
          {count(notices.length, 'note')} <Icon name={notesOpen.value ? 'chevron-down' : 'chevron-right'} />
        </button>
      )}
      {(!isFolded || notesOpen.value) && (
        <ul class="notices" aria-label="Notices">
          {notices.map((notice, k) => (
            <li key={k}>{notice}</li>
          ))}
        </ul>
      )}
    </>
  );
}

/** What a training that diverged says, with the learning rate that was found stable. */
function Divergence({ context }: { context: LensContext }) {
  const { diverged } = context.run.live.value.checked;
  if (!diverged) return null;
  const advice = divergedRemedy(diverged);
  return (
    <section class="bar failure" role="alert" data-finding="diverged">
      <p>{runSentence('diverged', diverged)}</p>
      {advice && <RemedyButton context={context} remedy={advice} />}
    </section>
  );
}

function Failure({ context: { run, send } }: { context: LensContext }) {
  const { failure } = run.live.value;
  if (!failure) return null;
  const { text, line, bug } = failure;
  return (
    <section class="bar failure" role="alert">
      <p>{text}</p>
      <p class="buttons">
        {line !== null && (
          <button class="secondary" onClick={() => send({ type: 'showLines', lines: [line], focus: true })}>
            Go to Line {whole(line)}
          </button>
        )}
        {bug && (
          <button class="secondary" onClick={() => send({ type: 'action', action: 'showLog' })}>
            Show Log
          </button>
        )}
        <button onClick={() => send({ type: 'action', action: 'train' })}>Train Again</button>
      </p>
    </section>
  );
}
