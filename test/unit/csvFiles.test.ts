import * as assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import picomatch from 'picomatch';
import { CSV_CONDITION, CSV_GLOBS, isCsv, isCsvName } from '../../src/host/csvFiles';

interface Manifest {
  readonly contributes: {
    readonly languages: readonly { readonly id: string; readonly extensions: readonly string[] }[];
    readonly menus: Record<string, readonly { readonly command: string; readonly when?: string }[]>;
  };
}
const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;

const CSVS = ['a.csv', 'a.tsv', 'A.CSV', 'A.Tsv', 'a.csv.gz', 'a.TSV.GZ', 'a b.c.csv'];
const OTHERS = ['a.txt', 'csv', 'a.csv.bak', 'a.csvx', 'a.gz', 'a.csv.zip'];

describe('what is a CSV file', () => {
  it('is told by its name, in upper or lower case, packed or not', () => {
    for (const name of CSVS) assert.ok(isCsvName(`/somewhere/${name}`), name);
    for (const name of OTHERS) assert.ok(!isCsvName(`/somewhere.csv/${name}`), name);
  });

  it('is told by the language of an open document too', () => {
    assert.ok(isCsv({ languageId: 'csv', uri: { path: '/table.txt' } }));
    assert.ok(isCsv({ languageId: 'csv (semicolon)', uri: { path: '/table.csv' } }));
    assert.ok(!isCsv({ languageId: 'plaintext', uri: { path: '/table.txt' } }));
  });

  it('is found in a folder by the same rule', () => {
    const isFound = (name: string) => CSV_GLOBS.some((glob) => picomatch.isMatch(`folder/${name}`, glob));
    for (const name of CSVS) assert.ok(isFound(name), name);
    for (const name of OTHERS) assert.ok(!isFound(name), name);
  });

  it('has our commands in VS Code’s menus by the same rule', () => {
    const places = ['editor/title', 'explorer/context', 'editor/title/context'];
    const entries = places.flatMap((place) => contributes.menus[place]);
    // A Lens has a menu of its own in the title of its tab, and the file of a model in the explorer.
    const others = [
      "activeWebviewPanelId == 'neuronLens.lensPanel'",
      'resourceFilename =~ /\\.neuron\\.json$/',
    ];
    const onFiles = entries.filter(({ when = '' }) => !others.includes(when));
    const conditions = onFiles.map(({ when }) => when);
    assert.ok(conditions.length >= places.length);
    for (const condition of conditions) assert.equal(condition, CSV_CONDITION);
  });

  it('gets its language from VS Code by the same names', () => {
    for (const { id, extensions } of contributes.languages)
      for (const extension of extensions) assert.ok(isCsvName(`a${extension}`), `${id}: ${extension}`);
  });
});
