import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';

// A fresh clone has no node_modules: what an npm script needs of it is installed by the script itself.
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

/** The modules that a script loads before it does anything. */
const importsOf = (code: string): string[] =>
  [...code.matchAll(/^(?:import|export)\s(?:[^'"]*?\sfrom\s)?['"]([^'"]+)['"]/gm)].map(([, name]) => name);

/** The files of the project that a script is made of, and all else that it loads, each by who does. */
function loadedBy(entry: string) {
  const files = new Map<string, string>();
  const others: string[] = [];
  const waiting = [entry];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (files.has(file)) continue;
    const code = readFileSync(file, 'utf8');
    files.set(file, code);
    for (const name of importsOf(code)) {
      if (name.startsWith('.')) waiting.push(path.join(path.dirname(file), name));
      else others.push(`${name} in ${file}`);
    }
  }
  return { files, others };
}

describe('in a fresh clone', () => {
  it('all npm scripts are scripts of ours, for Node alone', () => {
    for (const [name, command] of Object.entries(scripts))
      assert.match(command, /^(exec )?node (scripts|bench)\/[\w-]+\.mjs( --\w+)?$/, name);
  });

  for (const [name, command] of Object.entries(scripts))
    it(`npm run ${name} begins without any package, and installs what it needs`, () => {
      const [entry] = /(scripts|bench)\/[\w-]+\.mjs/.exec(command) ?? [];
      assert.ok(entry);
      const { files, others } = loadedBy(entry);
      assert.deepEqual(
        others.filter((each) => !each.startsWith('node:')),
        [],
      );
      const calls = files.get(entry)?.match(/\b(ensure\w+|packageVsix|format)\(/g) ?? [];
      assert.ok(calls.length > 0, `${entry} sees to nothing that a fresh clone lacks`);
    });
});
