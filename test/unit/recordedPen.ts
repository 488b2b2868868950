import type { Pen } from '../../webview/ui/pen';

/** A word that a pen was told, and the colours that it had by then. */
export interface Told {
  readonly what: string;
  readonly args: readonly unknown[];
  readonly fill: unknown;
  readonly stroke: unknown;
}

/** What a pen is told, in a word each with its numbers. */
export function recorded(): { readonly pen: Pen; readonly told: readonly Told[] } {
  const told: Told[] = [];
  const kept = new Map<string, unknown>();
  const pen: object = new Proxy(
    {},
    {
      get: (_, what: string) =>
        kept.has(what)
          ? kept.get(what)
          : (...args: readonly unknown[]) => {
              told.push({ what, args, fill: kept.get('fillStyle'), stroke: kept.get('strokeStyle') });
              // About six pixels a character.
              return { width: String(args[0]).length * 6.5 };
            },
      set: (_, what: string, value: unknown) => {
        kept.set(what, value);
        return true;
      },
    },
  );
  return { pen: pen as Pen, told };
}
