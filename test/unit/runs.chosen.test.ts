import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { HashedFiles } from '../../src/runs/tablePath';
import { contentHash, writeJson } from '../../src/runs/modelJson';
import { ChosenFolder, uriOf } from './chosenFolder';
import { failing } from './failingFiles';
import { recordOn } from './runRecords';

const [ONE, TWO] = ['run-1', 'run-2'];

describe('runs in a folder of the workspace', () => {
  let chosen: ChosenFolder;
  beforeEach(() => (chosen = new ChosenFolder()));
  afterEach(() => chosen.dispose());

  it('are two files each, named by the id, and nothing else lies there', async () => {
    const record = await chosen.left(ONE);
    assert.deepEqual(chosen.names(), ['run-1.run.json', 'run-1.weights.json']);
    const window = chosen.window();
    const [summary] = await window.open();
    assert.equal(summary.uri, uriOf(chosen.table));
    assert.deepEqual((await window.read(ONE)).parameters, record.parameters);
    await window.close();
  });

  it('are all there however many, until a person deletes one, which can be taken back', async () => {
    for (let k = 0; k < 15; k++) await chosen.left(`run-${k}`, { startedAt: k, shownAt: k });
    assert.equal((await chosen.found()).length, 15);
    const window = chosen.window();
    await window.open();
    const record = await window.read('run-3');
    await window.remove('run-3');
    assert.equal(chosen.names().filter((name) => name.startsWith('run-3.')).length, 0);
    await window.write(record);
    await window.close();
    assert.equal((await chosen.found()).length, 15);
    assert.deepEqual(await chosen.weightsOf('run-3'), record.parameters);
  });

  it('change in nothing when they are read, shown and closed again, even as an earlier version wrote them', async () => {
    await chosen.left(ONE);
    // There were fewer settings then.
    const { run, ...rest } = JSON.parse(chosen.text('run-1.run.json')) as { run: { settings: object } };
    Reflect.deleteProperty(run.settings, 'csv.maxRows');
    chosen.write('run-1.run.json', writeJson({ ...rest, sha256: contentHash(run), run }));
    const before = chosen.text('run-1.run.json');
    const window = chosen.window();
    await window.open();
    const record = await window.read(ONE);
    await window.write({ ...record, shownAt: 99 });
    await window.close();
    assert.equal(chosen.text('run-1.run.json'), before);
    const next = chosen.window();
    const [{ shownAt }] = await next.open();
    assert.equal(shownAt, 99, 'when it was shown is known to this workspace');
    await next.close();
  });

  it('are found without the index, which is none of the folder', async () => {
    await chosen.left(ONE);
    await chosen.left(TWO, { startedAt: 1_800_000_000_000 });
    rmSync(path.join(chosen.above, 'storage'), { recursive: true });
    assert.deepEqual(await chosen.found(), [ONE, TWO]);
    const [index] = readdirSync(path.join(chosen.above, 'storage'));
    writeFileSync(path.join(chosen.above, 'storage', index), 'no JSON');
    assert.deepEqual(await chosen.found(), [ONE, TWO]);
  });

  it('stay one run where a formatter has written its file anew while a window has it', async () => {
    await chosen.left(ONE);
    const window = chosen.window();
    await window.open();
    const record = await window.read(ONE);
    const text = chosen.text(`${ONE}.run.json`);
    chosen.write(`${ONE}.run.json`, text.replaceAll(/^ +/gm, '\t').replaceAll('\n', '\r\n'));
    await window.write({ ...record, starred: true });
    await window.close();
    assert.deepEqual(chosen.names(), [`${ONE}.run.json`, `${ONE}.weights.json`]);
    assert.match(chosen.text(`${ONE}.run.json`), /"starred": true/);
  });

  it('find a table that has moved beside, and read no more for it than may be', async () => {
    await chosen.left(ONE);
    const moved = path.join(path.dirname(chosen.table), 'moved.csv');
    renameSync(chosen.table, moved);
    const window = chosen.window();
    const [{ uri }] = await window.open();
    await window.close();
    assert.equal(uri, uriOf(moved));
    const hashed = new HashedFiles();
    assert.equal(await hashed.of(moved, 1 << 30), null, 'too large');
    const hash = await hashed.of(moved, 1000);
    assert.match(hash ?? '', /^[\da-f]{64}$/);
    renameSync(moved, chosen.table);
    assert.equal(await hashed.of(moved, 1000), hash, 'it is not read twice');
  });

  it('are what their files say now, whatever the index says', async () => {
    await chosen.left(ONE);
    const text = chosen.text('run-1.run.json');
    chosen.write('run-1.run.json', text.replace('{\n', '{\n  "starred": true,\n'));
    const window = chosen.window();
    assert.equal((await window.open())[0].starred, true);
    await window.close();
  });

  describe('when something else lies there', () => {
    it('name what is torn or foreign, pass it over and leave it as it is', async () => {
      await chosen.left(ONE);
      const whole = chosen.text('run-1.run.json');
      const others: Record<string, string> = {
        'torn.run.json': whole.slice(0, whole.length / 2),
        'merged.run.json': `<<<<<<< HEAD\n${whole}`,
        'copy.run.json': whole,
        'foreign.run.json': '{"version": 1}',
        'package.json': '{}',
        'lost.weights.json': chosen.text('run-1.weights.json'),
        'run-9.run.json.0000.tmp': whole.slice(0, 100),
      };
      for (const [name, content] of Object.entries(others)) chosen.write(name, content);
      mkdirSync(path.join(chosen.runs, 'folder.run.json'));
      for (const name of ['README.md', '.gitattributes']) chosen.write(name, 'text');
      assert.deepEqual(await chosen.found(), [ONE]);
      assert.deepEqual(
        chosen.passed.map(({ file }) => path.basename(file)).sort(),
        [...Object.keys(others), 'folder.run.json'].sort(),
      );
      assert.ok(
        chosen.passed.every(({ reason }) => /^[A-Z].*\.$/.test(reason)),
        JSON.stringify(chosen.passed),
      );
      for (const [name, content] of Object.entries(others)) assert.equal(chosen.text(name), content);
    });

    it('name the table of a run whose weights are gone or garbled, once somebody wants it', async () => {
      await chosen.left(ONE);
      const whole = chosen.text('run-1.weights.json');
      for (const spoil of [
        () => rmSync(path.join(chosen.runs, 'run-1.weights.json')),
        () => chosen.write('run-1.weights.json', whole.slice(0, -30)),
      ]) {
        spoil();
        const window = chosen.window();
        await window.open();
        await assert.rejects(window.read(ONE));
        await window.close();
        assert.equal(chosen.passed.pop()?.uri, uriOf(chosen.table));
        assert.ok(chosen.names().includes('run-1.run.json'));
      }
    });

    it('wait for no pipe and follow no link that somebody has called a run', async () => {
      await chosen.left(ONE);
      renameSync(path.join(chosen.runs, 'run-1.run.json'), path.join(chosen.above, 'outside'));
      symlinkSync(path.join(chosen.above, 'outside'), path.join(chosen.runs, 'run-1.run.json'));
      assert.deepEqual(await chosen.found(), []);
      assert.match(chosen.passed[0].reason, /no regular file/);
    });

    it('lead to no table outside of the workspace', async () => {
      const outside = path.join(chosen.above, 'secret.csv');
      writeFileSync(outside, 'a,b\n1,2\n');
      const window = chosen.window();
      await assert.rejects(window.write(chosen.record(ONE, { uri: uriOf(outside) })), /workspace/);
      await window.close();
      await chosen.left(ONE);
      const text = chosen.text('run-1.run.json');
      // Where its folder is all of a workspace, the way to its table leads out of it.
      const narrow = chosen.window({ root: chosen.runs, location: '.' });
      assert.deepEqual(await narrow.open(), []);
      await narrow.close();
      assert.match(chosen.passed[0].reason, /table does not lie in the workspace/);
      assert.equal(chosen.text('run-1.run.json'), text);
    });
  });

  it('are whole at any moment: an interrupted write leaves the run as it was, or as it was to be', async () => {
    const old = await chosen.left(ONE);
    const [oldRun, oldWeights] = [chosen.text('run-1.run.json'), chosen.text('run-1.weights.json')];
    const window = chosen.window();
    await window.open();
    await window.read(ONE);
    const parameters = old.parameters.map((w) => w * 2);
    await window.write({ ...old, parameters });
    await window.close();
    const [newRun, newWeights] = [chosen.text('run-1.run.json'), chosen.text('run-1.weights.json')];
    assert.notEqual(newWeights, oldWeights);

    // The new weights are there, and nothing else yet.
    chosen.write('run-1.run.json', oldRun);
    chosen.write('run-1.weights.json', oldWeights);
    chosen.write('run-1.weights.next.json', newWeights);
    assert.deepEqual(await chosen.weightsOf(ONE), old.parameters);
    // All is there, but the new weights still have the name of new ones; and again after that was written on.
    chosen.write('run-1.run.json', newRun);
    assert.deepEqual(await chosen.weightsOf(ONE), parameters);
    const next = chosen.window();
    await next.open();
    const read = await next.read(ONE);
    await next.write({ ...read, note: 'found' });
    assert.deepEqual((await next.read(ONE)).parameters, parameters);
    await next.write({ ...read, parameters: old.parameters });
    await next.close();
    assert.deepEqual(chosen.names(), ['run-1.run.json', 'run-1.weights.json']);
    assert.deepEqual(await chosen.weightsOf(ONE), old.parameters);
  });

  it('are the old or the new ones, whichever operation on a file fails, also where the one before was interrupted', async () => {
    const old = await chosen.left(ONE);
    const parameters = old.parameters.map((w) => w * 2);
    const names = ['run-1.run.json', 'run-1.weights.json'];
    const [run, weights] = names.map((name) => chosen.text(name));
    for (const isInterrupted of [false, true]) {
      let failed = 0;
      for (let [k, operations] = [1, 1]; operations >= k - 1; k++) {
        rmSync(path.join(chosen.runs, 'run-1.weights.next.json'), { force: true });
        chosen.write(names[0], run);
        chosen.write(names[1], isInterrupted ? 'of another state' : weights);
        if (isInterrupted) chosen.write('run-1.weights.next.json', weights);
        const window = chosen.window();
        await window.open();
        const read = await window.read(ONE);
        const faults = failing(k, 'ENOSPC');
        await window.write({ ...read, parameters }).catch(() => failed++);
        operations = faults.restore();
        // What comes next finds it whole, and can be written.
        const now = (await chosen.window({ shared: chosen.above }).read(ONE)).parameters;
        assert.ok(
          [old.parameters, parameters].some((each) => isDeepStrictEqual(each, now)),
          `${k}`,
        );
        await window.write({ ...read, parameters, note: `${k}` });
        assert.deepEqual((await window.read(ONE)).parameters, parameters);
        await window.close();
        assert.deepEqual(
          chosen.names().filter((name) => name.endsWith('.run.json')),
          [names[0]],
        );
      }
      assert.ok(failed > 10, `${failed} failed`);
    }
  });

  it('are not written once the folder leads out of the workspace', async () => {
    const window = chosen.window();
    await window.open();
    await window.write(chosen.record(ONE));
    rmSync(chosen.runs, { recursive: true });
    const elsewhere = path.join(chosen.above, 'elsewhere');
    mkdirSync(elsewhere);
    symlinkSync(elsewhere, chosen.runs);
    await assert.rejects(window.write(chosen.record(TWO)), /does not lie in the workspace folder/);
    await window.close();
    assert.deepEqual(readdirSync(elsewhere), []);
  });

  it('hold no row, no path, no user and no host', async () => {
    const marked = path.join(chosen.root, 'marker-of-the-folder');
    mkdirSync(marked);
    const user = process.env['USER'];
    process.env['USER'] = 'marker-of-the-user';
    try {
      const remarks = Array.from(
        { length: 40 },
        (_, k) => `${k},${k % 3},${k === 7 ? 'marker-of-a-row' : `remark ${k * 7919}`}`,
      );
      const text = ['x,y,note', ...remarks].join('\n');
      const table = path.join(chosen.root, 'data', 'marked.csv');
      writeFileSync(table, text);
      const window = chosen.window();
      await window.open();
      const record = recordOn(text, { 'data.target': 'y' }, { id: ONE, uri: uriOf(table) });
      await window.write(record);
      await window.write({ ...record, name: 'again' });
      await window.close();
    } finally {
      process.env['USER'] = user;
    }
    for (const name of chosen.names()) {
      const text = chosen.text(name);
      assert.ok(!/marker-of/.test(text), name);
      for (const path of [chosen.above, process.cwd(), 'file:', '"/tmp'])
        assert.ok(!text.includes(path), `${path} in ${name}`);
    }
  });
});
