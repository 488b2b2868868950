/**
 * Keeps what is on the screen where it is while the page gets shorter for a while, as after a restart: `root` is at least
 * as high as what is in sight reaches down, until the person scrolls up. Returns how to end it.
 */
export function keepPlace(root: HTMLElement): () => void {
  const keep = () => {
    const end = scrollY > 0 ? scrollY + innerHeight : 0;
    root.style.setProperty('min-height', `${end}px`);
  };
  addEventListener('scroll', keep, { passive: true });
  return () => removeEventListener('scroll', keep);
}
