import { noteAnswer, useAccount, type UsableAccount } from '@/lib/accounts'
import { minute, now, second } from '@/lib/core/clock'
import type { Failure, Result } from '@/lib/core/result'
import type { Answer, PlatformError, Published, Settling } from '@/lib/platforms'
import { transact, type Ctx, type Work } from '@/lib/workspace'
import { afterLook, afterSilence, lookAgain, type AfterLook, type Doubt, type Seen } from './after-look'
import { beganToLook, closed, type BegunLook } from './attempt'
import { writeHeld, type Hold } from './claim'
import { isReconnected } from './reconnected'
import { proofBy, type Outcome, type Proof } from './schema'
import { howSettled } from './settling'
import { asked, lostAccount, refused, type Reason, type Thing } from './words'

/** How long an account that must be reconnected is left before it is tried again. It is at once when it was reconnected. */
const reconnectMs = 15 * minute
const unansweredMs = 30 * second

export type Looked = 'found' | 'absent' | 'later' | 'asked' | 'refused'

/** A thing in doubt, and what its room knows of it and does with it. Each write is a transaction under the claim. */
export type InDoubt = Doubt & {
  readonly thing: Thing
  readonly accountId: string
  readonly hold: Hold
  settling(account: UsableAccount): Settling
  /** How the network is asked; undefined where it lets nobody look. */
  find(account: UsableAccount): (() => Answer<Published | undefined>) | undefined
  /** Whether others of the same words are on their way or in doubt. */
  hasRivals(): Promise<boolean>
  /** Whether another of ours stands for what was found. */
  isAnothers(found: Published): Promise<boolean>
  /** The boundary between the network's answer and what is written of it. */
  beforeRecord(): Promise<never> | undefined
  begin(work: Work, look: BegunLook): Promise<unknown>
  close(work: Work, lookId: string, change: ReturnType<typeof closed>): Promise<unknown>
  prove(work: Work, published: Published, proof: Proof): Promise<unknown>
  /** Where a read tells for certain that the network refused afterwards what it had taken. */
  refuse?(work: Work, why: string): Promise<void>
  sendAgain(work: Work): Promise<void>
  lookLater(work: Work, inMs: number, change: LaterChange): Promise<void>
  ask(work: Work, reason: Reason): Promise<void>
}
type LaterChange = { readonly absentReads?: number; readonly reason?: Reason }

/** Finds out what became of something whose outcome is unknown: the only way, beside a report and a person, out of doubt. */
export async function look(ctx: Ctx, doubt: InDoubt): Promise<Looked> {
  const { thing, accountId } = doubt
  const account = await useAccount(ctx, { accountId, lane: 'settling' })
  if (!account.ok) return withoutAccount(ctx, doubt, account.error)
  const { platform, credentials } = account.value
  const settled = howSettled(doubt.settling(account.value))
  const at = now()
  const follow = (after: Done) => goOn(ctx, doubt, after, platform.label, at)
  const asking = settled.by === 'person' ? undefined : doubt.find(account.value)
  if (!asking) return follow(afterSilence(doubt, settled, at))

  const begun = beganToLook(at)
  // What kills whoever looks counts, too: else it would be looked for until the end of time.
  await writeHeld(ctx, doubt.hold, (work) => doubt.begin(work, begun))
  const answer = await asking()
  await doubt.beforeRecord()
  await noteAnswer(ctx, { account: account.value, answer })
  const seen = await weigh(doubt, answer, settled.by === 'own_key')
  const change = closed(at, ...said(seen, thing))
  // What the network said is true whoever holds the claim by now.
  await transact(ctx, (work) => doubt.close(work, begun.id, change))
  const after = afterLook(seen, doubt, settled, at)
  if (after.next !== 'renew') return follow(after)
  const renewed = await useAccount(ctx, { accountId, refused: credentials.accessToken })
  return renewed.ok ? follow(lookAgain(doubt, second, at)) : withoutAccount(ctx, doubt, renewed.error)
}

async function weigh(
  { hasRivals, isAnothers, refuse }: InDoubt,
  answer: Result<Published | undefined, PlatformError>,
  isKeyed: boolean,
): Promise<Seen> {
  if (!answer.ok) {
    const { error } = answer
    return refuse && error.code === 'rejected' ? { what: 'refused', error } : { what: 'unreadable', error }
  }
  const published = answer.value
  if (!published) return { what: 'nothing' }
  if (!isKeyed && (await hasRivals())) return { what: 'rivals', published }
  // Asked after the rivals: what was being sent a moment ago is either one of them or has its name by now.
  return { what: (await isAnothers(published)) ? 'anothers' : 'ours', published }
}

function said(seen: Seen, thing: Thing): [Outcome, object] {
  if (seen.what === 'unreadable' || seen.what === 'refused') return ['unreadable', seen.error]
  if (seen.what === 'nothing') return ['absent', {}]
  const { externalId, url } = seen.published
  switch (seen.what) {
    case 'ours':
      return ['found', { externalId, url }]
    case 'rivals':
      return ['unreadable', { externalId, url, note: `another ${thing} of ours with the same words is under way` }]
    case 'anothers':
      return ['absent', { externalId, url, note: `belongs to another ${thing} of ours` }]
  }
}

/** Nobody can look. It is looked for at once when the account is reconnected; a person is asked when nobody does that. */
function withoutAccount(ctx: Ctx, doubt: InDoubt, { code, message, retryAt }: Failure): Promise<Looked> {
  const at = now()
  if (code === 'PLATFORM_AUTH_FAILED')
    return goOn(ctx, doubt, lookAgain(doubt, reconnectMs, at), '', at, lostAccount(message, doubt.thing))
  const inMs = retryAt ? retryAt.getTime() - at.getTime() : unansweredMs
  return goOn(ctx, doubt, lookAgain(doubt, inMs, at), '', at)
}

type Done = Exclude<AfterLook, { next: 'renew' }>

const goOn = (ctx: Ctx, doubt: InDoubt, after: Done, network: string, at: Date, reason?: Reason): Promise<Looked> =>
  writeHeld(ctx, doubt.hold, async (work) => {
    switch (after.next) {
      case 'prove':
        await doubt.prove(work, after.published, proofBy(after.by, at, after.published))
        return 'found'
      case 'refuse':
        await doubt.refuse?.(work, refused(network, doubt.thing, after.why))
        return 'refused'
      case 'send_again':
        await doubt.sendAgain(work)
        return 'absent'
      case 'look_later': {
        const { inMs, absentReads } = after
        // Who reconnected the account a moment ago found nothing that waited for it.
        if (reason && (await isReconnected(work, doubt.accountId))) await doubt.lookLater(work, second, {})
        else
          await doubt.lookLater(work, inMs, {
            ...(absentReads === undefined ? {} : { absentReads }),
            ...(reason ? { reason } : {}),
          })
        return 'later'
      }
      case 'ask':
        await doubt.ask(work, asked(network, doubt.thing, after.why))
        return 'asked'
    }
  })
