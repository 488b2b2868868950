import * as assert from 'node:assert/strict';
import fc from 'fast-check';
import { cut, isWhole, LONGEST_TEXT, visible } from '../../src/core/format';
import { safeLines, safeName, safeText, safeWithIcon } from '../../src/host/safeText';

/** As VS Code 1.139 finds links in notifications and in the messages of views (base/common/linkedText.ts). */
const LINK = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/gi;
/** As VS Code finds icons in labels (base/common/iconLabels.ts). */
const ICON = /(\\)?\$\(([A-Za-z0-9-]+(?:~[A-Za-z]+)?)\)/g;
const UNSEEN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]/u;

/** A notification: shortened, on one line, then looked through for links. */
function acts(text: string): boolean {
  const shown = text
    .slice(0, 1000)
    .replace(/\r\n|\n|\r/g, ' ')
    .trim();
  return shown.search(LINK) >= 0 || text.search(LINK) >= 0 || text.search(ICON) >= 0;
}

const piece = fc.constantFrom(
  ...['[', ']', '(', ')', '](', '$', '$(', '\\', 'Repair', 'command:', 'command:x.y?%22z%22', 'https://a.b'],
  ...[
    '[a](command:b)',
    '[a](file:c "t")',
    '$(flame)',
    '$(sync~spin)',
    '\n',
    '\r\n',
    '\u2028',
    '\t',
    ' ',
    '\0',
  ],
  ...['\u200b', '\u200d', '\u202e', '\u2066', '\ufeff', '\u001b[31m', '\ud83d', '😀', 'x'],
);
const nasty = fc.array(piece, { maxLength: 24 }).map((pieces) => pieces.join(''));

describe('safe text', () => {
  it('takes a link and an icon apart by a blank, and is read as before', () => {
    assert.equal(
      safeText('[Repair this file](command:workbench.action.quickOpen?%22x%22)'),
      '[Repair this file] (command:workbench.action.quickOpen?%22x%22)',
    );
    assert.equal(safeText('[a [b]](https://c.d)'), '[a [b]] (https://c.d)');
    assert.equal(safeText('$(flame) \\$(flame) $$(a)(b)'), '$ (flame) \\$ (flame) $$ (a)(b)');
    assert.equal(safeText('[a]\u200b(command:b)'), '[a]‹U+200B›(command:b)');
  });

  it('leaves usual text alone', () => {
    for (const text of [
      'The target “Größe [m]” (cm) costs $5; naïve, 数据, עברית, \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645, 👩‍💻.',
      'f(x)[0] (1)',
    ])
      assert.equal(safeText(text), text);
  });

  it('shows what cannot be seen', () => {
    assert.equal(visible('a\u001b[31mb\r\n\u202ec\u007f\u009bd'), 'a␛[31mb␍␊‹U+202E›c␡‹U+009B›d');
    assert.equal(visible('x\ud83d'), 'x‹U+D83D›');
    assert.equal(visible('a\u2065b\u034fc\u{e0041}'), 'a‹U+2065›b‹U+034F›c‹U+E0041›');
    assert.equal(visible('❤\ufe0f 葛\u{e0100}'), '❤\ufe0f 葛\u{e0100}');
  });

  it('holds no link, no icon and nothing unseen, whatever it is made of', () => {
    fc.assert(
      fc.property(nasty, fc.string({ unit: 'binary' }), (text, other) => {
        for (const safe of [safeText(text), safeText(other), safeText(text + other)]) {
          assert.ok(!acts(safe), safe);
          assert.doesNotMatch(safe, UNSEEN);
          assert.equal(safeText(safe), safe);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('holds none either where the name, the cell and the sentence each have a part of one', () => {
    fc.assert(
      fc.property(nasty, nasty, nasty, (name, cell, sentence) => {
        const safe = safeText(`${safeName(name)}${sentence}(${cut(cell)})${safeName(cell)}`);
        assert.ok(!acts(safe), safe);
      }),
      { numRuns: 2000 },
    );
  });

  it('keeps every character that is seen, in order', () => {
    const plain = (text: string) => text.replace(/[^\p{L}\p{N}[\]()$:]/gu, '');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        if (visible(text) === text) assert.equal(plain(safeText(text)), plain(text));
      }),
    );
  });

  it('lets our own icon stand before a text, and lines stay lines', () => {
    assert.equal(safeWithIcon('pulse', '$(flame).csv'), '$(pulse) $ (flame).csv');
    assert.equal(safeLines('Error: \u001b[2J\r\n    at x'), 'Error: ␛[2J\n    at x');
  });
});

describe('a text of a file', () => {
  it('says whether it is whole', () => {
    for (const text of ['', 'a…', 'x'.repeat(LONGEST_TEXT)]) assert.ok(isWhole(cut(text)), text);
    for (const text of ['x'.repeat(201), '😀'.repeat(101)]) assert.ok(!isWhole(cut(text)));
  });
});
