import type { ReadonlySignal } from '@preact/signals';
import type { Bridge } from '../bridge';
import { closeNeuron } from '../pictures/neuron';
import { BridgeBars, RunBars } from '../ui/bars';
import type { LensContext } from '../ui/context';
import { Header } from '../ui/header';
import { PageTabs, Page } from './pages';

interface AppProps {
  readonly bridge: Bridge;
  /** Whether the host has said what is to be shown. */
  readonly connected: ReadonlySignal<boolean>;
  readonly context: ReadonlySignal<LensContext | null>;
}

/** The Lens: what is trained and how far it is, which stays, then one page of pictures. */
export function App({ bridge, connected, context }: AppProps) {
  const current = context.value;
  return (
    <>
      <BridgeBars bridge={bridge} />
      {current ? (
        <Run key={current.run.id} context={current} />
      ) : (
        connected.value && <Nothing bridge={bridge} />
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
        if (event.key === 'Escape') closeNeuron(context);
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

function Nothing({ bridge }: { bridge: Bridge }) {
  return (
    <main class="nothing">
      <h1>Nothing is being trained</h1>
      <p>
        Open a CSV file and click <b>Train Neural Network</b> above its first line.
      </p>
      <button onClick={() => void bridge.send({ type: 'action', action: 'train' })}>
        Train on the Open CSV
      </button>
    </main>
  );
}
