// npm run test:desktop: the in-host tests in desktop VS Code, the oldest that the manifest allows and the newest.
// It downloads both, so it is for a machine that may; npm test runs the same suite without.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT, main } from './run.mjs';
import { ensureBuild, ensureTestBundles } from './setup.mjs';
import { countsOf, plan } from './host-launch.mjs';
import { serverHome, writeUserSettings } from './server.mjs';
import { copySamples, temporaryFolder } from './workspace.mjs';

await main(async () => {
  await ensureBuild();
  await ensureTestBundles();
  const { engines } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  const oldest = engines.vscode.replace(/^[^\d]+/, '');
  let passed = 0;
  let failed = 0;
  for (const version of [oldest, 'stable'])
    for (const counts of await runOn(version)) {
      passed += counts.passed;
      failed += counts.failed;
    }
  console.log(`\n${passed} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
});

async function runOn(version) {
  const { runTests } = await import('@vscode/test-electron');
  const homes = new Map();
  const results = [];
  for (const launch of plan()) {
    console.log(`\nIn-host tests on VS Code ${version}: ${launch.name}`);
    const home = homes.get(launch.home) ?? newHome();
    homes.set(launch.home, home);
    writeUserSettings(home, launch.settings);
    launch.prepare?.(home);
    const reason = await runTests({
      version,
      extensionDevelopmentPath: ROOT,
      extensionTestsPath: launch.entry,
      launchArgs: [
        home.workspace,
        ...['--user-data-dir', home.user, '--extensions-dir', home.extensions],
        ...['--disable-updates', '--skip-welcome', '--skip-release-notes'],
      ],
    }).then(
      () => undefined,
      (error) => error.message,
    );
    results.push(countsOf(launch, reason));
  }
  return results;
}

function newHome() {
  const folder = temporaryFolder();
  return { ...serverHome(folder), folder, workspace: copySamples(folder) };
}
