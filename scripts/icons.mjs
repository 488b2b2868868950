// The icons of the Lens, from the SVG files of @vscode/codicons: as a font all 500 would be loaded for these.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './run.mjs';

const NAMES = [
  ...['add', 'blank', 'check', 'chevron-down', 'chevron-left', 'chevron-right', 'chevron-up'],
  ...['circle-large', 'close', 'debug-continue', 'debug-pause', 'debug-rerun', 'debug-restart'],
  ...['debug-step-into', 'debug-step-over', 'debug-stop', 'diff-added', 'diff-removed', 'discard'],
  ...['edit', 'error', 'git-branch', 'history', 'info', 'kebab-vertical', 'lightbulb'],
  ...['list-selection', 'lock', 'note', 'pass', 'pass-filled', 'play', 'play-circle', 'pulse'],
  ...['refresh', 'remove', 'screen-normal', 'settings-gear', 'star-empty', 'star-full', 'trash'],
  ...['unlock', 'warning', 'zoom-in', 'zoom-out'],
];

/** webview/ui/icons.ts: a line for each, which Prettier leaves as it is. */
export const iconsModule = () => `// Written by \`npm run generate\`: the names stand in scripts/icons.mjs.
// Codicons by Microsoft, https://github.com/microsoft/vscode-codicons, licensed under CC BY 4.0.

export const icons = {
${NAMES.map((name) => `  ${JSON.stringify(name)}: ${JSON.stringify(readIcon(name))},`).join('\n')}
} as const;
`;

/** The length of its square, and its paths. */
function readIcon(name) {
  const file = path.join(ROOT, 'node_modules', '@vscode', 'codicons', 'src', 'icons', `${name}.svg`);
  const svg = readFileSync(file, 'utf8').trim();
  const size = Number(/^<svg [^>]*viewBox="0 0 (\d+) \1"[^>]*fill="currentColor"/.exec(svg)?.[1]);
  const paths = [...svg.matchAll(/<path ([^>]*)\/>/g)].map(([, attributes]) => readPath(attributes));
  const rest = svg.replace(/^<svg [^>]*>/, '').replace(/<path [^>]*\/>|<\/svg>/g, '');
  const isWhole = size > 0 && rest === '' && paths.every(({ d }) => d);
  if (!isWhole) throw new Error(`${file} has more than paths in a square.`);
  return { size, paths };
}

function readPath(attributes) {
  const { d, 'fill-rule': rule } = Object.fromEntries(
    [...attributes.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, key, value]) => [key, value]),
  );
  return { d, ...(rule && { 'fill-rule': rule }) };
}
