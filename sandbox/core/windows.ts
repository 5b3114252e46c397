/** `points` is what one call costs; 1 when absent. */
export type Limit = { readonly name: string; readonly max: number; readonly windowMs: number; readonly points?: number }
export type Window = {
  readonly limit: number
  readonly remaining: number
  readonly resetAt: number
  readonly windowMs: number
  readonly over: boolean
}

/** Counts calls in fixed windows that start with the first call, as the networks do. */
export class Windows {
  private readonly counts = new Map<string, { used: number; resetAt: number }>()

  /** Counts one call and says where the window stands. */
  use(who: string, limit: Limit, now: number): Window {
    const points = limit.points ?? 1
    const key = `${limit.name}\n${who}`
    let count = this.counts.get(key)
    if (!count || count.resetAt <= now) {
      count = { used: 0, resetAt: now + limit.windowMs }
      this.counts.set(key, count)
    }
    const over = count.used + points > limit.max
    if (!over) count.used += points
    return {
      limit: limit.max,
      remaining: limit.max - count.used,
      resetAt: count.resetAt,
      windowMs: limit.windowMs,
      over,
    }
  }

  clear(): void {
    this.counts.clear()
  }
}
