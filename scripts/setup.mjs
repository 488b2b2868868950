// What a fresh clone lacks: dependencies, a build, a VS Code without a download site, and a browser. Each once.
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Failure, ROOT, must, npm, run, step } from './run.mjs';

// Exact versions: a new server must be a decision with a test run behind it, never a surprise.
const NODE = '24.21.0';
const OTHER_NODES = ['20.20.2', '22.23.3'];
const EDITOR = '4.139.1'; // code-server, VS Code 1.139.1

const TOOLS = path.join(ROOT, '.vscode-test');
const NETWORK = 'Check the network connection and the npm registry (npm ping), then run the command again.';
const FLAGS = ['--ignore-scripts', '--loglevel=error', '--no-audit', '--no-fund'];

/** Does `body` unless `stamp` already holds `content`; written last, so that an interrupted step is done again. */
async function once(stamp, content, body) {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === content) return;
  rmSync(stamp, { force: true });
  await body();
  writeFileSync(stamp, content);
}

/** node_modules as package-lock.json has it. */
export async function ensureDependencies() {
  const lock = createHash('sha256')
    .update(readFileSync(path.join(ROOT, 'package-lock.json')))
    .digest('hex');
  const stamp = path.join(ROOT, 'node_modules', '.neuron-lens-lock');
  await once(stamp, lock, () =>
    step('Installing the dependencies (npm ci)', () =>
      must(
        'Installing the dependencies (npm ci)',
        NETWORK,
        ...npm(['ci', '--ignore-scripts', '--loglevel=error']),
      ),
    ),
  );
}

/** dist/: what is packaged. */
export const ensureBuild = () => build('Building');

/** out/: the test bundles and the programs they start; the kernels, too. */
export const ensureTestBundles = () => build('Building the tests', '--tests');

/** Lets Prettier write files anew. */
export async function format(...files) {
  await ensureDependencies();
  const prettier = path.join(ROOT, 'node_modules', 'prettier', 'bin', 'prettier.cjs');
  await must('Formatting (Prettier)', 'Mend what Prettier names above.', process.execPath, [
    ...[prettier, '--write', '--log-level', 'warn'],
    ...files,
  ]);
}

async function build(title, ...flags) {
  await ensureDependencies();
  await step(title, () =>
    must('The build', 'Mend the error above and run the command again.', process.execPath, [
      path.join(ROOT, 'esbuild.mjs'),
      ...flags,
    ]),
  );
}

/** The npm package that holds the Node binary of this platform. */
const nodePackage = () => `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;

/** A Node that the VS Code server runs on, and that server; both pinned, both outside the extension's dependencies. */
export async function ensureTools() {
  const node = await ensureNode();
  const folder = path.join(TOOLS, 'editor');
  const server = path.join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
  await once(path.join(folder, 'installed'), EDITOR, () =>
    step('Installing VS Code as a web server (once, about a minute, 700 MB)', async () => {
      freshFolder(folder);
      const install = (cwd, args) =>
        must('Installing the VS Code server', NETWORK, ...npm(['install', ...FLAGS, ...args], { node, cwd }));
      await install(folder, ['--no-save', `code-server@${EDITOR}`]);
      // Its own dependencies are left to a script that needs a compiler; all we need works without the native ones.
      await install(server, ['--omit=dev']);
      await install(path.join(server, 'extensions'), ['--omit=dev']);
    }),
  );
  return { node, server: path.join(server, 'out', 'server-main.js') };
}

/** The Node that the VS Code server and the benchmark run on. */
export async function ensureNode() {
  // npm has no such package for macOS: there it is the Node we run on, if the server runs on that.
  if (process.platform === 'darwin') {
    const major = Number.parseInt(process.versions.node, 10);
    if (major === 22 || major === 24) return process.execPath;
    throw new Failure(
      `The VS Code server needs Node 24, and this is ${process.version}. Run the command again with Node 24.`,
    );
  }
  return installNode('node', NODE);
}

/** The Nodes under which the engine has to end in the same bits: { version, path }, without a path where npm has none. */
export async function ensureNodes() {
  const nodes = [];
  for (const version of [...OTHER_NODES, NODE]) {
    const folder = version === NODE ? 'node' : `node-${Number.parseInt(version, 10)}`;
    nodes.push({
      version,
      path: process.platform === 'darwin' ? undefined : await installNode(folder, version),
    });
  }
  return nodes;
}

async function installNode(name, version) {
  const folder = path.join(TOOLS, name);
  const packageName = nodePackage();
  const binary = process.platform === 'win32' ? 'node.exe' : 'node';
  await once(path.join(folder, 'installed'), `${packageName}@${version}`, () =>
    step(`Installing Node ${version}`, async () => {
      freshFolder(folder);
      await must(
        `Installing Node ${version} (${packageName})`,
        NETWORK,
        ...npm(['install', ...FLAGS, '--no-save', `${packageName}@${version}`], { cwd: folder }),
      );
    }),
  );
  return path.join(folder, 'node_modules', packageName, 'bin', binary);
}

/** An empty folder with a package.json of its own, so that npm does not climb up into ours. */
function freshFolder(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
}

/** The path of a program on PATH, or undefined. */
export function onPath(names) {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', '.bat'] : [''];
  for (const folder of (process.env.PATH ?? '').split(path.delimiter).filter(Boolean))
    for (const name of names)
      for (const ending of endings) {
        const file = path.join(folder, name + ending);
        try {
          accessSync(file, constants.X_OK);
          return file;
        } catch {
          // not here
        }
      }
  return undefined;
}

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const WELL_KNOWN = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** A Chrome or Chromium for the tests: CHROME_PATH, else one that is installed, else (as root on Debian) installs it. */
export async function ensureBrowser() {
  const chosen = process.env.CHROME_PATH;
  if (chosen) {
    if (!existsSync(chosen)) throw new Failure(`CHROME_PATH is ${chosen}, and there is no such file.`);
    return chosen;
  }
  const found = onPath(BROWSERS) ?? WELL_KNOWN.find((file) => existsSync(file));
  if (found) return found;
  const root = process.getuid?.() === 0;
  if (!root || !onPath(['apt-get']))
    throw new Failure(
      'The tests need Chrome or Chromium. Install it (Debian, Ubuntu: sudo apt-get install chromium) or set CHROME_PATH.',
    );
  console.log('No Chrome or Chromium here: installing Debian’s chromium (apt-get install chromium) …');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const advice = 'Install Chromium yourself, or set CHROME_PATH to a Chrome, then run the command again.';
  // A stale third-party list must not stop us while Debian's own is fine: only the installation has to succeed.
  await run('apt-get', ['update', '-q'], { env });
  await must(
    'apt-get install chromium',
    advice,
    'apt-get',
    ['install', '-q', '-y', '--no-install-recommends', 'chromium'],
    { env },
  );
  const installed = onPath(BROWSERS);
  if (!installed) throw new Failure(`apt-get installed chromium, but it is not on PATH. ${advice}`);
  return installed;
}
