import { signal, type ReadonlySignal } from '@preact/signals';

export type Rgb = readonly [number, number, number];

/** The colours of data. Those of the chrome are VS Code's own variables. */
export interface Palette {
  /** Diverging, centred at 0: orange below, blue above. */
  readonly negative: Rgb;
  readonly neutral: Rgb;
  readonly positive: Rgb;
  /** Classes, told apart by shape as well, and under every common colour blindness: a test says by how much. */
  readonly classes: readonly Rgb[];
  readonly text: string;
  readonly muted: string;
  /** Frames of maps. */
  readonly grid: string;
  /** Lines behind a curve, which must not be taken for one. */
  readonly gridLine: string;
  readonly background: string;
  /** Lines of the cost chart, in no class's colour. */
  readonly train: string;
  readonly test: string;
  /** What lies between the points of those lines. */
  readonly trainBand: string;
  readonly testBand: string;
  readonly mark: string;
  /** The curve of the run before. */
  readonly ghost: string;
}

/** The kinds of theme that VS Code has. */
export const KINDS = ['light', 'dark', 'highContrast', 'highContrastLight'] as const;
export type Kind = (typeof KINDS)[number];

const lightClasses: Rgb[] = [
  [196, 98, 0],
  [0, 98, 178],
  [2, 157, 94],
  [145, 44, 109],
  [177, 98, 232],
  [63, 48, 172],
  [165, 17, 214],
  [84, 124, 50],
  [108, 98, 77],
  [120, 121, 121],
];
const darkClasses: Rgb[] = [
  [255, 160, 60],
  [92, 176, 255],
  [177, 247, 170],
  [231, 98, 128],
  [253, 234, 69],
  [74, 125, 228],
  [190, 97, 140],
  [99, 216, 141],
  [125, 232, 250],
  [168, 160, 155],
];
const data: Record<Kind, Pick<Palette, 'negative' | 'neutral' | 'positive' | 'classes'>> = {
  light: {
    negative: [222, 120, 16],
    neutral: [247, 247, 247],
    positive: [18, 112, 196],
    classes: lightClasses,
  },
  dark: { negative: [236, 134, 36], neutral: [38, 40, 46], positive: [62, 152, 240], classes: darkClasses },
  highContrast: {
    negative: [255, 150, 40],
    neutral: [0, 0, 0],
    positive: [80, 170, 255],
    classes: darkClasses,
  },
  highContrastLight: {
    negative: [190, 86, 0],
    neutral: [255, 255, 255],
    positive: [0, 84, 166],
    classes: lightClasses,
  },
};

/** So faint that a line before it stays the clearest. */
const BAND_OPACITY = 0.22;
const GRID_OPACITY = 0.14;

function kindOf({ classList }: HTMLElement): Kind {
  if (classList.contains('vscode-high-contrast-light')) return 'highContrastLight';
  if (classList.contains('vscode-high-contrast')) return 'highContrast';
  return classList.contains('vscode-light') ? 'light' : 'dark';
}

function read(): Palette {
  const style = getComputedStyle(document.body);
  return paletteOf(
    kindOf(document.body),
    (name, fallback) => style.getPropertyValue(name).trim() || fallback,
    style.backgroundColor,
  );
}

/** @param variable what the theme has for one of VS Code's variables, else what stands in for it */
export function paletteOf(
  kind: Kind,
  variable: (name: string, fallback: string) => string,
  behind: string,
): Palette {
  const colours = data[kind];
  const text = variable('--vscode-foreground', kind.endsWith('ight') ? '#333' : '#ccc');
  return {
    ...colours,
    text,
    muted: variable('--vscode-descriptionForeground', text),
    grid: variable('--vscode-widget-border', 'rgba(128,128,128,.35)'),
    gridLine: css(kind.endsWith('ight') ? [90, 90, 90] : [200, 200, 200], GRID_OPACITY),
    background: variable('--lens-background', behind),
    train: text,
    test: css(colours.classes[5]),
    trainBand: css(kind.endsWith('ight') ? [90, 90, 90] : [200, 200, 200], BAND_OPACITY),
    testBand: css(colours.classes[5], BAND_OPACITY),
    mark: css(colours.classes[3]),
    ghost: css(kind.endsWith('ight') ? [110, 110, 110] : [160, 160, 160], 0.8),
  };
}

export const css = ([r, g, b]: Rgb, alpha = 1): string => `rgba(${r},${g},${b},${alpha})`;

/** The palette of VS Code's present theme, from now on. */
export function followTheme(): ReadonlySignal<Palette> {
  const palette = signal<Palette>(read());
  const observer = new MutationObserver(() => (palette.value = read()));
  observer.observe(document.body, { attributeFilter: ['class', 'style'] });
  observer.observe(document.documentElement, { attributeFilter: ['style'] });
  return palette;
}

export const mix = (a: Rgb, b: Rgb, t: number): Rgb => [
  a[0] + (b[0] - a[0]) * t,
  a[1] + (b[1] - a[1]) * t,
  a[2] + (b[2] - a[2]) * t,
];

/** The diverging colour of `value` on a scale from −limit to limit. */
export function diverging({ negative, neutral, positive }: Palette, value: number, limit: number): Rgb {
  const t = limit > 0 ? Math.max(-1, Math.min(1, value / limit)) : 0;
  return t < 0 ? mix(neutral, negative, -t) : mix(neutral, positive, t);
}

/** The colours of a scale from `from` to `to` in steps too small to be seen, as the pixels of an image have them. */
export interface Ramp {
  readonly from: number;
  readonly to: number;
  readonly pixels: Uint32Array;
}

const STEPS = 256;

export function rampOf(from: number, to: number, colour: (value: number) => Rgb): Ramp {
  const bytes = new Uint8ClampedArray(4 * STEPS);
  for (let step = 0; step < STEPS; step++) {
    bytes.set([...colour(from + ((to - from) * step) / (STEPS - 1)), 255], 4 * step);
  }
  return { from, to, pixels: new Uint32Array(bytes.buffer) };
}

/** The pixel of a value; beyond an end of the scale it is that of the end. */
export function pixelOf({ from, to, pixels }: Ramp, value: number): number {
  const step = Math.round((STEPS - 1) * ((value - from) / (to - from)));
  // Also where the value is no number.
  return pixels[step > 0 ? Math.min(step, STEPS - 1) : 0];
}

export const classColour = ({ classes }: Palette, k: number): Rgb => classes[k % classes.length];

/** Whether white is easier to read on a colour than black: WCAG's contrast of both is the same at this luminance. */
export function isDark(colour: Rgb): boolean {
  const [r, g, b] = colour.map((part) => {
    const c = part / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b < 0.179;
}
