import { useSignal } from '@preact/signals';
import { full, whole } from '../../src/core/format';
import type { Picture } from '../pictures/picture';

/** A table of all weights of a large network would be longer than anybody reads. */
const MOST_ROWS = 200;

/** The frame that all pictures have in common. */
export function Frame({ picture }: { picture: Picture }) {
  const { view: View, controls: Controls } = picture;
  return (
    <section class={`card ${picture.name}`}>
      <h2>
        {picture.title()}
        {Controls && (
          <span class="inline">
            <Controls />
          </span>
        )}
      </h2>
      <View />
      <Caption picture={picture} />
      <Numbers picture={picture} />
    </section>
  );
}

function Caption({ picture }: { picture: Picture }) {
  return <div class="caption">{picture.caption()}</div>;
}

/** The numbers are made when somebody looks at them. */
function Numbers({ picture }: { picture: Picture }) {
  const isOpen = useSignal(false);
  return (
    <details onToggle={({ currentTarget }) => (isOpen.value = currentTarget.open)}>
      <summary>Show numbers</summary>
      {isOpen.value && <NumbersTable picture={picture} />}
    </details>
  );
}

function NumbersTable({ picture }: { picture: Picture }) {
  const { columns, rows } = picture.numbers();
  return (
    <div class="numberTable" tabIndex={0} role="region" aria-label={`Numbers of ${picture.name}`}>
      <table>
        <thead>
          <tr>
            {columns.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, MOST_ROWS).map((cells, k) => (
            <tr key={k}>
              {cells.map((cell, col) => (
                <td key={col}>{typeof cell === 'number' ? full(cell) : cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > MOST_ROWS && (
        <p>
          The first {MOST_ROWS} of {whole(rows.length)} rows.
        </p>
      )}
    </div>
  );
}
