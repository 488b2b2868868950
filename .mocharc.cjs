// What mocha in plain Node goes by, for a bundle that is run on its own too.
const { testMs } = require('./scripts/patience.json');

module.exports = { timeout: testMs };
