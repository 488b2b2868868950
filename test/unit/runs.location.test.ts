import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LocationRefused, resolveLocation } from '../../src/runs/runLocation';

describe('the folder that trainings are to be kept in', () => {
  let above = '';
  let root = '';
  beforeEach(() => {
    above = realpathSync(mkdtempSync(path.join(tmpdir(), 'neuron-location-')));
    root = path.join(above, 'workspace');
    mkdirSync(path.join(root, 'data', 'deep'), { recursive: true });
    mkdirSync(path.join(above, 'elsewhere'));
  });
  afterEach(() => rmSync(above, { recursive: true, force: true }));

  const refuses = async (location: string, why: RegExp) =>
    assert.rejects(resolveLocation(root, location), (error) => {
      assert.ok(error instanceof LocationRefused, String(error));
      assert.match(error.message, why);
      return true;
    });

  it('lies in the workspace, whether it is there yet or not, and may be all of it', async () => {
    for (const location of ['runs', 'data/deep/runs', './data/../runs', '.', path.join(root, 'runs')])
      assert.equal(await resolveLocation(root, location), path.resolve(root, location));
  });

  it('may be reached by links that stay in the workspace', async () => {
    symlinkSync(path.join(root, 'data'), path.join(root, 'link'));
    assert.equal(await resolveLocation(root, 'link/runs'), path.join(root, 'data', 'runs'));
    const other = path.join(above, 'other-name');
    symlinkSync(root, other);
    assert.equal(await resolveLocation(other, 'runs'), path.join(root, 'runs'));
  });

  it('is refused outside of the workspace, by name', async () => {
    for (const location of ['..', '../elsewhere', 'data/../../elsewhere', '/', path.join(above, 'elsewhere')])
      await refuses(location, /does not lie in the workspace folder/);
    mkdirSync(path.join(above, 'workspace-2'));
    await refuses('../workspace-2', /does not lie in the workspace folder/);
  });

  it('is refused outside of the workspace, through links on the way or at its end', async () => {
    symlinkSync(path.join(above, 'elsewhere'), path.join(root, 'runs'));
    symlinkSync('../..', path.join(root, 'data', 'up'));
    for (const location of ['runs', 'runs/below', 'data/up/elsewhere'])
      await refuses(location, /does not lie in the workspace folder, once links are followed/);
  });

  it('is refused behind a link that leads nowhere, which may lead anywhere tomorrow', async () => {
    symlinkSync(path.join(above, 'not-yet'), path.join(root, 'runs'));
    for (const location of ['runs', 'runs/below']) await refuses(location, /a link on the way is broken/);
  });

  it('is refused where it is no folder', async () => {
    writeFileSync(path.join(root, 'runs'), '');
    await refuses('runs', /is no folder/);
  });
});
