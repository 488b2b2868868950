export type { Divergence } from '../core/verdicts/runChecks';
