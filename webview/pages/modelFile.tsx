import { useSignal, type ReadonlySignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { full, short, whole } from '../../src/core/format';
import type { ModelAction, ModelView, ToModelPage } from '../../src/protocol/modelPage';
import { ModelDiagram } from '../pictures/modelDiagram';
import { ModelWeights } from '../pictures/modelWeights';
import type { Palette } from '../ui/theme';

export type Row = Extract<ToModelPage, { type: 'predicted' }>['row'];

interface ModelFileProps {
  readonly model: ReadonlySignal<ModelView | null>;
  /** Why the file cannot be shown; empty where it can. */
  readonly refused: ReadonlySignal<string>;
  readonly row: ReadonlySignal<Row | null>;
  readonly palette: ReadonlySignal<Palette>;
  predict(texts: readonly string[]): void;
  act(what: ModelAction): void;
}

const ACTIONS: readonly (readonly [ModelAction, string])[] = [
  ['predictFile', 'Predict CSV File…'],
  ['exportModel', 'Export Model…'],
  ['continueModel', 'Continue Training on…'],
  ['openAsText', 'Open as Text'],
];

export function ModelFile({ model, refused, row, palette, predict, act }: ModelFileProps) {
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
      <RowForm key={shown.head.join()} {...{ model: shown, row, predict }} />
      <section class="card">
        <h2>Network</h2>
        <ModelDiagram model={shown} palette={palette} />
      </section>
      <section class="card">
        <h2>Weights</h2>
        <ModelWeights model={shown} palette={palette} />
      </section>
      <section class="card">
        <h2>What needs its rows</h2>
        <p>
          The cost curve, the points in the maps, the histograms of the units and the rows one by one are
          drawn from the table, which is not in the file. <em>Continue Training on…</em> its CSV opens them in
          the Lens.
        </p>
      </section>
    </main>
  );
}

/** A field for each column, each cell as it would be written, and what the model says of them. */
function RowForm({
  model: { columns, more, target, labels },
  row,
  predict,
}: Pick<ModelFileProps, 'row' | 'predict'> & { model: ModelView }) {
  const texts = useSignal(columns.map(({ start }) => start));
  useEffect(() => predict(texts.value), [texts.value]);
  const set = (k: number, text: string) => (texts.value = texts.value.with(k, text));
  const said = row.value;
  return (
    <section class="card">
      <h2>Predict a row</h2>
      <p>Cells as they would be written in the table. They start at means and the commonest texts.</p>
      <form class="rowForm" onSubmit={(event) => event.preventDefault()}>
        {columns.map(({ name, kind, choices }, k) => (
          <div class="cellField" key={k}>
            <label for={`cell${k}`}>{name}</label>
            <input
              id={`cell${k}`}
              type="text"
              autocomplete="off"
              spellcheck={false}
              value={texts.value[k]}
              list={choices.length > 0 ? `choices${k}` : undefined}
              aria-describedby={`kind${k} read${k}`}
              onInput={({ currentTarget }) => set(k, currentTarget.value)}
            />
            {choices.length > 0 && (
              <datalist id={`choices${k}`}>
                {choices.map((choice) => (
                  <option key={choice} value={choice} />
                ))}
              </datalist>
            )}
            <span class="kind" id={`kind${k}`}>
              {kind}
            </span>
            <span class="read" id={`read${k}`}>
              {said ? `read as ${said.read[k] ?? ''}` : ''}
            </span>
          </div>
        ))}
      </form>
      {more > 0 && <p>{whole(more)} more columns have no field here: they are taken as missing.</p>}
      <Answer {...{ said, target, labels }} />
    </section>
  );
}

function Answer({ said, target, labels }: { said: Row | null; target: string; labels: readonly string[] }) {
  const what =
    said === null
      ? '…'
      : said.prediction === null
        ? `No prediction: ${said.note}.`
        : `${target} = ${labels.length > 0 ? said.prediction : short(said.outputs[0])}`;
  return (
    <div class="answer">
      <p role="status">
        <strong>{what}</strong>
        {said !== null && said.outside.length > 0 && (
          <span class="outside"> Outside what was trained on: {said.outside.join('; ')}.</span>
        )}
        {said !== null && said.prediction !== null && said.note !== '' && <span> {said.note}.</span>}
      </p>
      {said !== null && said.prediction !== null && (
        <table>
          <tbody>
            {labels.length === 0 ? (
              <tr>
                <th scope="row">{target}</th>
                <td data-value={said.outputs[0]}>{full(said.outputs[0])}</td>
              </tr>
            ) : (
              labels.map((label, k) => (
                <tr key={k}>
                  <th scope="row">
                    P({target} = {label})
                  </th>
                  <td data-value={said.outputs[k]}>{full(said.outputs[k])}</td>
                </tr>
              ))
            )}
          </tbody>
        </table>
      )}
    </div>
  );
}
