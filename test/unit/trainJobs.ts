import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { jobOf } from '../../src/cli/exportJob';
import { parseModel } from '../../src/runs/modelFile';
import type { Settings } from '../../src/settings/settings';
import { course } from './course';

const PYTHON = '/usr/bin/python3';
/** What runs a script with a change to Python before it. */
const PATCHED =
  'import runpy, sys; exec(sys.argv[1]); sys.argv = sys.argv[2:]; runpy.run_path(sys.argv[0], run_name="__main__")';

export const hasTorch = (): boolean => spawnSync(PYTHON, ['-c', 'import torch']).status === 0;

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a script is started: on so many processes, with a change to Python in one of them. */
interface Start {
  readonly processes?: number;
  readonly patch?: { readonly rank: number; readonly code: string };
}

/** Scripts of trainings in a folder of their own, run as torchrun runs them. */
export class TrainJobs {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'neuron-job-'));

  at = (name: string): string => path.join(this.folder, name);
  read = (name: string): string => readFileSync(this.at(name), 'utf8');
  write = (name: string, content: string | Uint8Array): void => writeFileSync(this.at(name), content);
  model = (name = 'train.neuron.json') => parseModel(readFileSync(this.at(name)));
  dispose = (): void => rmSync(this.folder, { recursive: true, force: true });

  /** Writes a table, and the script of its training. */
  async export(
    table: string | Uint8Array,
    settings: Partial<Settings> = {},
    name = 'table.csv',
  ): Promise<void> {
    this.write(name, table);
    this.write('train.py', await jobOf(this.at(name), { ...course, ...settings }));
  }

  /** Runs the script; how each process ended, by rank. */
  async run(args: readonly string[] = [], { processes = 1, patch }: Start = {}): Promise<Ended[]> {
    const port = processes > 1 ? await freePort() : 0;
    const group = {
      ...{ MASTER_ADDR: '127.0.0.1', MASTER_PORT: String(port), WORLD_SIZE: String(processes) },
      LOCAL_WORLD_SIZE: String(processes),
    };
    const ranks = Array.from({ length: processes }, (_, rank) => {
      const own = patch?.rank === rank ? ['-c', PATCHED, patch.code] : [];
      const env = {
        ...{ ...process.env, OMP_NUM_THREADS: '1' },
        ...(processes > 1 && { ...group, RANK: String(rank), LOCAL_RANK: String(rank) }),
      };
      return ended(PYTHON, [...own, 'train.py', ...args], { cwd: this.folder, env });
    });
    return Promise.all(ranks);
  }

  /** The same under torchrun. */
  torchrun(processes: number, args: readonly string[] = []): Promise<Ended> {
    // With Python 3.11 the torchrun of Debian fails where nothing is kept in a file.
    const kept = ['-r', '1', '-t', '1', '--log_dir', this.at('log')];
    const how = ['--standalone', `--nproc_per_node=${processes}`, ...kept];
    return ended(PYTHON, ['-m', 'torch.distributed.run', ...how, 'train.py', ...args], {
      cwd: this.folder,
      env: process.env,
    });
  }
}

/** The costs of training and test part by epoch, as a script tells them. */
export function costsIn(stdout: string): Map<number, readonly [number, number | null]> {
  const lines = stdout.matchAll(/epoch (\d+) of \d+: cost ([^,]+), score [^;\n]+(?:; test: cost ([^,]+))?/g);
  return new Map(
    Array.from(lines, ([, epoch, cost, test]) => [
      Number(epoch),
      [Number(cost), test === undefined ? null : Number(test)],
    ]),
  );
}

function ended(command: string, args: string[], options: { cwd: string; env: NodeJS.ProcessEnv }) {
  return new Promise<Ended>((resolve, reject) => {
    const child = spawn(command, args, options);
    const [out, err]: string[][] = [[], []];
    child.stdout.setEncoding('utf8').on('data', (text: string) => out.push(text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => err.push(text));
    child.once('error', reject);
    child.once('close', (code, signal) =>
      resolve({ code, signal, stdout: out.join(''), stderr: err.join('') }),
    );
  });
}

const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
