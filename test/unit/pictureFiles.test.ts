import assert from 'node:assert/strict';
import { deflateSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { pictureMetadata, withMetadata } from '../../src/export/pictureMetadata';
import { crc32, withPngText } from '../../src/export/pngText';
import { PictureParts } from '../../src/host/pictureParts';
import type { SavePart } from '../../src/protocol/lensRequests';

import { Choices } from '../../webview/choices';
import { csvOf } from '../../webview/model/csv';
import { SvgPen } from '../../webview/model/svg';
import { svgColour } from '../../webview/model/svgColour';
import { stacked } from '../../webview/ui/pen';
import { chunksOf, sizeOf, textsOf } from './png';
import { elementsOf } from './xml';
import { course } from './course';

/** What a column may be called. */
const HOSTILE = [
  `<script>alert(1)</script>`,
  `"><image href="x" onerror="alert(1)"/>`,
  `]]></metadata><script/>`,
  `'''+__import__('os')…`,
  'a & b &amp; c',
  'null \u0000, escape \u001b[31m, half \ud800, none \uffff',
  '花びら، بتلة',
];

/** A PNG of one pixel. */
function onePixel(): Uint8Array {
  const chunk = (type: string, data: number[] | Uint8Array) => {
    const body = Buffer.concat([Buffer.from(type), Buffer.from(data)]);
    const around = Buffer.alloc(8);
    around.writeUInt32BE(data.length, 0);
    around.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([around.subarray(0, 4), body, around.subarray(4)]);
  };
  return Uint8Array.from(
    Buffer.concat([
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
      chunk('IHDR', [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]),
      chunk('IDAT', deflateSync(Buffer.from([0, 255]))),
      chunk('IEND', []),
    ]),
  );
}

const origin = (change: object = {}) => ({
  ...{
    picture: 'cost',
    file: 'flower.csv',
    target: 'petal',
    epoch: 120,
    engine: 'simd-3',
    learningRate: 1.2,
  },
  network: { sizes: [2, 4, 1], hidden: 'tanh' as const, output: 'sigmoid' as const },
  settings: { ...course, 'training.seed': 7 },
  edits: [],
  ...change,
});

describe('a text in a PNG', () => {
  it('has the checksum of the specification', () => {
    assert.equal(crc32(Buffer.from('IEND')), 0xae426082);
    assert.equal(crc32(Buffer.from('123456789')), 0xcbf43926);
  });

  it('comes back, in any writing and of any length, and no other chunk changes', () => {
    const png = onePixel();
    for (const text of ['', ...HOSTILE.map((name) => name.replace('\ud800', '')), 'x'.repeat(300_000)]) {
      const out = withPngText(png, 'Neuron Lens', text);
      assert.deepEqual(textsOf(out), { 'Neuron Lens': text });
      assert.deepEqual(
        chunksOf(out).filter(({ type }) => type !== 'iTXt'),
        chunksOf(png),
      );
      assert.deepEqual(sizeOf(out), [1, 1]);
    }
    assert.deepEqual(
      chunksOf(withPngText(png, 'Neuron Lens', 'x')).map(({ type }) => type),
      ['IHDR', 'iTXt', 'IDAT', 'IEND'],
    );
  });

  it('is refused where there is no PNG', () => {
    assert.throws(() => withPngText(Buffer.from('<svg/>'), 'Neuron Lens', ''), RangeError);
  });
});

describe('the metadata of a picture', () => {
  const read = (json: string) =>
    JSON.parse(json) as Record<string, unknown> & { settings: Record<string, unknown> };

  it('says what it follows from, without the folder, and nothing of how it is looked at', () => {
    const { settings, ...rest } = read(pictureMetadata(origin()));
    assert.deepEqual(rest, {
      ...{ madeBy: 'Neuron Lens', picture: 'cost', file: 'flower.csv', target: 'petal', epoch: 120 },
      ...{
        engine: 'simd-3',
        learningRate: 1.2,
        seed: 7,
        units: '2–4–1',
        activation: 'tanh',
        output: 'sigmoid',
      },
    });
    assert.equal(settings['training.seed'], 7);
    assert.deepEqual(settings['model.hiddenLayers'], course['model.hiddenLayers']);
    assert.ok(!Object.keys(settings).some((key) => key.startsWith('view.')));
  });

  it('has the settings of that epoch: an edit acts on what is trained after it', () => {
    const edit = (epoch: number, before: number, after: number) => ({
      ...{ kind: 'edit', epoch, changes: [{ key: 'training.l2', before, after }] },
    });
    const edits = [edit(100, 0, 0.1), edit(120, 0.1, 0.2), edit(500, 0.2, 0.3)];
    const settings = { ...course, 'training.l2': 0.3 };
    const at = (epoch: number) => read(pictureMetadata(origin({ epoch, edits, settings })));
    assert.deepEqual(
      [50, 100, 101, 120, 121, 501].map((epoch) => at(epoch).settings['training.l2']),
      [0, 0, 0.1, 0.1, 0.2, 0.3],
    );
    assert.deepEqual(at(101)['edits'], edits.slice(0, 1));
    assert.equal(at(100)['edits'], undefined);
  });

  it('stands in a PNG and in an SVG, whatever the columns are called', () => {
    for (const target of HOSTILE) {
      const json = pictureMetadata(origin({ target }));
      assert.equal(read(textsOf(withMetadata('png', onePixel(), json))['Neuron Lens'])['target'], target);
      const pen = new SvgPen({ textWidth: () => 0, dataUri: () => '' });
      const svg = withMetadata('svg', Buffer.from(pen.file(target, 10, 10)), json);
      const [root, metadata] = elementsOf(Buffer.from(svg).toString());
      assert.equal(root.name, 'svg');
      assert.equal(metadata.name, 'metadata');
      assert.equal(read(metadata.text)['target'], target);
    }
    assert.throws(() => withMetadata('svg', Buffer.from('<html>'), '{}'), RangeError);
    assert.throws(() => withMetadata('png', Buffer.from('<svg>'), '{}'), RangeError);
  });
});

describe('a drawing as SVG', () => {
  const canvas = {} as HTMLCanvasElement;
  const pen = () =>
    new SvgPen({ textWidth: (_, text) => 6 * text.length, dataUri: () => 'data:image/png;base64,AAAA' });
  const drawn = (draw: (pen: SvgPen) => void) => {
    const to = pen();
    draw(to);
    return elementsOf(to.file('A title', 100, 50)).slice(2);
  };

  it('has lines as paths, in the colours and dashes they were drawn in', () => {
    const [line, area, box] = drawn((to) => {
      to.beginPath();
      to.moveTo(1, 2);
      to.lineTo(3.456, 4);
      to.bezierCurveTo(1, 1, 2, 2, 3, 3);
      to.strokeStyle = 'rgba(10.4, 20, 30, 0.5)';
      to.lineWidth = 2;
      to.setLineDash([4, 3]);
      to.stroke();
      to.fillStyle = '#11223380';
      to.fill();
      to.setLineDash([]);
      to.strokeStyle = 'red';
      to.strokeRect(0, 0, 10, 5);
    });
    const d = 'M1 2L3.46 4C1 1 2 2 3 3';
    assert.deepEqual(line, {
      name: 'path',
      attributes: {
        ...{ d, fill: 'none', stroke: 'rgb(10,20,30)', 'stroke-opacity': '0.5' },
        ...{ 'stroke-width': '2', 'stroke-dasharray': '4 3' },
      },
      text: '\n',
    });
    assert.deepEqual(area.attributes, { d, fill: '#112233', 'fill-opacity': '0.502' });
    assert.deepEqual(box.attributes, {
      d: 'M0 0L10 0L10 5L0 5Z',
      fill: 'none',
      stroke: 'red',
      'stroke-width': '2',
    });
  });

  it('has circles and arcs of any direction', () => {
    const d = (draw: (to: SvgPen) => void) =>
      drawn((to) => {
        to.beginPath();
        draw(to);
        to.stroke();
      })[0].attributes['d'];
    assert.equal(
      d((to) => to.arc(5, 5, 2, 0, 2 * Math.PI)),
      'M7 5A2 2 0 0 1 3 5A2 2 0 0 1 7 5',
    );
    assert.match(
      d((to) => to.arc(0, 0, 2, 0, Math.PI / 2)),
      /^M2 0A2 2 0 0 1 1\.41 1\.41A2 2 0 0 1 0 2$/,
    );
    assert.match(
      d((to) => to.arc(0, 0, 2, 0, Math.PI / 2, true)),
      /^M2 0A2 2 0 0 0 -1\.41 -1\.41A2 2 0 0 0 0 2$/,
    );
  });

  it('stands where it is moved and turned, and comes back', () => {
    const [turned, text, straight] = drawn((to) => {
      to.save();
      to.translate(10, 20);
      to.rotate(-Math.PI / 2);
      to.fillStyle = 'red';
      to.fillRect(0, 0, 4, 2);
      to.textBaseline = 'middle';
      to.textAlign = 'center';
      to.fillText('up', 0, 0);
      to.restore();
      to.fillRect(0, 0, 1, 1);
    });
    assert.equal(turned.attributes['d'], 'M10 20L10 16L12 16L12 20Z');
    assert.equal(text.attributes['transform'], 'translate(10 20) rotate(-90)');
    assert.equal(text.attributes['text-anchor'], 'middle');
    assert.deepEqual(straight.attributes, { d: 'M0 0L1 0L1 1L0 1Z', fill: '#000' });
  });

  it('is clipped by what holds: clips within clips, and none after', () => {
    const elements = drawn((to) => {
      to.save();
      to.beginPath();
      to.rect(0, 0, 50, 50);
      to.clip();
      to.fillRect(0, 0, 1, 1);
      to.save();
      to.beginPath();
      to.rect(10, 10, 10, 10);
      to.clip();
      to.fillRect(0, 0, 2, 2);
      to.restore();
      to.fillRect(0, 0, 3, 3);
      to.restore();
      to.fillRect(0, 0, 4, 4);
    });
    assert.deepEqual(
      elements.map(({ name, attributes }) =>
        `${name} ${attributes['id'] ?? ''}${attributes['clip-path'] ?? ''}`.trim(),
      ),
      [
        ...['clipPath clip1', 'path', 'g url(#clip1)', 'path', 'clipPath clip2url(#clip1)', 'path'],
        ...['g url(#clip2)', 'path', 'g url(#clip1)', 'path', 'path'],
      ],
    );
  });

  it('has texts as texts that do nothing, whatever they are, and squeezes those that are too long', () => {
    for (const name of HOSTILE) {
      const to = pen();
      to.font = "600 15px 'A & B', sans-serif";
      to.fillText(name, 1, 2);
      const elements = elementsOf(to.file(name, 100, 50));
      assert.deepEqual(
        elements.map((element) => element.name),
        ['svg', 'title', 'text'],
      );
      assert.deepEqual(elements[2].attributes, {
        ...{ x: '1', y: '2', 'font-family': "'A & B', sans-serif", 'font-size': '15', 'font-weight': '600' },
        fill: '#000',
      });
      assert.equal(elements[1].text.trim(), elements[2].text.trim());
    }
    const [long] = drawn((to) => to.fillText('0123456789', 0, 0, 30));
    assert.equal(long.attributes['textLength'], '30');
  });

  it('has maps of cells as images, with hard edges where they are asked for', () => {
    const [image] = drawn((to) => {
      to.imageSmoothingEnabled = false;
      to.drawImage(canvas, 1, 2, 30, 40);
    });
    assert.deepEqual(image.attributes, {
      ...{ x: '1', y: '2', width: '30', height: '40', preserveAspectRatio: 'none' },
      ...{ 'image-rendering': 'pixelated', href: 'data:image/png;base64,AAAA' },
    });
  });

  it('takes each form of a colour', () => {
    const of = (css: string) => svgColour('fill', css);
    assert.equal(of('rgb(1 2 3 / 50%)'), ' fill="rgb(1,2,3)" fill-opacity="0.5"');
    assert.equal(of('#abc8'), ' fill="#abc" fill-opacity="0.533"');
    assert.equal(of('#abcdef'), ' fill="#abcdef"');
    assert.equal(of('transparent'), ' fill="none"');
    assert.equal(of('"/><script/>'), ' fill="&quot;/&gt;&lt;script/&gt;"');
  });

  it('stands below another one', () => {
    const drawing = (width: number, height: number) => ({
      ...{ width, height },
      draw: (to: Pick<SvgPen, 'fillRect'>) => to.fillRect(0, 0, width, height),
    });
    const both = stacked([drawing(30, 10), drawing(20, 5)]);
    assert.deepEqual([both.width, both.height], [30, 25]);
    const paths = drawn((to) => both.draw(to, 30, 25)).map(({ attributes }) => attributes['d']);
    assert.deepEqual(paths, ['M0 0L30 0L30 10L0 10Z', 'M0 20L20 20L20 25L0 25Z']);
  });
});

describe('the numbers of a picture as CSV', () => {
  it('are quoted as RFC 4180 says and come back as they were', () => {
    const rows = [['a,b', 'say "x"', 'two\r\nlines'], [...HOSTILE.slice(0, 3)], ['', ' spaces ', '=1+1']];
    const text = csvOf({ columns: ['one', 'a "column"', 'c'], rows });
    assert.ok(text.startsWith('one,"a ""column""",c\r\n"a,b","say ""x""","two\r\nlines"\r\n'));
    assert.deepEqual(parse(text, { record_delimiter: '\r\n' }), [['one', 'a "column"', 'c'], ...rows]);
  });

  it('keep every digit, with a plain minus sign and no thousands apart', () => {
    const numbers = [-0.1, 1 / 3, 12_345, 5e-324, -1.7976931348623157e308];
    const [, line] = csvOf({ columns: ['n'], rows: [numbers] }).split('\r\n');
    assert.equal(line, '-0.1,0.3333333333333333,12345,5e-324,-1.7976931348623157e+308');
    assert.deepEqual(line.split(',').map(Number), numbers);
  });
});

describe('a picture that comes in parts', () => {
  const bytes = Uint8Array.from({ length: 10 }, (_, k) => k);
  const part = (offset: number, length: number, change: Partial<SavePart> = {}): SavePart => ({
    ...{ type: 'save', id: 1, run: 'r', picture: 'cost', epoch: 3, format: 'png', total: 10 },
    ...{ offset, part: bytes.slice(offset, offset + length) },
    ...change,
  });

  it('is whole with its last part, also when two come in turns', () => {
    const parts = new PictureParts();
    assert.equal(parts.take(part(0, 4)), undefined);
    assert.equal(parts.take(part(0, 6, { id: 2 })), undefined);
    assert.deepEqual(parts.take(part(4, 6)), {
      ...{ type: 'save', run: 'r', picture: 'cost', epoch: 3, format: 'png', bytes },
    });
    assert.deepEqual(parts.take(part(6, 4, { id: 2 }))?.bytes, bytes);
  });

  it('is refused where a part is missing, and where it would fill the memory', () => {
    const parts = new PictureParts();
    parts.take(part(0, 4));
    assert.throws(() => parts.take(part(6, 4)), /got lost/);
    assert.throws(() => parts.take(part(4, 6)), /got lost/, 'what went wrong is not taken up again');
    assert.throws(() => parts.take(part(0, 4, { total: 2 ** 40 })), /larger than/);
    assert.throws(() => parts.take(part(0, 10, { total: 5 })), /got lost/);
  });

  it('leaves nothing when its Lens goes', () => {
    const parts = new PictureParts();
    parts.take(part(0, 4));
    parts.clear();
    assert.throws(() => parts.take(part(4, 6)), /got lost/);
  });
});

describe('whose numbers are shown', () => {
  it('is known after a reload, and nobody knew it before', () => {
    let state: unknown;
    const open = () => new Choices({ getState: () => state, setState: (next) => (state = next) });
    open().numbers.value = ['cost'];
    assert.deepEqual(open().numbers.value, ['cost']);
    const { numbers, ...before } = state as Record<string, unknown>;
    state = before;
    assert.deepEqual([numbers, open().numbers.value], [['cost'], []]);
  });
});
