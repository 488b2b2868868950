// Builds what runs into dist/ and, with --tests, the test bundles into out/.
import { build, context } from 'esbuild';
import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';

const watch = process.argv.includes('--watch');
const tests = process.argv.includes('--tests');

const common = {
  bundle: true,
  minify: !watch,
  sourcemap: watch ? 'linked' : false,
  logLevel: 'warning',
  legalComments: 'none',
};
const node = { ...common, platform: 'node', target: 'node20', format: 'cjs' };

/** Every *.test.ts in one folder of test/, so that none can be forgotten in a list. */
const testFiles = (folder) =>
  readdirSync(path.join('test', folder))
    .filter((name) => /\.test\.tsx?$/.test(name))
    .map((name) => path.join('test', folder, name));

const products = [
  {
    ...node,
    entryPoints: ['src/extension.ts', 'src/cli.ts'],
    outdir: 'dist',
    external: ['vscode'],
  },
  { ...node, entryPoints: { worker: 'src/worker/main.ts' }, outdir: 'dist' },
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

if (watch) {
  for (const options of products) await (await context(options)).watch();
  console.log('watching');
} else {
  rmSync(tests ? 'out' : 'dist', { recursive: true, force: true });
  await Promise.all((tests ? testBundles() : products).map((options) => build(options)));
}
