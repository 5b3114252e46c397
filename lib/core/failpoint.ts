/**
 * Places where the torture suite may kill the process: the boundaries at which exactly-once could break.
 * FAILPOINTS holds `name=probability` pairs, such as `publish.after_claim=0.05`; unset, nothing ever happens.
 */
const armed = new Map(
  (process.env.FAILPOINTS ?? '')
    .split(',')
    .filter(Boolean)
    .map((pair) => {
      const [name = '', chance = '1'] = pair.split('=')
      return [name, Number(chance)] as const
    }),
)

export type Failpoint =
  | 'publish.before_claim'
  | 'publish.after_claim'
  | 'publish.before_first_byte'
  | 'publish.in_flight'
  | 'publish.before_record'
  | 'reconcile.after_claim'
  | 'reconcile.before_record'
  | 'reply.before_claim'
  | 'reply.after_claim'
  | 'reply.before_first_byte'
  | 'reply.in_flight'
  | 'reply.before_record'
  | 'reply.reconcile'
  | 'reply.reconcile_before_record'

/** Dies here, as by kill -9, when this point is armed and the dice say so. */
export function failpoint(name: Failpoint): void {
  const chance = armed.get(name)
  if (chance !== undefined && Math.random() < chance) process.kill(process.pid, 'SIGKILL')
}
