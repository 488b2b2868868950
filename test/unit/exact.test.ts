import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

describe('the record of the whole exactness matrix', () => {
  it('is of the weights that are compared with today: else run npm test -- golden --all', () => {
    const golden = createHash('sha256').update(readFileSync('test/golden/golden.json')).digest('hex');
    const record = readFileSync('test/EXACT.md', 'utf8');
    assert.ok(record.includes(`\`${golden}\``), 'test/EXACT.md is of an earlier golden.json');
    assert.match(record, /all are equal/);
  });
});
