import * as assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { below } from './processes';
import { newPage, savedWith, until } from './workbench';

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('npm start', () => {
  let npm: ChildProcess;
  let address = '';
  let processes: number[] = [];
  before(async () => {
    // In the terminal of a remote window it takes the browser, whatever else is installed.
    npm = spawn('npm', ['start'], { env: { ...process.env, VSCODE_IPC_HOOK_CLI: 'none' } });
    let output = '';
    npm.stdout!.setEncoding('utf8').on('data', (text: string) => (output += text));
    npm.stderr!.setEncoding('utf8').on('data', (text: string) => (output += text));
    address = await until('the address', () => {
      if (npm.exitCode !== null) throw new Error(output);
      return Promise.resolve(/Neuron Lens is ready: (\S+)/.exec(output)?.[1]);
    });
    processes = below(npm.pid!).map(({ pid }) => pid);
  });
  after(() => {
    for (const pid of processes.filter(runs)) process.kill(pid, 'SIGKILL');
  });

  it('shows a sample, and at a reload of its address the tabs that were there', async () => {
    const page = await newPage();
    const tabs = async () =>
      (await page.locator('.tab').allInnerTexts()).map((text) => text.replace(/\s/g, ''));
    await page.goto(address);
    await page.locator('.tab', { hasText: 'flower.csv' }).waitFor();
    await page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'iris.csv' }).dblclick();
    await page.locator('.tab', { hasText: 'iris.csv' }).waitFor();
    await savedWith(page, 'iris.csv');
    await page.reload();
    await page.locator('.tab', { hasText: 'iris.csv' }).waitFor();
    assert.deepEqual(await tabs(), ['flower.csv', 'iris.csv']);
    await page.context().close();
  });

  it('ends with npm when that alone is told to, and leaves nothing', async () => {
    const folder = new URL(address).searchParams.get('folder')!;
    assert.ok(existsSync(folder));
    // Windows of the page may have started more.
    processes = [...new Set([...processes, ...below(npm.pid!).map(({ pid }) => pid)])];
    assert.ok(processes.length >= 3, 'npm, the script and the server at least');
    npm.kill('SIGINT');
    await until('the end', () => Promise.resolve(processes.some(runs) ? undefined : true));
    assert.equal(existsSync(folder), false);
  });
});
