// An extension beside ours in the same extension host: answers the benchmark, on this machine alone, with the delay of
// their event loop and the state of a training, and runs commands for it. The benchmark finds its port in a file.
const { execFileSync } = require('node:child_process');
const { writeFileSync } = require('node:fs');
const { createServer } = require('node:http');
const path = require('node:path');
const { monitorEventLoopDelay } = require('node:perf_hooks');
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');
const vscode = require('vscode');

const OURS = 'neuron-lens.neuron-lens';
const MS = 1e6;

/** The processes that train for this extension host, with what they hold in memory. */
const trainers = () =>
  execFileSync('ps', ['-A', '-ww', '-o', 'pid=,ppid=,rss=,args='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(
      ([, parent, , ...args]) => Number(parent) === process.pid && args.join(' ').includes('trainer.js'),
    )
    .map(([pid, , kilobytes]) => ({ pid: Number(pid), kilobytes: Number(kilobytes) }));

/** A webview of nothing but a script, to compare a Lens with: a CodeLens opens it above files called .probe. */
function emptyWebview() {
  const command = 'bench.openEmptyWebview';
  const title = 'Open an Empty Webview';
  const script =
    "globalThis.paints.seen.push({ kind: 'script', at: performance.timeOrigin + performance.now() });";
  return [
    vscode.languages.registerCodeLensProvider(
      { pattern: '**/*.probe' },
      { provideCodeLenses: () => [new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), { title, command })] },
    ),
    vscode.commands.registerCommand(command, () => {
      const beside = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
      const panel = vscode.window.createWebviewPanel('bench.empty', 'Empty', beside, { enableScripts: true });
      panel.webview.html = `<!DOCTYPE html><html><body><script>${script}</script></body></html>`;
    }),
  ];
}

exports.activate = (context) => {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const session = async (file) => {
    const { sessions } = await vscode.extensions.getExtension(OURS).activate();
    const { status, measure, failure } = sessions.get(vscode.Uri.file(file)) ?? { status: 'none' };
    return { status, epoch: measure?.epoch ?? 0, failure };
  };
  const answers = {
    run: ({ command, file }) => vscode.commands.executeCommand(command, vscode.Uri.file(file)),
    session: ({ file }) => session(file),
    killTrainers: () => {
      const found = trainers();
      if (found.length === 0) throw new Error('No process trains.');
      found.forEach(({ pid }) => process.kill(pid, 'SIGKILL'));
    },
    configure: async ({ settings }) => {
      for (const [key, value] of Object.entries(JSON.parse(settings)))
        await vscode.workspace
          .getConfiguration('neuronLens')
          .update(key, value, vscode.ConfigurationTarget.Workspace);
    },
    memory: () => {
      // What is no longer used is no history.
      setFlagsFromString('--expose-gc');
      runInNewContext('gc')();
      const { heapUsed, arrayBuffers } = process.memoryUsage();
      const trainer = trainers().map(({ pid, kilobytes }) => [pid, 1024 * kilobytes]);
      return { host: heapUsed + arrayBuffers, trainer };
    },
    reset: () => delay.reset(),
    // The histogram holds the whole intervals between its ticks of 1 ms.
    delay: () => ({ max: delay.max / MS, p99: delay.percentile(99) / MS }),
  };
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url, 'http://127.0.0.1');
    try {
      const answer = await answers[pathname.slice(1)](Object.fromEntries(searchParams));
      response.end(JSON.stringify(answer ?? null));
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
  server.listen(0, '127.0.0.1', () =>
    writeFileSync(path.join(context.extensionPath, 'port'), String(server.address().port)),
  );
  context.subscriptions.push(...emptyWebview(), {
    dispose: () => {
      delay.disable();
      server.close();
    },
  });
};
