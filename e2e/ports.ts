const places: Readonly<Record<string, number>> = { phone: 22_000, apart: 23_000 }

/**
 * Where a run begins to look for its ports: below those that systems give to whoever calls out, and a thousand apart, as
 * two runs side by side may look at the same moment.
 */
export const portsFrom = (run: string): number => places[run] ?? 21_000
