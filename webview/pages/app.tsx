import type { ReadonlySignal } from '@preact/signals';
import { nameOf as fileName } from '../../src/core/format';
import type { Bridge } from '../bridge';
import type { Choices } from '../choices';
import { closeNeuron } from '../pictures/neuron';
import { BridgeBars, RunBars } from '../ui/bars';
import type { LensContext } from '../ui/context';
import { nameOf } from '../ui/examples';
import { letGoOfRows } from '../ui/rows';
import { Header } from '../ui/header';
import { PageTabs, Page } from './pages';

interface AppProps {
  readonly bridge: Bridge;
  /** Whether the host has said what is to be shown. */
  readonly connected: ReadonlySignal<boolean>;
  readonly context: ReadonlySignal<LensContext | null>;
  readonly place: Choices['place'];
}

/** The Lens: what is trained and how far it is, which stays, then one page of pictures. */
export function App({ bridge, connected, context, place }: AppProps) {
  const current = context.value;
  return (
    <>
      <BridgeBars bridge={bridge} />
      {current ? (
        <Run key={current.run.id} context={current} />
      ) : (
        connected.value && <Nothing bridge={bridge} place={place} />
      )}
    </>
  );
}

function Run({ context }: { context: LensContext }) {
  const { network, dataset, file } = context.run.view.value;
  const hasPages = network !== null && dataset !== null;
  return (
    <main
      class="lens"
      aria-label={`Training on ${file}`}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !letGoOfRows(context)) closeNeuron(context);
      }}
    >
      <div class="top">
        <Header context={context} />
        {hasPages && <PageTabs choices={context.choices} />}
      </div>
      <RunBars context={context} />
      {hasPages && <Page context={context} />}
    </main>
  );
}

function Nothing({ bridge, place }: Pick<AppProps, 'bridge' | 'place'>) {
  const { uri, back } = place.value;
  return (
    <main class="nothing">
      <h1>Nothing is being trained</h1>
      {uri === null ? (
        <p>
          Open a CSV file and click <b>Train Neural Network</b> above its first line.
        </p>
      ) : (
        <p>
          <b>{nameOf(fileName(uri))}</b> has not been trained on yet.
        </p>
      )}
      <p class="buttons">
        <button onClick={() => void bridge.send({ type: 'action', action: 'train' })}>
          Train on the Open CSV
        </button>
        {back !== null && (
          <button class="secondary" onClick={() => void bridge.send({ type: 'action', action: 'back' })}>
            Back to {nameOf(back)}
          </button>
        )}
      </p>
    </main>
  );
}
