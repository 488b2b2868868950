// ESLint: the usual recommendations with types, and the rules of the house.
import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const TESTS = ['test/**/*.ts', 'test/**/*.tsx', 'bench/**/*.ts'];

/** A module by its path from src/, as a relative import of any depth names it. */
const src = (path) => `(\\.{1,2}/)+(src/)?${path}(\\.js)?$`;
const within = (folder) => src(`${folder}/.+`);
/** A neighbour; deeper folders are named in full. */
const own = '\\./[^/]+$';
const library = (name) => `${name}(/.*)?$`;
const node = (...names) => `node:(${names.join('|')})(/.*)?$`;

/**
 * Who may import what, folder by folder. `may` is all that a file may import, besides its neighbours; `types` is what
 * it may import for its types alone. A file answers to the last entry that matches it.
 */
const IMPORTS = [
  {
    name: 'core',
    may: [within('core'), '\\.{1,2}/(verdicts/)?(?!extension)[^/.]+$', library('pure-rand')],
  },
  // What the core finds, as English sentences: of codes and numbers alone.
  {
    name: 'sentences',
    may: [src('core/(format|activations)')],
    types: [src('core/(?!(format|activations)$).+')],
  },
  { name: 'settings', may: [within('settings'), within('core')] },
  // Pure: how a table is read and used follows from the settings, of which it needs the types and the defaults.
  {
    name: 'data',
    may: [...['core', 'data', 'settings'].map(within), '\\.{1,2}/((csv|table)/)?(?!extension)[^/.]+$'],
  },
  {
    name: 'sentences of data',
    files: ['src/data/sentences.ts'],
    may: [...['core', 'data', 'sentences', 'settings'].map(within)],
  },
  { name: 'kernel', may: ['\\./assembly/(addresses|codes)$', ...['core', 'kernel'].map(within)] },
  { name: 'train', may: ['core', 'data', 'kernel', 'settings', 'train'].map(within) },
  {
    name: 'protocol',
    may: [within('protocol'), library('valibot')],
    types: ['core', 'data', 'settings', 'train'].map(within),
  },
  {
    name: 'threads',
    may: [
      ...['core', 'data', 'kernel', 'protocol', 'settings', 'threads', 'train'].map(within),
      node('worker_threads', 'child_process', 'inspector', 'v8', 'fs', 'crypto', 'os', 'path', 'zlib'),
    ],
  },
  {
    name: 'runs',
    may: [
      ...['core', 'data', 'runs', 'settings'].map(within),
      // One schema for what goes to the Lens and into records.
      src('protocol/looks'),
      node('fs', 'crypto', 'path', 'os'),
      library('valibot'),
    ],
    types: [within('train'), src('protocol/(?!looks$).+')],
  },
  // A model on the rows of another file, in pieces: whoever calls it reads and writes.
  { name: 'predict', may: ['core', 'data', 'predict', 'runs', 'settings'].map(within) },
  {
    name: 'session',
    may: [...['core', 'data', 'protocol', 'runs', 'session', 'settings'].map(within), node('crypto', 'path')],
    types: [within('train')],
  },
  { name: 'export', may: ['core', 'data', 'export', 'runs', 'settings'].map(within) },
  {
    name: 'host',
    may: [
      ...[
        ...['core', 'data', 'export', 'host', 'predict', 'protocol', 'runs'],
        ...['sentences', 'session', 'settings'],
      ].map(within),
      src('threads/channel'),
      src('threads/program'),
      src('threads/tableClient'),
      src('threads/trainerStarter'),
      src('train/divergence'),
      ...['vscode$', 'node:.+', library('valibot')],
    ],
    types: [src('train/(?!divergence).+')],
  },
  { name: 'cli', may: ['(?!.*(webview|host|/extension|/test/))(\\.|node:)', library('valibot')] },
  {
    name: 'extension',
    files: ['src/extension.ts'],
    may: [within('host'), within('session'), within('runs'), src('threads/channel'), 'vscode$', 'node:.+'],
  },
  {
    name: 'webview',
    files: ['webview/**'],
    may: [
      ...[
        '(\\./|\\.\\./)(bridge|store|parts|choices|keptChoices|model/.+|ui/.+|pictures/.+|pages/.+|styles/.+)$',
        within('protocol'),
        ...['core', 'sentences'].map(within),
        // Pure forms of what is shown, for the clipboard; others are for the host alone.
        src('export/(chain|copiedLatex|copiedNotebook|copiedNumpy)'),
        // Pure: what a handle can be set to is said in one place.
        src('settings/(automatic|settings|values|descriptions|grid|words)'),
      ],
      ...['preact', '@preact/signals', 'chart\\.js', 'valibot'].map(library),
    ],
    types: [
      within('data'),
      within('train'),
      src('settings/(?!(automatic|settings|values|descriptions|grid|words)$).+'),
    ],
  },
].map(({ files, ...entry }) => ({ ...entry, files: files ?? [`src/${entry.name}/**`] }));

const nothingBut = (allowed) => (allowed.length > 0 ? `^(?!${allowed.join('|')})` : '.');

const importRules = IMPORTS.map(({ name, files, may, types = [] }) => ({
  name: `house/${name} may import`,
  files,
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: nothingBut([own, ...may, ...types]),
            message: `${name} may not import this: see IMPORTS in eslint.config.mjs.`,
          },
          // Only what is allowed for its types is left for this one to look at.
          ...types.map((type) => ({
            regex: `^${type}`,
            message: `${name} may import this for its types only: write "import type".`,
            allowTypeImports: true,
          })),
        ],
      },
    ],
  },
}));

/** What the language leaves to each engine, and what a result must not follow from at all. */
const INEXACT = [
  ...['exp', 'expm1', 'log', 'log1p', 'log2', 'log10', 'pow', 'cbrt', 'hypot', 'random'],
  ...['sin', 'cos', 'tan', 'sinh', 'cosh', 'tanh', 'asinh', 'acosh', 'atanh'],
  ...['asin', 'acos', 'atan', 'atan2'],
];

/** What of VS Code pops up with a text. */
const POPPING_UP = [
  ...['showErrorMessage', 'showWarningMessage', 'showInformationMessage', 'setStatusBarMessage'],
  ...['showQuickPick', 'createQuickPick', 'showInputBox', 'createInputBox', 'withProgress', 'createTerminal'],
];
/** What of a view, an item or a tab holds a text. */
const SHOWN = ['text', 'tooltip', 'title', 'description', 'message', 'label', 'detail', 'placeholder'];

/** The rules of the house, which need no types and can so be tried on files that do not exist. */
export const house = [
  {
    name: 'house/typescript',
    files: ['**/*.ts', '**/*.tsx'],
    languageOptions: { parser: tseslint.parser, parserOptions: { ecmaFeatures: { jsx: true } } },
    plugins: { '@typescript-eslint': tseslint.plugin },
    rules: { '@typescript-eslint/no-explicit-any': 'error' },
  },
  {
    name: 'house/no non-null assertion outside tests',
    files: ['**/*.ts', '**/*.tsx'],
    ignores: TESTS,
    rules: { '@typescript-eslint/no-non-null-assertion': 'error' },
  },
  {
    name: 'house/random numbers are seeded',
    files: ['src/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        {
          object: 'Math',
          property: 'random',
          message: 'A result must follow from its seed: use core/random.',
        },
      ],
    },
  },
  {
    name: 'house/the engine computes the same bits everywhere',
    // All that the simd engine's weights follow from. The reference and its equations are outside the promise.
    files: ['src/core/**', 'src/data/**', 'src/kernel/**', 'src/threads/**', 'src/train/**'],
    ignores: ['src/core/activations.ts', 'src/core/equations.ts', 'src/core/trace.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        ...INEXACT.map((property) => ({
          object: 'Math',
          property,
          message: 'Its last bit differs between machines: use core/random, core/optimizer or the kernels.',
        })),
      ],
      'no-restricted-syntax': [
        'error',
        { selector: "BinaryExpression[operator='**']", message: 'It is Math.pow: write the product out.' },
        {
          selector: "AssignmentExpression[operator='**=']",
          message: 'It is Math.pow: write the product out.',
        },
      ],
    },
  },
  {
    name: 'house/what is shown is safe text',
    files: ['src/host/**'],
    ignores: ['src/host/say.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: `MemberExpression[property.name=/^(${POPPING_UP.join('|')})$/]`,
          message: 'VS Code makes links and icons of texts: use host/say.ts.',
        },
        ...[
          'NewExpression[callee.property.name=/^(TreeItem|CodeAction)$/]:not([arguments.0.callee.name=/^safe/])',
          'NewExpression[callee.property.name=Diagnostic]:not([arguments.1.callee.name=/^safe/])',
          // `appendText` makes text of what it is given.
          'NewExpression[callee.property.name=MarkdownString][arguments.length>0]',
          'MemberExpression[property.name=appendMarkdown]',
          'ClassDeclaration[superClass.property.name=Diagnostic] CallExpression[callee.type=Super]:not([arguments.1.callee.name=/^safe/])',
          'NewExpression[callee.property.name=CodeLens] Property[key.name=/^(title|tooltip)$/]:not([value.callee.name=/^safe/])',
          'AssignmentExpression[left.property.name=accessibilityInformation] Property[key.name=label]:not([value.callee.name=/^safe/])',
          `AssignmentExpression[left.property.name=/^(${SHOWN.join('|')})$/]:not([right.callee.name=/^safe/]):not([right.type=Literal])`,
        ].map((selector) => ({
          selector,
          message: 'VS Code makes links and icons of texts: give it safeText(…).',
        })),
      ],
    },
  },
  ...importRules,
];

// What Node gives a script without an import; the last two belong to functions that are sent into a page.
const SCRIPT_GLOBALS = [
  ...['process', 'console', 'performance', 'Buffer', 'URL', 'URLSearchParams', 'AbortController'],
  ...['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate', 'structuredClone'],
  ...['SharedArrayBuffer', 'Atomics', 'WebAssembly', 'TextDecoder', 'TextEncoder', 'fetch'],
  ...['document', 'IDBObjectStore'],
];

const typed = (files, project) => ({
  files,
  extends: [tseslint.configs.recommendedTypeChecked],
  languageOptions: { parserOptions: { project, tsconfigRootDir: import.meta.dirname } },
});

export default defineConfig(
  {
    ignores: [
      'src/kernel/assembly/',
      'dist/',
      'out/',
      'out-*/',
      'node_modules/',
      '.vscode-test/',
      'test-results/',
    ],
  },
  {
    files: ['**/*.mjs', '**/*.cjs'],
    extends: [js.configs.recommended],
    languageOptions: {
      globals: Object.fromEntries(SCRIPT_GLOBALS.map((name) => [name, 'readonly'])),
    },
  },
  { files: ['**/*.cjs'], languageOptions: { sourceType: 'commonjs' } },
  typed(['src/**/*.ts'], './tsconfig.host.json'),
  typed(['webview/**/*.ts', 'webview/**/*.tsx'], './tsconfig.webview.json'),
  typed(TESTS, './tsconfig.test.json'),
  {
    files: ['**/*.ts', '**/*.tsx'],
    rules: {
      // `{ version, ...rest }` is how a key is left out.
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true, argsIgnorePattern: '^_' }],
      // The functions kept in tables here never use `this`.
      '@typescript-eslint/unbound-method': 'off',
      // VS Code's interfaces ask for promises where there is nothing to wait for.
      '@typescript-eslint/require-await': 'off',
    },
  },
  { files: TESTS, rules: { '@typescript-eslint/no-non-null-assertion': 'off' } },
  ...house,
);
