import { signal } from '@preact/signals';
import * as v from 'valibot';
import { render } from 'preact';
import { toModelPage, type FromModelPage, type ModelView } from '../src/protocol/modelPage';
import { ModelFile, type Row } from './pages/modelFile';
import './style.css';
import './modelPage.css';
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
  let asked = 0;
  const frames = pageFrames();
  window.addEventListener('message', ({ data }) => {
    const parsed = v.safeParse(toModelPage, data);
    if (!parsed.success) return;
    const { output: said } = parsed;
    switch (said.type) {
      case 'model':
        refused.value = '';
        row.value = null;
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
      default:
        said satisfies never;
    }
  });
  const predict = (texts: readonly string[]) => host.postMessage({ type: 'predict', id: ++asked, texts });
  render(
    <Frames.Provider value={frames}>
      <ModelFile
        {...{ model, refused, row, palette: followTheme(), predict }}
        act={(what) => host.postMessage({ type: 'do', what })}
      />
    </Frames.Provider>,
    app,
  );
  host.postMessage({ type: 'hello' });
}
