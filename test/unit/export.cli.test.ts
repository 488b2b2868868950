import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { linkSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { formatNames } from '../../src/export/formats';
import { writeModel } from '../../src/runs/modelFile';
import { modelFor } from './exportModels';

const CLI = path.resolve('out', 'programs', 'cli.js');

describe('export', () => {
  let folder = '';
  const at = (name: string) => path.join(folder, name);
  function run(...args: string[]) {
    const env = { ...process.env, USER: 'marker-of-the-user' };
    const options = { encoding: 'utf8', cwd: folder, env } as const;
    const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, 'export', ...args], options);
    return { code: status, stdout, stderr };
  }
  const text = writeModel(modelFor('two classes'));

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'marker-of-the-folder-'));
    writeFileSync(at('m.neuron.json'), text);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('writes the file that is asked for, in each format, with no name of a folder or a user in it', function () {
    this.timeout(60_000);
    for (const format of formatNames) {
      const { code, stdout, stderr } = run('m.neuron.json', '--format', format, '-o', `out.${format}`);
      assert.deepEqual([code, stderr], [0, ''], format);
      assert.equal(stdout, `Exported out.${format}, as ${format}\n`);
      assert.doesNotMatch(readFileSync(at(`out.${format}`), 'latin1'), /marker-of-the/);
    }
  });

  it('takes a table and settings for torchrun, and a file that it can read again', () => {
    writeFileSync(at('t.csv'), `a,y\n${Array.from({ length: 60 }, (_, k) => `${k},${k % 3}\n`).join('')}`);
    const { code, stdout, stderr } = run('t.csv', '--format', 'torchrun', '--epochs', '7', '-o', 'train.py');
    assert.deepEqual([code, stdout, stderr], [0, 'Exported train.py, as torchrun\n', '']);
    const script = readFileSync(at('train.py'), 'utf8');
    assert.match(script, /"epochs": 7,/);
    assert.doesNotMatch(script, /marker-of-the/);
    const piped = run('-', '--format', 'torchrun', '-o', 'other.py');
    assert.match(piped.stderr, /--format torchrun takes a file, not standard input/);
    assert.equal(run('t.csv', '--format', 'torchrun', '--epochs', 'x', '-o', 'other.py').code, 2);
  });

  it('replaces a file that is there only with --force, and never the model', () => {
    writeFileSync(at('out.py'), 'mine');
    linkSync(at('m.neuron.json'), at('link.py'));
    const refused = run('m.neuron.json', '--format', 'numpy', '-o', 'out.py');
    assert.deepEqual([refused.code, readFileSync(at('out.py'), 'utf8')], [2, 'mine']);
    assert.match(refused.stderr, /^out\.py: There is such a file already\. --force replaces it\.\n$/);
    assert.equal(run('m.neuron.json', '--format', 'numpy', '-o', 'out.py', '--force').code, 0);
    for (const name of ['m.neuron.json', 'link.py']) {
      const { code, stderr } = run('m.neuron.json', '--format', 'numpy', '-o', name, '--force');
      assert.equal(code, 2);
      assert.match(stderr, /It is a file that is read here/);
    }
    assert.equal(readFileSync(at('m.neuron.json'), 'utf8'), text);
  });

  it('says what is missing or wrong, and leaves no file', () => {
    writeFileSync(at('broken.neuron.json'), text.replace('"epoch"', '"epoc"'));
    const wrong: [string[], RegExp][] = [
      [['m.neuron.json', '-o', 'out'], /--format is missing: one of numpy/],
      [['m.neuron.json', '--format', 'pickle', '-o', 'out'], /--format: pickle is none of numpy/],
      [['m.neuron.json', '--format', '__proto__', '-o', 'out'], /--format: __proto__ is none of numpy/],
      [['m.neuron.json', '--format', 'numpy'], /where to write is missing: -o OUT/],
      [['broken.neuron.json', '--format', 'numpy', '-o', 'out'], /^broken\.neuron\.json: Its checksum/],
      [['none.neuron.json', '--format', 'numpy', '-o', 'out'], /^none\.neuron\.json: /],
    ];
    for (const [args, message] of wrong) {
      const { code, stderr } = run(...args);
      assert.equal(code, 2, args.join(' '));
      assert.match(stderr, message);
    }
    assert.deepEqual(readdirSync(folder).sort(), ['broken.neuron.json', 'm.neuron.json']);
  });
});
