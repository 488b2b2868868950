/** Where the bytes of a table are. `text` is the unsaved content of an editor. */
export type Source =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'text'; readonly text: string };
