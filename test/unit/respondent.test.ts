import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { measuresOf } from '../../src/core/measures';

import { TrainingLoop } from '../../src/train/loop';
import type { Answer } from '../../src/train/questions';
import { copyOf, Respondent } from '../../src/train/respondent';
import { FakeClock } from './fakeClock';
import { runOn } from './training';
import { course } from './course';

/** With as many weights as there are, not every epoch can be kept. */
const EPOCHS = 1200;
/** Who has waited for so long is told something. */
const PATIENCE_MS = 50;
const xor = readFileSync('samples/xor.csv', 'utf8');
const settings = {
  ...course,
  ...{ 'training.threads': 1, 'training.epochs': EPOCHS, 'model.hiddenLayers': [200, 200] },
};

interface Said {
  readonly what: 'answered' | 'nearly';
  /** Since it was asked. */
  readonly ms: number;
  readonly share: number;
  readonly answer: Answer | null;
}

/** A training that is over, and a clock that passes when the test says so. */
function trained() {
  const clock = new FakeClock();
  const loop = new TrainingLoop(runOn(xor, settings), clock, {
    progress: () => loop.taken(),
    snapshot: () => undefined,
    failed: (error) => assert.fail(String(error)),
  });
  loop.resume();
  clock.pass(60_000);
  assert.equal(loop.run.epoch, EPOCHS);
  return { clock, loop, kept: loop.snapshots.epochs };
}

/**
 * What is said of an epoch that is asked for.
 * @param lookMs what the work between two looks at the clock takes
 */
function saidOf({ clock, loop }: ReturnType<typeof trained>, epoch: number, lookMs: number) {
  const said: Said[] = [];
  clock.lookMs = lookMs;
  const from = clock.now();
  const say = (what: Said['what'], share: number, answer: Answer | null) =>
    void said.push({ what, ms: clock.now() - from, share, answer });
  const answers = {
    answered: (_: number, answer: Answer) => say('answered', 1, answer),
    nearly: (_: number, share: number, answer: Answer | null) => say('nearly', share, answer),
    refused: (_: number, error: unknown) => assert.fail(String(error)),
  };
  const respondent = new Respondent(loop, clock, answers, copyOf);
  respondent.ask(1, 'test', { kind: 'at', epoch });
  clock.pass(1e6);
  respondent.dispose();
  return said;
}

const stateIn = ({ answer }: Said) => (answer?.kind === 'at' ? answer : assert.fail('no state'));

describe('an earlier epoch that somebody asks for', () => {
  let run: ReturnType<typeof trained>;
  before(() => (run = trained()));

  it('is told at once, and alone, where it was kept', () => {
    const [found, ...others] = saidOf(run, run.kept[7], 40);
    assert.equal(found.what, 'answered');
    assert.deepEqual([stateIn(found).epoch, stateIn(found).exact], [run.kept[7], true]);
    assert.deepEqual(others, []);
  });

  it('is told alone, too, where it is found before anybody has lost patience', () => {
    const epoch = run.kept[7] + 1;
    assert.ok(!run.kept.includes(epoch), 'it has to be trained again');
    const [found, ...others] = saidOf(run, epoch, 13);
    assert.equal(found.what, 'answered');
    assert.deepEqual(others, []);
  });

  it('is preceded by the nearest that was kept where it takes longer, and by how far it is', () => {
    const epoch = run.kept[8] - 1;
    assert.ok(!run.kept.includes(epoch), 'it has to be trained again');
    const said = saidOf(run, epoch, 40);
    const [first, ...others] = said;
    assert.equal(first.what, 'nearly');
    assert.ok(first.ms >= PATIENCE_MS, `${first.ms} ms`);
    const near = stateIn(first);
    assert.deepEqual([near.epoch, near.exact], [run.kept[8], false], 'nearer than the one before it');
    const last = others.at(-1);
    assert.equal(last?.what, 'answered');
    const found = stateIn(last);
    assert.deepEqual([found.epoch, found.exact], [epoch, true]);
    const alone = runOn(xor, { ...settings, 'training.epochs': epoch });
    while (alone.epoch < epoch) alone.step(() => false, undefined, epoch - alone.epoch);
    assert.deepEqual(found.parameters, alone.parameters());
    assert.deepEqual(measuresOf(found.measure)[0], alone.measure());
    const between = others.slice(0, -1);
    assert.ok(between.length > 0);
    for (const { what, answer } of between) assert.deepEqual([what, answer], ['nearly', null]);
    const shares = said.map(({ share }) => share);
    assert.deepEqual(
      shares,
      shares.toSorted((a, b) => a - b),
    );
  });
});
