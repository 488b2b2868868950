import { effect, signal } from '@preact/signals';
import { render } from 'preact';
import type { ComparisonView } from '../src/protocol/compare';
import type { ExerciseRow } from '../src/protocol/exerciseRow';
import type { SearchView } from '../src/protocol/find';
import type { CrossValidationView } from '../src/protocol/folds';
import { Bridge, PING_MS, type Host } from './bridge';
import { Choices } from './choices';
import type { PageName } from './keptChoices';
import { OfRun } from './model/ofRun';
import { Handles } from './model/handles';
import { WeightEdits } from './model/weightEdits';
import { Lab } from './model/lab';
import { lastUpdate } from './model/lastUpdate';
import { createModels } from './model/models';
import { OtherRuns } from './model/otherRuns';
import { looksAtTest } from './model/runOrder';
import { App } from './pages/app';
import { RowCells } from './model/rowCells';
import { Store } from './store';
import './styles/style.css';
import { FRAMES_PER_SECOND, Time } from './model/time';
import type { LensContext } from './ui/context';
import { keepFocus } from './ui/focus';
import { Frames, pageFrames } from './ui/frameWork';
import { ScrollPlace } from './ui/place';
import { followTheme } from './ui/theme';

/** What the page has begun with (src/host/lensPage.ts). */
declare const early: {
  readonly host: Host;
  readonly heard: readonly unknown[];
  readonly listen: (event: MessageEvent) => void;
};

// The curve wants it with the first frame, which is on its way: it comes meanwhile. Where it does not, the curve says so.
import('./pictures/costDrawing').catch(() => undefined);

const root = document.getElementById('app');
if (root) start(root, early.host);

function start(app: HTMLElement, host: Host): void {
  const store = new Store();
  const frames = pageFrames();
  const choices = new Choices(host);
  const others = new OtherRuns();
  const exercises = signal<readonly ExerciseRow[]>([]);
  const lab = new Lab();
  const find = new OfRun<SearchView>();
  const comparison = new OfRun<ComparisonView>();
  const folds = new OfRun<CrossValidationView>();
  const palette = followTheme();
  const show = () => {
    store.show();
    frames.whenDrawn(() => bridge.drawn());
  };
  const bridge = new Bridge(host, {
    take: (message) => {
      store.show();
      if (message.type === 'place') choices.place.value = message;
      else if (message.type === 'runs' || 'of' in message) others.take(message);
      else if (message.type === 'exercises') exercises.value = message.rows;
      else if (message.type === 'showExercise') choices.showExercise(message.id);
      else if (message.type === 'showFind') choices.showLab('find');
      else if (message.type === 'showCompare') choices.showLab('compare');
      else if (message.type === 'showFolds') choices.showLab('folds');
      else if (message.type === 'search') find.take(message.run, message.search);
      else if (message.type === 'comparison') comparison.take(message.run, message.comparison);
      else if (message.type === 'folds') folds.take(message.run, message.folds);
      else if (message.type === 'experiment' || message.type === 'tile') lab.take(message);
      else if (message.type === 'cells' || message.type === 'noEditor') row.take(message);
      else if (message.type === 'check') choices.check(message.text);
      else if (message.type === 'rows') choices.takeRows(message, store.run.value);
      else if (store.take(message)) frames.arrive(show);
    },
    log: (message) => console.error(message),
  });
  const row = new RowCells(bridge);
  const context = signal<LensContext | null>(null);
  effect(() => {
    const run = store.run.value;
    if (!run) {
      context.value = null;
      return undefined;
    }
    row.forget();
    const unfollow = choices.follow(run);
    const models = createModels(run, choices, (work) => frames.compute(work));
    const ask: Bridge['ask'] = (...asked) => bridge.ask(...asked);
    const handles = new Handles(bridge);
    const untell = effect(() => {
      const told = run.handles.value;
      if (told) handles.told(told);
    });
    const time = new Time(run, choices, {
      ask,
      unask: (asker) => void bridge.request({ type: 'unask', asker }),
      every: (work) => {
        const timer = setInterval(work, 1000 / FRAMES_PER_SECOND);
        return () => clearInterval(timer);
      },
      now: () => performance.now(),
    });
    context.value = {
      ...{
        run,
        others,
        lab,
        find,
        comparison,
        folds,
        exercises,
        handles,
        edits: new WeightEdits(bridge),
        models,
        choices,
        palette,
      },
      ...{ time, ask, row, lastUpdate: lastUpdate(run, ask) },
      send: (request, onAnswered) => void bridge.send(request).then(onAnswered),
      save: (file) => void bridge.save(file),
      refuse: (why) => bridge.refuse(why),
    };
    return () => {
      untell();
      time.dispose();
      models.dispose();
      unfollow();
    };
  });
  const wantsNothing = { wanted: false, overlaid: [] as readonly string[], byTest: false };
  let wanted = wantsNothing;
  effect(() => {
    // Another run of another file has other runs beside it, and another host has not been asked for them.
    const isRun = bridge.greetings.value > 0 && store.run.value !== null;
    const next = isRun
      ? {
          wanted: choices.page.value === 'runs',
          overlaid: choices.overlaid.value,
          byTest: choices.page.value === 'runs' && looksAtTest(choices.runOrder.value),
        }
      : wantsNothing;
    if (next.wanted || next.overlaid.length > 0 || wanted !== wantsNothing) {
      void bridge.send({ type: 'runs', ...next });
    }
    wanted = next.wanted || next.overlaid.length > 0 ? next : wantsNothing;
  });
  /** What is looked at on one page alone comes while that is open. */
  const comesWith = (page: PageName, type: 'exercises' | 'lab') =>
    effect(() => {
      if (bridge.greetings.value === 0 || store.run.value === null) return undefined;
      if (choices.page.value !== page) return undefined;
      void bridge.request({ type, wanted: true });
      return () => void bridge.request({ type, wanted: false });
    });
  comesWith('exercises', 'exercises');
  comesWith('lab', 'lab');
  render(
    <Frames.Provider value={frames}>
      <App bridge={bridge} connected={store.connected} context={context} place={choices.place} />
    </Frames.Provider>,
    app,
  );
  keepFocus(app);
  const place = new ScrollPlace(app, window);
  effect(() => {
    const run = store.run.value;
    // What cannot be trained has no pages: nothing of them is to be scrolled to.
    const page = run && run.live.value.status !== 'failed' ? choices.page.value : '';
    const file = run ? run.view.value.uri : (choices.place.value.uri ?? '');
    place.turnTo(`${page} ${file}`);
  });
  window.removeEventListener('message', early.listen);
  window.addEventListener('message', ({ data }) => bridge.receive(data));
  void bridge.greeted(early.heard);
  setInterval(() => {
    if (document.visibilityState === 'visible') bridge.ping();
  }, PING_MS);
}
