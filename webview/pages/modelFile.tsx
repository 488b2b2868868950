import type { ReadonlySignal } from '@preact/signals';
import type { ModelAction, ModelView } from '../../src/protocol/modelPage';
import { ModelDiagram } from '../pictures/modelDiagram';
import { ModelWeights } from '../pictures/modelWeights';
import type { Palette } from '../ui/theme';
import { RowForm, type RowFormParts } from './modelRowForm';
import { ModelRowPictures, type ModelRows } from './modelRows';

interface ModelFileProps extends RowFormParts {
  readonly model: ReadonlySignal<ModelView | null>;
  /** Why the file cannot be shown; empty where it can. */
  readonly refused: ReadonlySignal<string>;
  readonly rows: ModelRows;
  readonly palette: ReadonlySignal<Palette>;
  act(what: ModelAction): void;
}

const ACTIONS: readonly (readonly [ModelAction, string])[] = [
  ['predictFile', 'Predict CSV File…'],
  ['exportModel', 'Export Model…'],
  ['continueModel', 'Continue Training on…'],
  ['openAsText', 'Open as Text'],
];

export function ModelFile({ model, refused, rows, palette, act, ...form }: ModelFileProps) {
  const shown = model.value;
  if (refused.value !== '')
    return (
      <main class="modelFile">
        <h1>This model cannot be opened</h1>
        <p role="alert">{refused.value}</p>
        <button type="button" class="secondary" onClick={() => act('openAsText')}>
          Open as Text
        </button>
      </main>
    );
  if (!shown)
    return (
      <main class="modelFile">
        <h1>Model</h1>
        <p role="status">Reading the model…</p>
      </main>
    );
  return (
    <main class="modelFile">
      <header>
        <h1>{shown.name}</h1>
        {shown.head.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        <div class="actions">
          {ACTIONS.map(([what, label]) => (
            <button type="button" key={what} class="secondary" data-action={what} onClick={() => act(what)}>
              {label}
            </button>
          ))}
        </div>
      </header>
      <RowForm key={shown.head.join()} {...{ model: shown, rows, ...form }} />
      <section class="card">
        <h2>Network</h2>
        <ModelDiagram model={shown} palette={palette} />
      </section>
      <section class="card">
        <h2>Weights</h2>
        <ModelWeights model={shown} palette={palette} />
      </section>
      <ModelRowPictures {...{ model: shown, rows, palette }} from={form.start.value?.line ?? 0} />
    </main>
  );
}
