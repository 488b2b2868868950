import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

const vsce = (...args: string[]) =>
  execFileSync(process.execPath, [path.join('node_modules', '@vscode', 'vsce', 'vsce'), ...args], {
    encoding: 'utf8',
  });

// Sizes people pay for: the download, every opening of the Lens. What every start of VS Code loads is in test/host.
const KB = 1000;
const LIMITS = { vsix: 1500 * KB, webviewGzipped: 130 * KB };
/** The package, made for these tests. */
const VSIX = process.env['NEURON_LENS_VSIX'] ?? 'neuron-lens.vsix';

/** Everything that may be in the package. A new kind of file is a decision, made here. */
const EXPECTED = [
  /^package\.json$/,
  /^package\.nls\.json$/,
  /^(README|CHANGELOG)\.md$/i,
  /^LICENSE(\.txt)?$/,
  /^dist\/(extension|trainer|heartbeat|helper|reader|tableReader|variant|foldWorker|cli|webview|modelPage)\.js$/,
  /^dist\/(later|lens|programs)\/[\w-]+\.js$/,
  /^dist\/lens\/first\.json$/,
  /^dist\/[\w-]+\.(css|wasm)$/,
  /^media\/[\w/-]+\.(png|webp|svg|md)$/,
  // The tables of the exercises.
  /^samples\/(flower|sine)\.csv$/,
];
const REQUIRED = [
  'package.json',
  'LICENSE',
  'dist/extension.js',
  'dist/trainer.js',
  'dist/heartbeat.js',
  'dist/helper.js',
  'dist/reader.js',
  'dist/tableReader.js',
  'dist/variant.js',
  'dist/foldWorker.js',
  'dist/webview.js',
  'dist/modelPage.js',
  'dist/modelPage.css',
];

describe('the package', () => {
  let files: string[];
  before(() => {
    files = vsce('ls', '--no-dependencies').trim().split(/\r?\n/);
  });

  it('holds what runs and what is read, and nothing else', () => {
    const strangers = files.filter((file) => !EXPECTED.some((pattern) => pattern.test(file)));
    assert.deepEqual(strangers, []);
    for (const file of REQUIRED) assert.ok(files.includes(file), `${file} is missing`);
  });

  it('holds everything that is built', () => {
    const built = readdirSync('dist', { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => `${parentPath}/${name}`);
    assert.deepEqual(files.filter((file) => file.startsWith('dist/')).sort(), built.sort());
  });

  it('has a command line that runs in any folder, and through a link', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'neuron-lens-'));
    try {
      symlinkSync(path.resolve('dist/cli.js'), path.join(folder, 'lens'));
      const args = ['lens', 'train', path.resolve('samples/flower.csv'), '--epochs', '1'];
      const said = execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
      assert.match(said, /^Done: epoch 1 of 1: cost 0\.\d+/m);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it(`is at most ${LIMITS.vsix / KB} kB`, function () {
    say(this, statSync(VSIX).size, LIMITS.vsix);
  });

  it(`loads at most ${LIMITS.webviewGzipped / KB} kB of scripts, gzipped, before the Lens shows`, function () {
    const bytes = [...firstScripts('dist/webview.js')].map((file) => gzipSync(readFileSync(file)).length);
    say(
      this,
      bytes.reduce((sum, each) => sum + each, 0),
      LIMITS.webviewGzipped,
    );
  });
});

/** A script and all that it imports at once; what it imports by `import()` comes with a page. */
function firstScripts(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found;
  found.add(file);
  const imports = readFileSync(file, 'utf8').matchAll(/(?:^|[;}\s])(?:import|from)"(\.[^"]+)"/g);
  for (const [, name] of imports) firstScripts(path.join(path.dirname(file), name), found);
  return found;
}

/** Asserts the limit, and has the measured size in the test's title. */
function say(context: Mocha.Context, bytes: number, limit: number): void {
  if (context.test) context.test.title += ` (${Math.ceil(bytes / KB)} kB)`;
  assert.ok(bytes <= limit, `${bytes} bytes are more than ${limit}`);
}
