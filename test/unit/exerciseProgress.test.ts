import assert from 'node:assert/strict';
import { UNTRIED, type Progress } from '../../src/core/exercises/exercise';
import type { ExerciseId } from '../../src/core/exercises/exercises';
import { ExerciseProgress } from '../../src/host/exerciseProgress';

/** What VS Code keeps for all windows: what one has written is seen by another once it has been told. */
class Disk {
  private written: unknown;
  private readonly windows: { seen: unknown }[] = [];

  open() {
    const window = { seen: this.written };
    this.windows.push(window);
    const told: ExerciseId[] = [];
    let writes = 0;
    const progress = new ExerciseProgress(
      {
        get: () => window.seen,
        update: (_key, value) => {
          writes++;
          window.seen = this.written = JSON.parse(JSON.stringify(value));
          return Promise.resolve();
        },
      },
      (id) => told.push(id),
    );
    return { progress, told, writes: () => writes };
  }

  tellAll(): void {
    for (const window of this.windows) window.seen = this.written;
  }
}

const reached = (steps: number, says = 'so it is'): Progress => ({ ...UNTRIED, steps, says });

describe('the progress of the exercises in two windows', () => {
  it('is that of both, also where one did not know yet what the other wrote', () => {
    const disk = new Disk();
    const [one, other] = [disk.open(), disk.open()];
    one.progress.put('zeros', reached(1));
    other.progress.put('four-units', reached(1));
    // The other has written over what it did not know of.
    disk.tellAll();
    one.progress.sync();
    disk.tellAll();
    other.progress.sync();
    for (const { progress } of [one, other, disk.open()]) {
      assert.deepEqual([progress.all.zeros.steps, progress.all['four-units'].steps], [1, 1]);
    }
    assert.deepEqual(other.told, ['four-units', 'zeros']);
  });

  it('only grows: who is behind takes nothing back, nor writes in turns with the other', () => {
    const disk = new Disk();
    const [one, other] = [disk.open(), disk.open()];
    one.progress.put('dead-unit', reached(2, 'healthy'));
    disk.tellAll();
    other.progress.put('dead-unit', { ...reached(1, 'dead'), guess: 2 });
    assert.deepEqual(other.progress.all['dead-unit'], { ...reached(2, 'healthy'), guess: 2 });
    one.progress.put('gradient-sign', { ...UNTRIED, kept: { inARow: 2 } });
    for (let k = 0; k < 3; k++) {
      disk.tellAll();
      for (const { progress } of [one, other]) progress.sync();
    }
    // The other once more: the one had written over its guess.
    assert.deepEqual([one.writes(), other.writes()], [2, 2]);
    assert.equal(one.progress.all['gradient-sign'].kept.inARow, 2);
  });

  it('begins anew in both once somebody says so, and grows again from there', () => {
    const disk = new Disk();
    const [one, other] = [disk.open(), disk.open()];
    one.progress.put('zeros', reached(1));
    disk.tellAll();
    other.progress.sync();
    other.progress.put('zeros', { ...UNTRIED, begun: 1, kept: { run: 'old' } });
    disk.tellAll();
    one.progress.sync();
    assert.deepEqual(one.progress.all.zeros, { ...UNTRIED, begun: 1, kept: { run: 'old' } });
    one.progress.put('zeros', { ...one.progress.all.zeros, steps: 1, says: 'again' });
    disk.tellAll();
    other.progress.sync();
    assert.equal(other.progress.all.zeros.says, 'again');
  });

  it('is the same object while nothing has changed, and none where what is stored is none', () => {
    const disk = new Disk();
    const { progress } = disk.open();
    const { all } = progress;
    progress.sync();
    assert.equal(progress.all, all);
    const broken = new ExerciseProgress(
      { get: () => ({ zeros: { steps: -1 } }), update: () => Promise.resolve() },
      () => undefined,
    );
    assert.deepEqual(broken.all.zeros, UNTRIED);
  });
});
