const TOKEN =
  /[\s]*(?:(?<open>[[{])|(?<close>[\]}])|(?<mark>[,:])|"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null|NaN|-?Infinity)/y;
/** More of a text is not looked at. */
const MOST = 65_536;

/**
 * Whether a text is one JSON value (`one`) or one a line (`lines`), as far as it goes; undefined when it is no JSON.
 * `whole`: the text does not go on behind its end.
 */
export function jsonShape(text: string, whole: boolean): 'one' | 'lines' | undefined {
  const head = text.slice(0, MOST);
  const isWhole = whole && head.length === text.length;
  let depth = 0;
  let values = 0;
  TOKEN.lastIndex = 0;
  for (;;) {
    const from = TOKEN.lastIndex;
    const found = TOKEN.exec(head);
    if (!found) {
      // Where the head ends, a text or a number may be cut.
      const rest = head.slice(from).trim();
      const isCut = !isWhole && depth > 0 && /^(?:"(?:[^"\\]|\\.)*\\?|-?[\d.eE+-]*|[a-zA-Z]*)$/.test(rest);
      if ((rest !== '' && !isCut) || (isWhole && depth > 0)) return undefined;
      return values > 1 ? 'lines' : 'one';
    }
    const { open, close, mark } = found.groups ?? {};
    if (open) {
      if (depth === 0) values++;
      depth++;
    } else if (depth === 0) return undefined;
    else if (close) depth--;
    else if (mark === undefined && values === 0) return undefined;
  }
}
