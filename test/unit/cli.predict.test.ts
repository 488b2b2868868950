import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { writeModel } from '../../src/runs/modelFile';
import { recordsOf } from './predictions';
import { everyKind, trained } from './models';

const CLI = path.resolve('out', 'programs', 'cli.js');
const MB = 0x10_0000;

describe('predict', () => {
  const folder = fs.mkdtempSync(path.join(tmpdir(), 'neuron-predict-'));
  const at = (name: string) => path.join(folder, name);
  const write = (name: string, content: string | Uint8Array) => fs.writeFileSync(at(name), content);
  const text = (name: string) => fs.readFileSync(at(name), 'utf8');

  function cli(args: readonly string[], input: string | Buffer = '') {
    const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
      ...{ encoding: 'utf8', cwd: folder, input, maxBuffer: 64 * MB },
    });
    return { code: status, stdout, stderr };
  }
  const predict = (...args: string[]) => cli(['predict', ...args]);

  before(() => {
    fs.copyFileSync('samples/flower.csv', at('flower.csv'));
    const { code } = cli(['train', 'flower.csv', '--epochs', '2000', '--save', 'm.neuron.json']);
    assert.equal(code, 0);
    write('kinds.csv', everyKind());
    write('kinds.neuron.json', writeModel(trained(everyKind(), {}, 50).model));
  });
  beforeEach(() => fs.rmSync(at('out.csv'), { force: true }));
  after(() => fs.rmSync(folder, { recursive: true, force: true }));

  it('writes the file with its predictions, and says how good they are beside the baselines', () => {
    const { code, stdout, stderr } = predict('m.neuron.json', 'flower.csv', '-o', 'out.csv');
    assert.deepEqual([code, stdout], [0, '']);
    const records = recordsOf(text('out.csv'));
    const right = records.filter((record) => record['prediction'] === record['petal']).length;
    assert.equal(records.length, 400);
    assert.match(stderr, /^Predicted 400 of 400 rows, with the weights of epoch 2,000;/);
    assert.ok(stderr.includes(`\nAccuracy ${right / 400} on 400 rows whose petal is known; `), stderr);
    assert.match(stderr, /the model’s own test part gave 0\.\d+, guessing 0\.5, a straight line 0\.\d+/);
    assert.match(stderr, /This is the file that was trained on/);
  });

  it('gives the same as a filter, from standard input to standard output, and packed or not', () => {
    predict('m.neuron.json', 'flower.csv', '-o', 'out.csv');
    const file = fs.readFileSync(at('flower.csv'));
    const filtered = cli(['predict', 'm.neuron.json', '-'], file);
    assert.equal(filtered.code, 0);
    assert.equal(filtered.stdout, text('out.csv'));
    write('flower.csv.gz', gzipSync(file));
    assert.equal(predict('m.neuron.json', 'flower.csv.gz').stdout, text('out.csv'));
  });

  it('steers no terminal by what stands in the file, and gives its bytes to whatever else reads', function () {
    // `script`, which gives the command a terminal, takes other options elsewhere.
    if (process.platform !== 'linux') this.skip();
    const evil = '\u001b[2J\u009b31m\u0007';
    write('evil.csv', `x1,x2,petal,note\n1,2,0,"a${evil}é"\n`);
    const args = ['predict', 'm.neuron.json', 'evil.csv'];
    const command = [process.execPath, CLI, ...args].map((arg) => `'${arg}'`).join(' ');
    const { stdout } = spawnSync('script', ['-qec', command, '/dev/null'], {
      ...{ encoding: 'utf8', cwd: folder, input: '' },
    });
    assert.match(stdout, /"a␛\[2J.*é",[01]/);

    assert.doesNotMatch(stdout.replace(/[\r\n]/g, ''), /[\u0000-\u001f\u007f-\u009f]/);
    assert.ok(cli(args).stdout.includes(evil));
  });

  it('ends with 1 where some rows have no prediction, the first ten of which it names by their lines', () => {
    const rows = Array.from({ length: 60 }, (_, k) => (k % 4 === 0 ? '1' : '1,2,0'));
    write('short.csv', `x1,x2,petal\n1,2,0\n${rows.join('\n')}\n`);
    const { code, stderr } = predict('m.neuron.json', 'short.csv', '-o', 'out.csv');
    assert.equal(code, 1);
    assert.match(stderr, /15 rows without a prediction:\n {2}line 3: 1 of 3 cells\n/);
    assert.equal(stderr.match(/^ {2}line /gm)?.length, 10);
    assert.match(stderr, /and 5 more/);
  });

  it('prints one event as JSON on standard error', () => {
    write('some.csv', 'x1,x2,petal\n1,,0\n99,2,1\n');
    const { code, stderr } = predict('m.neuron.json', 'some.csv', '--json', '-o', 'out.csv');
    assert.equal(code, 0);
    const event = JSON.parse(stderr) as Record<string, unknown>;
    assert.deepEqual(Object.keys(event), [
      ...['event', 'rows', 'predicted', 'outside', 'unknown', 'missing', 'score'],
    ]);
    assert.deepEqual(
      { ...event, score: null },
      { event: 'predicted', rows: 2, predicted: 2, outside: 1, unknown: 0, missing: 1, score: null },
    );
  });

  it('ends with 2, and leaves what is there, for bad usage, a bad model and a bad file', () => {
    write('out.csv', 'mine');
    write('bad.neuron.json', '{"neuronLensModel": 7}');
    write('other.csv', 'x1,petal\n1,0\n');
    const says = (sentence: RegExp, ...args: string[]) => {
      const { code, stdout, stderr } = predict(...args);
      assert.deepEqual([code, stdout], [2, ''], stderr);
      assert.match(stderr, sentence);
      assert.equal(text('out.csv'), 'mine');
    };
    says(/There is such a file already/, 'm.neuron.json', 'flower.csv', '-o', 'out.csv');
    says(/^bad\.neuron\.json: It is of version 7/, 'bad.neuron.json', 'flower.csv');
    says(/^none\.neuron\.json: There is no such file/, 'none.neuron.json', 'flower.csv');
    says(/^none\.csv: There is no such file/, 'm.neuron.json', 'none.csv');
    says(/^other\.csv: It has no column “x2”/, 'm.neuron.json', 'other.csv', '-o', 'out.csv', '--force');
    says(/--epochs is settled by the model/, 'm.neuron.json', 'flower.csv', '--epochs', '5');
    says(/--force says how to write/, 'm.neuron.json', 'flower.csv', '--force');
    assert.equal(predict('m.neuron.json', 'other.csv', '--allow-missing', 'x2').code, 0);
  });

  it('writes over neither the model nor the file, whatever these are called', () => {
    fs.linkSync(at('flower.csv'), at('hard.csv'));
    fs.symlinkSync('m.neuron.json', at('soft.csv'));
    const before = [text('flower.csv'), text('m.neuron.json')];
    for (const out of ['flower.csv', 'hard.csv', 'm.neuron.json', 'soft.csv']) {
      const { code, stderr } = predict('m.neuron.json', 'flower.csv', '-o', out, '--force');
      assert.equal(code, 2);
      assert.match(stderr, /It is a file that is read here/);
    }
    const stdin = fs.openSync(at('flower.csv'), 'r');
    const { status } = spawnSync(
      process.execPath,
      [CLI, 'predict', 'm.neuron.json', '-', '-o', 'hard.csv', '--force'],
      {
        ...{ cwd: folder, stdio: [stdin, 'ignore', 'ignore'] },
      },
    );
    fs.closeSync(stdin);
    assert.equal(status, 2);
    assert.deepEqual([text('flower.csv'), text('m.neuron.json')], before);
  });

  it('takes a closed pipe for the end, and leaves no half file when it is ended', async () => {
    write('many.csv', `x1,x2,petal\n${'1.25,-2.5,0\n'.repeat(400_000)}`);
    const pipe = spawn(process.execPath, [CLI, 'predict', 'm.neuron.json', 'many.csv'], { cwd: folder });
    pipe.stdout.once('data', () => pipe.stdout.destroy());
    assert.equal(await new Promise((resolve) => pipe.once('close', resolve)), 0);

    write('out.csv', 'mine');
    const names = () => fs.readdirSync(folder).filter((name) => name.startsWith('out.csv'));
    const ended = spawn(
      process.execPath,
      [CLI, 'predict', 'm.neuron.json', 'many.csv', '-o', 'out.csv', '--force'],
      {
        cwd: folder,
      },
    );
    while (names().length === 1) await new Promise((resolve) => setTimeout(resolve, 5));
    ended.kill('SIGTERM');
    await new Promise((resolve) => ended.once('close', resolve));
    assert.deepEqual(names(), ['out.csv']);
    assert.equal(text('out.csv'), 'mine');
  });

  /** Bytes that a command took at most, and its exit status. */
  function peakOf(
    args: readonly string[],
    out: string,
    flags: readonly string[] = [],
  ): { peak: number; code: number | null } {
    write(
      'peak.cjs',
      `process.on('exit', () => require('fs').writeFileSync('peak', String(process.resourceUsage().maxRSS)));`,
    );
    const fd = fs.openSync(at(out), 'w');
    const { status } = spawnSync(process.execPath, [...flags, '--require', at('peak.cjs'), CLI, ...args], {
      ...{ cwd: folder, stdio: ['ignore', fd, 'ignore'] },
    });
    fs.closeSync(fd);
    return { peak: Number(text('peak')) * 1024, code: status };
  }

  it('takes as much memory for a large file as for a small one', () => {
    const [names, ...rows] = everyKind().trimEnd().split('\n');
    // A long column that no feature is made of: more bytes for the same work.
    const note = 'n'.repeat(1000);
    const block = `${rows.map((row) => `${row},${note}`).join('\n')}\n`;
    const peaks = [20, 200].map((megabytes) => {
      const count = Math.ceil((megabytes * MB) / block.length);
      write('large.csv', `${names},note\n`);
      for (let done = 0; done < count; done++) fs.appendFileSync(at('large.csv'), block);
      // As much as V8 lets young objects grow is V8's choice of the moment, and no matter of the file.
      const { peak, code } = peakOf(['predict', 'kinds.neuron.json', 'large.csv'], 'large.out', [
        '--max-semi-space-size=4',
      ]);
      assert.equal(code, 0);
      assert.ok(fs.statSync(at('large.out')).size > megabytes * MB);
      return peak;
    });
    for (const name of ['large.csv', 'large.out']) fs.rmSync(at(name));
    assert.ok(
      Math.abs(peaks[1] - peaks[0]) < 50 * MB,
      peaks.map((peak) => (peak / MB).toFixed()).join(' and '),
    );
  });

  it('refuses what is made to fill the memory within 32 MB and six times its size', () => {
    const size = 16 * MB;
    const idle = peakOf(['--help'], 'help').peak;
    const hostile: Readonly<Record<string, string>> = {
      lists: `[${'[],'.repeat(size / 3)}[]]`,
      objects: `[${'{},'.repeat(size / 3)}{}]`,
      numbers: `[${'0.5,'.repeat(size / 4)}1]`,
      'small numbers': `[${'1,'.repeat(size / 2)}1]`,
      depth: '['.repeat(size),
      text: `"${'x'.repeat(size)}"`,
    };
    for (const [what, content] of Object.entries(hostile)) {
      write('hostile.neuron.json', content);
      const { peak, code } = peakOf(['predict', 'hostile.neuron.json', 'flower.csv'], 'hostile.out');
      assert.equal(code, 2);
      assert.ok(peak - idle <= 32 * MB + 6 * size, `${what}: ${((peak - idle) / MB).toFixed()} MB`);
    }
    fs.truncateSync(at('hostile.neuron.json'), 300 * MB);
    const { peak, code } = peakOf(['predict', 'hostile.neuron.json', 'flower.csv'], 'hostile.out');
    assert.equal(code, 2);
    assert.ok(peak - idle < 32 * MB);
  });
});
