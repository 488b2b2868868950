import { escapeXml } from '../../src/core/xml';

/** A colour and its opacity apart, as programs beside browsers want it. */
export function svgColour(property: 'fill' | 'stroke', css: string): string {
  const rgba = /^rgba?\(\s*([\d.]+)[\s,]+([\d.]+)[\s,]+([\d.]+)(?:[\s,/]+([\d.]+)(%?))?\s*\)$/.exec(css);
  const hex = /^#(?:([\da-f]{6})([\da-f]{2})|([\da-f]{3})([\da-f]))$/i.exec(css);
  let [paint, opacity] = [escapeXml(css), 1];
  if (rgba) {
    paint = `rgb(${rgba
      .slice(1, 4)
      .map((part) => Math.round(Number(part)))
      .join()})`;
    opacity = rgba[4] === undefined ? 1 : Number(rgba[4]) / (rgba[5] ? 100 : 1);
  } else if (hex) {
    paint = `#${hex[1] ?? hex[3]}`;
    opacity = hex[2] ? parseInt(hex[2], 16) / 255 : parseInt(hex[4], 16) / 15;
  } else if (css === 'transparent') paint = 'none';
  return ` ${property}="${paint}"${opacity < 1 ? ` ${property}-opacity="${String(Math.round(opacity * 1000) / 1000)}"` : ''}`;
}
