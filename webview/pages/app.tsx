import { Activations } from '../pictures/activations';
import { CostChart } from '../pictures/costChart';
import { Diagram } from '../pictures/diagram';
import { Header } from '../ui/header';
import { Neuron } from '../pictures/neuron';
import { OutputMap } from '../pictures/outputMap';
import { connected, run, send, showLine } from '../store';
import { Weights } from '../pictures/weights';

/** The Lens: what is trained and how far it is, then the pictures. */
export function App() {
  const current = run.value;
  if (!current) return connected.value ? <Nothing /> : null;
  return (
    <main class="lens" aria-label={`Training on ${current.file}`}>
      <Header />
      {current.failure && (
        <section class="failure" role="alert">
          <p>{current.failure.text}</p>
          <p class="buttons">
            {current.failure.line !== null && (
              <button class="secondary" onClick={() => showLine(current.failure?.line ?? 1)}>
                Go to Line {current.failure.line}
              </button>
            )}
            {current.failure.bug && (
              <button class="secondary" onClick={() => send('showLog')}>
                Show Log
              </button>
            )}
            <button onClick={() => send('train')}>Train Again</button>
          </p>
        </section>
      )}
      {current.network && current.dataset && (
        <div class="pictures">
          <Diagram />
          <Neuron />
          <CostChart />
          <OutputMap />
          <Activations />
          <Weights />
        </div>
      )}
    </main>
  );
}

function Nothing() {
  return (
    <main class="nothing">
      <h1>Nothing is being trained</h1>
      <p>
        Open a CSV file and click <b>Train Neural Network</b> above its first line.
      </p>
      <button onClick={() => send('train')}>Train on the Open CSV</button>
    </main>
  );
}
