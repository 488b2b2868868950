import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

const vsce = (...args: string[]) =>
  execFileSync(process.execPath, [path.join('node_modules', '@vscode', 'vsce', 'vsce'), ...args], {
    encoding: 'utf8',
  });

// Sizes people pay for: the download, every start of VS Code, every opening of the Lens.
const KB = 1000;
const LIMITS = { vsix: 1500 * KB, extension: 150 * KB, webviewGzipped: 130 * KB };

/** Everything that may be in the package. A new kind of file is a decision, made here. */
const EXPECTED = [
  /^package\.json$/,
  /^package\.nls\.json$/,
  /^(README|CHANGELOG)\.md$/i,
  /^LICENSE(\.txt)?$/,
  /^dist\/(extension|trainer|helper|reader|tableReader|cli|webview)\.js$/,
  /^dist\/[\w-]+\.(css|ttf|wasm)$/,
  /^media\/[\w/-]+\.(png|svg|md)$/,
];
const REQUIRED = [
  'package.json',
  'LICENSE',
  'dist/extension.js',
  'dist/trainer.js',
  'dist/helper.js',
  'dist/reader.js',
  'dist/tableReader.js',
  'dist/webview.js',
];

describe('the package', () => {
  let files: string[];
  before(function () {
    this.timeout(60_000);
    files = vsce('ls', '--no-dependencies').trim().split(/\r?\n/);
  });

  it('holds what runs and what is read, and nothing else', () => {
    const strangers = files.filter((file) => !EXPECTED.some((pattern) => pattern.test(file)));
    assert.deepEqual(strangers, []);
    for (const file of REQUIRED) assert.ok(files.includes(file), `${file} is missing`);
  });

  it('holds everything that is built', () => {
    const built = readdirSync('dist').map((name) => `dist/${name}`);
    assert.deepEqual(files.filter((file) => file.startsWith('dist/')).sort(), built.sort());
  });

  it(`is at most ${LIMITS.vsix / KB} kB`, function () {
    this.timeout(60_000);
    const folder = mkdtempSync(path.join(os.tmpdir(), 'neuron-lens-package-'));
    try {
      const out = path.join(folder, 'neuron-lens.vsix');
      vsce(
        'package',
        '--no-dependencies',
        '--allow-missing-repository',
        '--no-rewrite-relative-links',
        '--out',
        out,
      );
      say(this, statSync(out).size, LIMITS.vsix);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it(`has an extension.js of at most ${LIMITS.extension / KB} kB`, function () {
    say(this, statSync('dist/extension.js').size, LIMITS.extension);
  });

  it(`has a webview.js of at most ${LIMITS.webviewGzipped / KB} kB gzipped`, function () {
    say(this, gzipSync(readFileSync('dist/webview.js')).length, LIMITS.webviewGzipped);
  });
});

/** Asserts the limit, and has the measured size in the test's title. */
function say(context: Mocha.Context, bytes: number, limit: number): void {
  if (context.test) context.test.title += ` (${Math.ceil(bytes / KB)} kB)`;
  assert.ok(bytes <= limit, `${bytes} bytes are more than ${limit}`);
}
