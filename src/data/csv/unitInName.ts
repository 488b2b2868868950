import { isKnownUnit, magnitudeOf } from './unitTable';

const LONGEST_NAME = 200;
/** Weight (g), EBL [ml], Länge in cm; weight_g and “volume, ml”. */
const ENCLOSED = /(?<=.)[([{]\s*(?:in\s+)?([^()[\]{}]+?)\s*[)\]}]\s*$/u;
const LAST = /^(.*?)(?:\s+in\s+|\s*,\s*|[\s_.-]+)([\p{L}°µμ%²³]+[23]?)$/u;
/** What is measured in so much of it: glucose_mmol_L, Hb g.dL, cells per ml. */
const PER =
  /(?:^|[^\p{L}])(?:[mµunpk]?mol|[mµunpk]?g|mcg|[mµk]?i?u|[mn]?eq|[mk]?osm|[mk]?cal|cells?|counts?|copies|cfu|per|pro|par|por|mill?|x?10\S*|\/)[\s_.-]*$/iu;

/** The unit that the name of a column gives for its numbers; undefined where it gives none that is known. */
export function unitInName(name: string): string | undefined {
  const text = name.slice(0, LONGEST_NAME).trim();
  const isUnit = (word: string) => isKnownUnit(word) && magnitudeOf(word) === undefined;
  const enclosed = ENCLOSED.exec(text)?.[1];
  if (enclosed !== undefined) return isUnit(enclosed) ? enclosed : undefined;
  const [, before, last] = LAST.exec(text) ?? [];
  return last !== undefined && isUnit(last) && !PER.test(before) ? last : undefined;
}

/** Whether the name of a column says that it holds volumes. */
export const isNamedVolume = (name: string): boolean =>
  /^(?:[mcdhµu]?l|lit(?:er|re)s?|ltr|cc)$/i.test(unitInName(name) ?? '');
