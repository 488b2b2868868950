import { fork, type ChildProcess } from 'node:child_process';
import { failureOf, type Failure } from '../data/failure';
import type { Channel } from './channel';
import { deathOf, silenceOf } from './death';
import { ownBuffers } from './ownBuffers';
import { BEAT_MS, PATIENCE, Pulse, PULSE_PIPE, type Patience } from './pulse';

/** How much of what a process last said on stderr is kept, in characters. */
const LAST_WORDS = 8000;

export interface ProcessOptions {
  /** For the script. */
  readonly args?: readonly string[];
  /** For Node; nothing is inherited. */
  readonly execArgv?: readonly string[];
  /** What it says on stderr. */
  readonly onStderr?: (text: string) => void;
  readonly patience?: Patience;
  /** Calls again and again, every {@link BEAT_MS}, until what it returns is called. */
  readonly every?: (look: () => void) => () => void;
}

const everyBeat = (look: () => void) => {
  const timer = setInterval(look, BEAT_MS).unref();
  return () => clearInterval(timer);
};

/**
 * A process of our own. It shares nothing with the present one: small messages cross, as copies. One that is stopped or
 * stuck is told by its beats, and ended.
 */
export class ProcessChannel<To, From> implements Channel<To> {
  private readonly child: ChildProcess;
  private ended = false;
  private lastWords = '';
  private stopLooking: () => void = () => undefined;

  /** @param script the path of the bundle that it runs */
  constructor(
    script: string,
    onMessage: (message: From) => void,
    private readonly onFailure: (failure: Failure) => void,
    { args = [], execArgv = [], onStderr, patience = PATIENCE, every = everyBeat }: ProcessOptions = {},
  ) {
    this.child = fork(script, args, {
      execArgv: [...execArgv],
      env: ownEnvironment(process.env),
      serialization: 'advanced',
      // The last one is for its beats.
      stdio: ['ignore', 'ignore', 'pipe', 'ipc', 'pipe'],
    });
    this.child.on('message', (message) => {
      if (!this.ended) onMessage(ownBuffers(message) as From);
    });
    this.child.on('error', (error) => this.fail(failureOf(error)));
    this.child.on('close', (code, signal) => this.fail(deathOf(code, signal, this.lastWords)));
    this.child.stderr?.on('data', (text) => {
      onStderr?.(String(text));
      this.lastWords = (this.lastWords + String(text)).slice(-LAST_WORDS);
    });
    const pulse = new Pulse(patience);
    // A process that could not be started, as too many files are open, has no pipes: an error follows.
    const pipes = this.child.stdio as ChildProcess['stdio'] | undefined;
    pipes?.[PULSE_PIPE]?.on('data', (beats: Uint8Array) => beats.forEach((beat) => pulse.beat(beat)));
    this.stopLooking = every(() => {
      const seconds = pulse.look();
      if (seconds !== null) this.fail(silenceOf(seconds));
    });
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  post(message: To): void {
    // What cannot be sent, since the process has just died, nobody misses.
    if (!this.ended && this.child.connected) this.child.send(message as object, () => undefined);
  }

  dispose(): void {
    this.ended = true;
    this.stopLooking();
    // A process that is stopped hears nothing else.
    this.child.kill('SIGKILL');
  }

  private fail(failure: Failure): void {
    if (this.ended) return;
    this.dispose();
    this.onFailure(failure);
  }
}

/** The environment without what would change how Node, Electron or VS Code run: an inspector, a script loaded before ours. */
export function ownEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !/^(NODE|ELECTRON|VSCODE)_/i.test(name));
  // In desktop VS Code the program of the extension host is Electron's.
  return { ...Object.fromEntries(kept), ELECTRON_RUN_AS_NODE: '1' };
}
