import { execFileSync } from 'node:child_process';

export interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** A process and those below it. */
export function below(pid: number): Process[] {
  const table = execFileSync('ps', ['-A', '-ww', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' });
  const all = table
    .trim()
    .split('\n')
    .map((line): Process => {
      const [, id, parent, command] = /^\s*(\d+)\s+(\d+)\s*(.*)$/.exec(line) ?? [];
      return { pid: Number(id), parent: Number(parent), command: command ?? '' };
    });
  const family = (root: Process): Process[] => [
    root,
    ...all.filter(({ parent }) => parent === root.pid).flatMap(family),
  ];
  return all.filter((each) => each.pid === pid).flatMap(family);
}

/** The extension hosts of a server's windows. */
export const extensionHosts = (server: number): number[] =>
  below(server)
    .filter(({ command }) => command.includes('--type=extensionHost'))
    .map(({ pid }) => pid);
