import v8 from 'node:v8';

/** The first V8 that widens strict 128-bit loops: that of Node 24. */
const FIRST_WIDENING = 13;

/** Has 128-bit loops run 256 bits wide where that keeps their bits. */
export const WIDENS = '--experimental-wasm-revectorize';

/** What a trainer's process is told that is to set them. */
export const WITH_FLAGS = 'with-flags';

/** A runtime, as `process` describes it. */
export interface Runtime {
  readonly arch: string;
  readonly platform: string;
  /** The version of V8. */
  readonly v8: string;
}

/**
 * V8's flags under which the kernels run best. The first three compile all of them with the optimising compiler at once
 * (in about 45 ms), so that no warm-up is needed; the last has 128-bit loops run 256 bits wide where that keeps their bits.
 */
export function flagsFor({ arch, platform, v8: version }: Runtime): string[] {
  const flags = ['--no-liftoff', '--no-wasm-lazy-compilation', '--no-wasm-dynamic-tiering'];
  // Elsewhere V8 does not know it, and says so on stderr.
  const widens = arch === 'x64' && platform !== 'darwin' && Number.parseInt(version, 10) >= FIRST_WIDENING;
  return widens ? [...flags, WIDENS] : flags;
}

/**
 * Sets them for the whole process, its later threads included. To be called before the first compilation of WebAssembly,
 * and never in a process that is not ours alone, such as the extension host. Returns what it has set.
 */
export function setV8Flags(): string[] {
  const { arch, platform, versions } = process;
  const flags = flagsFor({ arch, platform, v8: versions.v8 });
  flags.forEach((flag) => v8.setFlagsFromString(flag));
  return flags;
}
