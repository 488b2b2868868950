// VS Code as a web server on this machine, and only for this machine: installing the VSIX, starting, addressing it.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import path from 'node:path';
import { Failure, PATIENCE, must, start, stop, tail } from './run.mjs';

const SOCKET_POLL_MS = 200;

/** Settings of a quiet window: nothing between the person and the CSV. */
export const QUIET_SETTINGS = {
  'security.workspace.trust.enabled': false,
  'workbench.startupEditor': 'none',
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.enableExperiments': false,
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'update.mode': 'none',
  'update.showReleaseNotes': false,
};

/**
 * What would be found for a table, said: trainings of tests go on for as long as their epochs say, and are to be computed
 * along with.
 */
export const COURSE_SETTINGS = {
  'neuronLens.model.hiddenLayers': [4],
  'neuronLens.training.optimizer': 'gradientDescent',
  'neuronLens.training.batchSize': 0,
  'neuronLens.training.epochs': 10_000,
  'neuronLens.training.l2': 0,
  'neuronLens.training.earlyStopping.patience': 0,
};

/** The folders one server lives in. Two servers with the same home, one after the other, are a restart. */
export function serverHome(folder) {
  const home = {
    data: path.join(folder, 'server'),
    user: path.join(folder, 'user'),
    extensions: path.join(folder, 'extensions'),
    sockets: path.join(folder, 'sockets'),
  };
  for (const part of Object.values(home)) mkdirSync(part, { recursive: true });
  return home;
}

export function writeUserSettings(home, settings) {
  mkdirSync(path.join(home.user, 'User'), { recursive: true });
  writeFileSync(path.join(home.user, 'User', 'settings.json'), JSON.stringify(settings, null, 2));
}

const homeFlags = (home) => [
  '--accept-server-license-terms',
  ...['--telemetry-level', 'off'],
  ...['--server-data-dir', home.data],
  ...['--user-data-dir', home.user],
  ...['--extensions-dir', home.extensions],
];

// An editor's terminal hands these down, and the server would take them for its own.
function cleanEnv() {
  const inherited = /^(VSCODE_|ELECTRON_|NODE_OPTIONS$|CODE_SERVER_)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !inherited.test(name)));
}

/** Where the server's windows make the sockets on which they listen to their terminals' `code`. */
const socketEnv = (home) => ({
  [process.platform === 'darwin' ? 'TMPDIR' : 'XDG_RUNTIME_DIR']: home.sockets,
});

/** Installs a VSIX as a user would. */
export const installVsix = (tools, home, vsix) =>
  must(
    'Installing the extension into VS Code',
    'Run npm run package to see whether the package itself can be made.',
    tools.node,
    [tools.server, '--install-extension', vsix, '--force', ...homeFlags(home)],
    { env: cleanEnv() },
  );

/** Starts the server and resolves when it listens; `ended` resolves with its output should it end by itself. */
export async function startServer(tools, home, { port = 0, testDriver = false } = {}) {
  const child = start(
    tools.node,
    [
      tools.server,
      ...['--host', '127.0.0.1', '--port', String(port), '--without-connection-token'],
      '--disable-getting-started-override',
      ...(testDriver ? ['--enable-smoke-test-driver', '--reconnection-grace-time', '5'] : []),
      ...homeFlags(home),
    ],
    { env: { ...cleanEnv(), ...socketEnv(home) } },
  );
  let output = '';
  const ended = new Promise((resolve) => child.once('close', () => resolve(output)));
  const listening = new Promise((resolve) => {
    const read = (text) => {
      output = (output + text).slice(-100_000);
      const bound = /Extension host agent listening on (\d+)/.exec(output);
      if (bound) resolve(Number(bound[1]));
    };
    child.stdout.setEncoding('utf8').on('data', read);
    child.stderr.setEncoding('utf8').on('data', read);
  });
  let timer;
  const late = new Promise((resolve) => (timer = setTimeout(resolve, PATIENCE.waitMs)));
  const bound = await Promise.race([listening, ended.then(() => undefined), late]);
  clearTimeout(timer);
  if (bound === undefined) {
    await stop(child);
    if (/EADDRINUSE/.test(output))
      throw new Failure(`Port ${port} is in use. Choose another, or leave --port out.`);
    throw new Failure(
      `The VS Code server did not start.\n${tail(output)}\nTry again after deleting .vscode-test/.`,
    );
  }
  return { port: bound, pid: child.pid, ended, output: () => output, stop: (grace) => stop(child, grace) };
}

/**
 * Opens a file in the first window of a server, as `code FILE` does in its terminal. In the address it would be opened
 * anew at every reload, instead of the tabs that were there.
 */
export async function openInFirstWindow(home, uri) {
  let name;
  while (!name) {
    name = readdirSync(home.sockets).find((each) => /^vscode-ipc-.*\.sock$/.test(each));
    if (!name) await new Promise((resolve) => setTimeout(resolve, SOCKET_POLL_MS));
  }
  const message = { type: 'open', fileURIs: [uri], folderURIs: [], forceReuseWindow: true };
  await new Promise((resolve, reject) => {
    const socketPath = path.join(home.sockets, name);
    const headers = { 'content-type': 'application/json' };
    request({ socketPath, path: '/', method: 'POST', headers }, (response) => {
      response.resume().once('end', resolve);
    })
      .once('error', reject)
      .end(JSON.stringify(message));
  });
}

/** A file or folder as the workbench in the browser names it. */
export const remoteUri = (port, file) => `vscode-remote://127.0.0.1:${port}${encodeURI(posix(file))}`;

/** The address that opens `folder`, or a window without one, with `payload` as the workbench's start-up arguments. */
export function address(port, folder, payload = []) {
  const query = new URLSearchParams(folder === null ? { ew: 'true' } : { folder: posix(folder) });
  if (payload.length > 0) query.set('payload', JSON.stringify(payload));
  return `http://127.0.0.1:${port}/?${query}`;
}

function posix(file) {
  const slashes = file.split(path.sep).join('/');
  return slashes.startsWith('/') ? slashes : `/${slashes}`;
}
