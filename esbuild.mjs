// Builds what runs into dist/. With --tests, into out/: the test bundles, and the programs that tests start.
import { build, context, transform } from 'esbuild';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
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
  // The kernels travel inside the bundles that run them, as does what is exported as it is written.
  loader: { '.wasm': 'binary', '.py': 'text' },
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

/**
 * What the code imports by `await import('./there')` becomes a file of its own, loaded when it is first needed; what
 * several of them share stands once. esbuild splits ES modules only, and an extension is CommonJS: the parts are
 * translated one by one.
 */
const split = (folder, { finish = (code) => code, together } = {}) => ({
  name: 'split',
  setup({ initialOptions: options, onEnd }) {
    const { minify, target } = options;
    // As modules are without saying so.
    const strict = { banner: '"use strict";' };
    Object.assign(options, { format: 'esm', splitting: true });
    options.chunkNames = `${folder}/[name]-[hash]`;
    options.sourcemap &&= 'inline';
    onEnd(async ({ outputFiles, errors }) => {
      if (errors.length > 0) return;
      const encoder = new TextEncoder();
      const parts = path.resolve(options.outdir, folder);
      const shared = path.join(parts, 'interop.js');
      const shorten = async (code) =>
        minify
          ? (await transform(code, { format: 'cjs', platform: 'node', target, minify, ...strict })).code
          : code;
      let helpers = '';
      const codes = new Map();
      for (const file of outputFiles) {
        const { code: translated } = await transform(file.text, {
          ...{ format: 'cjs', platform: 'node', target, legalComments: 'none' },
          ...{ supported: { 'dynamic-import': false }, sourcefile: file.path },
          ...(options.sourcemap && { sourcemap: 'inline', ...strict }),
        });
        // A map would no longer fit.
        const code = options.sourcemap ? translated : finish(translated);
        const own = options.sourcemap ? null : INTEROP.exec(code);
        // The longest has all of them.
        if (own && own[1].length > helpers.length) [, helpers] = own;
        const from = path.dirname(file.path) === parts ? './interop.js' : `./${folder}/interop.js`;
        codes.set(file.path, own ? withHelpers(code.slice(own[0].length), from) : code);
      }
      if (helpers !== '') codes.set(shared, `${helpers}${LOAD}module.exports = { ${HELPERS.join(', ')} };\n`);
      if (together && !options.sourcemap) startTogether(codes, parts, path.resolve(options.outdir, together));
      outputFiles.length = 0;
      for (const [file, code] of codes)
        outputFiles.push({ path: file, contents: encoder.encode(await shorten(code)) });
      removeOthers(parts, outputFiles);
    });
  },
});

/** What esbuild puts in front of every part that it translates, half a kilobyte each; it stands in a file of its own instead. */
const INTEROP = /^(?:"use strict";\n)?(var __(?:create|defProp) = [^]*?\nvar __toCommonJS = .*;\n)/;
const HELPERS = ['__toESM', '__export', '__toCommonJS', '__load'];
/** What stands in each place where a part is loaded once it is needed. */
const LOADS = 'Promise.resolve().then(() => __toESM(';
const LOAD = 'var __load = (part) => Promise.resolve().then(() => __toESM(part()));\n';

/** A part of the extension that has of the helpers what it uses, from their file. */
function withHelpers(code, from) {
  const body = code.replaceAll(
    /Promise\.resolve\(\)\.then\(\(\) => __toESM\((require\("[^"]+"\))\)\)/g,
    '__load(() => $1)',
  );
  if (body.includes(LOADS)) throw new Error('A part is loaded in a way that is not known here.');
  const used = HELPERS.filter((name) => body.includes(`${name}(`));
  return `const { ${used.join(', ')} } = require("${from}");\n${body}`;
}

/**
 * Puts what `first` imports as it starts into one file, part for part, and has the other parts take it from there: each
 * file costs the extension host about half a millisecond, and there were two dozen.
 */
function startTogether(codes, folder, first) {
  const start = path.join(folder, 'start.js');
  const imported = (code) => [...code.matchAll(IMPORT)].map(([, name]) => path.join(folder, name));
  const order = [];
  const take = (file) => {
    for (const each of imported(codes.get(file))) if (!order.includes(each)) take(each);
    if (file !== first) order.push(file);
  };
  take(first);
  const place = new Map(order.map((file, index) => [path.basename(file), `part${index}`]));
  const from = (code, module) =>
    code.replaceAll(IMPORT, (all, name) =>
      place.has(name) ? all.replace(REQUIRE, `${module}.${place.get(name)}`) : all,
    );
  const joined = order.map(
    (file) =>
      `exports.${place.get(path.basename(file))} = ((module) => {\n${from(codes.get(file), 'exports')}return module.exports;\n})({});\n`,
  );
  order.forEach((file) => codes.delete(file));
  for (const [file, code] of codes) {
    const rest = from(code, '$start');
    if (rest !== code)
      codes.set(file, `const $start = require("${file === first ? './later' : '.'}/start.js");\n${rest}`);
  }
  codes.set(start, joined.join(''));
  for (const code of codes.values())
    for (const [, name] of code.matchAll(/require\("\.\/(?:later\/)?([^"/]+)"\)/g))
      if (!codes.has(path.join(folder, name)))
        throw new Error(`A part imports ${name} in a way that is not known here.`);
}

/** What a part imports of the others as it starts: it stands in a line of its own. */
const IMPORT = /^(?:var|const) .* = require\("\.\/(?:later\/)?([^"/]+)"\);$/gm;
const REQUIRE = /require\("[^"]+"\)/;

/** What of Node takes a millisecond or two to load, and a small table needs none of. */
const SELDOM = /\nvar (import_node_(?:crypto|worker_threads|zlib)\d*) = (require\("node:\w+"\));(?=\n)/g;
const EXPORTS = /\n__export\(\w+, \{\n([^]*?)\n\}\);\nmodule\.exports = __toCommonJS\(\w+\);(?=\n)/;

/**
 * A part of programs, which start often and for every thread, without what esbuild puts between parts. Names are
 * exported as they are, each of which a part would read through two getters: no two parts import each other, and
 * what they export is never assigned to again. What SELDOM lists is loaded where it is used.
 */
function plain(code) {
  const imported = code
    .replace(INTEROP, '')
    .replaceAll(/__toESM\((require\("node:\w+"\))\)/g, '{ default: $1 }');
  const [statement = '', names = ''] = EXPORTS.exec(`\n${imported}`) ?? [];
  let rest = `\n${imported}`.replace(statement, '');
  for (const [seldom, name, load] of rest.matchAll(SELDOM))
    rest = rest.replace(seldom, '').replaceAll(`${name}.`, `(${load}).`);
  if (names !== '') rest += `module.exports = { ${names.replaceAll('() => ', '')} };\n`;
  if (/__(?:toESM|export|toCommonJS)\(/.test(rest))
    throw new Error('A part of the programs needs the helpers of esbuild.');
  return rest;
}

/** All names of `vscode` are used as its own: to copy its hundreds into an object of each part takes milliseconds. */
const uncopied = (code) => code.replaceAll(/__toESM\((require\("vscode"\))\)/g, '$1');

/** Writes those files that differ: to build again what an extension is running from does not disturb it. */
const writeChanged = {
  name: 'write-changed',
  setup({ initialOptions: options, onEnd }) {
    options.write = false;
    onEnd(({ outputFiles, errors }) => {
      if (errors.length > 0) return;
      for (const { path: file, contents } of outputFiles) {
        if (existsSync(file) && readFileSync(file).equals(contents)) continue;
        mkdirSync(path.dirname(file), { recursive: true });
        writeFileSync(file, contents);
      }
    });
  },
};

/** Removes from a folder what was not built now. */
function removeOthers(folder, built) {
  if (!existsSync(folder)) return;
  const names = new Set(built.map(({ path: file }) => path.basename(file)));
  for (const name of readdirSync(folder)) if (!names.has(name)) rmSync(path.join(folder, name));
}

/** What the Lens loads with its pages, by `import()`, and what they share with its first script. */
const pages = {
  name: 'pages',
  setup({ initialOptions: options, onEnd }) {
    options.metafile = true;
    onEnd(({ outputFiles, metafile, errors }) => {
      if (errors.length > 0) return;
      removeOthers(path.join(options.outdir, 'lens'), outputFiles);
      outputFiles.push({
        path: path.resolve(options.outdir, FIRST),
        contents: Buffer.from(JSON.stringify(importedAtOnce(metafile.outputs, options.outdir))),
      });
    });
  },
};

/** Names the scripts that the page of the Lens asks for together with its first. */
const FIRST = 'lens/first.json';

/** What the first script imports, and what that does, without what comes by `import()`. */
function importedAtOnce(outputs, folder) {
  const found = new Set();
  const take = (file) => {
    for (const { path: imported, kind } of outputs[file].imports) {
      if (kind !== 'import-statement' || found.has(imported)) continue;
      found.add(imported);
      take(imported);
    }
  };
  take(path.posix.join(folder, 'webview.js'));
  return [...found].map((file) => path.posix.relative(folder, file)).sort();
}

/** The programs that run in a process or thread of their own, and share most of what they are. */
const programs = {
  cli: 'src/cli/main.ts',
  trainer: 'src/threads/trainer.ts',
  variant: 'src/threads/variant.ts',
  foldWorker: 'src/threads/foldWorker.ts',
  reader: 'src/threads/reader.ts',
  tableReader: 'src/threads/tableReader.ts',
};

/** Threads that stand alone: a kilobyte each, where the parts of others would hold much that they do not need. */
const threads = {
  heartbeat: 'src/threads/heartbeat.ts',
  helper: 'src/threads/helper.ts',
};

const products = [
  {
    ...node,
    entryPoints: { extension: 'src/extension.ts' },
    outdir: 'dist',
    external: ['vscode'],
    plugins: [split('later', { finish: uncopied, together: 'extension.js' }), writeChanged],
  },
  {
    ...node,
    entryPoints: programs,
    outdir: 'dist',
    plugins: [split('programs', { finish: plain }), writeChanged],
  },
  { ...node, entryPoints: threads, outdir: 'dist', plugins: [writeChanged] },
  // The page of a model's file stands alone: it shares nothing that the Lens would have to load otherwise.
  {
    ...common,
    plugins: [writeChanged],
    entryPoints: { modelPage: 'webview/modelPage.tsx' },
    outdir: 'dist',
    platform: 'browser',
    target: 'chrome140',
    format: 'esm',
    jsx: 'automatic',
    jsxImportSource: 'preact',
  },
  {
    ...common,
    plugins: [pages, writeChanged],
    entryPoints: { webview: 'webview/main.tsx' },
    outdir: 'dist',
    platform: 'browser',
    target: 'chrome140',
    format: 'esm',
    splitting: true,
    chunkNames: 'lens/[name]-[hash]',
    jsx: 'automatic',
    jsxImportSource: 'preact',
  },
];
const readable = { ...node, minify: false, sourcemap: 'inline' };
const testBundles = () => [
  { ...readable, entryPoints: { ...programs, ...threads }, outdir: 'out/programs' },
  ...['unit', 'host', 'e2e'].map((folder) => ({
    ...readable,
    entryPoints: testFiles(folder),
    outdir: path.join('out', folder),
    packages: 'external',
    external: ['vscode'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
  })),
];

await compileKernels();
if (watch) {
  for (const options of products) await (await context(options)).watch();
  console.log('watching');
} else {
  if (tests) rmSync('out', { recursive: true, force: true });
  const results = await Promise.all((tests ? testBundles() : products).map((options) => build(options)));
  if (!tests)
    removeOthers(
      'dist',
      results.flatMap(({ outputFiles }) => [
        ...outputFiles,
        { path: 'later' },
        { path: 'lens' },
        { path: 'programs' },
      ]),
    );
}
