import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const CLI = path.resolve('out', 'programs', 'cli.js');
const MOONS = path.resolve('samples', 'moons.csv');

describe('what the command line reads and writes', () => {
  let folder: string;
  before(() => (folder = mkdtempSync(path.join(tmpdir(), 'neuron-lens-output-'))));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const write = (name: string, content: string) => {
    const file = path.join(folder, name);
    writeFileSync(file, content);
    return file;
  };
  const run = (args: string[], options: { input?: string | Buffer; stdout?: number } = {}) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
      encoding: 'utf8',
      timeout: 60_000,
      maxBuffer: 1e8,
      ...(options.input !== undefined && { input: options.input }),
      stdio: ['pipe', options.stdout ?? 'pipe', 'pipe'],
    });
    return { code: status, stdout, stderr };
  };

  const long = 'x'.repeat(1_000_000);
  /** More output than a pipe holds. */
  const wide = () => {
    const names = Array.from({ length: 4000 }, (_, c) => `a column with a long name, number ${c}`);
    const rows = [1, 2, 3].map((row) => names.map((_, c) => row * c).join(';'));
    return write('wide.csv', [names.join(';'), ...rows].join('\n'));
  };

  it('ends quietly with 0 when what reads its output has seen enough', () => {
    const script = '"$0" "$1" "$2" "$3" | head -1; exit ${PIPESTATUS[0]}';
    const { status, stdout, stderr } = spawnSync(
      'bash',
      ['-c', script, process.execPath, CLI, 'check', wide()],
      {
        encoding: 'utf8',
      },
    );
    assert.deepEqual([status, stderr], [0, '']);
    assert.equal(stdout.trimEnd().split('\n').length, 1);
  });

  /** Runs it in a shell, its output as `tail` of the command line says; the exit status is the program's. */
  const inShell = (tail: string, args: readonly string[]) => {
    const script = `"$0" "$@" ${tail}; exit \${PIPESTATUS[0]}`;
    return spawnSync('bash', ['-c', script, process.execPath, CLI, ...args], {
      ...{ encoding: 'utf8', cwd: folder, timeout: 60_000 },
    });
  };
  const searches = [
    ['find', MOONS, '--candidates', '2'],
    ['compare', MOONS, '--grid', 'model.hiddenLayers=2,3', '--epochs', '5'],
  ];

  for (const args of searches)
    it(`ends quietly with 0 when nobody reads what a search tells: ${args[0]}`, () => {
      for (const form of [[], ['--json']]) {
        const { status, stderr } = inShell('| true', [...args, ...form]);
        assert.equal(status, 0, stderr);
        assert.doesNotMatch(stderr, /\n\s+at /);
      }
    });

  for (const [command, , ...others] of [['train', MOONS, '--epochs', '5'], ...searches])
    it(`saves the model although nobody reads the output: ${command}`, () => {
      const table = write('moons.csv', readFileSync(MOONS, 'utf8'));
      const [model, runs] = [`unread-${command}.neuron.json`, `unread-${command}`];
      const { status, stderr } = inShell('| true', [
        ...[command, table, ...others],
        ...['--save', model, '--save-run', runs],
      ]);
      assert.equal(status, 0, stderr);
      assert.ok(existsSync(path.join(folder, model)));
      const kept = readdirSync(path.join(folder, runs)).filter((name) => name.endsWith('.run.json'));
      assert.equal(kept.length, 1);
    });

  it('gives the whole output although nobody reads the progress', () => {
    const { status, stdout } = inShell('2> >(true)', [
      'train',
      MOONS,
      '--epochs',
      '20',
      '--report-every',
      '1',
    ]);
    assert.equal(status, 0);
    assert.match(stdout, /weights [0-9a-f]{8}/);
  });

  for (const args of [
    ['check', MOONS],
    ['check', MOONS, '--json'],
    ['train', MOONS, '--epochs', '1'],
    ...searches,
    ['--help'],
  ])
    it(`ends with 2 and a sentence on a full disk: ${args[0]} ${args[2] ?? ''}`, () => {
      const { code, stderr } = run(args, { stdout: openSync('/dev/full', 'w') });
      assert.equal(code, 2);
      assert.ok(stderr.endsWith('The output is not whole. The disk is full.\n'), stderr);
      assert.doesNotMatch(stderr, /\n\s+at /);
    });

  it('shows what would steer a terminal, from names, cells, the file name and in JSON', () => {
    const evil = '\u001b[31m\u009b2J\u0007\u202e';
    const rows = Array.from({ length: 30 }, (_, row) => `${row % 7}.5,${row % 2 ? 'x' : 'y'}`).join('\n');
    const file = write(`evil\u001b[2J.csv`, `a${evil},label\n${rows}\nword${evil},x\n`);
    for (const args of [
      ['check', file],
      ['check', file, '--json'],
      ['train', file, '--epochs', '1'],
    ]) {
      const { stdout, stderr } = run(args);
      assert.ok(stdout.length > 0, stderr);
      const unsafe = [...stdout, ...stderr].filter(
        (character) => /[\p{Cc}\u202e]/u.test(character) && character !== '\n',
      );
      assert.deepEqual(unsafe, [], args.join(' '));
    }
    assert.match(run(['check', file]).stdout, /␛\[31m/);
    const [column] = (JSON.parse(run(['check', file, '--json']).stdout) as { columns: { name: string }[] })
      .columns;
    assert.equal(column.name, `a${evil}`);
    assert.doesNotMatch(run(['train', `${folder}/\u001b[2J`]).stderr, /\u001b/);
  });

  it('cuts texts of a file at 200 characters', () => {
    const rows = Array.from({ length: 30 }, (_, row) => `${row % 7}.5,${row % 2 ? 'x' : 'y'}`).join('\n');
    const file = write('long.csv', `a${long},label\n${rows}\nw${long},x\n`);
    for (const args of [[], ['--json']]) {
      const { stdout } = run(['check', file, ...args]);
      assert.ok(stdout.length < 10_000, `${stdout.length} characters`);
      assert.match(stdout, /x…/);
    }
  });

  it('reads standard input as -, to check and to train', () => {
    const input = readFileSync(MOONS);
    const check = run(['check', '-'], { input });
    assert.equal(check.code, 0);
    assert.match(check.stdout, /^standard input: 300 usable rows/);
    assert.equal(run(['check', '-', '--json'], { input }).stdout, run(['check', MOONS, '--json']).stdout);
    assert.equal(run(['train', '-', '--epochs', '1'], { input }).code, 0);
    const empty = run(['train', '-'], { input: '' });
    assert.equal(empty.code, 2);
    assert.match(empty.stderr, /^standard input:1:\d+: .*empty/);
  });

  const strange: [what: string, file: () => string, message: RegExp][] = [
    [
      'a pipe that nobody writes to',
      () => {
        const file = path.join(folder, 'fifo.csv');
        execFileSync('mkfifo', ['-m', '600', file]);
        return file;
      },
      /This is a pipe/,
    ],
    ['a device', () => '/dev/zero', /This is a device/],
    ['a folder', () => folder, /This is a folder/],
    ['a path through a file', () => `${MOONS}/table.csv`, /a part of its path is a file/],
    ['a name that is too long', () => 'x'.repeat(5000), /as long as this/],
    [
      'a link to itself',
      () => {
        symlinkSync('loop.csv', path.join(folder, 'loop.csv'));
        return path.join(folder, 'loop.csv');
      },
      /links in its path/,
    ],
  ];
  for (const [what, file, message] of strange)
    it(`refuses in a sentence: ${what}`, () => {
      const { code, stdout, stderr } = run(['check', file()]);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, message);
      assert.doesNotMatch(stderr, /bug in Neuron Lens/);
    });

  for (const value of ['0x10', '0', '1e', 'ten', '-1'])
    it(`refuses --epochs=${value}`, () => {
      const { code, stdout, stderr } = run(['train', MOONS, `--epochs=${value}`]);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, /^--epochs/);
    });
});
