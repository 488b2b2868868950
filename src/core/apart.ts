/** Why scores of two runs say nothing of which is better: what is another one of the two. */
export const REASONS = ['file', 'target', 'task', 'split'] as const;
export type Reason = (typeof REASONS)[number];
