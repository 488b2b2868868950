import { full, whole } from '../../src/core/format';
import type { Picture } from '../pictures/picture';
import type { LensContext } from './context';
import { PictureMenu } from './pictureMenu';

/** A table of all weights of a large network would be longer than anybody reads. */
const MOST_ROWS = 200;

interface FrameProps {
  readonly context: LensContext;
  readonly picture: Picture;
}

/** The frame that all pictures have in common. */
export function Frame({ context, picture }: FrameProps) {
  const { view: View, controls: Controls } = picture;
  return (
    <section class={`card ${picture.name}`}>
      <div class="head">
        <h2>{picture.title()}</h2>
        {Controls && (
          <span class="inline">
            <Controls />
          </span>
        )}
        <PictureMenu context={context} picture={picture} />
      </div>
      <View />
      <Caption picture={picture} />
      {/* Made when somebody looks at them. */}
      {context.choices.numbers.value.includes(picture.name) && <NumbersTable picture={picture} />}
    </section>
  );
}

function Caption({ picture }: { picture: Picture }) {
  return <div class="caption">{picture.caption()}</div>;
}

const inFull = (value: number): string => (Number.isSafeInteger(value) ? whole(value) : full(value));

function NumbersTable({ picture }: { picture: Picture }) {
  const { columns, rows, total = rows.length } = picture.numbers('shown');
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
                <td key={col}>{typeof cell === 'number' ? inFull(cell) : cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {total > MOST_ROWS && (
        <p>
          The first {MOST_ROWS} of {whole(total)} rows.
        </p>
      )}
    </div>
  );
}
