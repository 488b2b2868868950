import { useSignal, type ReadonlySignal, type Signal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { full, short, whole } from '../../src/core/format';
import type { ModelView, ToModelPage } from '../../src/protocol/modelPage';
import { ChooseTable, type ModelRows } from './modelRows';

export type Row = Extract<ToModelPage, { type: 'predicted' }>['row'];

/** The row of the table that the form has started from. */
export interface StartRow {
  readonly line: number;
  readonly texts: readonly string[];
}

export interface RowFormParts {
  readonly row: ReadonlySignal<Row | null>;
  /** Null: means and the commonest texts. */
  readonly start: Signal<StartRow | null>;
  /** Why the form does not start from the row that was asked for last; empty where it does. */
  readonly notStarted: ReadonlySignal<string>;
  /** @param from the line that columns without a field are taken from */
  predict(texts: readonly string[], from: number | null): void;
}

interface RowFormProps extends RowFormParts {
  readonly model: ModelView;
  readonly rows: ModelRows;
}

/** A field for each column, each cell as it would be written, and what the model says of them. */
export function RowForm({ model, rows, row, start, notStarted, predict }: RowFormProps) {
  const { columns, more, target, labels } = model;
  const starts = useMemo(() => columns.map((column) => column.start), [columns]);
  const begin = start.value;
  const from = begin?.line ?? null;
  // What was typed goes with the start it was typed over: another start and its cells come in one picture.
  const typed = useSignal<{ over: StartRow | null; texts: readonly string[] } | null>(null);
  const texts = typed.value?.over === begin ? typed.value.texts : (begin?.texts ?? starts);
  useEffect(() => predict(texts, from), [texts, from]);
  const toMeans = () => {
    start.value = null;
    typed.value = null;
  };
  const set = (k: number, text: string) => (typed.value = { over: begin, texts: texts.with(k, text) });
  const said = row.value;
  return (
    <section class="card">
      <h2>Predict a row</h2>
      <p class="startText" role="status">
        Cells as they would be written in the table. They{' '}
        {from === null
          ? 'start at means and the commonest texts'
          : `start from the row on line ${whole(from)}`}
        .
      </p>
      <StartFrom {...{ rows, notStarted }} toMeans={toMeans} />
      <form class="rowForm" onSubmit={(event) => event.preventDefault()}>
        {columns.map(({ name, kind, choices }, k) => (
          <div class="cellField" key={k}>
            <label for={`cell${k}`}>{name}</label>
            <input
              id={`cell${k}`}
              type="text"
              autocomplete="off"
              spellcheck={false}
              value={texts[k]}
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
      {more > 0 && (
        <p>
          {whole(more)} more columns have no field here: they are taken{' '}
          {from === null ? 'as missing' : `from line ${whole(from)}`}.
        </p>
      )}
      <Answer {...{ said, target, labels }} />
    </section>
  );
}

/** What the form starts from: means, or a row of the table by its line. */
function StartFrom({
  rows,
  notStarted,
  toMeans,
}: Pick<RowFormProps, 'rows' | 'notStarted'> & { toMeans(): void }) {
  const table = rows.table.value;
  const line = useSignal('');
  if (!table)
    return (
      <p class="startFrom">
        <span>To start from a row of its table:</span> <ChooseTable rows={rows} />
      </p>
    );
  const start = () => {
    if (/^\d{1,15}$/.test(line.value.trim())) rows.startFrom(Number(line.value));
  };
  return (
    <form
      class="startFrom"
      onSubmit={(event) => {
        event.preventDefault();
        start();
      }}
    >
      <label for="startLine">Line of {table.name}</label>
      <input
        id="startLine"
        type="text"
        inputMode="numeric"
        autocomplete="off"
        value={line.value}
        aria-describedby="startWhy"
        onInput={({ currentTarget }) => (line.value = currentTarget.value)}
      />
      <button type="submit" class="secondary">
        Start from This Row
      </button>
      <button type="button" class="secondary" onClick={toMeans}>
        Start from Means
      </button>
      <span id="startWhy" role="alert">
        {notStarted.value}
      </span>
    </form>
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
