import { full } from '../core/format';
import type { Edge } from '../core/verdicts/edges';

/** What a setting is called where it is said. */
type Name = (key: string) => string;

const edgeOf = ({ key, value, edge }: Edge, name: Name): string =>
  key === 'model.hiddenLayers'
    ? `${full(value)} hidden units are the ${edge === 'highest' ? 'most' : 'fewest'}`
    : `${name(key)} ${full(value)} is the ${edge}`;

/** Where the best lies at the edge of what was compared. */
export const edgeText = (edges: readonly Edge[], name: Name): string =>
  `The best is at the edge of what was compared: ${edges.map((edge) => edgeOf(edge, name)).join(', ')}, and what lies beyond may be better.`;

/** @param name of a setting, as it is set */
export const edgeAdvice = (edges: readonly Edge[], name: Name): string =>
  `Try values of ${edges.map(({ key }) => name(key)).join(', ')} beyond that, too.`;
