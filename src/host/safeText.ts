import { cut, visible } from '../core/format';

/**
 * A text as VS Code may show it anywhere, whatever file it comes from. `[label](command:id)`, which notifications and
 * the messages of views make a link that acts, and `$(icon)` are taken apart by a blank; what cannot be seen is shown.
 * The result stays as it is when it goes through again, so a whole sentence may be passed after its parts.
 */
export const safeText = (text: string): string =>
  visible(text).replaceAll('](', '] (').replaceAll('$(', '$ (');

/** A text of several lines, such as a stack trace, each of them safe. */
export const safeLines = (text: string): string => text.split(/\r?\n/).map(safeText).join('\n');

/** A name or a cell of a file on its own: a label. */
export const safeName = (name: string): string => safeText(cut(name));

/** An icon of ours before a safe text, for a place that has icons. */
export const safeWithIcon = (icon: string, text: string): string => `$(${icon}) ${safeText(text)}`;
