import { z } from 'zod'
import { now } from '@/lib/core/clock'
import { ok } from '@/lib/core/result'
import type { Answer, AppConfig, Credentials, Incoming, WebhookEvent } from '../platform'
import { AddresseeRef, toIncoming } from './incoming'
import { selfOf, type Self } from './keys'
import type { Of } from './names'
import { underPost } from './under-post'

const Told = z.looseObject({
  action: z.literal('comments'),
  /** Ayrshare's name for the post. */
  postId: z.string().optional(),
  id: z.coerce.string(),
  text: z.string().default(''),
  created: z.string().optional(),
  from: z
    .object({ id: z.coerce.string().optional(), name: z.string().optional(), username: z.string().optional() })
    .optional(),
  media: z.looseObject({ id: z.coerce.string().optional() }).optional(),
})

/** A new comment, as Ayrshare reports it of Facebook and Instagram. What it answers, only the list of all says. */
export function read({ raw }: WebhookEvent): readonly Incoming[] {
  const told = Told.safeParse(raw)
  // Without the network's name for the post it waits for the next reading.
  const post = told.data?.media?.id
  if (!told.success || !post) return []
  const { id, text, created, from, postId } = told.data
  const comment = { commentId: id, comment: text, created: created ?? now().toISOString(), from }
  const under = { post, ...(postId ? { ayrshare: postId } : {}) }
  const { parent: _unknown, ...item } = toIncoming(comment, under, { thread: id }, { id: '', username: '' })
  return [{ ...item, bare: true, unplaced: true }]
}

const isBy = ({ id, username }: Self, { author }: Incoming): boolean =>
  author.externalId !== '' && [id, username].includes(author.externalId)

/** Words of others wait for nothing. One of ours answers somebody, which only the list says. */
export const isWhole = (as: Credentials, told: Incoming): boolean => !isBy(selfOf(as), told)

/**
 * One of ours as the list has it: until Ayrshare's copy does, it is left to the next look, as by itself it answers nobody.
 */
export async function complete(app: AppConfig, as: Credentials, told: Incoming, of: Of): Answer<Incoming | undefined> {
  const { post, ayrshare } = AddresseeRef.parse(told.ref)
  const under = { post, ...(ayrshare ? { ayrshare } : {}) }
  const named = { id: ayrshare ?? post, platform: of.platform, isTheirs: ayrshare !== undefined }
  const page = await underPost(app, as, named, under, of)
  return page.ok ? ok(page.value.stands?.there.find(({ externalId }) => externalId === told.externalId)) : page
}
