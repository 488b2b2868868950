// An extension beside ours in the same extension host: answers the benchmark, on this machine alone, with the delay of
// their event loop and the state of a training, and runs commands for it. The benchmark finds its port in a file.
const { execFileSync } = require('node:child_process');
const { writeFileSync } = require('node:fs');
const { createServer } = require('node:http');
const path = require('node:path');
const { monitorEventLoopDelay } = require('node:perf_hooks');
const vscode = require('vscode');

const OURS = 'neuron-lens.neuron-lens';
const MS = 1e6;

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
      const trainers = execFileSync('ps', ['-A', '-ww', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
        .split('\n')
        .map((line) => line.trim().split(/\s+/))
        .filter(
          ([, parent, ...args]) => Number(parent) === process.pid && args.join(' ').includes('trainer.js'),
        );
      if (trainers.length === 0) throw new Error('No process trains.');
      trainers.forEach(([pid]) => process.kill(Number(pid), 'SIGKILL'));
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
  context.subscriptions.push({
    dispose: () => {
      delay.disable();
      server.close();
    },
  });
};
