import assert from 'node:assert/strict';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { RunStore } from '../../src/runs/store';
import { MOST_RUNS } from '../../src/session/fileRuns';
import type { Given } from '../../src/session/runSettings';
import { TestWorld, until } from './sessionWorld';

const A = 'file:///a.csv';
const B = 'file:///b.csv';

/** As VS Code does: an address that has no scheme throws. */
class StrictWorld extends TestWorld {
  override given(uri = A): Given {
    new URL(uri);
    return super.given();
  }
}

describe('trainings in a folder on the disk', () => {
  let folder: string;
  const worlds: TestWorld[] = [];
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'neuron-lens-folder-'))));
  afterEach(async () => {
    for (const { sessions } of worlds.splice(0)) {
      await sessions.close();
      sessions.dispose();
    }
    rmSync(folder, { recursive: true, force: true });
  });

  const open = async () => {
    const world = new StrictWorld(new RunStore(folder, ({ reason }) => assert.fail(reason)));
    worlds.push(world);
    await world.sessions.restore();
    return world;
  };
  const names = (ending: string) => readdirSync(folder).filter((name) => name.endsWith(ending));
  /** A run of each of two files, as a window leaves them that has closed. */
  const left = async () => {
    const world = await open();
    const runs = [await world.finished(A), await world.finished(B)];
    await world.sessions.close();
    return runs.map(({ id }) => id);
  };
  const found = ({ sessions }: TestWorld) => [A, B].map((uri) => sessions.get(uri)?.id);

  it('have the data that their pictures are drawn from in one file, however many runs there are', async () => {
    const world = await open();
    for (let run = 0; run < MOST_RUNS; run++) await world.finished(A, { 'training.epochs': 5 + run });
    await until(() => names('.run.json').length === MOST_RUNS);
    await world.sessions.close();
    assert.equal(names('.data.json').length, 1);
    const data = readFileSync(path.join(folder, names('.data.json')[0]), 'utf8');
    assert.match(data, /"sample"/);
    for (const name of names('.run.json'))
      assert.doesNotMatch(readFileSync(path.join(folder, name), 'utf8'), /"sample"/);
  });

  it('are all there where the index has an address without a scheme', async () => {
    const ids = await left();
    const index = path.join(folder, 'index.json');
    writeFileSync(index, readFileSync(index, 'utf8').replace(A, 'a.csv'));
    const world = await open();
    assert.deepEqual(world.failures, []);
    assert.deepEqual(found(world), ids);
  });

  it('are all there beside a folder where a file that a crash has left would be', async () => {
    const ids = await left();
    const odd = path.join(folder, 'odd.tmp');
    mkdirSync(odd);
    utimesSync(odd, 1_000_000, 1_000_000);
    const world = await open();
    assert.deepEqual(world.failures, []);
    assert.deepEqual(found(world), ids);
  });

  it('are there but for one that cannot be claimed', async () => {
    const [first, second] = await left();
    mkdirSync(path.join(folder, 'windows', `${first}.claim`));
    const world = await open();
    assert.deepEqual(world.failures, []);
    assert.deepEqual(found(world), [undefined, second]);
  });

  it('are there although their index cannot be written', async () => {
    const ids = await left();
    rmSync(path.join(folder, 'index.json'));
    mkdirSync(path.join(folder, 'index.json'));
    const world = await open();
    assert.deepEqual(world.failures, []);
    assert.deepEqual(found(world), ids);
  });
});
