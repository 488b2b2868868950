import * as assert from 'node:assert/strict';
import { POINT_NUMBERS } from '../../src/core/curveNumbers';
import { curvePoint, History, MOST_POINTS, type CurvePoint } from '../../src/core/history';
import { measuresOf } from '../../src/core/measures';
import { toWebview } from '../../src/protocol/lens';
import type { ExerciseRow } from '../../src/protocol/exerciseRow';
import type { HandlesView } from '../../src/protocol/handlesView';
import * as v from 'valibot';
import { lensOn, MOST_BYTES, point, session, sizeOf, wideSession } from './lensWorld';

describe('what a Lens sends', () => {
  it('is never more than 256 kB in one message, whatever the file holds, and all of it arrives', () => {
    const wide = wideSession();
    const { posted, hello } = lensOn(wide);
    hello();
    assert.ok(Math.max(...posted.map(sizeOf)) <= MOST_BYTES, `${Math.max(...posted.map(sizeOf))} bytes`);
    for (const [key, length] of [
      ['X', wide.sample?.X.length],
      ['scales', 20_000],
      ['parameters', wide.parameters?.length],
      ['history', MOST_POINTS * POINT_NUMBERS],
    ] as const) {
      const parts = posted.filter((m) => m.type === 'numbers' && m.key === key);
      assert.equal(
        parts.reduce((sum, m) => sum + (m.type === 'numbers' ? m.values.length : 0), 0),
        length,
        key,
      );
    }
    assert.equal(posted.at(-2)?.type, 'frame');
  });

  it('cuts texts of the file to 200 characters', () => {
    const { hello, of } = lensOn(wideSession());
    hello();
    const [{ run }] = of('run');
    for (const text of [run?.dataset?.target, ...(run?.dataset?.classes ?? []), ...of('features')[0].names]) {
      assert.equal(text?.length, 200);
    }
  });

  it('is what the schema of the webview takes', () => {
    const { posted, hello } = lensOn(wideSession());
    hello();
    posted.forEach((message) => assert.ok(v.is(toWebview, message), message.type));
  });

  it('is sent once where it stays the same, with a version; the rest comes with each frame', () => {
    const shown = wideSession();
    const { lens, hello, say, of } = lensOn(shown);
    hello();
    const still = () => [of('run').length, of('features').length];
    const first = still();
    shown.measure = point(MOST_POINTS + 1);
    say({ type: 'drawn' });
    lens.update();
    assert.deepEqual(still(), first, 'nothing that stays the same');
    assert.deepEqual(
      of('live').map(({ version }) => version),
      [1, 1],
    );
    shown.uri = 'file:///folder/renamed.csv';
    say({ type: 'drawn' });
    lens.update();
    assert.deepEqual(
      of('run').map(({ run }) => [run?.version, run?.file]),
      [
        [1, 'small.csv'],
        [2, 'renamed.csv'],
      ],
    );
  });

  it('waits until the last frame is drawn: one is on its way at a time', () => {
    const { lens, hello, say, of } = lensOn(wideSession());
    hello();
    lens.update();
    lens.update();
    assert.equal(of('frame').length, 1);
    say({ type: 'drawn' });
    assert.equal(of('frame').length, 2, 'what changed meanwhile comes as one frame');
    say({ type: 'drawn' });
    assert.equal(of('frame').length, 2, 'nothing is sent when nothing changed');
  });

  it('opens the page of an exercise once the webview can take it, and again in one that comes after', () => {
    const { lens, hello, say, of } = lensOn(wideSession());
    lens.open({ type: 'showExercise', id: 'zeros' });
    assert.equal(of('showExercise').length, 0, 'nobody is there yet');
    hello();
    assert.deepEqual(
      of('showExercise').map(({ id }) => id),
      ['zeros'],
    );
    // It was thrown away before it had drawn it.
    hello();
    assert.equal(of('showExercise').length, 2);
    say({ type: 'drawn' });
    lens.update();
    hello();
    assert.equal(of('showExercise').length, 2, 'it has been there: where the person has gone since is kept');
    lens.open({ type: 'showExercise', id: 'four-units' });
    say({ type: 'drawn' });
    assert.deepEqual(of('showExercise').at(-1)?.id, 'four-units', 'after the frame that was on its way');
  });

  it('sends the new points alone, and the whole curve once it has been thinned or cut back', () => {
    const history = new History();
    for (let epoch = 0; epoch < MOST_POINTS; epoch++) history.push(point(epoch));
    const shown = session({ points: [...history.points] });
    const { lens, hello, say, of } = lensOn(shown);
    const next = (points: readonly CurvePoint[]) => {
      shown.points = points;
      say({ type: 'drawn' });
      lens.update();
    };
    hello();
    next([...history.points, curvePoint(point(MOST_POINTS))]);
    const thinned = history.points.filter(({ epoch }) => epoch % 2 === 0);
    next(thinned);
    const cut = thinned.slice(0, 10);
    next([...cut, ...thinned.slice(10).map(({ epoch }) => curvePoint(point(epoch)))]);
    next([...shown.points]);
    assert.deepEqual(
      of('numbers')
        .filter(({ key }) => key !== 'frozen')
        .map(({ key, values }) => [key, values.length / POINT_NUMBERS]),
      [
        ['history', MOST_POINTS],
        ['points', 1],
        ['history', MOST_POINTS / 2],
        ['history', MOST_POINTS / 2],
      ],
    );
  });

  it('sends what is frozen when that is another set', () => {
    const shown = session({});
    const { lens, hello, say, of } = lensOn(shown);
    hello();
    for (const frozen of [new Set([3, 5]), new Set<number>()]) {
      shown.frozen = frozen;
      for (let k = 0; k < 2; k++) {
        say({ type: 'drawn' });
        lens.update();
      }
    }
    const sent = of('numbers').filter(({ key }) => key === 'frozen');
    assert.deepEqual(
      sent.map(({ values }) => [...values]),
      [[], [3, 5], []],
    );
  });

  it('sends the curve of the run before once, and takes it back', () => {
    const shown = session({ ghost: [point(0), point(1)] });
    const { lens, hello, say, of } = lensOn(shown);
    const ghosts = () =>
      of('numbers').flatMap(({ key, values }) => (key === 'ghost' ? [measuresOf(values)] : []));
    hello();
    say({ type: 'drawn' });
    lens.update();
    assert.deepEqual(ghosts(), [[point(0), point(1)]]);
    shown.ghost = null;
    say({ type: 'drawn' });
    lens.update();
    assert.deepEqual(ghosts().at(-1), []);
  });

  it('says what the handles stand at, once while that is the same', () => {
    const handles: HandlesView = {
      handles: [{ key: 'training.learningRate', value: 'auto', acting: 'auto', from: 'default' }],
      ...{ automatic: { 'training.learningRate': 1.2 }, undo: null, canWrite: true },
    };
    const shown = session({ handles });
    const { lens, say, hello, of } = lensOn(shown);
    hello();
    say({ type: 'drawn' });
    lens.update();
    say({ type: 'drawn' });
    assert.equal(of('handles').length, 1);
    shown.handles = { ...handles, undo: 'training.learningRate 0.5 → "auto"' };
    lens.update();
    assert.deepEqual(of('handles').at(-1)?.handles, shown.handles);
  });

  it('passes on what a handle asks for, and nothing that is no handle', () => {
    const { asked, request, say, logged } = lensOn(session());
    request({ type: 'try', key: 'training.learningRate', value: 0.5 });
    request({ type: 'set', key: 'model.hiddenLayers', value: [4, 3] });
    request({ type: 'reset', key: 'training.l2' });
    assert.deepEqual(
      asked.map(({ type }) => type),
      ['try', 'set', 'reset'],
    );
    say({ type: 'request', id: 9, request: { type: 'set', key: 'training.memoryBudget', value: 1 } });
    say({ type: 'request', id: 10, request: { type: 'set', key: 'training.l2', value: { evil: 1 } } });
    assert.equal(asked.length, 3);
    assert.equal(logged.length, 1, 'once');
  });

  it('says once which file it is on and whether it stays there, where that has no run too', () => {
    const place = { uri: 'file:///folder/bare.csv' as string | null, pinned: false, back: 'one.csv' };
    const { lens, hello, of } = lensOn(undefined, { place: () => place });
    hello();
    lens.update();
    assert.deepEqual(of('place'), [{ type: 'place', ...place }]);
    place.pinned = true;
    lens.update();
    place.uri = null;
    lens.update();
    assert.deepEqual(
      of('place').map(({ uri, pinned }) => [uri, pinned]),
      [
        ['file:///folder/bare.csv', false],
        ['file:///folder/bare.csv', true],
        [null, true],
      ],
    );
    hello();
    assert.equal(of('place').length, 4, 'a webview that is new knows nothing');
  });

  it('says when predictions stand in the editors, and when they do not any more', () => {
    const place = { uri: 'file:///folder/one.csv', pinned: false, back: null, predictions: true };
    const { lens, hello, of } = lensOn(undefined, { place: () => place });
    hello();
    place.predictions = false;
    lens.update();
    lens.update();
    assert.deepEqual(
      of('place').map(({ predictions }) => predictions),
      [true, undefined],
    );
  });

  it('is nothing while nobody looks, and a whole picture afterwards', () => {
    let visible = false;
    const { lens, hello, posted, of } = lensOn(wideSession(), { isVisible: () => visible });
    hello();
    assert.deepEqual(
      posted.map(({ type }) => type),
      ['answer'],
    );
    visible = true;
    lens.update();
    assert.ok(of('numbers').some(({ key }) => key === 'X'));
  });
});

describe('what a Lens is asked', () => {
  const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

  it('is answered by its id', async () => {
    const { asked, request, of } = lensOn(session());
    request({ type: 'ping' });
    request({ type: 'action', action: 'pause' });
    request({ type: 'answer', choice: 'keep' });
    await settled();
    assert.deepEqual(
      of('answer').map(({ id, answer }) => [id, answer]),
      [
        [0, { ok: true }],
        [1, { ok: true }],
        [2, { ok: true }],
      ],
    );
    assert.deepEqual(asked, [
      { type: 'action', action: 'pause' },
      { type: 'answer', choice: 'keep' },
    ]);
  });

  it('is answered with the reason when it cannot be', async () => {
    const ask = () => Promise.reject(new Error('There is nothing to bring back.'));
    const { request, of, logged } = lensOn(session(), { ask });
    request({ type: 'action', action: 'undo' });
    await settled();
    assert.deepEqual(of('answer')[0].answer, { err: 'There is nothing to bring back.' });
    assert.equal(logged.length, 1);
  });

  it('is logged once where it is no message, and the Lens goes on', async () => {
    const { say, request, asked, logged, of } = lensOn(session());
    say({ type: 'request', id: 1, request: { type: 'action', action: 'format the disk' } });
    say({ type: 'request', id: 2, request: { type: 'showLines', lines: [-1], focus: true } });
    say(null);
    say('drawn');
    request({ type: 'action', action: 'stop' });
    await settled();
    assert.equal(logged.length, 1);
    assert.match(logged[0], /^A message of the Lens is none/);
    assert.deepEqual(asked, [{ type: 'action', action: 'stop' }]);
    assert.deepEqual(of('answer')[0].answer, { ok: true });
  });

  it('sends the exercises while they are wanted, and again only when they are others', () => {
    const row: ExerciseRow = {
      ...{ id: 'zeros', steps: 0, reached: '', guess: null, inARow: 0 },
      now: { kind: 'away', says: 'long'.repeat(100) },
    };
    const shown = session({ exercises: [row] });
    const { lens, request, say, of, hello } = lensOn(shown);
    const update = () => {
      say({ type: 'drawn' });
      lens.update();
    };
    hello();
    update();
    assert.equal(of('exercises').length, 0);
    request({ type: 'exercises', wanted: true });
    update();
    update();
    assert.deepEqual(
      of('exercises').map(({ rows }) => rows),
      [[row]],
    );
    shown.exercises = [{ ...row, steps: 1, now: null }];
    update();
    assert.equal(of('exercises').length, 2);
    request({ type: 'exercises', wanted: false });
    shown.exercises = [row];
    update();
    assert.equal(of('exercises').length, 2);
    of('exercises').forEach((message) => assert.ok(v.is(toWebview, message)));
  });
});
