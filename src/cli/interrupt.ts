/** Ctrl+C while something goes on that can be cancelled. */
export interface Interrupt {
  readonly wasCancelled: boolean;
  /** Ctrl+C ends the program again, as it did before. */
  end(): void;
}

/** Has Ctrl+C cancel what goes on; a second one ends the program: whoever asks twice does not want to wait. */
export function onInterrupt(cancel: () => void): Interrupt {
  let wasCancelled = false;
  const interrupted = () => {
    if (wasCancelled) process.exit(130);
    wasCancelled = true;
    cancel();
  };
  process.on('SIGINT', interrupted);
  return {
    get wasCancelled() {
      return wasCancelled;
    },
    end: () => void process.off('SIGINT', interrupted),
  };
}
