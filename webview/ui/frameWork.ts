import { effect, signal, useSignalEffect } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

/** Milliseconds of script that the work of one frame of the screen may take; what is left waits for the next. */
export const BUDGET_MS = 5;

/** A drawing that comes again. */
export interface Drawing {
  run(): void;
  /** Milliseconds that it took last time: what it can be expected to take. */
  took: number;
}

/**
 * The work of the pictures, shared over the frames of the screen: in each as much as its time allows, so that the
 * editor's keys and pointer are never kept waiting. What has arrived comes first, then drawings, then computations.
 */
export class FrameWork {
  private readonly arrivals: (() => void)[] = [];
  private readonly drawings: Drawing[] = [];
  private readonly computations: (() => void)[] = [];
  private readonly afterwards: (() => void)[] = [];
  private isScheduled = false;
  /** Whether the frame before had no time left for the computations. */
  private haveWaited = false;

  /**
   * @param later calls back when the screen is drawn next
   * @param soon calls back once the components that a change concerns have been rendered, before the screen is drawn
   * @param now milliseconds
   */
  constructor(
    private readonly later: (work: () => void) => void,
    private readonly soon: (work: () => void) => void,
    private readonly now: () => number,
  ) {}

  /** Takes up what the host has sent, in the next frame. */
  arrive(work: () => void): void {
    this.arrivals.push(work);
    this.schedule();
  }

  draw(drawing: Drawing): void {
    this.drawings.push(drawing);
    this.schedule();
  }

  compute(work: () => void): void {
    this.computations.push(work);
    this.schedule();
  }

  /** Calls back in a frame to come, once no drawing waits. */
  whenDrawn(work: () => void): void {
    this.afterwards.push(work);
    this.schedule();
  }

  private schedule(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    this.later(() => this.runFrame());
  }

  private runFrame(): void {
    this.isScheduled = false;
    const end = this.now() + BUDGET_MS;
    if (this.arrivals.length === 0) {
      this.work(end, true);
      return;
    }
    try {
      for (const work of this.arrivals.splice(0)) work();
    } finally {
      // The components take their time, too, before anything is drawn.
      this.soon(() => this.work(end, false));
    }
  }

  /** @param drawsAny draws one at least, however long it takes: nothing waits for ever. */
  private work(end: number, drawsAny: boolean): void {
    try {
      if (drawsAny) this.drawNext();
      while (this.drawings.length > 0 && this.now() + this.drawings[0].took < end) this.drawNext();
      // Of the computations one is done in any two frames.
      if (this.haveWaited || this.now() < end) {
        do this.computations.shift()?.();
        while (this.computations.length > 0 && this.now() < end);
        this.haveWaited = false;
      } else this.haveWaited = this.computations.length > 0;
      if (this.drawings.length === 0) for (const work of this.afterwards.splice(0)) work();
    } finally {
      // A picture that cannot be drawn does not keep the others, and the frames to come, waiting.
      if (this.drawings.length + this.computations.length + this.afterwards.length > 0) this.schedule();
    }
  }

  private drawNext(): void {
    const drawing = this.drawings.shift();
    if (!drawing) return;
    const from = this.now();
    try {
      drawing.run();
    } finally {
      drawing.took = this.now() - from;
    }
  }
}

/** The work of this page. */
export const pageFrames = (): FrameWork =>
  new FrameWork(
    (work) => requestAnimationFrame(work),
    // Preact renders components a microtask after a signal has changed, and texts that are signals one after that.
    (work) => void Promise.resolve().then(Boolean).then(Boolean).then(work),
    () => performance.now(),
  );

/**
 * Draws at once, and again in a frame to come when a signal has changed that `draw` read; however often that happens
 * before its turn, it is drawn once, as it is then. Returns how to end it.
 */
export function drawnInTurn(frames: Pick<FrameWork, 'draw'>, draw: () => void): () => void {
  const turn = signal(0);
  const next: Drawing = { run: () => turn.value++, took: 0 };
  let drawn = -1;
  return effect(() => {
    const current = turn.value;
    if (current === drawn) {
      // Something that was read has changed; until its turn comes this follows the turn alone.
      frames.draw(next);
      return;
    }
    drawn = current;
    draw();
  });
}

/** The frames that the pictures of a page share. */
export const Frames = createContext<Pick<FrameWork, 'draw'>>({
  draw: (drawing) => requestAnimationFrame(() => drawing.run()),
});

/** {@link drawnInTurn} as an effect of a component. */
export function useDrawing(draw: () => void): void {
  const frames = useContext(Frames);
  useSignalEffect(() => drawnInTurn(frames, draw));
}
