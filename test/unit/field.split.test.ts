import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { random, type Random } from '../../src/core/random';
import { Problems } from '../../src/data/problems';
import { adviseSplit } from '../../src/data/table/splitAdvice';
import { splitQuestions } from '../../src/data/table/splitQuestions';
import { fixesOf } from '../../src/host/quickFixes';
import { textOf } from '../../src/host/text';
import type { FromTrainer, ToTrainer } from '../../src/protocol/trainer';
import type { Settings } from '../../src/settings/settings';
import { ProcessChannel } from '../../src/threads/processChannel';
import { checked, fieldFile } from '../field/reading';
import { FieldResults } from '../field/results';
import { until } from './sessionWorld';
import { course } from './course';

const results = new FieldResults('splits');
const CLI = path.join('out', 'programs', 'cli.js');

function adviceOn(text: string, changed: Partial<Settings> = {}): Problems {
  const settings = { ...course, ...changed };
  const problems = new Problems();
  adviseSplit(splitQuestions(checked(text, changed), settings), problems);
  return problems;
}
const brief = ({ list }: Problems) =>
  list.map((problem) => `${problem.code} ${'column' in problem.args ? problem.args.column : ''}`).join() ||
  'none';

const many = <T>(count: number, make: (i: number) => T) => Array.from({ length: count }, (_, i) => make(i));
const short = (value: number) => value.toFixed(3);
const day = (i: number) => new Date(Date.UTC(2022, 0, 1 + i)).toISOString().slice(0, 10);
const hour = (i: number) => new Date(Date.UTC(2024, 2, 1, i)).toISOString().slice(0, 16);
/** Rows of one person after the other, whose numbers are nearly the same and whose label is theirs. */
const people =
  (persons: number, each: number, row: (person: string, a: string, b: string, ill: boolean) => string) =>
  ({ normal, below }: Random) =>
    many(persons, (p) => {
      const [a, b, ill] = [normal(), normal(), below(2) === 1];
      return many(each, () => row(`p${p}`, short(a + 0.02 * normal()), short(b + 0.02 * normal()), ill));
    }).flat();

const flattering: [what: string, make: (random: Random) => string[], expected: string][] = [
  [
    'patients by number',
    (r) => [
      'patient_id,a,b,label',
      ...people(40, 8, (p, a, b, ill) => `${100 + Number(p.slice(1))},${a},${b},${ill ? 'ill' : 'well'}`)(r),
    ],
    'rows-in-groups patient_id',
  ],
  [
    'recordings of speakers, shuffled',
    (r) => {
      const rows = people(30, 12, (p, a, b, ill) => `${a},voice of ${p},${b},${Number(ill)}`)(r);
      return [
        'a,speaker,b,class',
        ...rows
          .map((row, i) => [(i * 7919) % rows.length, row] as const)
          .sort((x, y) => x[0] - y[0])
          .map(([, row]) => row),
      ];
    },
    'rows-in-groups speaker',
  ],
  [
    'sixteen subjects',
    (r) => [
      'subject,a,b,label',
      ...people(16, 25, (p, a, b, ill) => `${p},${a},${b},${ill ? 'yes' : 'no'}`)(r),
    ],
    'rows-in-groups subject',
  ],
  [
    'houses whose price is predicted',
    ({ normal }) => [
      'street,rooms,age,garden,price',
      ...many(40, (p) => {
        const [rooms, age, garden, price] = [normal(), normal(), normal(), normal()];
        return many(8, () =>
          [
            `street ${p}`,
            ...[rooms, age, garden].map((x) => short(x + 0.03 * normal())),
            short(price + 0.1 * normal()),
          ].join(),
        );
      }).flat(),
    ],
    'rows-in-groups street',
  ],
  [
    'a level that wanders by the hour',
    ({ normal }) => {
      let level = 0;
      return [
        'when,t,level',
        ...many(
          500,
          (i) => `${hour(i)},${short(normal())},${short((level += 0.3 * normal()) + 0.1 * normal())}`,
        ),
      ];
    },
    'rows-follow-order when',
  ],
  [
    'sales that grow, the newest first',
    ({ normal }) => [
      'day,visitors,sales',
      ...many(400, (i) => `${day(400 - i)},${short(normal())},${short((400 - i) / 60 + 0.2 * normal())}`),
    ],
    'rows-follow-order day',
  ],
  [
    'a date beside shuffled rows',
    ({ normal, below }) => [
      'date,x,y',
      ...many(400, () => {
        const i = below(700);
        return `${day(i)},${short(normal())},${short(i / 100 + Math.sin(i / 40) + 0.2 * normal())}`;
      }),
    ],
    'rows-follow-order date',
  ],
  [
    'a machine that was changed one day',
    ({ normal, below }) => [
      'date,load,state',
      ...many(300, (i) => `${day(i)},${short(normal())},${i > 170 === below(20) > 0 ? 'new' : 'old'}`),
    ],
    'rows-follow-order date',
  ],
];

/** Texts of whom each has one class. */
const whose: [what: string, make: (random: Random) => string[], expected: string][] = [
  [
    'twenty persons',
    (r) => [
      'person,a,b,label',
      ...people(20, 25, (p, a, b, ill) => `${p},${a},${b},${ill ? 'ill' : 'well'}`)(r),
    ],
    'rows-in-groups person',
  ],
  [
    'forty persons, who are left out as texts',
    (r) => [
      'person,a,b,label',
      ...people(40, 25, (p, a, b, ill) => `${p},${a},${b},${ill ? 'ill' : 'well'}`)(r),
    ],
    'rows-in-groups person',
  ],
  [
    'numbered samples',
    (r) => [
      'sample,a,b,label',
      ...people(15, 20, (p, a, b, ill) => `s-${p.slice(1)},${a},${b},${ill ? 'ill' : 'well'}`)(r),
    ],
    'rows-in-groups sample',
  ],
  [
    'employees by name',
    (r) => [
      'employee name,a,b,label',
      ...people(12, 25, (p, a, b, ill) => `${p} Smith,${a},${b},${ill ? 'ill' : 'well'}`)(r),
    ],
    'rows-in-groups employee name',
  ],
  [
    'persons of whom no number tells',
    ({ normal }) => [
      'person,a,label',
      ...many(400, (i) => `p${i % 16},${short(normal())},${i % 4 ? 'ill' : 'well'}`),
    ],
    'group-gives-away person',
  ],
  [
    'a code for each class',
    ({ normal }) => [
      'code,a,label',
      ...many(
        400,
        (i) => `${i % 4 ? 'ill' : 'well'} ${'uvw'[i % 3]},${short(normal())},${i % 4 ? 'ill' : 'well'}`,
      ),
    ],
    'leakage code',
  ],
  [
    'towns of countries',
    ({ normal }) => [
      'town,a,label',
      ...many(
        400,
        (i) => `${['Rome', 'Milan', 'Ulm', 'Bonn'][i % 4]},${short(normal())},${i % 4 < 2 ? 'it' : 'de'}`,
      ),
    ],
    'leakage town',
  ],
];

const honest: [what: string, make: (random: Random) => string[]][] = [
  [
    'dates that say nothing, a number to predict',
    ({ normal }) => [
      'date,a,b,y',
      ...many(300, (i) => {
        const [a, b] = [normal(), normal()];
        return `${day(i)},${short(a)},${short(b)},${short(2 * a - b * b + 0.5 * normal())}`;
      }),
    ],
  ],
  [
    'dates that say nothing, classes',
    ({ normal }) => [
      'date,a,b,label',
      ...many(300, (i) => {
        const [a, b] = [normal(), normal()];
        return `${day(i)},${short(a)},${short(b)},${a + b * b > 0.7 ? 'yes' : 'no'}`;
      }),
    ],
  ],
  [
    'noise by the day',
    ({ normal }) => ['date,a,y', ...many(300, (i) => `${day(i)},${short(normal())},${short(normal())}`)],
  ],
  [
    'dates of birth',
    ({ normal, below }) => [
      'birthdate,a,income',
      ...many(300, () => {
        const d = below(15_000);
        return `${day(d - 20_000)},${short(normal())},${short(d / 5000 + 0.3 * normal())}`;
      }),
    ],
  ],
  [
    'thirty countries that differ in nothing',
    ({ normal, below }) => [
      'country,a,b,label',
      ...many(400, () => {
        const [a, b] = [normal(), normal()];
        return `land ${below(30)},${short(a)},${short(b)},${a * b > 0 ? 'yes' : 'no'}`;
      }),
    ],
  ],
  [
    'thirty countries that differ in a feature',
    ({ normal, below }) => {
      const of = many(30, () => normal());
      return [
        'country,a,b,y',
        ...many(400, () => {
          const c = below(30);
          const [a, b] = [of[c] + normal(), normal()];
          return `land ${c},${short(a)},${short(b)},${short(a - b + 0.3 * normal())}`;
        }),
      ];
    },
  ],
  [
    'species and sex',
    ({ normal, below }) => [
      'species,sex,mass,label',
      ...many(300, () => {
        const s = below(12);
        const mass = normal() + s;
        return `kind ${s},${below(2) ? 'm' : 'f'},${short(mass)},${s % 3 ? 'yes' : 'no'}`;
      }),
    ],
  ],
  [
    'customers who order whatever',
    ({ normal, below }) => [
      'customer_id,amount,items,label',
      ...many(400, () => {
        const a = normal();
        return `${1000 + below(60)},${short(a)},${below(9)},${a > 0.3 ? 'yes' : 'no'}`;
      }),
    ],
  ],
  [
    'names of products',
    ({ normal, below }) => [
      'product,price,weight,label',
      ...many(400, () => {
        const a = normal();
        return `product ${below(45)},${short(a)},${short(normal())},${a > 0 ? 'yes' : 'no'}`;
      }),
    ],
  ],
  [
    'notes of which some repeat',
    ({ normal, below }) => [
      'note,a,label',
      ...many(300, (i) => {
        const a = normal();
        return `note ${i % 3 ? i : below(20)},${short(a)},${a > 0 ? 'yes' : 'no'}`;
      }),
    ],
  ],
  [
    'two dozen rows',
    ({ normal }) => [
      'person,a,label',
      ...many(24, (i) => `p${i % 8},${short(normal())},${i % 2 ? 'yes' : 'no'}`),
    ],
  ],
];

describe('a split that flatters', () => {
  after(() => results.print());

  for (const [file, expected] of [
    ['T7-drift-in-time.csv', 'rows-follow-order time'],
    ['T11-groups.csv', 'rows-in-groups person'],
  ])
    it(`is named on ${file}, and not once it is split so`, () => {
      const found = adviceOn(fieldFile(file));
      results.add(file, brief(found), expected);
      assert.equal(brief(found), expected);
      assert.deepEqual(
        found.list.map(({ severity, line }) => [severity, line]),
        [['warning', 1]],
      );
      const [column] = fieldFile(file).split(',');
      assert.equal(brief(adviceOn(fieldFile(file), { 'data.splitColumn': column })), 'none');
    });

  for (const [what, make, expected] of flattering)
    it(`is named: ${what}`, () => {
      for (const seed of [1, 2, 3]) {
        const found = brief(adviceOn(make(random(seed, 'sample')).join('\n')));
        if (seed === 1) results.add(what, found, expected);
        assert.equal(found, expected, `seed ${seed}`);
      }
    });

  for (const [what, make, expected] of whose)
    it(`is told from leakage: ${what}`, () => {
      const text = make(random(1, 'sample')).join('\n');
      const found = checked(text);
      const { problems } = found.table;
      adviseSplit(splitQuestions(found, course), problems);
      const told = problems.list.flatMap(({ code, args }) =>
        'column' in args && /leakage|group/.test(code) ? [`${code} ${args.column}`] : [],
      );
      results.add(what, told.join(), expected);
      assert.equal(told.join(), expected);
      for (const problem of problems.list.filter(({ code }) => code === 'group-gives-away')) {
        const [fix] = fixesOf(problem, course);
        assert.ok('changes' in fix);
        assert.deepEqual(checked(text, fix.changes).table.problems.counts.get('group-gives-away'), undefined);
      }
    });

  for (const [what, make] of honest)
    it(`is not named where there is none: ${what}`, () => {
      for (const seed of [1, 2, 3]) {
        const found = brief(adviceOn(make(random(seed, 'sample')).join('\n')));
        if (seed === 1) results.add(what, found, 'none');
        assert.equal(found, 'none', `seed ${seed}`);
      }
    });

  it('is not named on any sample', () => {
    for (const name of ['cars', 'circles', 'flower', 'iris', 'moons', 'penguins', 'sine', 'spiral', 'xor'])
      assert.equal(brief(adviceOn(readFileSync(`samples/${name}.csv`, 'utf8'))), 'none', name);
  });

  it('is said with both scores and what to do', () => {
    const sentences = ['T7-drift-in-time.csv', 'T11-groups.csv'].flatMap((file) =>
      adviceOn(fieldFile(file)).list.map(textOf),
    );
    assert.match(
      sentences[0],
      /^The rows follow “time”\. A short trial with rows drawn by chance has an R² of 0\.\d+; where the last rows are told from those before them, it is -?\d\.\d+\. For a score that holds for rows to come, set neuronLens\.data\.splitColumn to “time” and neuronLens\.data\.splitBy to order\.$/,
    );
    assert.match(
      sentences[1],
      /^Rows with the same “person” are alike\. A short trial with rows drawn by chance has an accuracy of (0\.9\d+|1); where none of the same “person” is learnt from, it is 0\.\d+\. For a score that holds for others, set neuronLens\.data\.splitColumn to “person”\.$/,
    );
  });

  it('is mended by one fix, which names the column and the way', () => {
    const fixes = ['T7-drift-in-time.csv', 'T11-groups.csv'].flatMap((file) =>
      adviceOn(fieldFile(file)).list.flatMap((problem) => fixesOf(problem, course)),
    );
    assert.deepEqual(fixes, [
      {
        title: 'Test on the last rows by “time”',
        changes: { 'data.splitColumn': 'time', 'data.splitBy': 'order' },
      },
      {
        title: 'Keep rows of the same “person” together',
        changes: { 'data.splitColumn': 'person', 'data.splitBy': 'groups' },
      },
    ]);
  });

  it('holds no table, and tries on a few thousand numbers however large it is', () => {
    const { normal } = random(1, 'sample');
    const header = ['date', 'person', ...many(20, (k) => `x${k}`), 'y'];
    const rows = many(20_000, (i) =>
      [day(i >> 3), `p${i % 4000}`, ...many(20, () => short(normal())), short(normal())].join(),
    );
    const questions = splitQuestions(checked([header.join(), ...rows].join('\n')), course);
    assert.deepEqual(
      questions.map(({ kind }) => kind),
      ['order', 'groups'],
    );
    for (const { data } of questions) {
      assert.ok(data.X.data.length <= 4000 && data.X.data.buffer.byteLength === 8 * data.X.data.length);
      assert.ok(data.X.cols >= 100);
    }
  });

  it('is told by the command line: by check, and after a training', () => {
    const run = (...args: string[]) => {
      const { stdout } = spawnSync(process.execPath, [CLI, ...args], { encoding: 'utf8' });
      return stdout;
    };
    const file = 'test/field/T11-groups.csv';
    assert.match(run('check', file), /T11-groups\.csv:1:1: warning: Rows with the same “person” are alike\./);
    const check = JSON.parse(run('check', file, '--json')) as { problems: { code: string }[] };
    assert.ok(check.problems.some(({ code }) => code === 'rows-in-groups'));
    assert.match(
      run('train', file, '--epochs', '5'),
      /^Rows with the same “person” are alike\. .* set --split-column to “person”\.$/m,
    );
    const done = run('train', file, '--epochs', '5', '--json').trimEnd().split('\n').at(-1) ?? '';
    const { advice } = JSON.parse(done) as { advice: { code: string }[] };
    assert.deepEqual(
      advice.map(({ code }) => code),
      ['rows-in-groups'],
    );
    assert.doesNotMatch(run('train', file, '--epochs', '5', '--split-column', 'person'), /are alike/);
    assert.doesNotMatch(run('train', file, '--epochs', '5', '--test-fraction', '0'), /are alike/);
  });

  it('is told by the trainer once the training is over, not before', async () => {
    const said: FromTrainer[] = [];
    const channel = new ProcessChannel<ToTrainer, FromTrainer>(
      path.resolve('out', 'programs', 'trainer.js'),
      (message) => {
        said.push(message);
        if (message.type === 'loaded') channel.post({ type: 'resume' });
        if (message.type === 'progress') channel.post({ type: 'taken' });
      },
      (failure) => assert.fail(textOf(failure.message)),
    );
    channel.post({
      type: 'load',
      run: 'one',
      source: { kind: 'file', path: path.resolve('test', 'field', 'T11-groups.csv') },
      settings: { ...course, 'training.epochs': 20 },
      threads: 1,
      resumption: null,
      hash: null,
    });
    const tables = () => said.flatMap((each) => (each.type === 'checked' ? [each.table] : []));
    await until(() => tables().length === 2);
    channel.dispose();
    const isFinished = (each: FromTrainer) => each.type === 'progress' && each.progress.status === 'finished';
    assert.ok(said.findIndex(isFinished) < said.findLastIndex(({ type }) => type === 'checked'));
    const codes = tables().map(({ problems }) => problems.map(({ code }) => code));
    assert.ok(!codes[0].includes('rows-in-groups') && codes[1].includes('rows-in-groups'));
    assert.equal(tables()[1].problemCount, tables()[0].problemCount + 1);
  });
});
