// Mocha's spec reporter, which also writes to a file what it counted and what failed: the end of a run of several
// suites adds up the numbers, and says the failures again where the last lines of a log are all that is kept.
const { writeFileSync } = require('node:fs');
const Mocha = require('mocha');

module.exports = class CountingSpec extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const file = options.reporterOptions?.counts ?? options.reporterOption?.counts;
    const { EVENT_TEST_FAIL, EVENT_RUN_END } = Mocha.Runner.constants;
    const said = [];
    runner.on(EVENT_TEST_FAIL, (test, error) =>
      said.push(`${test.titlePath().join(' › ')}: ${String(error?.stack ?? error).slice(0, 1_500)}`),
    );
    runner.once(EVENT_RUN_END, () => {
      const { passes, failures, pending } = this.stats;
      writeFileSync(file, JSON.stringify({ passed: passes, failed: failures, skipped: pending, said }));
    });
  }
};
