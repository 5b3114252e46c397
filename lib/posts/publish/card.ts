import { noteAnswer, type UsableAccount } from '@/lib/accounts'
import { now } from '@/lib/core/clock'
import { pagePicture } from '@/lib/media'
import type { Platform, PlatformError, UploadedMedia } from '@/lib/platforms'
import { attempted, heldNow, stillHeld, type Outcome } from '@/lib/sending'
import type { Ctx } from '@/lib/workspace'
import { readPagePicture } from '../write/read-page'
import type { Claim } from './claim'
import { pageOfPost } from './post-page'
import { cardKey, cardOf, StepIntent, uploadsOf, type Card, type Sendable } from './plan'
import { keepTried, stopUpload } from './upload'

/** Whether the card of a step's link is ours to make. */
export function needsCard({ intent }: Pick<Sendable, 'intent'>, { limits }: Pick<Platform, 'limits'>): boolean {
  const { link, media } = StepIntent.parse(intent)
  return link !== undefined && limits.link?.card !== undefined && (media.length === 0 || limits.link.besideMedia)
}

/**
 * Reads the page of a step's link and brings its picture to the network, before anything is sent, and keeps both: a
 * resend says the same. A page that is slow or gone takes no post with it: the card has then what the author wrote, or
 * the host as its title.
 * @returns false when the variant was parked, because the network does not answer the account now
 */
export async function bringCard(ctx: Ctx, claim: Claim, account: UsableAccount, step: Sendable): Promise<boolean> {
  const uploads = uploadsOf(step)
  const known = uploads[cardKey]
  // What may be at the network stays as it was sent.
  if (known?.ready && (step.sentAt !== null || stillHeld(known, account.platform))) return true
  const startedAt = now()
  const { card, note, error, outcome } = await makeCard(ctx, claim, account, step)
  // One more try is worth a picture; more would keep the post waiting for it.
  const isWaiting = error !== undefined && (error.code === 'rate_limited' || error.code === 'auth_expired' || !known)
  const tried = attempted('card', startedAt, isWaiting ? 'not_sent' : outcome, { ...card, ...(note ? { note } : {}) })
  const made: UploadedMedia = { ref: card, ready: !isWaiting }
  await keepTried(ctx, claim, step.id, tried, { ...uploads, [cardKey]: heldNow(made) })
  return isWaiting ? stopUpload(ctx, claim, account, step.id, error) : true
}

type Made = {
  readonly card: Card
  readonly outcome: Outcome
  /** Why something is missing, in sentences. */
  readonly note?: string
  /** The network could not be had; it may be another time. */
  readonly error?: PlatformError
}

async function makeCard(ctx: Ctx, { postId }: Claim, account: UsableAccount, step: Sendable): Promise<Made> {
  const { link } = StepIntent.parse(step.intent)
  if (!link) throw new Error(`Step ${step.id} has no link to make a card of`)
  const page = await pageOfPost(ctx, { postId, url: link.page ?? link.url })
  if (!page.ok) {
    // What an earlier run read is better than nothing.
    const card = cardOf(step) ?? {}
    const rest = link.title || card.title ? 'the words that were there' : 'its host as the title'
    return {
      card,
      outcome: 'unreadable',
      note: `The page of the link could not be looked at: ${page.error}. The card has ${rest}, and no picture.`,
    }
  }
  const { title, description, imageUrl } = page.value
  const words: Card = { ...(title ? { title } : {}), ...(description ? { description } : {}) }
  if (!imageUrl) return { card: words, outcome: 'accepted' }
  return bringPicture(ctx, account, { ...words, imageUrl }, { imageUrl, pageUrl: page.value.url })
}

async function bringPicture(
  ctx: Ctx,
  account: UsableAccount,
  card: Card,
  { imageUrl, pageUrl }: { readonly imageUrl: string; readonly pageUrl: string },
): Promise<Made> {
  const { platform, app, credentials } = account
  const how = platform.limits.link?.card?.picture
  if (how === undefined || how === 'address') return { card, outcome: 'accepted' }
  if (!platform.uploadMedia) throw new Error(`${platform.label} takes pictures of cards as files, and no files`)
  const without = (outcome: Outcome, why: string): Made => ({
    card,
    outcome,
    note: `The card goes without the page’s picture: ${why}`,
  })
  const bytes = await readPagePicture(imageUrl, pageUrl)
  if (!bytes.ok) return without('unreadable', `it could not be fetched: ${bytes.error}.`)
  const file = await pagePicture(bytes.value, how.maxBytes)
  if (!file) return without('unreadable', 'it is no picture that can be shown there.')
  const answer = await platform.uploadMedia(app, credentials, file)
  await noteAnswer(ctx, { account, answer })
  if (answer.ok) return { card: { ...card, picture: answer.value.ref }, outcome: 'accepted' }
  const { error } = answer
  if (error.code === 'rejected') return without('refused', error.reason)
  const why = 'reason' in error ? error.reason : `${platform.label} takes no files for now.`
  return { ...without('not_sent', why), error }
}
