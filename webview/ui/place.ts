/** The part of a window that its place in the page is kept by. */
export type Screen = Pick<Window, 'scrollY' | 'innerHeight' | 'scrollTo'> & {
  addEventListener(event: 'scroll', listener: () => void, options: { passive: true }): void;
};

/**
 * Keeps what is on the screen where it is while the page gets shorter for a while, as after a restart: `root` is at least
 * as high as what is in sight reaches down, until the person scrolls up. What else is turned to begins at its top, or where
 * it was left.
 */
export class ScrollPlace {
  private readonly left = new Map<string, number>();
  private shown = '';

  constructor(
    private readonly root: Pick<HTMLElement, 'style'>,
    private readonly screen: Screen,
  ) {
    screen.addEventListener('scroll', () => this.keep(screen.scrollY), { passive: true });
  }

  /** @param view the file and the page that are shown from now on */
  turnTo(view: string): void {
    if (view === this.shown) return;
    this.shown = view;
    const top = this.left.get(view) ?? 0;
    this.keep(top);
    this.screen.scrollTo({ top, behavior: 'instant' });
  }

  private keep(top: number): void {
    this.left.set(this.shown, top);
    const end = top > 0 ? top + this.screen.innerHeight : 0;
    this.root.style.setProperty('min-height', `${end}px`);
  }
}
