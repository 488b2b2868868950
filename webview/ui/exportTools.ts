import type { SvgTools } from '../model/svg';

/** The width of a text in CSS pixels. */
export function textWidth(font: string, text: string): number {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return 0;
  context.font = font;
  return context.measureText(text).width;
}

/** What a browser does for {@link SvgPen}. */
export const svgTools: SvgTools = { textWidth, dataUri: (image) => image.toDataURL('image/png') };
