import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { LocationRefused } from '../../src/runs/runLocation';
import { RunPlaces, type Location } from '../../src/runs/runPlaces';
import { RunStore } from '../../src/runs/store';
import { MOST_RUNS } from '../../src/session/fileRuns';
import { RunList } from '../../src/session/runList';
import { ChosenFolder, uriOf } from './chosenFolder';
import { TestWorld, until } from './sessionWorld';

describe('where the runs of a window are kept', () => {
  let chosen: ChosenFolder;
  /** What the settings say. */
  let location = '';
  let refused: { why: string; uri: string | null }[] = [];
  let failures: unknown[] = [];
  let table = '';
  const worlds: TestWorld[] = [];

  beforeEach(() => {
    chosen = new ChosenFolder();
    [location, refused, failures] = ['', [], []];
    table = uriOf(chosen.table);
  });
  afterEach(async () => {
    for (const { sessions } of worlds.splice(0)) {
      await sessions.close();
      sessions.dispose();
    }
    chosen.dispose();
  });

  const storage = () => path.join(chosen.above, 'workspace-storage');
  const places = () =>
    new RunPlaces({
      storage: new RunStore(storage(), ({ reason }) => assert.fail(reason)),
      locations: (): Location[] => (location === '' ? [] : [{ workspaceFolder: 'the folder', location }]),
      workspaceFolderOf: (uri) => (uri.startsWith(uriOf(chosen.root)) ? 'the folder' : undefined),
      folderAt: (named) => {
        if (named.location === 'elsewhere')
          throw new LocationRefused('“elsewhere” does not lie on this disk.');
        return chosen.window({ location: named.location });
      },
      onOpening: () => undefined,
      onFailed: (error) => failures.push(error),
      onRefused: (_, why, uri) => refused.push({ why, uri }),
    });
  async function window(): Promise<TestWorld> {
    const world = new TestWorld(places());
    worlds.push(world);
    await world.sessions.restore();
    return world;
  }
  /** All that was begun is on the disk. */
  const closed = (world: TestWorld) => world.sessions.close();
  const runsIn = (folder: string) =>
    (existsSync(folder) ? readdirSync(folder) : []).filter((name) => name.endsWith('.run.json'));
  const inFolder = () => runsIn(chosen.runs);
  const inStorage = () => runsIn(storage());
  const rows = () =>
    [chosen.runs, storage()]
      .flatMap((each) => readdirSync(each))
      .filter((name) => name.endsWith('.data.json'));

  it('is the storage where the settings name no folder, and the folder where they do', async () => {
    const world = await window();
    await world.finished(table);
    location = 'runs';
    await world.sessions.restoreMore();
    await world.finished(table);
    await closed(world);
    assert.deepEqual([inStorage().length, inFolder().length], [1, 1]);
    const next = await window();
    assert.equal(next.sessions.runsOf(table).length, 2);
  });

  it('is the storage again where the settings name no folder any more; its runs stay there', async () => {
    location = 'runs';
    const world = await window();
    await world.finished(table);
    await until(() => inFolder().length === 1);
    location = '';
    await world.sessions.restoreMore();
    await world.finished(table);
    await closed(world);
    assert.deepEqual([inStorage().length, inFolder().length], [1, 1]);
  });

  it('is the storage for tables outside of the workspace', async () => {
    location = 'runs';
    const world = await window();
    await world.finished('file:///elsewhere/a.csv');
    await world.finished('untitled:Untitled-1');
    await closed(world);
    assert.deepEqual([inStorage().length, inFolder().length], [2, 0]);
  });

  it('is where a run was before, whatever the settings say now', async () => {
    const world = await window();
    const session = await world.finished(table);
    location = 'runs';
    await world.sessions.restoreMore();
    await session.continue();
    await until(() => session.status === 'finished' && session.measure?.epoch === 80);
    await closed(world);
    assert.deepEqual([inStorage().length, inFolder().length], [1, 0]);
  });

  it('lists the runs of a folder as soon as the settings name it', async () => {
    location = 'runs';
    const before = await window();
    const { id } = await before.finished(table);
    await closed(before);
    location = '';
    const world = await window();
    assert.deepEqual(world.sessions.runsOf(table), []);
    location = 'runs';
    await world.sessions.restoreMore();
    assert.deepEqual(world.sessions.runsOf(table), [id]);
    assert.equal(world.sessions.get(table)?.id, id);
  });

  it('keeps no row of a table in the folder: what pictures are drawn from is in the storage', async () => {
    location = 'runs';
    const world = await window();
    await world.finished(table);
    await closed(world);
    assert.equal(inFolder().length, 1);
    assert.equal(rows().length, 1);
    assert.ok(!readdirSync(chosen.runs).includes(rows()[0]));
  });

  it('is the folder for more than ten runs of a file, of which none leaves', async () => {
    location = 'runs';
    const world = await window();
    for (let run = 0; run < MOST_RUNS + 3; run++) await world.finished(table, { 'training.epochs': 5 + run });
    await until(() => inFolder().length === MOST_RUNS + 3);
    assert.equal(world.sessions.runsOf(table).length, MOST_RUNS + 3);
    assert.deepEqual(world.sessions.get(table)?.addedNotices, []);
    await closed(world);
    const next = await window();
    assert.equal(next.sessions.runsOf(table).length, MOST_RUNS + 3);
  });

  it('makes room in the storage as ever, beside a folder that the settings name', async () => {
    const world = await window();
    for (let run = 0; run < MOST_RUNS; run++) await world.finished(table, { 'training.epochs': 5 + run });
    await until(() => inStorage().length === MOST_RUNS);
    location = 'runs';
    await world.sessions.restoreMore();
    for (let run = 0; run < 3; run++) await world.finished(table, { 'training.epochs': 50 + run });
    await until(() => inFolder().length === 3);
    await closed(world);
    assert.deepEqual([inStorage().length, inFolder().length], [MOST_RUNS, 3]);
  });

  it('loses a run of the folder to a person alone, who can take it back', async () => {
    location = 'runs';
    const world = await window();
    const first = await world.finished(table);
    await world.finished(table, { 'training.epochs': 7 });
    await until(() => inFolder().length === 2);
    const list = new RunList(world.sessions.listParts);
    await list.delete(table, first.id);
    assert.equal(inFolder().length, 1);
    list.undelete(table);
    await until(() => inFolder().length === 2);
    await closed(world);
    assert.deepEqual(inStorage(), []);
    const next = await window();
    await list.read(table);
    assert.equal(next.sessions.runsOf(table).length, 2);
  });

  it('is the storage, and why is said of the table, where the folder is refused', async () => {
    const outside = path.join(chosen.above, 'outside');
    mkdirSync(outside);
    symlinkSync(outside, chosen.runs);
    for (const [k, name] of ['runs', '..', 'elsewhere'].entries()) {
      [location, refused] = [name, []];
      const world = await window();
      assert.equal(refused[0].uri, null);
      assert.match(refused[0].why, /^“.*” does not lie .*\.$/);
      await world.finished(table);
      await closed(world);
      assert.ok(refused.some(({ uri }) => uri === table));
      assert.deepEqual([inStorage().length, readdirSync(outside)], [k + 1, []]);
    }
  });

  it('is the folder where the storage cannot be opened', async () => {
    writeFileSync(storage(), '');
    location = 'runs';
    const world = await window();
    assert.equal(failures.length, 1);
    await world.finished(table);
    await closed(world).catch(() => undefined);
    assert.equal(inFolder().length, 1);
    location = '';
    const next = await window();
    assert.equal(next.failures.length, 1, 'without a folder it is a failure');
    worlds.splice(0);
  });

  it('follows a table that gets another name', async () => {
    location = 'runs';
    const world = await window();
    await world.finished(table);
    const renamed = uriOf(path.join(chosen.root, 'other.csv'));
    await world.sessions.renamed(table, renamed);
    await closed(world);
    assert.match(chosen.text(inFolder()[0]), /"table": "\.\.\/other\.csv"/);
  });
});
