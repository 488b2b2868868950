import * as assert from 'node:assert/strict';
import { KB, LIMIT, loadedBytes } from './loaded';
import { api, file, lensTitles, show, until } from './support';

describe('the extension at the start, where trainings of another window are kept', () => {
  it(`has loaded at most ${LIMIT / KB} kB of scripts before it reads them, behind the first CodeLens`, async function () {
    const { sessions } = await api();
    assert.equal(sessions.get(file('flower.csv')), undefined, 'nothing has read them yet');
    let before: ReturnType<typeof loadedBytes> | undefined;
    const restore = sessions.restore.bind(sessions);
    sessions.restore = () => {
      before ??= loadedBytes();
      return restore();
    };
    await show(file('flower.csv'));
    const titles = () => lensTitles(file('flower.csv'));
    await until('the training above its file', titles, ([first]) => first === 'Show Lens');
    assert.ok(before);
    this.test!.title += ` (${Math.ceil(before.bytes / KB)} kB)`;
    assert.ok(before.bytes <= LIMIT, `${before.bytes} bytes in ${before.scripts}`);
    assert.ok(loadedBytes().bytes > before.bytes, 'what reads them was loaded for it');
  });
});
