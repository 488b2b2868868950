import { whole } from '../../src/core/format';
import type { ModelView } from '../../src/protocol/modelPage';
import { drawnText, rangeOf, rowText } from '../model/modelRows';
import type { Pen } from '../ui/pen';
import { RowPoints, type Area } from '../ui/rowPoints';
import type { Palette } from '../ui/theme';
import { lookOf, type RowPictureProps } from './modelPoints';

/** What a model says beside what the table says: of classes a table of counts, of numbers a point for each row. */
export function ModelAnswers(props: RowPictureProps) {
  const { model, table } = props;
  const known = table.answers.some((answer) => !Number.isNaN(answer));
  if (!known) return <p>The table does not say what {model.target} is.</p>;
  if (model.labels.length === 0) return <NumberAnswers {...props} />;
  if (!table.confusion) return <p>{whole(model.labels.length)} classes are too many for a table here.</p>;
  return <Confusion model={model} confusion={table.confusion} />;
}

function NumberAnswers({ model, table, palette, from, startFrom }: RowPictureProps) {
  const range = rangeOf(table.answers, table.predictions);
  const diagonal = (pen: Pen, { x, y, width, height }: Area, colours: Palette) => {
    pen.beginPath();
    pen.moveTo(x, y + height);
    pen.lineTo(x + width, y);
    pen.lineWidth = 1;
    pen.strokeStyle = colours.muted;
    pen.stroke();
  };
  return (
    <>
      <RowPoints
        x={table.answers}
        y={table.predictions}
        across={{ name: `${model.target} in the table`, ...range }}
        up={{ name: 'predicted', ...range }}
        palette={palette}
        behind={diagonal}
        look={lookOf(model, table)}
        followed={table.lines.indexOf(from)}
        name="modelAnswers"
        label={`Predictions over what the table says of ${model.target}.`}
        text={(k) => rowText(model, table, k)}
        choose={(k) => startFrom(table.lines[k])}
      />
      <p class="caption">{drawnText(table)} On the line, what is predicted is what the table says.</p>
    </>
  );
}

function Confusion({
  model: { labels, target },
  confusion,
}: {
  readonly model: ModelView;
  readonly confusion: readonly Float64Array[];
}) {
  return (
    <div class="numberTable" tabIndex={0} role="region" aria-label="Rows by class and prediction">
      <table class="confusion">
        <thead>
          <tr>
            <th scope="col">{target}</th>
            {labels.map((label, k) => (
              <th key={k} scope="col">
                predicted {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {confusion.map((counts, answer) => (
            <tr key={answer}>
              <th scope="row">{labels[answer]}</th>
              {Array.from(counts, (rows, prediction) => (
                <td key={prediction} data-value={rows} class={answer === prediction ? 'right' : undefined}>
                  {whole(rows)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
