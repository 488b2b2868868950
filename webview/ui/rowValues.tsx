import { useSignalEffect } from '@preact/signals';
import { forward, forwardPass } from '../../src/core/equations';
import { full, short, whole } from '../../src/core/format';
import { selectColumns } from '../../src/core/matrix';
import { inOwnUnit } from '../../src/core/scale';
import type { NoEditor } from '../../src/protocol/lens';
import { answerText } from '../model/answers';
import type { Cells } from '../model/rowCells';
import type { LensContext } from './context';
import { exampleText, nameOf } from './examples';

const REASONS: Readonly<Record<NoEditor, string>> = {
  packed: 'An editor cannot show a packed file.',
  large: 'VS Code shows extensions no file above 50 MB.',
  'other editor': 'The editor that shows the file is none for text.',
  fails: 'No editor can show the file.',
};

/** The chosen row: its cells as they stand in the file, what the network gets for them, and what it says. */
export function RowValues({ context }: { context: LensContext }) {
  const { run, choices, row } = context;
  const example = choices.example.value;
  const line = run.sample.value?.lines[example];
  useSignalEffect(() => {
    const wanted = run.sample.value?.lines[choices.example.value];
    if (row.isOpen && wanted !== undefined) void row.read(wanted);
  });
  if (line === undefined) return null;
  const cells = row.cells.value;
  const isThere = cells?.run === run.id && cells.line === line;
  return (
    <div class="rowValues" data-line={isThere ? line : undefined}>
      <button class="link" aria-expanded={row.isOpen} onClick={() => row.toggle()}>
        {row.isOpen ? 'Hide' : 'Show'} the values of line {whole(line)}
      </button>
      {row.isOpen && (
        <>
          {row.why.value && <p class="caption">{REASONS[row.why.value]}</p>}
          {row.problem.value !== '' && <p role="alert">{row.problem.value}</p>}
          {isThere && <Values context={context} cells={cells} example={example} />}
        </>
      )}
    </div>
  );
}

interface ValuesProps {
  readonly context: LensContext;
  readonly cells: Cells;
  readonly example: number;
}

function Values({ context, cells: { cells, more }, example }: ValuesProps) {
  const { run } = context;
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label="The values of the row">
      <table>
        <thead>
          <tr>
            <th scope="col">Column</th>
            <th scope="col">In the file</th>
            <th scope="col">For the network</th>
          </tr>
        </thead>
        <tbody>
          {cells.map((cell, c) => (
            <tr key={c} data-cell={cell.text}>
              <th scope="row">{nameOf(cell.column)}</th>
              <td>{cell.text === '' ? <i>empty</i> : nameOf(cell.text)}</td>
              <td>
                <Becomes context={context} cell={cell} example={example} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {more > 0 && <p class="caption">and {whole(more)} columns more.</p>}
      <p>
        {exampleText(context, example)}. The network says {said()}.
      </p>
    </div>
  );

  function said(): string {
    const { network } = run.view.value;
    const [sample, parameters] = [run.sample.value, run.parameters.value];
    if (!network || !sample || !parameters || network.sizes[0] !== sample.X.rows) return '';
    const pass = forwardPass(network, selectColumns(sample.X, [example]));
    forward(pass, parameters);
    return answerText(run, pass.A[network.sizes.length - 1].data);
  }
}

/** The features that a cell becomes, those that are 0 or 1 where they are not 0, or what the target is. */
function Becomes({
  context: { run },
  cell,
  example,
}: Omit<ValuesProps, 'cells'> & { cell: Cells['cells'][number] }) {
  const sample = run.sample.value;
  const { dataset } = run.view.value;
  if (!sample || !dataset) return null;
  if (cell.isTarget) {
    const y = sample.y[example];
    return dataset.task === 'regression' ? (
      <Value name="y" value={y} own={inOwnUnit(y, dataset.targetScale)} />
    ) : (
      <>target: {nameOf(dataset.classes[y] ?? '')}</>
    );
  }
  if (cell.features === 0) return <i>not used</i>;
  const features = Array.from({ length: cell.features }, (_, k) => cell.feature + k).map((feature) => {
    const { name, mean, deviation } = run.features.value[feature];
    const value = sample.X.data[feature * sample.X.cols + example];
    return {
      name,
      value,
      own: inOwnUnit(value, { mean, deviation }),
      isScaled: mean !== 0 || deviation !== 1,
    };
  });
  const shown = features.filter(({ value, isScaled }) => isScaled || value !== 0);
  if (shown.length === 0) return <>0 in all {whole(features.length)} features</>;
  return (
    <>
      {shown.map(({ name, value, own }) => (
        <Value key={name} name={name === cell.column ? '' : nameOf(name)} value={value} own={own} />
      ))}
    </>
  );
}

function Value({ name, value, own }: { name: string; value: number; own: number }) {
  const isSame = Object.is(value, own);
  return (
    <span class="value" data-value={value} title={full(value)}>
      {name !== '' && `${name}: `}
      {isSame ? short(value) : `${short(value)} standardised, from ${short(own)}`}
    </span>
  );
}
