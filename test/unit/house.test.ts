import assert from 'node:assert/strict';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ESLint, type Linter } from 'eslint';

// The rules of the house, tried on files that do not exist.
const IMPORTS = '@typescript-eslint/no-restricted-imports';

describe('the rules of the house', () => {
  let eslint: ESLint;
  before(async () => {
    const config = pathToFileURL(path.resolve('eslint.config.mjs')).href;
    const { house } = (await import(config)) as { house: Linter.Config[] };
    eslint = new ESLint({ overrideConfigFile: true, overrideConfig: house });
  });

  const rulesBroken = async (filePath: string, code: string) => {
    const [result] = await eslint.lintText(code, { filePath: path.resolve(filePath) });
    return result.messages.map(({ ruleId, message }) => ruleId ?? message);
  };

  const imports = (from: string) => `import { x } from '${from}';\nexport const y = x;\n`;
  const typeImport = (from: string) => `import type { X } from '${from}';\nexport type Y = X;\n`;

  const mayNot: [string, string][] = [
    ['src/core/a.ts', 'vscode'],
    ['src/core/a.ts', 'node:fs'],
    ['src/core/a.ts', '../data/csv/read'],
    ['src/core/a.ts', '../settings/settings'],
    ['src/core/a.ts', '../protocol/lens'],
    ['src/core/a.ts', 'valibot'],
    ['src/core/a.ts', '../../test/unit/house.test'],
    ['src/core/a.ts', '../sentences/runs'],
    ['src/sentences/a.ts', 'vscode'],
    ['src/sentences/a.ts', '../data/sentences'],
    ['src/sentences/a.ts', '../core/history'],
    ['src/data/a.ts', '../sentences/runs'],
    ['src/train/a.ts', '../sentences/runs'],
    ['src/session/a.ts', '../sentences/runs'],
    ['src/settings/a.ts', 'vscode'],
    ['src/settings/a.ts', '../data/dataset'],
    ['src/data/a.ts', 'vscode'],
    ['src/data/a.ts', 'node:fs'],
    ['src/data/csv/a.ts', '../../host/settings'],
    ['src/data/a.ts', 'pure-rand'],
    ['src/kernel/a.ts', '../data/csv/read'],
    ['src/kernel/a.ts', 'node:fs'],
    ['src/train/a.ts', 'node:crypto'],
    ['src/train/a.ts', '../threads/pool'],
    ['src/train/a.ts', '../protocol/lens'],
    ['src/protocol/a.ts', 'vscode'],
    ['src/protocol/a.ts', '../core/matrix'],
    ['src/protocol/a.ts', '../host/lens'],
    ['src/threads/a.ts', 'vscode'],
    ['src/threads/a.ts', '../host/lens'],
    ['src/threads/a.ts', '../session/session'],
    ['src/runs/a.ts', 'vscode'],
    ['src/runs/a.ts', '../session/session'],
    ['src/runs/a.ts', '../train/run'],
    ['src/predict/a.ts', 'vscode'],
    ['src/predict/a.ts', 'node:fs'],
    ['src/predict/a.ts', '../cli/output'],
    ['src/session/a.ts', 'vscode'],
    ['src/session/a.ts', '../threads/trainer'],
    ['src/session/a.ts', '../train/run'],
    ['src/session/a.ts', '../host/settings'],
    ['src/session/a.ts', 'node:fs'],
    ['src/host/a.ts', '../threads/trainer'],
    ['src/host/a.ts', '../train/run'],
    ['src/host/a.ts', '../../webview/store'],
    ['src/host/a.ts', '../kernel/loader'],
    ['src/host/a.ts', '../extension'],
    ['src/host/a.ts', 'preact'],
    ['src/cli/a.ts', 'vscode'],
    ['src/cli/a.ts', '../../webview/store'],
    ['src/cli/a.ts', '../host/lens'],
    ['src/cli/a.ts', '../extension'],
    ['src/cli/a.ts', '../../test/unit/house.test'],
    ['webview/a.ts', 'vscode'],
    ['webview/a.ts', 'node:fs'],
    ['webview/a.ts', '../src/session/session'],
    ['webview/a.ts', '../src/host/lens'],
    ['webview/a.ts', '../src/data/csv/read'],
    ['webview/pictures/a.tsx', '../../src/data/dataset'],
    ['webview/a.tsx', 'picomatch'],
    ['webview/pages/a.tsx', '../../src/export/model'],
    ['src/export/a.ts', 'vscode'],
    ['src/export/a.ts', '../host/lens'],
  ];
  for (const [file, from] of mayNot)
    it(`${file} may not import ${from}`, async () => {
      assert.deepEqual(await rulesBroken(file, imports(from)), [IMPORTS]);
    });

  const may: [string, string][] = [
    ['src/core/a.ts', './matrix'],
    ['src/core/a.ts', 'pure-rand/generator/xoroshiro128plus'],
    ['src/sentences/a.ts', '../core/format'],
    ['src/data/sentences.ts', '../sentences/runs'],
    ['src/host/a.ts', '../sentences/runs'],
    ['src/cli/a.ts', '../sentences/runs'],
    ['webview/ui/a.tsx', '../../src/sentences/runs'],
    ['src/settings/a.ts', '../core/activations'],
    ['src/data/a.ts', '../core/matrix'],
    ['src/data/csv/a.ts', '../../settings/settings'],
    ['src/data/table/a.ts', '../csv/read'],
    ['src/kernel/a.ts', '../core/matrix'],
    ['src/kernel/a.ts', './assembly/codes'],
    ['src/train/a.ts', '../kernel/kernel'],
    ['src/train/a.ts', '../data/dataset'],
    ['src/threads/a.ts', '../train/run'],
    ['src/threads/a.ts', 'node:worker_threads'],
    ['src/runs/a.ts', 'node:fs/promises'],
    ['src/runs/a.ts', 'valibot'],
    ['src/session/a.ts', '../protocol/lens'],
    ['src/predict/a.ts', '../runs/model'],
    ['src/predict/a.ts', '../data/csv/tokens'],
    ['src/session/a.ts', '../runs/store'],
    ['src/host/a.ts', 'vscode'],
    ['src/host/a.ts', './b'],
    ['src/host/a.ts', '../session/session'],
    ['src/host/a.ts', '../threads/channel'],
    ['src/host/a.ts', '../data/table/tableView'],
    ['src/host/a.ts', 'node:path'],
    ['src/extension.ts', './host/commands'],
    ['src/cli/a.ts', '../train/run'],
    ['src/cli/a.ts', 'node:fs'],
    ['webview/a.ts', './store'],
    ['webview/pictures/a.tsx', '../model/grid'],
    ['webview/a.tsx', 'preact/hooks'],
    ['webview/a.ts', 'chart.js/auto'],
    ['webview/a.ts', '../src/core/equations'],
    ['webview/pictures/a.tsx', '../../src/core/equations'],
    ['webview/a.ts', '../src/protocol/lens'],
    ['webview/pages/a.tsx', '../../src/export/copiedNumpy'],
    ['src/export/a.ts', '../core/chain'],
    ['src/export/a.ts', './b'],
    ['webview/model/a.ts', '../../src/settings/values'],
    ['webview/model/a.ts', '../../src/settings/grid'],
  ];
  for (const [file, from] of may)
    it(`${file} may import ${from}`, async () => {
      assert.deepEqual(await rulesBroken(file, imports(from)), []);
    });

  const forTypesOnly: [string, string][] = [
    ['src/sentences/a.ts', '../core/verdicts/runChecks'],
    ['src/protocol/a.ts', '../core/network'],
    ['src/protocol/a.ts', '../data/dataset'],
    ['src/session/a.ts', '../train/run'],
    ['src/runs/a.ts', '../train/run'],
    ['webview/a.ts', '../src/data/dataset'],
    ['webview/a.ts', '../src/settings/overrides'],
  ];
  for (const [file, from] of forTypesOnly)
    it(`${file} may import ${from} for its types only`, async () => {
      assert.deepEqual(await rulesBroken(file, typeImport(from)), []);
      assert.deepEqual(await rulesBroken(file, imports(from)), [IMPORTS]);
    });

  it('Math.random is not used in src/', async () => {
    const code = 'export const r = Math.random();\n';
    assert.deepEqual(await rulesBroken('src/core/a.ts', code), ['no-restricted-properties']);
    assert.deepEqual(await rulesBroken('src/host/a.ts', code), ['no-restricted-properties']);
    assert.deepEqual(await rulesBroken('test/unit/a.ts', code), []);
  });

  it('nothing on the way to a weight differs between machines; the readable reference may', async () => {
    const power = 'export const p = (x: number) => x ** 3;\n';
    for (const name of ['exp', 'log', 'pow', 'sin', 'cos', 'tanh', 'log1p', 'random']) {
      const code = `export const r = Math.${name}(1);\n`;
      for (const file of ['src/core/optimizer.ts', 'src/data/a.ts', 'src/kernel/a.ts', 'src/train/run.ts']) {
        assert.deepEqual(await rulesBroken(file, code), ['no-restricted-properties'], `${name} in ${file}`);
      }
    }
    assert.deepEqual(await rulesBroken('src/core/schedule.ts', power), ['no-restricted-syntax']);
    for (const file of ['src/core/activations.ts', 'src/core/equations.ts', 'src/core/trace.ts']) {
      assert.deepEqual(await rulesBroken(file, 'export const r = Math.tanh(1);\n'), []);
    }
    assert.deepEqual(await rulesBroken('src/kernel/a.ts', 'export const r = Math.sqrt(2);\n'), []);
  });

  it('nothing is shown in the editor but safe text', async () => {
    const shown = 'no-restricted-syntax';
    const unsafe = [
      'export const f = (x: string) => vscode.window.showErrorMessage(x);',
      'export const f = () => vscode.window.showQuickPick([]);',
      'export const f = (x: string) => new vscode.TreeItem(x);',
      'export const f = (x: string) => new vscode.CodeLens(range, { title: x, command });',
      'export const f = (x: string) => new vscode.Diagnostic(range, x, severity);',
      'export class D extends vscode.Diagnostic { constructor(x: string) { super(range, x, severity); } }',
      'export function f(item: Item, x: string) { item.tooltip = x; }',
      'export const f = (x: string) => new vscode.MarkdownString(x);',
      'export const f = (x: string) => new vscode.MarkdownString().appendMarkdown(x);',
      'export function f(view: View, x: string) { view.message = `${x}!`; }',
      'export function f(item: Item, x: string) { item.accessibilityInformation = { label: x }; }',
    ];
    for (const code of unsafe) assert.deepEqual(await rulesBroken('src/host/a.ts', code), [shown], code);
    const safe = [
      'export const f = (x: string) => sayError(x);',
      'export const f = (x: string) => new vscode.TreeItem(safeText(x));',
      'export const f = (x: string) => new vscode.MarkdownString().appendText(x);',
      'export const f = (x: string) => new vscode.CodeLens(range, { title: safeText(x), command });',
      'export const f = (x: string) => new vscode.Diagnostic(range, safeText(x), severity);',
      'export class D extends vscode.Diagnostic { constructor(x: string) { super(range, safeName(x)); } }',
      "export function f(view: View, x: string) { view.title = safeName(x); view.message = ''; }",
    ];
    for (const code of safe) assert.deepEqual(await rulesBroken('src/host/a.ts', code), [], code);
  });

  it('there is no explicit any', async () => {
    const code = 'export const x: any = 1;\n';
    assert.deepEqual(await rulesBroken('src/core/a.ts', code), ['@typescript-eslint/no-explicit-any']);
    assert.deepEqual(await rulesBroken('test/unit/a.ts', code), ['@typescript-eslint/no-explicit-any']);
  });

  it('there is no non-null assertion outside tests', async () => {
    const code = 'export const f = (x: number | undefined): number => x!;\n';
    assert.deepEqual(await rulesBroken('src/core/a.ts', code), ['@typescript-eslint/no-non-null-assertion']);
    assert.deepEqual(await rulesBroken('webview/a.tsx', code), ['@typescript-eslint/no-non-null-assertion']);
    assert.deepEqual(await rulesBroken('test/unit/a.ts', code), []);
  });

  it('are part of what npm run check runs', async () => {
    const config = (await new ESLint().calculateConfigForFile(
      path.resolve('src/core/matrix.ts'),
    )) as Linter.Config;
    for (const rule of [IMPORTS, 'no-restricted-properties', '@typescript-eslint/no-non-null-assertion'])
      assert.equal((config.rules?.[rule] as unknown[])[0], 2, rule);
  });
});
