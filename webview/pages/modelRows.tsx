import type { ReadonlySignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { short, whole } from '../../src/core/format';
import type { ModelTable, ModelView } from '../../src/protocol/modelPage';
import { answerText, drawnText, isWrong, predictionText } from '../model/modelRows';
import { ModelAnswers } from '../pictures/modelAnswers';
import { ModelPoints, type RowPictureProps } from '../pictures/modelPoints';
import { ModelUnits } from '../pictures/modelUnits';
import type { Palette } from '../ui/theme';

/** Rows of the table that is below the pictures. */
const MOST_ROWS = 200;

/** The table of a model, as far as somebody has chosen one. */
export interface ModelRows {
  readonly table: ReadonlySignal<ModelTable | null>;
  /** Why the table that was chosen last is not shown; empty where it is. */
  readonly refused: ReadonlySignal<string>;
  choose(): void;
  startFrom(line: number): void;
}

interface ModelRowsProps {
  readonly model: ModelView;
  readonly rows: ModelRows;
  readonly palette: ReadonlySignal<Palette>;
  readonly from: number;
}

/** Asks for the table: each picture that needs rows has one. */
export const ChooseTable = ({ rows }: { readonly rows: ModelRows }) => (
  <button type="button" class="secondary" data-action="chooseTable" onClick={() => rows.choose()}>
    {rows.table.value ? 'Choose Another CSV…' : 'Choose Its CSV…'}
  </button>
);

/** The pictures that need rows, which no model holds. */
export function ModelRowPictures({ model, rows, palette, from }: ModelRowsProps) {
  const table = rows.table.value;
  const given = (draw: (props: RowPictureProps) => ComponentChildren) => {
    if (!table) return null;
    if (table.predicted === 0) return <p>No row of the table has a prediction.</p>;
    return draw({ model, table, palette, from, startFrom: (line) => rows.startFrom(line) });
  };
  return (
    <>
      <TableOf rows={rows} />
      {model.axes.length > 0 && (
        <Needing rows={rows} title="Rows over the map" what="The points in the map">
          {given((props) => (
            <ModelPoints {...props} />
          ))}
        </Needing>
      )}
      <Needing
        rows={rows}
        title="Predictions beside the table"
        what={`What the table says of ${model.target}`}
      >
        {given((props) => (
          <ModelAnswers {...props} />
        ))}
      </Needing>
      <Needing rows={rows} title="Units over the rows" what="The activations of the units">
        {given((props) => (
          <ModelUnits {...props} />
        ))}
      </Needing>
      <Needing rows={rows} title="Rows one by one" what="Each row with its prediction">
        {given((props) => (
          <RowList {...props} />
        ))}
      </Needing>
    </>
  );
}

/** Which table it is, and what is said of all its rows. */
function TableOf({ rows }: { readonly rows: ModelRows }) {
  const table = rows.table.value;
  const refused = rows.refused.value;
  if (!table && refused === '') return null;
  return (
    <section class="card modelTable">
      <h2>Its table</h2>
      {refused !== '' && <p role="alert">{refused}</p>}
      {table && (
        <div role="status">
          <p>
            <strong>{table.name}</strong>{' '}
            {table.isSame
              ? 'is the file that was trained on, by its hash.'
              : 'is another file than the one that was trained on: its hash is not the one in the model.'}
          </p>
          {table.said.map((sentence, k) => (
            <p key={k}>{sentence}</p>
          ))}
        </div>
      )}
      {table && <ChooseTable rows={rows} />}
    </section>
  );
}

function Needing({
  rows,
  title,
  what,
  children,
}: {
  readonly rows: ModelRows;
  readonly title: string;
  readonly what: string;
  readonly children: ComponentChildren;
}) {
  return (
    <section class="card">
      <h2>{title}</h2>
      {rows.table.value ? (
        children
      ) : (
        <>
          <p>{what}: this needs the rows of a table, of which none is in the file.</p>
          <ChooseTable rows={rows} />
        </>
      )}
    </section>
  );
}

function RowList({ model, table, startFrom, from }: RowPictureProps) {
  const { lines, answers, predictions, sure } = table;
  return (
    <>
      <div class="numberTable" tabIndex={0} role="region" aria-label="Rows with their predictions">
        <table>
          <thead>
            <tr>
              {['Line', `${model.target} in the table`, 'Predicted', ...(sure.length > 0 ? ['p'] : [])].map(
                (name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ),
              )}
            </tr>
          </thead>
          <tbody>
            {Array.from(lines.subarray(0, MOST_ROWS), (line, k) => (
              <tr key={line} aria-current={line === from ? 'true' : undefined}>
                <td>
                  <button
                    type="button"
                    class="link"
                    aria-label={`Start from the row on line ${whole(line)}`}
                    onClick={() => startFrom(line)}
                  >
                    {whole(line)}
                  </button>
                </td>
                <td>{answerText(model, answers[k])}</td>
                <td>
                  {predictionText(model, predictions[k])}
                  {isWrong(model, table, k) && ' (wrong)'}
                </td>
                {sure.length > 0 && <td data-value={sure[k]}>{short(sure[k])}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="caption">
        {drawnText(table)}
        {lines.length > MOST_ROWS && ` Listed are the first ${MOST_ROWS} of them.`} A click on a line fills
        the form above with it.
      </p>
    </>
  );
}
