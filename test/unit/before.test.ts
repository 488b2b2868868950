import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readOptionsOf } from '../../src/data/csv/readOptions';
import { readTable } from '../../src/data/csv/read';
import { makeLikeBefore } from '../../src/data/likeBefore';
import { checkTable } from '../../src/data/table/check';
import { parse } from '../../src/runs/record';
import type { Settings } from '../../src/settings/settings';
import { TrainingRun } from '../../src/train/run';

interface Fixture {
  readonly name: string;
  readonly text: string;
  /** The record as it was saved, at epoch 40. */
  readonly saved: string;
  /** Where the training got to when it went on at once. */
  readonly after: { readonly epoch: number; readonly sha256: string };
}

/** Tables with other rows or numbers today, whatever a setting says: a second header is no row, `<21` and `3+` are numbers. */
const READ_OTHERWISE: readonly string[] = ['17b-survey-second-header.csv', 'marked.csv', 'ordered.csv'];

describe('a training that was saved when tables were read by version 1', () => {
  const file = path.join('test', 'fixtures', 'trainings-reading-1.json');
  const fixtures = JSON.parse(readFileSync(file, 'utf8')) as readonly Fixture[];

  for (const { name, text, saved, after } of fixtures) {
    const isOther = READ_OTHERWISE.includes(name);
    const what = isOther ? 'is not gone on with, since its table is read otherwise' : 'ends in the same bits';
    it(`on ${name} ${what}`, () => {
      const record = parse(saved);
      const { transform, settings, epochs, parameters, state, interval, automatic } = record;
      assert.ok(transform);
      const bytes = new TextEncoder().encode(text);
      const read = (how: Settings) => ({
        checked: checkTable(
          readTable(() => [bytes], readOptionsOf(how)),
          how,
        ),
      });
      const made = makeLikeBefore(read, settings, transform);
      assert.equal(made === null, isOther);
      if (!made) return;
      const { epoch } = record.measure;
      const run = new TrainingRun(made.dataset, settings, {
        ...{ epoch, parameters, state, interval, automatic },
      });
      assert.equal(run.epochs, epochs);
      assert.deepEqual(run.measure().trainCost, record.measure.trainCost);
      while (run.epoch < after.epoch) run.step(() => false);
      const { buffer, byteOffset, byteLength } = run.trainer.parameters();
      const sha256 = createHash('sha256')
        .update(new Uint8Array(buffer, byteOffset, byteLength))
        .digest('hex');
      assert.equal(sha256, after.sha256);
      run.dispose();
    });
  }
});
