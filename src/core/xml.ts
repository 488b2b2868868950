import { visible } from './format';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text between tags or within quotes; what XML cannot hold has to be out of it already. */
export const escapeXml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => ENTITIES[character]);

/** A text of a file as XML shows it, which has no room for control characters and halves of characters. */
export const xmlText = (text: string): string =>
  escapeXml(visible(text).replace(/[\ufffe\uffff]/g, '\ufffd'));
