import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { checksOf, type CheckLine } from '../../src/cli/checks';
import { atOnce } from '../../src/cli/scores';
import { baselinesOf } from '../../src/core/baselines';
import type { Network, Parameters } from '../../src/core/network';
import { untilDone } from '../../src/core/trainer';
import { checkCodes } from '../../src/core/verdicts/checkCodes';
import { readOptionsOf } from '../../src/data/csv/readOptions';
import { readTable } from '../../src/data/csv/read';
import { makeDataset } from '../../src/data/dataset';
import { Problems } from '../../src/data/problems';
import { checkTable } from '../../src/data/table/check';
import { adviseSplit } from '../../src/data/table/splitAdvice';
import { splitQuestions } from '../../src/data/table/splitQuestions';
import { readValues, type RawSettings } from '../../src/settings/values';
import { TrainingRun } from '../../src/train/run';
import { cases, nearlyAnswer, QUICK, searched, xor } from './checkCases';
import { tableCases } from './checkCasesOfTables';
import { tableOf } from './checkTables';

/** All that the checks say of a training on a table, as `train --json` has it. */
function checksOn(text: string, raw: RawSettings, start?: (network: Network) => Parameters): CheckLine[] {
  const { settings, problems } = readValues({ 'training.threads': 1, ...raw });
  assert.deepEqual(problems, []);
  const bytes = new TextEncoder().encode(text);
  const checked = checkTable(
    readTable(() => [bytes], readOptionsOf(settings), { size: bytes.length }),
    settings,
  );
  const questions = splitQuestions(checked, settings);
  const ofTable = checked.table.problems.list;
  const run = new TrainingRun(makeDataset(checked, settings), settings, start);
  const left = () => run.epochs - run.epoch;
  while (left() > 0 && run.step(untilDone, () => undefined, left()) === 'epoch');
  const baselines = atOnce(baselinesOf(run.dataset, settings['training.seed']));
  const advice = new Problems();
  if (run.dataset.test.length > 0) adviseSplit(questions, advice);
  const checks = checksOf(run, baselines, [...ofTable, ...advice.list]);
  run.dispose();
  return checks;
}

const codes = (checks: readonly CheckLine[]) => checks.map(({ code }) => code);

describe('the checks of the model', () => {
  for (const { code, severity, says, raises, nearly } of [...cases, ...tableCases]) {
    it(`say ${code} of a table that has it, and not of one that nearly has`, () => {
      const [table, settings = QUICK, start] = raises;
      const found = checksOn(table, settings, start);
      const check = found.find((each) => each.code === code);
      assert.ok(check, `it says ${codes(found).join(', ') || 'nothing'}`);
      assert.equal(check.severity, severity);
      assert.match(check.message, says);
      assert.match(check.remedy, /^[A-Z].*\.$/, 'it says what can be done, apart');
      assert.ok(!check.message.includes(check.remedy));
      const [other, otherSettings = QUICK, otherStart] = nearly;
      const others = codes(checksOn(other, otherSettings, otherStart));
      assert.ok(!others.includes(code), others.join(', '));
    });
  }

  it('have, each of them, a table that raises it and one that nearly does', () => {
    const tried = [...[...cases, ...tableCases].map(({ code }) => code), searched.code];
    assert.deepEqual([...tried].sort(), [...checkCodes].sort());
  });
});

describe('what the checks say in all', () => {
  const rows = tableOf(1000, nearlyAnswer(0.005));

  for (const name of readdirSync('samples').filter((file) => file.endsWith('.csv'))) {
    it(`is nothing above information of ${name}, trained with the defaults`, () => {
      const found = checksOn(readFileSync(`samples/${name}`, 'utf8'), {});
      const above = found.filter(({ severity }) => severity !== 'information');
      assert.deepEqual(above, []);
    });
  }

  it('has what weighs more first', () => {
    const severities = checksOn(rows, QUICK).map(({ severity }) => severity);
    assert.ok(severities.includes('warning') && severities.includes('information'));
    assert.deepEqual(severities, [...severities].sort().reverse());
  });

  it('is without what is muted', () => {
    const all = codes(checksOn(rows, QUICK));
    assert.ok(all.includes('golden-feature'));
    const muted = codes(checksOn(rows, { ...QUICK, 'data.mutedChecks': ['golden-feature'] }));
    assert.deepEqual(
      muted,
      all.filter((code) => code !== 'golden-feature'),
    );
  });

  it('names what a person can do, and each code has its line in docs/checks.md', () => {
    const docs = readFileSync('docs/checks.md', 'utf8');
    for (const code of checkCodes) assert.match(docs, new RegExp(`^\\| \`${code}\` +\\|`, 'm'), code);
    const named = [...docs.matchAll(/^\| `([a-z-]+)`/gm)].map(([, code]) => code);
    assert.deepEqual([...named].sort(), [...checkCodes].sort());
    for (const { code, remedy } of checksOn(rows, QUICK)) assert.notEqual(remedy, '', code);
  });

  it('weighs less of a table so small that nothing is sure', () => {
    const stuck = { ...QUICK, 'model.initialization': 'zeros' };
    const severityOf = (table: string) =>
      checksOn(table, stuck).find(({ code }) => code === 'cost-stuck')?.severity;
    assert.deepEqual(
      [severityOf(tableOf(49, xor)), severityOf(tableOf(50, xor))],
      ['information', 'warning'],
    );
  });

  it('is one thing of a training that diverged', () => {
    const table = tableOf(100, ({ normal }) => ({ a: normal(), b: normal(), y: 100 * normal() }));
    const found = checksOn(table, {
      ...QUICK,
      ...{ 'training.optimizer': 'gradientDescent', 'training.learningRate': 50 },
    });
    assert.deepEqual(codes(found), ['diverged']);
  });
});
