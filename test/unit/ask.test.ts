import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { measuresOf } from '../../src/core/measures';
import { flatten, unflatten } from '../../src/core/network';
import { backward, cost, forward, propagation } from '../../src/core/equations';
import { readDataset } from '../../src/data/dataset';
import { examples } from '../../src/data/examples';
import { Lens } from '../../src/host/lens';
import { textOf } from '../../src/host/text';
import { UserError } from '../../src/data/userError';
import type { FromWebview, ToWebview } from '../../src/protocol/lens';
import type { Session } from '../../src/session/session';

import { Bridge } from '../../webview/bridge';
import { runOn } from './training';
import { IDLE_MS } from '../../src/session/trainers';
import { TestWorld, statusIs, until } from './sessionWorld';
import { course } from './course';

const FILE = 'file:///data/xor.csv';
const xor = 'x1,x2,xor\n0,0,0\n0,1,1\n1,0,1\n1,1,0\n';

/** A fresh training that stopped there. */
function freshAt(world: TestWorld, epoch: number) {
  const run = runOn(xor, { ...world.given().settings, 'training.epochs': epoch });
  while (run.epoch < epoch) run.step(() => false, undefined, epoch - run.epoch);
  return run;
}
const refusal = (session: Session, epoch: number) =>
  session.ask({ kind: 'at', epoch }, 'test').then(
    () => 'answered',
    (error: unknown) => (error instanceof UserError ? textOf(error.said) : String(error)),
  );

describe('asking a training', () => {
  it('says how things stood after an epoch, to the last bit, while the training goes on', async () => {
    const world = new TestWorld();
    const session = await world.running(FILE);
    await until(() => (session.measure?.epoch ?? 0) > 50);
    const answer = await session.ask({ kind: 'at', epoch: 37 }, 'test');
    const fresh = freshAt(world, 37);
    assert.deepEqual(answer?.parameters, fresh.parameters());
    assert.deepEqual(answer && measuresOf(answer.measure)[0], fresh.measure());
    assert.equal(answer?.exact, true);
    assert.equal(session.status, 'running');
    const reached = session.measure?.epoch ?? 0;
    await until(() => (session.measure?.epoch ?? 0) > reached);
    session.stop();
  });

  it('takes a step apart as the float64 equations have it, and leaves the run as it was', async () => {
    const world = new TestWorld();
    const session = await world.finished(FILE, { 'training.epochs': 30 });
    const before = session.parameters;
    const live = await session.ask({ kind: 'step', epoch: null }, 'test');
    const early = await session.ask({ kind: 'step', epoch: 12 }, 'test');
    assert.ok(live && early && before && session.network);
    assert.deepEqual(live.before, before);
    assert.deepEqual(early.before, freshAt(world, 12).parameters());
    assert.deepEqual(early.after, freshAt(world, 13).parameters());
    assert.equal(early.costBefore, freshAt(world, 12).measure().trainCost);
    assert.equal(early.costAfter, freshAt(world, 13).measure().trainCost);
    const dataset = readDataset(xor, { ...course, ...world.given().settings });
    const { X, Y } = examples(dataset, dataset.train);
    const p = propagation(session.network, X);
    const parameters = unflatten(session.network, early.before);
    forward(p, parameters);
    backward(p, parameters, Y);
    const exact = flatten(p.gradients.slice(1));
    exact.forEach((d, k) =>
      assert.ok(Math.abs(d - early.gradients[k]) < 1e-6, `${k}: ${early.gradients[k]}, ${d}`),
    );
    assert.ok(Math.abs(cost(p, Y) - early.costBefore) < 1e-6);
    early.after.forEach((w, k) => {
      assert.ok(Math.abs(w - (early.before[k] - early.learningRate * early.gradients[k])) < 1e-6);
    });
    assert.equal(session.measure?.epoch, 30);
    assert.deepEqual(session.parameters, before);
  });

  it('answers the newest question of an asker alone, and each asker', async () => {
    const world = new TestWorld();
    const session = await world.finished(FILE);
    const [first, second, other] = await Promise.all([
      session.ask({ kind: 'at', epoch: 3 }, 'test'),
      session.ask({ kind: 'at', epoch: 4 }, 'test'),
      session.ask({ kind: 'at', epoch: 5 }, 'other'),
    ]);
    assert.deepEqual([first, second?.epoch, other?.epoch], [null, 4, 5]);
  });

  it('reads the data again for a run that was kept, and trains from its start', async () => {
    const world = new TestWorld();
    await world.finished(FILE);
    const next = await world.another();
    const session = next.sessions.get(FILE);
    assert.ok(session);
    const answer = await session.ask({ kind: 'at', epoch: 17 }, 'test');
    assert.deepEqual(answer?.parameters, freshAt(world, 17).parameters());
    const first = await session.ask({ kind: 'at', epoch: 0 }, 'test');
    assert.deepEqual(first?.parameters, freshAt(world, 0).parameters());
    assert.equal(session.status, 'finished');
    assert.equal(session.measure?.epoch, 40);
  });

  it('still says all of a training that a Lens shows, whose file is another now', async () => {
    const world = new TestWorld();
    const session = await world.finished(FILE);
    session.watch(true);
    world.tables.set(FILE, new TextEncoder().encode(xor.replace('0,0,0', '0,0,1')));
    world.sessions.fileIs(FILE, 'another');
    assert.equal(session.file, 'changed');
    world.timers.pass(10 * IDLE_MS);
    const answer = await session.ask({ kind: 'at', epoch: 17 }, 'test');
    assert.deepEqual(answer?.parameters, freshAt(world, 17).parameters());
    session.watch(false);
    world.timers.pass(2 * IDLE_MS);
    assert.match(
      await refusal(session, 17),
      /they are not kept but trained again, and the file is another now/,
    );
  });

  it('says why nothing can be said: another file, another engine, an epoch to come', async () => {
    const world = new TestWorld();
    await world.finished(FILE);
    const next = await world.another();
    const session = next.sessions.get(FILE);
    assert.ok(session);
    next.tables.set(FILE, new TextEncoder().encode(xor.replace('0,0,0', '0,0,1')));
    assert.match(await refusal(session, 5), /the file is another now/);
    assert.equal(session.file, 'changed');
    assert.match(await refusal(session, 5), /the file is another now/);
    next.tables.delete(FILE);
    next.sessions.fileIs(FILE, session.fileHash);
    next.engine = 'arithmetic 2';
    assert.match(await refusal(session, 5), /ends in other weights/);
    next.engine = 'arithmetic 1';
    assert.match(await refusal(session, 41), /Epoch 41 has not been trained; the last one is 40/);
    assert.equal(await refusal(session, 40), 'answered');
  });

  it('refuses what waits when the trainer dies', async () => {
    const world = new TestWorld();
    const session = await world.paused(FILE);
    const asked = refusal(session, 1);
    world.trainer.die();
    assert.notEqual(await asked, 'answered');
    await statusIs(session, 'paused');
  });

  it('crosses to the webview in parts of at most 256 kB, parsed at both ends', async () => {
    const world = new TestWorld();
    world.base = { ...world.base, 'model.hiddenLayers': [300, 300], 'training.epochs': 2 };
    const session = await world.finished(FILE, {});
    const posted: ToWebview[] = [];
    let listener: (message: unknown) => void = () => undefined;
    const bridge: Bridge = new Bridge(
      { postMessage: (message: FromWebview) => listener(structuredClone(message)) },
      { take: () => undefined, log: (text) => assert.fail(text) },
    );
    const lens = new Lens({
      webview: {
        postMessage: (message: ToWebview) => {
          posted.push(message);
          bridge.receive(structuredClone(message));
          return Promise.resolve(true);
        },
        onDidReceiveMessage: (listen: typeof listener) => {
          listener = listen;
          return { dispose: () => undefined };
        },
      } as unknown as vscode.Webview,
      session: session as never,
      place: () => ({ uri: FILE, pinned: false, back: null }),
      isVisible: () => true,
      ask: () => Promise.resolve(),
      answering: () => session,
      rowAt: () => Promise.resolve(null),
      log: () => undefined,
    });
    const step = await bridge.ask({ kind: 'step', epoch: 1 }, 'page');
    assert.ok(step && !('err' in step));
    assert.deepEqual(step, await session.ask({ kind: 'step', epoch: 1 }, 'test'));
    const parts = posted.filter((message) => message.type === 'part');
    assert.equal(step.gradients.length, 91_501);
    assert.ok(parts.length >= 12 && parts.every(({ values }) => values.byteLength <= 240_000));
    assert.match(
      JSON.stringify(await bridge.ask({ kind: 'at', epoch: 9 }, 'page')),
      /Epoch 9 has not been trained/,
    );
    const [older, newer] = await Promise.all([
      bridge.ask({ kind: 'at', epoch: 0 }, 'page'),
      bridge.ask({ kind: 'at', epoch: 1 }, 'page'),
    ]);
    assert.equal(older, null);
    assert.ok(newer && !('err' in newer) && newer.epoch === 1);
    bridge.dispose();
    lens.dispose();
  });
});

describe('a branch', () => {
  it('goes on from the epoch as a training would that was edited there; the run before stays', async () => {
    const world = new TestWorld();
    const parent = await world.finished(FILE, {
      'training.optimizer': 'adam',
      'training.learningRate': 0.05,
    });
    const before = parent.parameters;
    world.edit({ 'training.learningRate': 0.2 });
    await world.sessions.branch(parent, 15);
    const branch = world.sessions.get(FILE);
    assert.ok(branch && branch !== parent);
    await statusIs(branch, 'finished');
    await world.quiet();
    assert.equal(branch.branchedAt, 15);
    assert.equal(branch.record?.branchedAt, 15, 'it is kept');
    assert.equal(parent.branchedAt, null);
    const settings = { ...world.given().settings, 'training.learningRate': 0.05 };
    const run = runOn(xor, settings);
    while (run.epoch < 15) run.step(() => false);
    run.apply(world.given().settings);
    while (run.epoch < 40) run.step(() => false);
    assert.deepEqual(branch.parameters, run.parameters());
    assert.deepEqual(
      branch.marks.map(({ kind, epoch }) => [kind, epoch]),
      [['edit', 15]],
    );
    assert.deepEqual(
      branch.points.slice(0, 16).map(({ trainCost }) => trainCost),
      parent.points.slice(0, 16).map(({ trainCost }) => trainCost),
    );
    // Its own epochs, those before the branch among them.
    const early = await branch.ask({ kind: 'at', epoch: 7 }, 'test');
    const fresh = runOn(xor, settings);
    while (fresh.epoch < 7) fresh.step(() => false);
    assert.deepEqual(early?.parameters, fresh.parameters());
    await world.sessions.undo(FILE);
    assert.equal(world.sessions.get(FILE), parent);
    assert.deepEqual(parent.parameters, before);
    assert.equal(world.sessions.runsOf(FILE).length, 2);
  });

  it('from the last epoch of a training that is done trains as long as Continue would', async () => {
    const world = new TestWorld();
    const parent = await world.finished(FILE);
    await world.sessions.branch(parent, 40);
    const branch = world.sessions.get(FILE);
    assert.ok(branch);
    await statusIs(branch, 'finished');
    assert.equal(branch.measure?.epoch, 80);
  });
});
