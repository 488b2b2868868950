// npm run check: the types, ESLint and Prettier, all of them even when one fails.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { ROOT, main, run, tail } from './run.mjs';
import { ensureDependencies } from './setup.mjs';

const tool = (...parts) => path.join(ROOT, 'node_modules', ...parts);

await main(async () => {
  await ensureDependencies();
  const projects = readdirSync(ROOT).filter((name) => /^tsconfig\..+\.json$/.test(name));
  const checks = [
    ['ESLint', [tool('eslint', 'bin', 'eslint.js'), '.']],
    ...projects.map((project) => [`types (${project})`, [tool('typescript', 'bin', 'tsc'), '-p', project]]),
    ['Prettier', [tool('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level', 'warn', '.']],
  ];
  const results = new Map();
  // Two at a time: each runs on one core. The first are the longest.
  const waiting = [...checks];
  const next = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const [name, args] = check;
      console.log(`Checking: ${name} …`);
      const { code, output } = await run(process.execPath, args);
      if (code !== 0) console.log(`\n${name}:\n${tail(output, 200)}\n`);
      results.set(name, code === 0);
    }
  };
  await Promise.all([next(), next()]);
  const bad = checks.map(([name]) => name).filter((name) => !results.get(name));
  for (const [name] of checks) console.log(`${results.get(name) ? 'ok    ' : 'FAILED'} ${name}`);
  if (bad.includes('Prettier')) console.log('npm run format mends what Prettier names.');
  console.log(bad.length === 0 ? 'All checks are good.' : `${bad.length} of ${checks.length} checks failed.`);
  if (bad.length > 0) process.exitCode = 1;
});
