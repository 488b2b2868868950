// Builds what runs into dist/ and, with --tests, the test bundles into out/.
import { build, context } from 'esbuild';
import { readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import asc from 'assemblyscript/asc';

const watch = process.argv.includes('--watch');
const tests = process.argv.includes('--tests');

const common = {
  bundle: true,
  minify: !watch,
  sourcemap: watch ? 'linked' : false,
  logLevel: 'warning',
  legalComments: 'none',
};
const node = {
  ...common,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // The kernels travel inside the bundles that run them.
  loader: { '.wasm': 'binary' },
};

const KERNELS = 'src/kernel/assembly';
const WASM = 'src/kernel/kernel.wasm';

/** Compiles the AssemblyScript kernels when one of them is newer than what was compiled. */
async function compileKernels() {
  const time = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = readdirSync(KERNELS).map((name) => path.join(KERNELS, name));
  if ([...sources, 'esbuild.mjs'].every((file) => time(file) < time(WASM))) return;
  const { error, stderr } = await asc.main([
    ...[`${KERNELS}/index.ts`, '--outFile', WASM, '-O3', '--noAssert', '--runtime', 'stub'],
    ...['--enable', 'simd,threads', '--importMemory', '--sharedMemory'],
    // 4 GB, all that 32-bit addresses reach: the memory that is given may be smaller.
    ...['--initialMemory', '1', '--maximumMemory', '65536'],
  ]);
  if (error) throw new Error(`The kernels do not compile: ${error.message}\n${stderr.toString()}`);
}

/** Every *.test.ts in one folder of test/, so that none can be forgotten in a list. */
const testFiles = (folder) =>
  readdirSync(path.join('test', folder))
    .filter((name) => /\.test\.tsx?$/.test(name))
    .map((name) => path.join('test', folder, name));

const products = [
  {
    ...node,
    entryPoints: {
      extension: 'src/extension.ts',
      cli: 'src/cli/main.ts',
      trainer: 'src/threads/trainer.ts',
      helper: 'src/threads/helper.ts',
      reader: 'src/threads/reader.ts',
      tableReader: 'src/threads/tableReader.ts',
    },
    outdir: 'dist',
    external: ['vscode'],
  },
  {
    ...common,
    entryPoints: { webview: 'webview/main.tsx' },
    outdir: 'dist',
    platform: 'browser',
    target: 'chrome140',
    format: 'iife',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.ttf': 'file' },
    assetNames: '[name]',
  },
];
const testBundles = () =>
  ['unit', 'host', 'e2e'].map((folder) => ({
    ...node,
    minify: false,
    sourcemap: 'inline',
    entryPoints: testFiles(folder),
    outdir: path.join('out', folder),
    packages: 'external',
    external: ['vscode'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
  }));

await compileKernels();
if (watch) {
  for (const options of products) await (await context(options)).watch();
  console.log('watching');
} else {
  rmSync(tests ? 'out' : 'dist', { recursive: true, force: true });
  await Promise.all((tests ? testBundles() : products).map((options) => build(options)));
}
