import { z } from 'zod'

export const faultNames = [
  'drop_request',
  'timeout_after_accept',
  'reset_after_accept',
  '500_after_accept',
  '429_until',
  'expired_token',
  'slow_media',
  'forget_prepared',
  'delayed_visibility',
  'webhook_twice',
  'webhook_reordered',
] as const
export type FaultName = (typeof faultNames)[number]

/** What a call does, in one vocabulary for all networks. */
export const operations = [
  'publish',
  'comment',
  'edit',
  'delete',
  'read',
  'metrics',
  'upload',
  'media_status',
  'profile',
  'token',
  'webhook',
] as const
export type Operation = (typeof operations)[number]

export const FaultOrder = z.object({
  network: z.string(),
  /** Handle or id; absent means any. */
  account: z.string().optional(),
  /** Absent means the call the fault is about: `upload` for `slow_media`, else `publish`. */
  operation: z.enum([...operations, '*']).optional(),
  fault: z.enum(faultNames),
  times: z.number().int().min(1).max(1_000_000).default(1),
  /** Seconds for `429_until`; milliseconds for `slow_media`, `delayed_visibility` and `webhook_reordered`. */
  param: z.number().min(0).optional(),
})
export type Fault = z.infer<typeof FaultOrder> & {
  readonly operation: Operation | '*'
  readonly id: string
  left: number
}

/** What a knob does when nobody said how much. */
const defaultParam: Record<FaultName, number> = {
  drop_request: 0,
  timeout_after_accept: 0,
  reset_after_accept: 0,
  '500_after_accept': 0,
  '429_until': 30,
  expired_token: 0,
  slow_media: 10_000,
  forget_prepared: 0,
  delayed_visibility: 5_000,
  webhook_twice: 0,
  webhook_reordered: 1_000,
}

/** A fault found for one call. `consume` is called when it really fires. */
export type Armed = { readonly param: number; readonly explicit: boolean; consume(): void }

const word = new RegExp(`#fault:(${faultNames.join('|')})(?:=(\\d+))?(?:\\s+x(\\d+))?`, 'g')

/** Faults asked for in a text, like `#fault:429_until=5 x3`. */
function faultWords(text: string): { name: FaultName; param?: number; times: number }[] {
  const found: { name: FaultName; param?: number; times: number }[] = []
  for (const [, name, param, times] of text.matchAll(word)) {
    const fault = faultNames.find((f) => f === name)
    if (fault) found.push({ name: fault, ...(param ? { param: Number(param) } : {}), times: Number(times ?? 1) })
  }
  return found
}

export type FaultMemory = { readonly faults: Fault[]; readonly wordsFired: Record<string, number> }

/** Every fault that waits for this call, at most one of each kind: orders by the admin first, then words in the text. */
export function armed(
  memory: FaultMemory,
  call: { network: string; operation: Operation | undefined; accounts: readonly string[]; text?: string },
): Map<FaultName, Armed> {
  const found = new Map<FaultName, Armed>()
  for (const f of memory.faults) {
    if (f.left < 1 || f.network !== call.network || found.has(f.fault)) continue
    if (f.operation !== '*' && f.operation !== call.operation) continue
    if (f.account !== undefined && !call.accounts.includes(f.account)) continue
    found.set(f.fault, {
      param: f.param ?? defaultParam[f.fault],
      explicit: f.param !== undefined,
      consume: () => void (f.left -= 1),
    })
  }
  for (const w of call.text === undefined ? [] : faultWords(call.text)) {
    const key = JSON.stringify([call.network, call.accounts[0] ?? null, w.name, call.text])
    const fired = memory.wordsFired[key] ?? 0
    if (fired >= w.times || found.has(w.name)) continue
    const consume = () => void (memory.wordsFired[key] = fired + 1)
    found.set(w.name, { param: w.param ?? defaultParam[w.name], explicit: w.param !== undefined, consume })
  }
  return found
}

const Fired = z.tuple([z.string(), z.string().nullable(), z.enum(faultNames), z.string()])

/** Words in texts that were acted upon, and how often. */
export const firedWords = ({ wordsFired }: Pick<FaultMemory, 'wordsFired'>) =>
  Object.entries(wordsFired).map(([key, times]) => {
    const [network, account, fault, text] = Fired.parse(JSON.parse(key))
    return { network, account, fault, text, times }
  })
