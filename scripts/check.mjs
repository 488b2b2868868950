// npm run check: the types, ESLint and Prettier, all of them even when one fails.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { ROOT, main, run, step, tail } from './run.mjs';
import { ensureDependencies } from './setup.mjs';

const tool = (...parts) => path.join(ROOT, 'node_modules', ...parts);

await main(async () => {
  await ensureDependencies();
  const projects = readdirSync(ROOT).filter((name) => /^tsconfig\..+\.json$/.test(name));
  const checks = [
    ...projects.map((project) => [`types (${project})`, [tool('typescript', 'bin', 'tsc'), '-p', project]]),
    ['ESLint', [tool('eslint', 'bin', 'eslint.js'), '.']],
    ['Prettier', [tool('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level', 'warn', '.']],
  ];
  const results = [];
  for (const [name, args] of checks) {
    const { code, output } = await step(`Checking: ${name}`, () => run(process.execPath, args));
    if (code !== 0) console.log(`\n${name}:\n${tail(output, 200)}\n`);
    results.push({ name, good: code === 0 });
  }
  const bad = results.filter(({ good }) => !good);
  for (const { name, good } of results) console.log(`${good ? 'ok    ' : 'FAILED'} ${name}`);
  if (bad.some(({ name }) => name === 'Prettier')) console.log('npm run format mends what Prettier names.');
  console.log(
    bad.length === 0 ? 'All checks are good.' : `${bad.length} of ${results.length} checks failed.`,
  );
  if (bad.length > 0) process.exitCode = 1;
});
