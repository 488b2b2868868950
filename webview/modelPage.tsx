import { signal } from '@preact/signals';
import * as v from 'valibot';
import { render } from 'preact';
import { toModelPage, type FromModelPage, type ModelTable, type ModelView } from '../src/protocol/modelPage';
import { ModelFile } from './pages/modelFile';
import type { Row, StartRow } from './pages/modelRowForm';
import './styles/style.css';
import './styles/modelPage.css';
import { Frames, pageFrames } from './ui/frameWork';
import { followTheme } from './ui/theme';

declare const acquireVsCodeApi: () => { postMessage(message: FromModelPage): void };

const root = document.getElementById('app');
if (root) start(root);

/** The page of a model's file: what is in it, and what it says of a row that is typed. */
function start(app: HTMLElement): void {
  const host = acquireVsCodeApi();
  const model = signal<ModelView | null>(null);
  const refused = signal('');
  const row = signal<Row | null>(null);
  const table = signal<ModelTable | null>(null);
  const tableRefused = signal('');
  const startRow = signal<StartRow | null>(null);
  const notStarted = signal('');
  let asked = 0;
  let hasLogged = false;
  const frames = pageFrames();
  window.addEventListener('message', ({ data }) => {
    const parsed = v.safeParse(toModelPage, data);
    if (!parsed.success) {
      if (!hasLogged) console.error(`A message of the host is none: ${v.summarize(parsed.issues)}`);
      hasLogged = true;
      return;
    }
    const { output: said } = parsed;
    switch (said.type) {
      case 'model':
        refused.value = '';
        row.value = null;
        forgetTable();
        model.value = said.model;
        return;
      case 'refused':
        model.value = null;
        refused.value = said.why;
        return;
      case 'predicted':
        // Of an earlier row nobody wants to know any more.
        if (said.id === asked) row.value = said.row;
        return;
      case 'table':
        forgetTable();
        table.value = said.table;
        return;
      case 'tableRefused':
        tableRefused.value = said.why;
        return;
      case 'row':
        notStarted.value = said.why;
        if (said.texts) startRow.value = { line: said.line, texts: said.texts };
        return;
      default:
        said satisfies never;
    }
  });
  // A table is that of one model, and a row is of one table.
  function forgetTable() {
    [table.value, startRow.value, tableRefused.value, notStarted.value] = [null, null, '', ''];
  }
  const predict = (texts: readonly string[], from: number | null) =>
    host.postMessage({ type: 'predict', id: ++asked, texts, from });
  const rows = {
    ...{ table, refused: tableRefused },
    choose: () => host.postMessage({ type: 'chooseTable' }),
    startFrom: (line: number) => host.postMessage({ type: 'row', line }),
  };
  render(
    <Frames.Provider value={frames}>
      <ModelFile
        {...{ model, refused, row, rows, start: startRow, notStarted, palette: followTheme(), predict }}
        act={(what) => host.postMessage({ type: 'do', what })}
      />
    </Frames.Provider>,
    app,
  );
  host.postMessage({ type: 'hello' });
}
