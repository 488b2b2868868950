// Mocha's spec reporter, which also writes its counts to a file: the totals of several runs are added up from those.
const { writeFileSync } = require('node:fs');
const Mocha = require('mocha');

module.exports = class CountingSpec extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const file = options.reporterOptions?.counts ?? options.reporterOption?.counts;
    runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures, pending } = this.stats;
      writeFileSync(file, JSON.stringify({ passed: passes, failed: failures, skipped: pending }));
    });
  }
};
