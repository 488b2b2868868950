import assert from 'node:assert/strict';
import { signal } from '@preact/signals';
import { numbersOf } from '../../src/core/measures';
import type { Network } from '../../src/core/network';
import type { Measure } from '../../src/core/trainer';
import type { LiveView } from '../../src/protocol/lensViews';
import type { Answer, StateAt } from '../../src/train/questions';
import type { Bridge } from '../../webview/bridge';
import { pastText } from '../../webview/model/status';
import { Time, whenText } from '../../webview/model/time';
import type { Moment, RunSignals } from '../../webview/store';

const network: Network = { sizes: [2, 1], hidden: 'tanh', output: 'sigmoid' };
const measure = (epoch: number): Measure => ({
  ...{ epoch, trainCost: 1 / (1 + epoch), testCost: null, trainScore: 0.5, testScore: null },
});
const stateAt = (epoch: number, exact = true): StateAt => ({
  ...{ kind: 'at', epoch, exact, measure: numbersOf([measure(epoch)]) },
  frozen: Float64Array.of(1),
  ...{ learningRate: 0.1, penalty: 0, parameters: Float64Array.of(epoch, 1, 2) },
});

/** A question that is on its way. */
interface OnItsWay {
  readonly epoch: number;
  answer(answer: Answer | { err: string } | null): Promise<void>;
  nearly(share: number, near: StateAt | null): void;
}

/** The time of a run of 1,000 epochs, over a host that answers when the test says so. */
function timeOf({ restored = null as { run: string; epoch: number } | null, last = 1000 } = {}) {
  const asked: OnItsWay[] = [];
  const unasked: string[] = [];
  const run = {
    id: 'one',
    view: signal({ network }),
    measureNow: signal<Measure | null>(measure(last)),
    moment: signal<Moment | null>(null),
  };
  const moment = signal(restored);
  let clock = 0;
  let tick: (() => void) | undefined;
  const time = new Time(
    run as unknown as RunSignals,
    { moment },
    {
      ask: ((question: { epoch: number }, _asker: string, onNearly: OnItsWay['nearly']) =>
        new Promise((resolve) =>
          asked.push({
            epoch: question.epoch,
            nearly: onNearly,
            answer: async (answer) => {
              resolve(answer);
              await new Promise((done) => setImmediate(done));
            },
          }),
        )) as unknown as Bridge['ask'],
      unask: (asker) => void unasked.push(asker),
      every: (work) => {
        tick = work;
        return () => (tick = undefined);
      },
      now: () => clock,
    },
  );
  const pass = (ms: number) => {
    clock += ms;
    tick?.();
  };
  const shown = () => run.moment.value?.measure.epoch ?? 'live';
  return { time, run, moment, asked, unasked, pass, shown, isTicking: () => tick !== undefined };
}

describe('the state beside the numbers of an earlier epoch', () => {
  it('says which epoch is shown, of how many, and what the training does', () => {
    const said = (status: LiveView['status']) => pastText({ status, epochs: 20_000 }, 0, 12_000);
    assert.equal(
      pastText({ status: 'finished', epochs: 20_000 }, 0, 20_000),
      'Shown: epoch 0 of 20,000 (done)',
    );
    assert.equal(said('running'), 'Shown: epoch 0 of 20,000 (training, now at 12,000)');
    assert.equal(said('paused'), 'Shown: epoch 0 of 20,000 (paused at 12,000)');
    assert.equal(pastText({ status: 'finished', epochs: 100 }, 7, 300), 'Shown: epoch 7 of 300 (done)');
  });
});

describe('the time of a run', () => {
  it('is the present until an epoch is chosen, and then that epoch', async () => {
    const { time, asked, shown, moment } = timeOf();
    assert.deepEqual([time.chosen.value, shown()], [null, 'live']);
    time.go(400);
    assert.deepEqual([time.chosen.value, shown()], [400, 'live']);
    await asked[0].answer(stateAt(400));
    assert.equal(shown(), 400);
    assert.deepEqual(moment.value, { run: 'one', epoch: 400 });
    time.live();
    assert.deepEqual([time.chosen.value, shown(), moment.value], [null, 'live', null]);
  });

  it('asks for one epoch at a time while somebody drags, and ends with the last', async () => {
    const { time, asked, shown } = timeOf();
    [900, 800, 700, 600].forEach((epoch) => time.go(epoch));
    assert.deepEqual(
      asked.map(({ epoch }) => epoch),
      [900],
    );
    await asked[0].answer(stateAt(900));
    assert.equal(shown(), 900, 'what was found is shown on the way');
    assert.equal(asked[1].epoch, 600);
    await asked[1].answer(stateAt(600));
    assert.equal(shown(), 600);
    assert.equal(asked.length, 2);
  });

  it('shows something near where it takes longer, says how far it is, and may be told to leave it there', async () => {
    const { time, asked, shown, unasked, run } = timeOf();
    time.go(500);
    asked[0].nearly(0.2, stateAt(512, false));
    assert.deepEqual([shown(), run.moment.value?.exact, time.found.value], [512, false, 0.2]);
    assert.deepEqual([...(run.moment.value?.frozen ?? [])], [1]);
    asked[0].nearly(0.6, null);
    assert.deepEqual([shown(), time.found.value], [512, 0.6]);
    time.cancel();
    assert.deepEqual([time.chosen.value, shown(), time.found.value, unasked], [512, 512, null, ['timeline']]);
    await asked[0].answer(stateAt(500));
    assert.equal(shown(), 512, 'what comes too late is not shown');
  });

  it('is said in words: what is near, how far the exact one is, and what stays where nobody looks further', async () => {
    const { time, asked, run } = timeOf();
    const said = () => whenText({ time, run: run as unknown as RunSignals });
    assert.equal(said(), 'live: epoch 1,000');
    time.go(500);
    asked[0].nearly(0.204, stateAt(512, false));
    assert.equal(said(), '≈ epoch 512, 20 % of the way to 500');
    await asked[0].answer(stateAt(500));
    assert.equal(said(), 'epoch 500 (live: 1,000)');
    time.go(300);
    asked[1].nearly(0.9, stateAt(256, false));
    time.cancel();
    assert.equal(said(), 'epoch 256 (live: 1,000)', 'it is exact where it is');
  });

  it('does not wait for what takes long when another epoch is chosen', async () => {
    const { time, asked, shown } = timeOf();
    time.go(500);
    asked[0].nearly(0.1, null);
    time.go(300);
    assert.equal(asked[1].epoch, 300);
    await asked[0].answer(null);
    await asked[1].answer(stateAt(300));
    assert.deepEqual([shown(), asked.length, time.found.value], [300, 2, null]);
  });

  it('is back in the present, and says why, where nothing can be shown', async () => {
    const { time, asked, shown } = timeOf();
    time.go(500);
    await asked[0].answer({ err: 'The file is another now.' });
    assert.deepEqual(
      [time.chosen.value, shown(), time.refusal.value],
      [null, 'live', 'The file is another now.'],
    );
    time.go(400);
    assert.equal(time.refusal.value, '');
  });

  it('takes the last epoch and what comes after it for the present, and nothing before the first', async () => {
    const { time, asked, run, shown } = timeOf();
    time.go(1000);
    assert.deepEqual([time.chosen.value, asked.length], [null, 0]);
    time.go(-3);
    assert.equal(time.chosen.value, 0);
    await asked[0].answer(stateAt(0));
    run.measureNow.value = measure(2000);
    assert.equal(shown(), 0, 'a training that goes on changes nothing');
    time.go(900);
    await asked[1].answer(stateAt(900));
    run.measureNow.value = measure(700);
    assert.deepEqual([time.chosen.value, shown()], [null, 'live'], 'it went back behind what was chosen');
  });

  it('plays from the first epoch, or from the one that is shown, at its speed, to the present', async () => {
    const { time, asked, pass, isTicking } = timeOf();
    time.play();
    assert.equal(time.isPlaying.value, true);
    assert.equal(time.chosen.value, 0);
    await asked[0].answer(stateAt(0));
    pass(6000);
    assert.equal(time.chosen.value, 500);
    time.setSpeed(4);
    pass(1000);
    assert.equal(time.chosen.value, 833);
    time.pause();
    pass(1000);
    assert.deepEqual([time.chosen.value, isTicking()], [833, false]);
    time.play();
    pass(10_000);
    assert.deepEqual([time.chosen.value, time.isPlaying.value, isTicking()], [null, false, false]);
  });

  it('is at the epoch that was shown before a reload, of the same run alone', async () => {
    const { asked, shown } = timeOf({ restored: { run: 'one', epoch: 77 } });
    assert.equal(asked[0].epoch, 77);
    await asked[0].answer(stateAt(77));
    assert.equal(shown(), 77);
    const other = timeOf({ restored: { run: 'two', epoch: 77 } });
    assert.deepEqual([other.asked.length, other.moment.value], [0, null]);
  });
});
