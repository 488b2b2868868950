import * as assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import * as vscode from 'vscode';
import { file, lensTitles, show } from './support';

const KB = 1000;
/** What every start of VS Code pays for. The rest is behind an `await import()`, and loaded when it is first needed. */
const LIMIT = 100 * KB;

/** The scripts of the extension that this process has loaded. */
function loaded(): string[] {
  const dist = path.join(vscode.extensions.getExtension('neuron-lens.neuron-lens')!.extensionPath, 'dist');
  return Object.keys(createRequire(__filename).cache).filter((script) => script.startsWith(dist + path.sep));
}

describe('the extension at the start', () => {
  it(`has loaded at most ${LIMIT / KB} kB of scripts when the CodeLens shows`, async function () {
    await show(file('flower.csv'));
    assert.equal((await lensTitles(file('flower.csv')))[1], 'Target: petal');
    const scripts = loaded();
    assert.ok(
      scripts.some((script) => script.endsWith('extension.js')),
      scripts.join('\n'),
    );
    const bytes = scripts.reduce((sum, script) => sum + statSync(script).size, 0);
    this.test!.title += ` (${Math.ceil(bytes / KB)} kB)`;
    assert.ok(bytes <= LIMIT, `${bytes} bytes in ${scripts.map((each) => path.basename(each)).join(', ')}`);
  });
});
