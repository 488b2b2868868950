import { whole } from '../../src/core/format';
import type { PictureFormat } from '../../src/protocol/lensRequests';
import { csvOf } from '../model/csv';
import { SvgPen } from '../model/svg';
import type { Picture } from '../pictures/picture';
import { fitted } from './axes';
import { paint } from './canvas';
import type { LensContext } from './context';
import { nameOf } from './examples';
import { svgTools } from './exportTools';
import type { Drawing, Pen } from './pen';
import type { Palette } from './theme';

const MARGIN = 16;
const TITLE = '600 15px sans-serif';
const SUBTITLE = '12px sans-serif';
/** Room for both lines. */
const HEAD = 48;
/** Pixels of a PNG for one of the page. */
const RATIO = 2;

/** What a picture is called where it stands alone. */
interface Heading {
  readonly title: string;
  readonly subtitle: string;
}

/** The bytes of a picture as a file of its own. */
export async function exported(
  context: LensContext,
  picture: Picture,
  format: PictureFormat,
): Promise<Uint8Array> {
  switch (format) {
    case 'csv':
      return new TextEncoder().encode(csvOf(picture.numbers('whole')));
    case 'png':
      return new Uint8Array(await (await imageOf(context, picture)).arrayBuffer());
    case 'svg': {
      const page = pageOf(context, picture);
      const pen = new SvgPen(svgTools);
      page.draw(pen, page.width, page.height);
      const { title, subtitle } = headingOf(context, picture);
      return new TextEncoder().encode(pen.file(`${title}: ${subtitle}`, page.width, page.height));
    }
    default:
      return format satisfies never;
  }
}

/** A picture as a PNG image, at twice its size in pixels. */
export async function imageOf(context: LensContext, picture: Picture): Promise<Blob> {
  const page = pageOf(context, picture);
  const canvas = document.createElement('canvas');
  paint(canvas, page.draw, page.width, page.height, RATIO);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error(`an image of ${page.width} × ${page.height} is larger than this browser makes`);
  return blob;
}

const headingOf = ({ run }: LensContext, picture: Picture): Heading => {
  const { file, dataset } = run.view.value;
  const epoch = run.measure.value?.epoch;
  const predicts = dataset ? ` predicts ${nameOf(dataset.target)}` : '';
  return {
    title: picture.title(),
    subtitle: `${file}${predicts}${epoch === undefined ? '' : `, epoch ${whole(epoch)}`}`,
  };
};

/** The picture on a background, below what it is called. */
function pageOf(context: LensContext, picture: Picture): Drawing {
  const drawing = picture.drawing();
  if (!drawing) throw new Error('there is nothing to draw yet');
  const colours = context.palette.value;
  const heading = headingOf(context, picture);
  const [width, height] = [drawing.width + 2 * MARGIN, drawing.height + HEAD + 2 * MARGIN];
  return {
    width,
    height,
    draw: (pen) => {
      pen.fillStyle = colours.background;
      pen.fillRect(0, 0, width, height);
      pen.save();
      pen.translate(MARGIN, MARGIN);
      writeHeading(pen, heading, drawing.width, colours);
      pen.translate(0, HEAD);
      drawing.draw(pen, drawing.width, drawing.height);
      pen.restore();
    },
  };
}

function writeHeading(pen: Pen, { title, subtitle }: Heading, width: number, { text, muted }: Palette): void {
  pen.textAlign = 'left';
  pen.textBaseline = 'top';
  pen.font = TITLE;
  pen.fillStyle = text;
  pen.fillText(fitted(pen, title, width), 0, 0);
  pen.font = SUBTITLE;
  pen.fillStyle = muted;
  pen.fillText(fitted(pen, subtitle, width), 0, 22);
}
