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
    ['src/core/a.ts', '../data/csv'],
    ['src/core/a.ts', '../protocol'],
    ['src/core/a.ts', 'valibot'],
    ['src/data/a.ts', 'vscode'],
    ['src/data/a.ts', 'node:fs'],
    ['src/data/a.ts', '../host/settings'],
    ['src/data/a.ts', 'pure-rand'],
    ['src/kernel/a.ts', '../data/csv'],
    ['src/kernel/a.ts', 'node:fs'],
    ['src/settings.ts', 'vscode'],
    ['src/protocol.ts', 'vscode'],
    ['src/protocol.ts', './core/matrix'],
    ['src/protocol.ts', './host/lens'],
    ['src/worker/a.ts', 'vscode'],
    ['src/worker/a.ts', '../host/lens'],
    ['src/worker/a.ts', '../session'],
    ['src/worker/a.ts', 'node:child_process'],
    ['src/host/a.ts', '../worker/run'],
    ['src/host/a.ts', '../../webview/store'],
    ['src/host/a.ts', '../kernel/loader'],
    ['src/host/a.ts', '../extension'],
    ['src/host/a.ts', 'preact'],
    ['src/session.ts', './worker/main'],
    ['src/session.ts', '../webview/store'],
    ['src/session.ts', './extension'],
    ['src/cli.ts', 'vscode'],
    ['src/cli.ts', '../webview/store'],
    ['src/cli.ts', './extension'],
    ['src/cli.ts', '../test/unit/house.test'],
    ['src/core/a.ts', '../../test/unit/house.test'],
    ['webview/a.ts', 'vscode'],
    ['webview/a.ts', 'node:fs'],
    ['webview/a.ts', '../src/protocol'],
    ['webview/a.ts', '../src/session'],
    ['webview/a.ts', '../src/host/lens'],
    ['webview/a.ts', '../src/core/trainer'],
    ['webview/a.ts', '../src/data/csv'],
    ['webview/a.tsx', 'picomatch'],
  ];
  for (const [file, from] of mayNot)
    it(`${file} may not import ${from}`, async () => {
      assert.deepEqual(await rulesBroken(file, imports(from)), [IMPORTS]);
    });

  const may: [string, string][] = [
    ['src/core/a.ts', './matrix'],
    ['src/core/a.ts', 'pure-rand/generator/xoroshiro128plus'],
    ['src/core/a.ts', '../settings'],
    ['src/data/a.ts', '../core/matrix'],
    ['src/kernel/a.ts', '../core/matrix'],
    ['src/worker/a.ts', '../kernel/loader'],
    ['src/worker/a.ts', 'node:worker_threads'],
    ['src/host/a.ts', 'vscode'],
    ['src/host/a.ts', './b'],
    ['src/host/a.ts', '../session'],
    ['src/host/a.ts', '../data/inspect'],
    ['src/host/a.ts', 'node:path'],
    ['src/host/a.ts', 'picomatch'],
    ['src/session.ts', './host/settings'],
    ['src/session.ts', './core/network'],
    ['src/extension.ts', './host/commands'],
    ['src/cli.ts', './worker/run'],
    ['src/cli.ts', 'node:fs'],
    ['webview/a.ts', './store'],
    ['webview/a.tsx', 'preact/hooks'],
    ['webview/a.ts', 'chart.js/auto'],
    ['webview/a.ts', '../src/core/equations'],
    ['webview/a.ts', '../src/settings'],
  ];
  for (const [file, from] of may)
    it(`${file} may import ${from}`, async () => {
      assert.deepEqual(await rulesBroken(file, imports(from)), []);
    });

  it('src/protocol.ts may import core and data for their types', async () => {
    assert.deepEqual(await rulesBroken('src/protocol.ts', typeImport('./core/network')), []);
    assert.deepEqual(await rulesBroken('src/protocol.ts', typeImport('./data/dataset')), []);
    assert.deepEqual(await rulesBroken('src/protocol.ts', typeImport('./host/lens')), [IMPORTS]);
  });

  it('webview/ may import the protocol for its types', async () => {
    assert.deepEqual(await rulesBroken('webview/a.ts', typeImport('../src/protocol')), []);
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
      for (const file of ['src/core/optimizer.ts', 'src/data/a.ts', 'src/kernel/a.ts', 'src/worker/run.ts']) {
        assert.deepEqual(await rulesBroken(file, code), ['no-restricted-properties'], `${name} in ${file}`);
      }
    }
    assert.deepEqual(await rulesBroken('src/core/schedule.ts', power), ['no-restricted-syntax']);
    for (const file of ['src/core/activations.ts', 'src/core/equations.ts', 'src/core/trace.ts']) {
      assert.deepEqual(await rulesBroken(file, 'export const r = Math.tanh(1);\n'), []);
    }
    assert.deepEqual(await rulesBroken('src/kernel/a.ts', 'export const r = Math.sqrt(2);\n'), []);
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
