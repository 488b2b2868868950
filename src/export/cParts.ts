/** A text as a literal of C and C++, in ASCII: bytes of UTF-8 in octal, no trigraph, nothing that ends it. */
export function cText(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const parts = Array.from(bytes, (byte) => {
    const character = String.fromCharCode(byte);
    // Three digits always: what follows cannot become a part of it.
    return /^[ !#-%(->@-[\]-~]$/.test(character) ? character : `\\${byte.toString(8).padStart(3, '0')}`;
  });
  return `"${parts.join('')}"`;
}

/** A number as a literal that reads back to the same float64, and to the same float32 where it is one. */
export function cNumber(x: number): string {
  const text = Object.is(x, -0) ? '-0' : String(x);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

/** What stands between braces, over as many lines as it takes. */
export function cList(items: readonly string[]): string {
  const lines: string[] = [];
  for (let k = 0; k < items.length; k += 8) lines.push(items.slice(k, k + 8).join(', '));
  return items.length <= 8 ? `{${lines.join()}}` : `{\n  ${lines.join(',\n  ')}\n}`;
}
