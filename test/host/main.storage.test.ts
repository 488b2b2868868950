import * as assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { noticeText } from '../../src/host/trainingText';
import { ModelEditor } from '../../src/host/modelEditor';
import { runStorage } from '../../src/host/runStorage';
import { hashOf } from '../../src/host/trainedFiles';
import type { Sessions } from '../../src/session/sessions';
import type { SessionNotice } from '../../src/session/notice';
import { api, file, write } from './support';

const GARBLED = '{"version": 3, "uri": "file:///flower.csv", "id": "run-';

describe('a saved training that cannot be read', () => {
  it('is set aside as the window opens, and told in the log and to the training of its file', async () => {
    const folder = await fs.mkdtemp(path.join(tmpdir(), 'neuron-lens-'));
    const { fileSettings } = await api();
    const [warned, told]: [string[], [string, SessionNotice][]] = [[], []];
    const subscriptions: vscode.Disposable[] = [];
    const sessions = { all: [], notify: (uri: string, notice: SessionNotice) => told.push([uri, notice]) };
    try {
      await fs.writeFile(path.join(folder, 'run-1.run.json'), GARBLED);
      const places = runStorage({
        context: {
          ...{ globalStorageUri: vscode.Uri.file(folder), subscriptions },
        } as unknown as vscode.ExtensionContext,
        ...{ storage: folder, fileSettings },
        log: { warn: (text: string) => warned.push(text) } as unknown as vscode.LogOutputChannel,
        sessions: () => sessions as unknown as Sessions,
      });
      assert.deepEqual(await places.open(), []);
      await places.close();
      const [aside, ...others] = await fs.readdir(path.join(folder, 'set-aside'));
      assert.equal(await fs.readFile(path.join(folder, 'set-aside', aside), 'utf8'), GARBLED);
      assert.deepEqual(others, []);
      assert.equal(told.length, 1);
      const [[uri, notice]] = told;
      assert.equal(uri, 'file:///flower.csv');
      assert.ok(noticeText(notice).includes(aside), noticeText(notice));
      assert.equal(warned.length, 1);
      assert.ok(warned[0].includes(aside), warned[0]);
    } finally {
      vscode.Disposable.from(...subscriptions).dispose();
      await fs.rm(folder, { recursive: true });
    }
  });
});

describe('what a link to a file holds', () => {
  it('is what the file holds', async () => {
    const linked = await write('linked.csv', 'a,b\n1,2\n');
    const link = file('link.csv');
    await fs.symlink(linked.fsPath, link.fsPath);
    const hash = await hashOf(linked);
    assert.match(hash ?? '', /^[\da-f]{64}$/);
    assert.equal(await hashOf(link), hash);
  });
});

describe('a message from the page of a model', () => {
  it('is logged once where it is none, and the page goes on', async () => {
    const { extensionUri } = vscode.extensions.getExtension('neuron-lens.neuron-lens') ?? {};
    assert.ok(extensionUri);
    const [received, closed] = [new vscode.EventEmitter<unknown>(), new vscode.EventEmitter<void>()];
    const [posted, logged]: [{ type: string }[], string[]] = [[], []];
    const webview = {
      ...{ cspSource: '', html: '', options: {}, asWebviewUri: (uri: vscode.Uri) => uri },
      onDidReceiveMessage: received.event,
      postMessage: (message: { type: string }) => Promise.resolve(posted.push(message) > 0),
    };
    const panel = { webview, onDidDispose: closed.event, viewColumn: 1 } as unknown as vscode.WebviewPanel;
    const log = { error: (text: string) => logged.push(text) } as unknown as vscode.LogOutputChannel;
    new ModelEditor(file('absent.neuron.json'), panel, extensionUri, log);
    for (const message of [
      ...[null, 'hello', [], {}, { type: 'format the disk' }, { type: 'do', what: 'format' }],
      ...[
        { type: 'row', line: -1.5 },
        { type: 'predict', id: 'x', texts: 'abc', from: null },
      ],
    ])
      received.fire(message);
    assert.deepEqual(logged, ['A message of the page of a model is none that there is.']);
    assert.equal(posted.length, 0);
    const answered = new Promise<void>((resolve) => {
      webview.postMessage = (message) => Promise.resolve(posted.push(message) > 0).finally(resolve);
    });
    received.fire({ type: 'hello' });
    await answered;
    assert.deepEqual(
      posted.map(({ type }) => type),
      ['refused'],
    );
    closed.fire();
  });
});
