// Our engine without V8's flags beside that of an earlier commit, so that who has no wide V8 does not pay for the others.
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { ROOT, must } from '../scripts/run.mjs';
import { buildPrograms, startOurs, versionOf } from './programs.mjs';
import { machine } from './results.mjs';
import { epochsFor, warm } from './speed.mjs';
import { Clock, VISITS, digits, quiet, times } from './timing.mjs';
import { WORKS, writeProblem } from './works.mjs';

/** So many times as long as before may an epoch take. */
const MOST_TIMES = 1.05;

/** The sources of a commit with what they build, in a folder of their own; git keeps no record of it. */
async function checkOut(commit, folder) {
  const root = path.join(folder, 'before');
  mkdirSync(root);
  const archive = path.join(folder, 'before.tar');
  const advice = 'Is it a commit of this repository?';
  await must(`Reading ${commit}`, advice, 'git', ['archive', '--output', archive, commit]);
  await must(`Unpacking ${commit}`, advice, 'tar', ['-xf', archive, '-C', root]);
  rmSync(archive);
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(root, 'node_modules'));
  await must(
    `Building ${commit}`,
    'Does it build where it is checked out?',
    process.execPath,
    ['esbuild.mjs'],
    {
      cwd: root,
    },
  );
  await buildPrograms(root);
  return root;
}

export async function against(node, folder, { commit, works: named, rounds, visits = VISITS }, print) {
  const hash = (
    await must('Looking up the commit', 'Is it one of this repository?', 'git', [
      ...['rev-parse', '--short', '--verify', `${commit}^{commit}`],
    ])
  ).trim();
  const root = await checkOut(hash, folder);
  const clock = new Clock();
  const started = await Promise.all([
    startOurs(node, { root, narrow: true }),
    startOurs(node, { narrow: true }),
    startOurs(node),
  ]);
  try {
    const works = WORKS.filter(({ work }) => !named || named.includes(work));
    const all = new Map(works.map((work) => [work, started.map(() => [])]));
    const loads = new Map();
    for (let visit = 0; visit < visits; visit++) {
      for (const work of works) {
        if (!loads.has(work)) loads.set(work, await writeProblem(folder, work));
        const epochs = [];
        for (const { program } of started)
          epochs.push(epochsFor((await warm(program, loads.get(work), work.how)).ms));
        for (let round = 0; round < rounds; round++) {
          clock.look();
          for (const [k, { program }] of started.entries())
            all.get(work)[k].push((await program.ask({ cmd: 'train', epochs: epochs[k], ...work.how })).ms);
        }
        console.error(
          `${work.work}, visit ${visit + 1} of ${visits}: ${all
            .get(work)
            .map((each) => digits(quiet(each)))
            .join(', ')} ms`,
        );
      }
    }
    print(
      'Milliseconds an epoch, all threads: what widens by V8’s flags must not cost those who are without them.',
    );
    print();
    print(`- ${machine()}, Node ${await versionOf(node)}`);
    print(`- Before: ${hash}, ${started[0].about.version}; now: ${started[1].about.version}.`);
    print(`- ${clock.text(visits, rounds)}`);
    print();
    print(
      '| work | before | now, without the flags | now / before | at most | met | now, with the flags | before / with the flags |',
    );
    print('| --- | --: | --: | --: | --: | --: | --: | --: |');
    for (const work of works) {
      const [before, narrow, wide] = all.get(work).map(quiet);
      const good = narrow / before <= MOST_TIMES ? 'yes' : '**no**';
      print(
        `| ${work.title} | ${digits(before)} | ${digits(narrow)} | ${times(narrow / before)} | ${MOST_TIMES}× | ${good} | ${digits(wide)} | ${times(before / wide)} |`,
      );
    }
  } finally {
    for (const { program } of started) program?.end();
  }
}
