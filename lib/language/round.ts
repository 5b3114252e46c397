/** Four digits are more than such a score is worth, and enough to compare two. */
export const round = (value: number): number => Math.round(value * 1e4) / 1e4 || 0
