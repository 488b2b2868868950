import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { flagsFor } from '../../src/threads/v8Flags';

const WIDEN = '--experimental-wasm-revectorize';
const { arch, platform, versions } = process;

describe("V8's flags for the kernels", () => {
  it('widen loops on x64 from V8 13 on', () => {
    const widens = (v8: string, cpu = 'x64', system = 'linux') =>
      flagsFor({ arch: cpu, platform: system, v8 }).includes(WIDEN);
    assert.equal(widens('13.6.233.17-node.53'), true);
    assert.equal(widens('14.2.231.9-electron.0', 'x64', 'win32'), true);
    assert.equal(widens('12.4.254.21-node.57'), false);
    assert.equal(widens('13.6.233.17-node.53', 'arm64'), false);
    assert.equal(widens('13.6.233.17-node.53', 'x64', 'darwin'), false);
  });

  it('are known to the V8 that runs', () => {
    const flags = flagsFor({ arch, platform, v8: versions.v8 });
    const set = `${JSON.stringify(flags)}.forEach((flag) => require('v8').setFlagsFromString(flag))`;
    const { status, stderr } = spawnSync(process.execPath, ['-e', set], { encoding: 'utf8' });
    assert.equal(stderr, '');
    assert.equal(status, 0);
  });
});
