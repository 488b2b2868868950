import { layers } from '../core/format';
import type { Network } from '../core/network';
import { escapeXml } from '../core/xml';
import { settingKeys, type Settings } from '../settings/settings';
import { withPngText } from './pngText';

/** What a picture was drawn from. */
export interface PictureOrigin {
  readonly picture: string;
  /** The table's file, without its folder. */
  readonly file: string;
  readonly target: string;
  readonly epoch: number | null;
  readonly engine: string;
  /** What *auto* came to. */
  readonly learningRate: number;
  readonly network: Network | null;
  /** Those that act today, and the edits that made them so. */
  readonly settings: Settings;
  readonly edits: readonly Edit[];
  /** What was done to the weights. */
  readonly byHand?: readonly { readonly epoch: number; readonly change: unknown }[];
}

/** An edit of live settings, which acts on what is trained from an epoch on. */
interface Edit {
  readonly epoch: number;
  readonly changes: readonly { readonly key: string; readonly before: unknown; readonly after: unknown }[];
}

const KEYWORD = 'Neuron Lens';

/** All that the picture follows from but the table itself, as JSON. */
export function pictureMetadata({ settings, network, edits, byHand = [], ...origin }: PictureOrigin): string {
  const { epoch } = origin;
  const before = edits.filter((edit) => epoch === null || edit.epoch < epoch);
  const changed = byHand.filter((edit) => epoch === null || edit.epoch <= epoch);
  const since = edits.filter((edit) => !before.includes(edit));
  const then: Record<string, unknown> = { ...settings };
  for (const { changes } of since.toReversed()) for (const { key, before } of changes) then[key] = before;
  const acting = settingKeys.filter((key) => !key.startsWith('view.'));
  const metadata = {
    madeBy: KEYWORD,
    ...origin,
    seed: settings['training.seed'],
    ...(network && { units: layers(network.sizes), activation: network.hidden, output: network.output }),
    settings: Object.fromEntries(acting.map((key) => [key, then[key]])),
    ...(before.length > 0 && { edits: before }),
    ...(changed.length > 0 && { byHand: changed.map(({ epoch, change }) => ({ epoch, change })) }),
  };
  // Of the characters that JSON leaves as they are, XML cannot hold these.
  return JSON.stringify(metadata, null, 2).replace(
    /[\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16)}`,
  );
}

/** A PNG or SVG file with its metadata in it; any other file as it is. Throws RangeError for bytes of another format. */
export function withMetadata(format: 'png' | 'svg' | 'csv', bytes: Uint8Array, metadata: string): Uint8Array {
  switch (format) {
    case 'png':
      return withPngText(bytes, KEYWORD, metadata);
    case 'svg':
      return withSvgMetadata(bytes, metadata);
    case 'csv':
      return bytes;
    default:
      return format satisfies never;
  }
}

function withSvgMetadata(bytes: Uint8Array, metadata: string): Uint8Array {
  const svg = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  const root = /^<svg [^<>]*>\n/.exec(svg);
  if (!root) throw new RangeError('it is no SVG');
  const [opening] = root;
  const element = `<metadata>${escapeXml(metadata)}</metadata>\n`;
  return new TextEncoder().encode(opening + element + svg.slice(opening.length));
}
