import { parentPort } from 'node:worker_threads';
import { ownBuffers } from './ownBuffers';

/** The way back to whoever has started this thread or process. */
export interface Port<To, From> {
  /** @param transfer buffers that are not needed here any more */
  post(message: From, transfer?: readonly ArrayBuffer[]): void;
  listen(onMessage: (message: To) => void): void;
}

/** The port of the present thread or process. Throws where nobody has started it. */
export function openPort<To, From>(): Port<To, From> {
  if (parentPort) {
    const port = parentPort;
    return {
      post: (message, transfer = []) => port.postMessage(message, transfer),
      listen: (onMessage) => port.on('message', onMessage),
    };
  }
  if (!process.send) throw new Error('This runs in a thread, or in a process that was forked, only.');
  // Whoever asked is gone, and nobody hears any more.
  process.on('disconnect', () => process.exit());
  return {
    // What cannot be sent, since the channel has just closed, nobody misses.
    post: (message) => process.send?.(message, () => undefined),
    listen: (onMessage) => process.on('message', (message) => onMessage(ownBuffers(message) as To)),
  };
}
