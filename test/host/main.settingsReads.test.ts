import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { api, csv, file, inFolder, settingsOf, until } from './support';

/** How often the map `datasets` is taken from VS Code while `work` goes on: its globs are compiled each time. */
async function compilations(work: () => Promise<unknown>): Promise<number> {
  const { workspace } = vscode;
  const { getConfiguration } = workspace;
  let count = 0;
  const counting = (...of: Parameters<typeof getConfiguration>) => {
    const configuration = getConfiguration(...of);
    const get = (key: string): unknown => {
      if (key === 'datasets') count++;
      return configuration.get(key);
    };
    return { ...configuration, get };
  };
  Object.assign(workspace, { getConfiguration: counting });
  try {
    await work();
  } finally {
    Object.assign(workspace, { getConfiguration });
  }
  return count;
}

describe('the globs of neuronLens.datasets', () => {
  const FOLDER = 'globs';
  const writeHere = inFolder(FOLDER, { 'training.epochs': 20 });

  it('are compiled once a change, however many files are asked about and however often', async () => {
    await writeHere('one.csv', csv('a,b', '1,2'));
    const { fileSettings } = await api();
    const epochsOf = (k: number) => fileSettings.read(file(`${FOLDER}/${k}.csv`)).settings['training.epochs'];
    const files = Array.from({ length: 100 }, (_, k) => k);
    const asked = async () => [...files, ...files].map(epochsOf);
    const change = async (epochs: number) => {
      await settingsOf(`${FOLDER}/7.csv`, { 'training.epochs': epochs });
      await until(
        'the settings',
        async () => epochsOf(7),
        (seen) => seen === epochs,
      );
    };
    await change(7);
    assert.equal(await compilations(asked), 0);
    const afterwards = await compilations(async () => {
      await change(8);
      await asked();
    });
    assert.equal(afterwards, 1);
  });
});
