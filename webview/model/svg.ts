import { escapeXml, xmlText } from '../../src/core/xml';
import type { Pen } from '../ui/pen';
import { svgColour } from './svgColour';

/** What an SVG file cannot be made without and a browser knows. */
export interface SvgTools {
  /** The width of a text in pixels. */
  textWidth(font: string, text: string): number;
  /** A picture of cells as a data URI. */
  dataUri(image: HTMLCanvasElement): string;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

const TURN = 2 * Math.PI;
const ANCHORS = { left: 'start', start: 'start', center: 'middle', right: 'end', end: 'end' } as const;
/** How far below the named line the foot of the letters is, as a share of their size: not all viewers know the lines. */
const FEET = {
  top: 0.8,
  hanging: 0.8,
  middle: 0.35,
  alphabetic: 0,
  ideographic: -0.2,
  bottom: -0.2,
} as const;
const FONT = /^(?:(italic|oblique|normal) )?(?:(bold|bolder|lighter|normal|\d+) )?([\d.]+)px (.+)$/;

const round = (n: number): string => String(Math.round(n * 100) / 100);

/** Writes down what is drawn as SVG: paths and text stay what they are. */
export class SvgPen implements Pen {
  fillStyle = '#000';
  strokeStyle = '#000';
  globalAlpha = 1;
  lineWidth = 1;
  lineJoin: CanvasLineJoin = 'miter';
  font = '10px sans-serif';
  textAlign: CanvasTextAlign = 'start';
  textBaseline: CanvasTextBaseline = 'alphabetic';
  imageSmoothingEnabled = true;
  private dash: readonly number[] = [];
  /** Where the origin is, and the angle of what is drawn. */
  private origin: Point = { x: 0, y: 0 };
  private angle = 0;
  private clipPath = 0;
  private readonly saved: object[] = [];
  private path: string[] = [];
  private clipCount = 0;
  private openClip = 0;
  private readonly parts: string[] = [];

  constructor(private readonly tools: SvgTools) {}

  /** The file, as large as it is said to be. */
  file(title: string, width: number, height: number): string {
    this.clipTo(0);
    const size = `width="${round(width)}" height="${round(height)}" viewBox="0 0 ${round(width)} ${round(height)}"`;
    return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>\n<title>${xmlText(title)}</title>\n${this.parts.join('\n')}\n</svg>\n`;
  }

  save(): void {
    const { saved, parts, path, clipCount, openClip, tools, ...state } = this;
    saved.push(state);
  }
  restore(): void {
    Object.assign(this, this.saved.pop());
  }
  translate(x: number, y: number): void {
    this.origin = this.placed(x, y);
  }
  rotate(angle: number): void {
    this.angle += angle;
  }

  beginPath(): void {
    this.path = [];
  }
  moveTo(x: number, y: number): void {
    this.path.push(`M${this.pair(x, y)}`);
  }
  lineTo(x: number, y: number): void {
    this.path.push(`${this.path.length > 0 ? 'L' : 'M'}${this.pair(x, y)}`);
  }
  bezierCurveTo(cx1: number, cy1: number, cx2: number, cy2: number, x: number, y: number): void {
    this.path.push(`C${this.pair(cx1, cy1)} ${this.pair(cx2, cy2)} ${this.pair(x, y)}`);
  }
  arc(x: number, y: number, radius: number, from: number, to: number, counterclockwise = false): void {
    const signed = counterclockwise ? from - to : to - from;
    const extent = Math.abs(signed) >= TURN ? TURN : ((signed % TURN) + TURN) % TURN;
    const on = (angle: number) => [x + radius * Math.cos(angle), y + radius * Math.sin(angle)] as const;
    this.lineTo(...on(from));
    // In halves: an arc that ends where it began would be none.
    for (const share of [0.5, 1]) {
      const end = this.pair(...on(from + (counterclockwise ? -share : share) * extent));
      this.path.push(`A${round(radius)} ${round(radius)} 0 0 ${counterclockwise ? 0 : 1} ${end}`);
    }
  }
  rect(x: number, y: number, width: number, height: number): void {
    this.path.push(this.outline(x, y, width, height));
  }
  closePath(): void {
    if (this.path.length > 0) this.path.push('Z');
  }
  clip(): void {
    const within = this.clipPath > 0 ? ` clip-path="url(#clip${this.clipPath})"` : '';
    this.clipPath = ++this.clipCount;
    this.clipTo(0);
    this.parts.push(
      `<clipPath id="clip${this.clipPath}"${within}><path d="${this.path.join('')}"/></clipPath>`,
    );
  }
  fill(): void {
    this.add(`<path d="${this.path.join('')}"${this.filled}/>`);
  }
  stroke(): void {
    this.add(`<path d="${this.path.join('')}" fill="none"${this.stroked}/>`);
  }
  setLineDash(dash: number[]): void {
    this.dash = [...dash];
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    this.add(`<path d="${this.outline(x, y, width, height)}"${this.filled}/>`);
  }
  strokeRect(x: number, y: number, width: number, height: number): void {
    this.add(`<path d="${this.outline(x, y, width, height)}" fill="none"${this.stroked}/>`);
  }
  fillText(text: string, x: number, y: number, most?: number): void {
    this.addText(text, x, y, most, this.filled);
  }
  strokeText(text: string, x: number, y: number, most?: number): void {
    this.addText(text, x, y, most, ` fill="none"${this.stroked}`);
  }
  measureText(text: string): { readonly width: number } {
    return { width: this.tools.textWidth(this.font, text) };
  }
  drawImage(image: HTMLCanvasElement, x: number, y: number, width: number, height: number): void {
    const size = `width="${round(width)}" height="${round(height)}" preserveAspectRatio="none"`;
    const cells = this.imageSmoothingEnabled ? '' : ' image-rendering="pixelated"';
    const uri = escapeXml(this.tools.dataUri(image));
    this.add(`<image${this.place(x, y)} ${size}${this.faded}${cells} href="${uri}"/>`);
  }

  private addText(text: string, x: number, y: number, most: number | undefined, paint: string): void {
    const [, style = '', weight = '', size = '10', family = 'sans-serif'] = FONT.exec(this.font) ?? [];
    const foot = FEET[this.textBaseline] * Number(size);
    const isTooWide = most !== undefined && this.measureText(text).width > most;
    const attributes = [
      ...[this.place(x, y, foot), ` font-family="${escapeXml(family)}" font-size="${size}"`],
      style && style !== 'normal' ? ` font-style="${style}"` : '',
      weight && weight !== 'normal' ? ` font-weight="${weight}"` : '',
      this.textAlign === 'left' || this.textAlign === 'start'
        ? ''
        : ` text-anchor="${ANCHORS[this.textAlign]}"`,
      isTooWide ? ` textLength="${round(most)}" lengthAdjust="spacingAndGlyphs"` : '',
      paint,
    ];
    this.add(`<text${attributes.join('')}>${xmlText(text)}</text>`);
  }

  /** A point as the file has it. */
  private placed(x: number, y: number): Point {
    const [cos, sin] = [Math.cos(this.angle), Math.sin(this.angle)];
    return { x: this.origin.x + cos * x - sin * y, y: this.origin.y + sin * x + cos * y };
  }
  private pair(x: number, y: number): string {
    const at = this.placed(x, y);
    return `${round(at.x)} ${round(at.y)}`;
  }
  private outline(x: number, y: number, width: number, height: number): string {
    const [right, bottom] = [x + width, y + height];
    return `M${this.pair(x, y)}L${this.pair(right, y)}L${this.pair(right, bottom)}L${this.pair(x, bottom)}Z`;
  }
  private place(x: number, y: number, down = 0): string {
    const at = this.placed(x, y);
    if (this.angle === 0) return ` x="${round(at.x)}" y="${round(at.y + down)}"`;
    const degrees = round((this.angle / Math.PI) * 180);
    return ` y="${round(down)}" transform="translate(${round(at.x)} ${round(at.y)}) rotate(${degrees})"`;
  }

  private get faded(): string {
    return this.globalAlpha < 1 ? ` opacity="${round(this.globalAlpha)}"` : '';
  }
  private get filled(): string {
    return `${svgColour('fill', this.fillStyle)}${this.faded}`;
  }
  private get stroked(): string {
    const dash = this.dash.length > 0 ? ` stroke-dasharray="${this.dash.join(' ')}"` : '';
    const corners = this.lineJoin === 'miter' ? '' : ` stroke-linejoin="${this.lineJoin}"`;
    const width = ` stroke-width="${round(this.lineWidth)}"`;
    return `${svgColour('stroke', this.strokeStyle)}${width}${dash}${corners}${this.faded}`;
  }

  private add(element: string): void {
    this.clipTo(this.clipPath);
    this.parts.push(element);
  }
  /** What follows stands in a group of its own for each clip: a clip turns with an element that is turned itself. */
  private clipTo(clip: number): void {
    if (clip === this.openClip) return;
    if (this.openClip > 0) this.parts.push('</g>');
    if (clip > 0) this.parts.push(`<g clip-path="url(#clip${clip})">`);
    this.openClip = clip;
  }
}
