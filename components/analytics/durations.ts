const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** A length of time in one or two units: “45 s”, “12 min”, “3 h 20 min”, “2 d 4 h”. */
export function lengthOf(ms: number): string {
  if (ms < minute) return `${Math.round(ms / 1_000)} s`
  if (ms < hour) return `${Math.round(ms / minute)} min`
  const [large, small, bigUnit, smallUnit] = ms < day ? [hour, minute, 'h', 'min'] : [day, hour, 'd', 'h']
  const whole = Math.floor(ms / large)
  const rest = Math.floor((ms % large) / small)
  return rest > 0 ? `${whole} ${bigUnit} ${rest} ${smallUnit}` : `${whole} ${bigUnit}`
}
