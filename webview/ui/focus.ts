/**
 * Keeps the focus inside `root`: where the focused element goes away, as a bar that has been answered does, it
 * moves to `root` itself rather than to the page's body. Returns how to end it.
 */
export function keepFocus(root: HTMLElement): () => void {
  root.tabIndex = -1;
  let focused: Element | null = null;
  const note = ({ target }: FocusEvent) => (focused = target instanceof Element ? target : null);
  const forget = ({ target }: FocusEvent) => {
    // An element that goes away loses the focus before it is gone: what the person did is known a task later.
    setTimeout(() => {
      if (focused === target && focused?.isConnected && document.activeElement !== focused) focused = null;
    });
  };
  const observer = new MutationObserver(() => {
    if (!focused || focused.isConnected) return;
    focused = null;
    if (document.activeElement === document.body) root.focus({ preventScroll: true });
  });
  root.addEventListener('focusin', note);
  root.addEventListener('focusout', forget);
  observer.observe(root, { childList: true, subtree: true });
  return () => {
    root.removeEventListener('focusin', note);
    root.removeEventListener('focusout', forget);
    observer.disconnect();
  };
}
