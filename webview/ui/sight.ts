/**
 * Brings what somebody has just asked for into sight, once it is drawn; what is in sight stays where it is.
 * @param block `nearest` scrolls no further than needed; `center` leaves what stays at the top above it
 */
export function bringIntoSight(selector: string, block: 'nearest' | 'center' = 'nearest'): void {
  requestAnimationFrame(() => document.querySelector(selector)?.scrollIntoView({ block }));
}
