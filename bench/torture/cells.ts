import { wayOf } from '@/lib/accounts/connected.fixture'
import type { Failpoint } from '@/lib/core/failpoint'

/**
 * What may go wrong at a network, and the words in a text that ask the sandbox for it. `none` leaves it to the kill alone,
 * `slow_media` is asked for by its admin. Reports are doubled or held back after an answer that is lost, where they settle
 * something. In this order no account's network fails so often in a row that it is left alone for long.
 */
export const faults = {
  none: '',
  drop_request: '#fault:drop_request',
  '429_until': '#fault:429_until=1',
  timeout_after_accept: '#fault:timeout_after_accept',
  delayed_visibility: '#fault:delayed_visibility=800',
  reset_after_accept: '#fault:reset_after_accept',
  slow_media: '',
  expired_token: '#fault:expired_token',
  webhook_twice: '#fault:reset_after_accept #fault:webhook_twice',
  '500_after_accept': '#fault:500_after_accept',
  webhook_reordered: '#fault:reset_after_accept #fault:webhook_reordered=600',
} as const
export type Fault = keyof typeof faults
export const allFaults = Object.keys(faults) as readonly Fault[]

/** Those after which nobody knows what became of it, with no kill at all. */
const doubtful: readonly Fault[] = [
  'drop_request',
  'timeout_after_accept',
  'reset_after_accept',
  '500_after_accept',
  'webhook_twice',
  'webhook_reordered',
]

/** Where a worker is killed, in the order in which a post comes there. */
export const postBoundaries = [
  'publish.before_claim',
  'publish.after_claim',
  'publish.before_first_byte',
  'publish.after_last_byte',
  'publish.before_record',
  'reconcile.after_claim',
  'reconcile.before_record',
] as const satisfies readonly Failpoint[]

export const replyBoundaries = [
  'reply.before_claim',
  'reply.after_claim',
  'reply.before_first_byte',
  'reply.after_last_byte',
  'reply.before_record',
  'reply.reconcile',
  'reply.reconcile_before_record',
] as const satisfies readonly Failpoint[]

/** One case: at this kind of account this goes wrong, and the worker is killed here. */
export type Cell = { readonly kind: string; readonly fault: Fault; readonly boundary: Failpoint }

const leavesInDoubt = ({ kind, fault }: Pick<Cell, 'kind' | 'fault'>): boolean =>
  doubtful.includes(fault) && !(fault === '500_after_accept' && wayOf(kind).ownKey)

const isLook = (boundary: Failpoint): boolean => boundary.includes('reconcile')

/** What can be at all: where nothing is read there is nothing to record of it, and what a report settles is not looked for. */
function canBe({ kind, fault, boundary }: Cell): boolean {
  const { settles, provider, lasting } = wayOf(kind)
  const isAnswer = boundary.startsWith('reply.')
  // What has no end does not expire.
  if (fault === 'expired_token' && lasting) return false
  const isTold = isReported({ kind, boundary })
  if (fault.startsWith('webhook_') && (isLook(boundary) || !isTold)) return false
  // By then its report is there, but of what the network never had.
  if (isAnswer && isTold && isLook(boundary) && fault !== 'drop_request') return false
  if (fault === 'slow_media' && (isAnswer || provider !== undefined)) return false
  return settles || (boundary !== 'reconcile.before_record' && boundary !== 'reply.reconcile_before_record')
}

/** Kinds whose network reports what was posted there, so that a report can settle an outcome. */
export const reportsPosts: readonly string[] = ['x']
/** The same of answers. */
export const reportsAnswers: readonly string[] = ['whatsapp']
export const isReported = ({ kind, boundary }: Pick<Cell, 'kind' | 'boundary'>): boolean =>
  (boundary.startsWith('reply.') ? reportsAnswers : reportsPosts).includes(kind)

/** Those in which each kind meets each of its faults once, and each boundary. */
export const diagonal = (kinds: readonly string[], boundaries: readonly Failpoint[], shift = 0): readonly Cell[] =>
  allFaults.flatMap((fault, row) =>
    kinds
      .flatMap((kind, column) => {
        const boundary = boundaries[(row + column + shift) % boundaries.length]
        return boundary ? [{ kind, fault, boundary }] : []
      })
      .filter(canBe),
  )

/**
 * One case for each kind, with the next fault and at the next boundary in turn; where that cannot be, at what comes after
 * it. Networks that are asked for a rest keep their minute, so that `429_until` is left to the whole matrix.
 */
export const inTurn = (kinds: readonly string[], boundaries: readonly Failpoint[]): readonly Cell[] => {
  const quick = allFaults.filter((fault) => fault !== '429_until')
  return kinds.flatMap(
    (kind, turn) =>
      quick
        .flatMap((_, further): Cell[] => {
          const [fault, boundary] = [quick[(turn + further) % quick.length], boundaries[turn % boundaries.length]]
          return fault && boundary ? [{ kind, fault, boundary }] : []
        })
        .find(canBe) ?? [],
  )
}

/**
 * Every fault at every boundary for every kind, one diagonal after the other: what is left out when time is up is a bit of
 * everything. Accounts take turns, so that waiting for one is not waiting for all.
 */
export const matrix = (kinds: readonly string[], boundaries: readonly Failpoint[]): readonly Cell[] =>
  boundaries.flatMap((_, shift) => diagonal(kinds, boundaries, shift))

/** Where workers are killed for a case: at its boundary, and once before where nothing else brings it there. */
export function killsOf(cell: Cell, subjects: { whole: string; sent: string }): readonly string[] {
  const { boundary } = cell
  const road = boundary.startsWith('reply.') ? 'reply' : 'publish'
  const ofWhole = boundary.endsWith('_claim') || isLook(boundary)
  const at = `${boundary}@${ofWhole ? subjects.whole : subjects.sent}`
  return isLook(boundary) && !leavesInDoubt(cell) ? [`${road}.after_last_byte@${subjects.sent}`, at] : [at]
}
