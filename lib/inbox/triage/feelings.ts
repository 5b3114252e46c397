/** What counts as which feeling, of a sentiment from -1 to 1. */
export const feelings = { negative: { lt: -0.2 }, neutral: { gte: -0.2, lte: 0.2 }, positive: { gt: 0.2 } } as const
