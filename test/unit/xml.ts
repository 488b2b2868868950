import assert from 'node:assert/strict';

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
}

const NAME = '[A-Za-z][\\w:-]*';
const TEXT = '(?:[^<>&]|&(?:amp|lt|gt|quot|#39);)*';
const TAG = new RegExp(`<(/?)(${NAME})((?: ${NAME}="${TEXT}")*)(/?)>(${TEXT})`, 'y');
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
const resolved = (text: string) => text.replace(/&([^;]+);/g, (_, name: string) => ENTITIES[name]);

/** The elements of a document in the order they open. Throws for a text that is not well-formed. */
export function elementsOf(xml: string): Element[] {
  assert.doesNotMatch(xml, /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/u);
  const open: string[] = [];
  const elements: Element[] = [];
  TAG.lastIndex = 0;
  let at = 0;
  while (at < xml.length) {
    const tag = TAG.exec(xml);
    assert.ok(tag, `no tag at ${JSON.stringify(xml.slice(at, at + 80))}`);
    at = TAG.lastIndex;
    const [, closes, name, attributes, isEmpty, text] = tag;
    if (closes) assert.equal(open.pop(), name);
    else {
      const pairs = [...attributes.matchAll(/ ([^=]+)="([^"]*)"/g)].map(([, key, value]) => [
        key,
        resolved(value),
      ]);
      assert.equal(new Set(pairs.map(([key]) => key)).size, pairs.length, 'an attribute twice');
      elements.push({
        name,
        attributes: Object.fromEntries(pairs) as Record<string, string>,
        text: resolved(text),
      });
      if (!isEmpty) open.push(name);
    }
    if (open.length === 0) assert.equal(text.trim(), '', 'text outside the root');
  }
  assert.deepEqual(open, []);
  return elements;
}
