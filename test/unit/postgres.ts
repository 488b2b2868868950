import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const VERSIONS = '/usr/lib/postgresql';

/** A PostgreSQL of one's own, on a socket in a folder; `undefined` where Debian's is not there. */
export class Postgres {
  private constructor(
    private readonly folder: string,
    private readonly bin: string,
    private readonly user: { uid?: number; gid?: number },
  ) {}

  static start(): Postgres | undefined {
    const version = existsSync(VERSIONS) ? readdirSync(VERSIONS).at(-1) : undefined;
    if (version === undefined) return undefined;
    const id = (flag: string) =>
      Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout.trim());
    // It does not run as root.
    const user = process.getuid?.() === 0 ? { uid: id('-u'), gid: id('-g') } : {};
    const folder = mkdtempSync(path.join(tmpdir(), 'neuron-pg-'));
    if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid);
    const server = new Postgres(folder, path.join(VERSIONS, version, 'bin'), user);
    const data = path.join(folder, 'data');
    const isUp =
      server.run('initdb', ['-D', data, '-E', 'UTF8', '--locale=C.UTF-8', '-A', 'trust']).status === 0 &&
      server.run('pg_ctl', ['-D', data, '-w', '-o', `-k ${folder} -h ""`, '-l', `${data}/log`, 'start'])
        .status === 0;
    if (isUp) return server;
    rmSync(folder, { recursive: true, force: true });
    return undefined;
  }

  query(input: string) {
    const args = ['-h', this.folder, '-d', 'postgres', '-v', 'ON_ERROR_STOP=1', '-qAtX', '-f', '-'];
    return this.run('psql', args, input);
  }

  stop(): void {
    this.run('pg_ctl', ['-D', path.join(this.folder, 'data'), '-m', 'immediate', '-w', 'stop']);
    rmSync(this.folder, { recursive: true, force: true });
  }

  private run(name: string, args: readonly string[], input = '') {
    const options = { ...this.user, input, encoding: 'utf8', cwd: this.folder, timeout: 60_000 } as const;
    // The server keeps the output open that it was started with.
    const stdio = name === 'pg_ctl' ? ('ignore' as const) : ('pipe' as const);
    const { status, stdout, stderr } = spawnSync(path.join(this.bin, name), args, { ...options, stdio });
    return { status, stdout, stderr };
  }
}
