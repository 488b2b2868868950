import assert from 'node:assert/strict';
import { copyFileSync } from 'node:fs';
import type { Settings } from '../../src/settings/settings';
import { tableOfKinds } from './exportModels';
import { hasTorch, TrainJobs, type Ended } from './trainJobs';

const SETTINGS: Partial<Settings> = {
  ...{ 'data.target': 'two', 'training.optimizer': 'adam', 'training.learningRate': 0.01 },
  ...{ 'training.batchSize': 16, 'training.epochs': 12 },
};

/** Kills its process once so many sums have been made of all processes. */
const KILLED_AT_SUM = (sums: number) =>
  `
import os, signal
import torch.distributed as dist
real, left = dist.all_reduce, [${sums}]
def all_reduce(*args, **named):
    left[0] -= 1
    if left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*args, **named)
dist.all_reduce = all_reduce
`;
/** Kills its process when half of a checkpoint, the second one, is written. */
const KILLED_IN_CHECKPOINT = `
import os, signal, io
import torch
real, left = torch.save, [2]
def save(state, file):
    left[0] -= 1
    whole = io.BytesIO()
    real(state, whole)
    if left[0] == 0:
        file.write(whole.getvalue()[: len(whole.getvalue()) // 2])
        file.flush()
        os.kill(os.getpid(), signal.SIGKILL)
    file.write(whole.getvalue())
torch.save = save
`;

describe('a training as a script for PyTorch, when a process is lost', () => {
  let jobs: TrainJobs;
  before(function () {
    if (!hasTorch()) this.skip();
  });
  beforeEach(async () => {
    jobs = new TrainJobs();
    await jobs.export(tableOfKinds(), SETTINGS);
  });
  afterEach(() => jobs?.dispose());

  const files = (name: string) => ['-o', `${name}.neuron.json`, '--checkpoint', `${name}.pt`];
  const every = ['--checkpoint-every', '3', '--report-every', '100'];
  const weights = (name: string) => [...jobs.model(`${name}.neuron.json`).weights];
  const isDone = (ends: readonly Ended[]) => ends.forEach((end) => assert.equal(end.code, 0, end.stderr));

  for (const [name, patch] of [
    ['is killed in an epoch', { rank: 1, code: KILLED_AT_SUM(40) }],
    ['is killed while it writes a checkpoint', { rank: 0, code: KILLED_IN_CHECKPOINT }],
  ] as const)
    it(`ends the others with a sentence, and goes on to the same weights, when one ${name}`, async function () {
      this.timeout(120_000);
      isDone(await jobs.run([...files('whole'), ...every], { processes: 2 }));
      const ends = await jobs.run([...files('torn'), ...every], { processes: 2, patch });
      assert.equal(ends[patch.rank].signal, 'SIGKILL');
      const other = ends[1 - patch.rank];
      assert.equal(other.code, 1);
      assert.match(other.stderr, /^Process \d ends, as another one is lost: .*\n.*--resume\.\n$/);
      copyFileSync(jobs.at('torn.pt'), jobs.at('alone.pt'));
      const resumed = await jobs.run([...files('torn'), ...every, '--resume'], { processes: 2 });
      isDone(resumed);
      assert.match(resumed[0].stdout, /\ngoes on from epoch [36]\n/);
      assert.deepEqual(weights('torn'), weights('whole'));
      isDone(await jobs.run([...files('alone'), ...every, '--resume']));
      const whole = weights('whole');
      weights('alone').forEach((weight, k) => assert.ok(Math.abs(weight - whole[k]) <= 1e-9));
    });

  it('refuses the checkpoint of other settings or other data, and what is none', async function () {
    this.timeout(60_000);
    isDone(await jobs.run([...files('one'), '--epochs', '2']));
    await jobs.export(tableOfKinds(), { ...SETTINGS, 'training.l2': 0.1 });
    const refused = async (name: string, why: RegExp, ...args: string[]) => {
      const [{ code, stderr }] = await jobs.run([...files(name), '--resume', ...args]);
      assert.equal(code, 2);
      assert.match(stderr, why);
    };
    await refused('one', /^one\.pt: it is the checkpoint of other data, another model, or other settings\n$/);
    await jobs.export(tableOfKinds(), SETTINGS);
    jobs.write('other.csv', tableOfKinds(50));
    await refused('one', /^one\.pt: it is the checkpoint of other data/, 'other.csv');
    jobs.write('torn.pt', 'cos\nsystem\n(S"exit 7"\ntR.');
    await refused('torn', /^torn\.pt: it is no checkpoint of this job, or is damaged/);
  });

  it('overwrites nothing without --resume or --force', async function () {
    this.timeout(60_000);
    jobs.write('mine.neuron.json', 'mine');
    const [{ code, stderr }] = await jobs.run(files('mine'));
    assert.deepEqual([code, jobs.read('mine.neuron.json')], [2, 'mine']);
    assert.equal(
      stderr,
      'mine.neuron.json: it is there already: --resume goes on from the checkpoint, --force replaces both\n',
    );
    isDone(await jobs.run([...files('mine'), '--force', '--epochs', '1']));
    assert.equal(jobs.model('mine.neuron.json').training.epoch, 1);
  });
});
