import type { ReadonlySignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { Bridge } from '../bridge';
import { activationsPicture } from '../pictures/activations';
import { costPicture } from '../pictures/costChart';
import { networkPicture } from '../pictures/diagram';
import { closeNeuron, Neuron } from '../pictures/neuron';
import { outputPicture } from '../pictures/outputMap';
import { weightsPicture } from '../pictures/weights';
import { BridgeBars, RunBars } from '../ui/bars';
import type { LensContext } from '../ui/context';
import { Frame } from '../ui/frame';
import { Header } from '../ui/header';

interface AppProps {
  readonly bridge: Bridge;
  /** Whether the host has said what is to be shown. */
  readonly connected: ReadonlySignal<boolean>;
  readonly context: ReadonlySignal<LensContext | null>;
}

/** The Lens: what is trained and how far it is, then the pictures. */
export function App({ bridge, connected, context }: AppProps) {
  const current = context.value;
  return (
    <>
      <BridgeBars bridge={bridge} />
      {current ? (
        <Overview key={current.run.id} context={current} />
      ) : (
        connected.value && <Nothing bridge={bridge} />
      )}
    </>
  );
}

function Overview({ context }: { context: LensContext }) {
  const { network, dataset, file } = context.run.view.value;
  const [diagram, ...others] = useMemo(
    () =>
      [networkPicture, costPicture, outputPicture, activationsPicture, weightsPicture].map((create) =>
        create(context),
      ),
    [context],
  );
  return (
    <main
      class="lens"
      aria-label={`Training on ${file}`}
      onKeyDown={(event) => {
        if (event.key === 'Escape') closeNeuron(context);
      }}
    >
      <Header context={context} />
      <RunBars context={context} />
      {network && dataset && (
        <div class="pictures">
          <Frame picture={diagram} />
          <Neuron context={context} />
          {others.map((picture) => (
            <Frame key={picture.name} picture={picture} />
          ))}
        </div>
      )}
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
