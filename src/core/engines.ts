/** The arithmetic of each engine by name: equal names give equal weights. A change that ends in other bits raises the number. */
export const engineNames = { simd: 'simd-2', reference: 'float64-reference' } as const;
