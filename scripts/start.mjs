// npm start [-- folder] [--port N]: from a fresh clone to a VS Code with Neuron Lens in it.
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { Failure, ROOT, endsBySignal, main, run, step, tail } from './run.mjs';
import { ensureBuild, ensureTools, onPath } from './setup.mjs';
import { packageVsix } from './package.mjs';
import {
  QUIET_SETTINGS,
  address,
  installVsix,
  openInFirstWindow,
  remoteUri,
  serverHome,
  startServer,
  writeUserSettings,
} from './server.mjs';
import { copySamples, temporaryFolder } from './workspace.mjs';

const USAGE = 'Usage: npm start [-- folder] [--port number]';
const SAMPLE = 'flower.csv';

function parse(args) {
  let folder;
  let port;
  const rest = [...args];
  while (rest.length > 0) {
    const word = rest.shift();
    if (word === '--port' || word.startsWith('--port=')) {
      const text = word === '--port' ? (rest.shift() ?? '') : word.slice('--port='.length);
      port = Number(text);
      if (!/^\d+$/.test(text) || port < 1 || port > 65535)
        throw new Failure(`--port needs a number from 1 to 65535, not "${text}". ${USAGE}`);
    } else if (word.startsWith('-')) throw new Failure(`Unknown option ${word}. ${USAGE}`);
    else if (folder !== undefined) throw new Failure(`One folder at a time: ${folder} or ${word}? ${USAGE}`);
    else folder = existing(word);
  }
  return { folder, port };
}

function existing(word) {
  // npm runs us at the root of the project; a relative path is meant from where npm was called.
  const folder = path.resolve(process.env.INIT_CWD ?? process.cwd(), word);
  if (!existsSync(folder)) throw new Failure(`There is no folder ${folder}.`);
  if (!statSync(folder).isDirectory())
    throw new Failure(`${folder} is not a folder. Give the folder it is in.`);
  return folder;
}

/** The desktop's `code`. In the terminal of a remote window it cannot open a development window: leave it. */
const desktop = () => (process.env.VSCODE_IPC_HOOK_CLI ? undefined : onPath(['code']));

async function openDesktop(code, chosen) {
  await ensureBuild();
  // Kept: the window outlives this script.
  const folder = chosen ?? copySamples(temporaryFolder({ keep: true }));
  const file = chosen ? [] : [path.join(folder, SAMPLE)];
  const args = [
    '--new-window',
    '--disable-workspace-trust',
    `--extensionDevelopmentPath=${ROOT}`,
    folder,
    ...file,
  ];
  const { code: exit, output } = await step('Opening VS Code', () =>
    run(code, args, { shell: process.platform === 'win32' }),
  );
  if (exit === 0) {
    console.log(`Neuron Lens is ready in a new VS Code window on ${folder} — ${advice(chosen)}`);
    return true;
  }
  console.log(
    `${code} could not open a window, so here is VS Code in the browser instead.\n${tail(output, 3)}`,
  );
  return false;
}

async function openEmbedded(chosen, port) {
  const tools = await ensureTools();
  const vsix = await packageVsix();
  const temporary = temporaryFolder();
  const home = serverHome(temporary);
  writeUserSettings(home, QUIET_SETTINGS);
  const folder = chosen ?? copySamples(temporary);
  const server = await step('Starting VS Code', async () => {
    await installVsix(tools, home, vsix);
    return startServer(tools, home, { port });
  });
  endsBySignal();
  console.log(
    `Neuron Lens is ready: ${address(server.port, folder)} — open it and ${advice(chosen)} (Ctrl+C ends it)`,
  );
  // Should it fail, the file is a click away in the explorer.
  if (!chosen && process.platform !== 'win32')
    openInFirstWindow(home, remoteUri(server.port, path.join(folder, SAMPLE))).catch(() => undefined);
  const output = await server.ended;
  throw new Failure(`The VS Code server ended by itself.\n${tail(output)}`);
}

const advice = (chosen) =>
  chosen
    ? 'click "Train Neural Network" above the first line of a CSV file'
    : `click "Train Neural Network" above the first line of ${SAMPLE}`;

await main(async () => {
  const { folder, port } = parse(process.argv.slice(2));
  const code = desktop();
  // A port asks for the browser, whatever else is installed.
  if (code && port === undefined && (await openDesktop(code, folder))) return;
  await openEmbedded(folder, port ?? 0);
});
