/** A problem with words for a network, under its name where it does not say that itself. */
export const problemAt = (label: string, problem: string): string =>
  problem.includes(label) ? problem : `${label}: ${problem}`
