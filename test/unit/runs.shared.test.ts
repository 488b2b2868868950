import assert from 'node:assert/strict';
import { cpSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ChosenFolder, uriOf } from './chosenFolder';

const [ONE, TWO] = ['run-1', 'run-2'];

describe('runs in a folder that is shared', () => {
  let chosen: ChosenFolder;
  beforeEach(() => (chosen = new ChosenFolder()));
  afterEach(() => chosen.dispose());

  describe('that two windows have open at once', () => {
    it('are each in the hands of one of them, though they have opened other folders', async () => {
      const one = chosen.window();
      await one.open();
      await one.write(chosen.record(ONE));
      const other = chosen.window({
        root: chosen.above,
        location: 'workspace/runs',
        storage: path.join(chosen.above, 'storage-2'),
      });
      assert.deepEqual(await other.open(), []);
      await other.write(chosen.record(TWO));
      await Promise.all([one.close(), other.close()]);
      assert.deepEqual((await chosen.found()).sort(), [ONE, TWO]);
    });

    it('are all there after both have written as fast as they can', async () => {
      const windows = ['a', 'b'].map((name) => ({ name, window: chosen.window() }));
      await Promise.all(windows.map(({ window }) => window.open()));
      await Promise.all(
        windows.flatMap(({ name, window }) =>
          Array.from({ length: 10 }, (_, k) => window.write(chosen.record(`${name}-${k}`))),
        ),
      );
      await Promise.all(windows.map(({ window }) => window.close()));
      assert.equal((await chosen.found()).length, 20);
      assert.equal(chosen.names().length, 40);
    });

    it('lose nothing where neither knows of the other: the second does not write over the first', async () => {
      const before = await chosen.left(ONE, { name: 'before' });
      const machines = ['1', '2'].map((name) =>
        chosen.window({
          shared: path.join(chosen.above, `shared-${name}`),
          storage: path.join(chosen.above, `storage-${name}`),
        }),
      );
      for (const machine of machines) await machine.open();
      const [mine, theirs] = [await machines[0].read(ONE), await machines[1].read(ONE)];
      await machines[0].write({ ...mine, name: 'mine' });
      await machines[1].write({ ...theirs, name: 'theirs', parameters: before.parameters.map((w) => w + 1) });
      await machines[1].write({
        ...theirs,
        name: 'theirs, later',
        parameters: before.parameters.map((w) => w + 2),
      });
      assert.equal((await machines[1].read(ONE)).name, 'theirs, later', 'to its window it is the same run');
      await Promise.all(machines.map((machine) => machine.close()));
      const window = chosen.window();
      const runs = await window.open();
      const read = await Promise.all(runs.map(({ id }) => window.read(id)));
      assert.deepEqual(read.map(({ name }) => name).sort(), ['mine', 'theirs, later']);
      assert.deepEqual(
        read.find(({ name }) => name !== 'mine')?.parameters,
        before.parameters.map((w) => w + 2),
      );
      await window.close();
    });
  });

  describe('in a clone in another place', () => {
    /** Somebody else’s: their storage knows nothing of it. */
    const clone = (root: string) =>
      chosen.window({
        root,
        storage: path.join(root, '..', 'their-storage'),
        shared: path.join(root, '..', 'their-shared'),
      });
    const cloned = () => {
      const root = path.join(chosen.above, 'home of somebody', 'the clone');
      cpSync(chosen.root, root, { recursive: true });
      return root;
    };

    it('are those of the table at the same path', async () => {
      const record = await chosen.left(ONE, { name: 'ours' });
      const root = cloned();
      const window = clone(root);
      const [summary] = await window.open();
      assert.equal(summary.uri, uriOf(path.join(root, 'data', 'kinds.csv')));
      const { uri, hash, name, parameters } = await window.read(summary.id);
      assert.deepEqual([uri, hash, name], [summary.uri, record.hash, 'ours']);
      assert.deepEqual(parameters, record.parameters);
      await window.close();
    });

    it('are those of the same table under another name beside it', async () => {
      await chosen.left(ONE);
      const root = cloned();
      renameSync(path.join(root, 'data', 'kinds.csv'), path.join(root, 'data', 'renamed.csv'));
      writeFileSync(path.join(root, 'data', 'another.csv'), 'a,b\n1,2\n');
      const window = clone(root);
      const [summary] = await window.open();
      assert.equal(summary.uri, uriOf(path.join(root, 'data', 'renamed.csv')));
      const record = await window.read(ONE);
      await window.write(record);
      await window.close();
      assert.match(
        readFileSync(path.join(root, 'runs', 'run-1.run.json'), 'utf8'),
        /"table": "\.\.\/data\/renamed\.csv"/,
      );
    });

    it('stay those of the path where nothing holds what they were trained on', async () => {
      await chosen.left(ONE);
      const root = cloned();
      rmSync(path.join(root, 'data', 'kinds.csv'));
      const window = clone(root);
      assert.equal((await window.open())[0].uri, uriOf(path.join(root, 'data', 'kinds.csv')));
      await window.close();
    });
  });
});
