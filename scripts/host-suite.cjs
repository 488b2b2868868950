// Runs inside an extension host: mocha on the test bundles of one launch. The entry files that host-launch.mjs
// writes call it; VS Code, in the browser or on the desktop, calls their run().
const { format } = require('node:util');
const { testMs } = require('./patience.json');

exports.runSuite = ({ files, counts, grep, mark = '', hold = false }) =>
  new Promise((resolve, reject) => {
    // In the browser this console comes out between the workbench's own lines: the mark tells them apart. Defined
    // rather than assigned, because the extension host has made its console deaf to assignment.
    const write = console.log.bind(console);
    if (mark) Object.defineProperty(console, 'log', { value: (...args) => write(mark + format(...args)) });
    // Only now: mocha keeps the console.log it finds when it is loaded.
    const Mocha = require('mocha');
    const mocha = new Mocha({
      ui: 'bdd',
      color: false,
      timeout: testMs,
      reporter: require.resolve('./count-reporter.cjs'),
      reporterOptions: { counts },
      ...(grep ? { grep } : {}),
    });
    for (const file of files) mocha.addFile(file);
    mocha.run((failures) => {
      // The window is to be closed as it stands, with its extension host alive: the launcher does that.
      if (hold) return;
      if (failures > 0) reject(new Error(`${failures} in-host test(s) failed`));
      else resolve();
    });
  });
