import { randomBytes } from 'node:crypto'
import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import type {
  Answer,
  AppConfig,
  Credentials,
  Finding,
  Metrics,
  Part,
  Platform,
  PlatformName,
  Provider,
  Published,
} from '../platform'
import { createComment, createPost, deleteComment, deletePost, getAnalytics, getUser } from './api'
import { keyMethod, leftOut } from './connect'
import { findPublished, namedPost } from './find'
import { inboxOf } from './inbox'
import { externalIdOf, keysOf, selfOf } from './keys'
import { isDeletable, limitsOf, optionsOf, readBackLagMs } from './limits'
import { isReached, theirNameOf, type Reached } from './names'
import { apiVersion, place } from './place'
import {
  ayrshareError,
  isGone,
  isSpentKey,
  metricsOf,
  outcomeOf,
  refOf,
  toMetrics,
  toNewPost,
  toPublished,
} from './translate'
import { webhook } from './webhook'

type Network = Platform & { readonly name: Reached }

/** A network as Ayrshare reaches it: its own rules, and Ayrshare's ways. */
function through(network: Network): Platform {
  const { name, label } = network
  const platform = theirNameOf(name)
  const asked = { platform, label }

  async function publish(app: AppConfig, as: Credentials, part: Part): Answer<Published> {
    if (part.kind === 'reply')
      return fail({
        code: 'rejected',
        reason: 'Ayrshare has no threads that Posthorn could continue. Join the posts into one.',
      })
    if (part.kind === 'comment') return comment(app, as, part)
    const post = toNewPost(part, platform)
    if (!post.ok) return post
    const answer = await createPost(app, keysOf(as), post.value)
    if (answer.ok) return outcomeOf(answer.value.body, platform, label)
    // The key was spent by an earlier try, whatever became of it: the history knows.
    if (!isSpentKey(answer.error)) return fail(ayrshareError(answer.error, 'visible', label, now()))
    const found = await findPublished(app, as, part, new Date(part.key.createdAt), asked)
    if (found.ok && found.value) return ok(found.value)
    return found.ok || found.error.code === 'unavailable'
      ? fail({
          code: 'outcome_unknown',
          reason: 'Ayrshare had this post before, and does not show yet what became of it.',
        })
      : found
  }

  async function comment(app: AppConfig, as: Credentials, part: Part): Answer<Published> {
    const on = part.replyTo?.parent
    if (!on) throw new Error('A comment without a post to comment on')
    if (part.media.length > 0)
      return fail({ code: 'rejected', reason: 'Posthorn adds no media to a comment through Ayrshare. Take it out.' })
    const answer = await createComment(app, keysOf(as), namedPost(on, platform), part.text)
    if (!answer.ok) return fail(ayrshareError(answer.error, 'visible', label, now()))
    const { commentId, ayrshareId } = answer.value
    return ok(toPublished(commentId, on.url, { isComment: true, ...(ayrshareId ? { ayrshare: ayrshareId } : {}) }))
  }

  async function remove(app: AppConfig, as: Credentials, published: Published): Answer<void> {
    const { ayrshare, isComment } = refOf(published)
    if (!isComment && !ayrshare)
      return fail({ code: 'rejected', reason: 'Ayrshare deletes only what was sent through it. Delete it there.' })
    const named = { id: ayrshare ?? published.externalId, platform, isTheirs: ayrshare !== undefined }
    const answer = isComment ? await deleteComment(app, keysOf(as), named) : await deletePost(app, keysOf(as), named.id)
    if (answer.ok || isGone(answer.error)) return ok(undefined)
    return fail(ayrshareError(answer.error, 'visible', label, now()))
  }

  async function examine(app: AppConfig, as: Credentials): Answer<readonly Finding[]> {
    const keys = keysOf(as)
    const user = await getUser(app, keys)
    if (!user.ok) return fail(ayrshareError(user.error, 'none', label, now()))
    return ok(
      leftOut(user.value.body.displayNames, keys).map((message) => ({
        name: 'besides',
        label: 'What else is linked',
        state: 'advice',
        message,
      })),
    )
  }

  async function metrics(
    app: AppConfig,
    as: Credentials,
    published: readonly Published[],
  ): Answer<ReadonlyMap<string, Metrics>> {
    const found = new Map<string, Metrics>()
    for (const one of published) {
      const answer = await getAnalytics(app, keysOf(as), namedPost(one, platform))
      if (answer.ok && answer.value) found.set(one.externalId, toMetrics(platform, answer.value))
      else if (!answer.ok && !isGone(answer.error)) return fail(ayrshareError(answer.error, 'none', label, now()))
    }
    return ok(found)
  }

  return {
    name,
    label,
    limits: limitsOf(network),
    apiVersion,
    place,
    connections: [keyMethod],
    threads: false,
    firstComment: true,
    fetchesMedia: ['image', 'gif', 'video'],
    metricsOffered: metricsOf(platform),
    options: optionsOf(network),
    settling: () => ({ by: 'read_back', lagMs: readBackLagMs }),
    // Kept by Ayrshare for good: a key is never taken a second time.
    newKey: (at) => ({ createdAt: at.toISOString(), recordKey: `posthorn-${randomBytes(16).toString('hex')}` }),
    publish,
    findPublished: (app, as, part, since) => findPublished(app, as, part, since, asked),
    ...(isDeletable(platform) ? { remove } : {}),
    examine,
    metrics,
    async check(app, as) {
      const user = await getUser(app, keysOf(as))
      if (!user.ok) return fail(ayrshareError(user.error, 'none', label, now()))
      const { displayNames, refId } = user.value.body
      const linked = displayNames.find((one) => one.platform === platform)
      const isSame = linked !== undefined && (linked.id ?? '') === selfOf(as).id
      return isSame && externalIdOf(refId, platform) === as.externalId
        ? ok({ scopes: as.scopes })
        : fail({
            code: 'auth_expired',
            reason: linked
              ? `Another ${label} account is linked in Ayrshare now. Reconnect to post to that one.`
              : `${label} is not linked in Ayrshare any more. Link it there, then reconnect here.`,
          })
    },
    inbox: inboxOf(network),
  }
}

const isNetwork = (platform: Platform): platform is Network => isReached(platform.name)

/** Ayrshare, which reaches several networks by one key. A network is reached by it once it has an adapter of its own. */
export const ayrshare = (networks: Readonly<Record<PlatformName, Platform>>): Provider => ({
  name: 'ayrshare',
  label: 'Ayrshare',
  place,
  apiVersion,
  connections: [keyMethod],
  webhook,
  reach: Object.fromEntries(
    Object.values(networks)
      .filter(isNetwork)
      .map((network) => [network.name, through(network)]),
  ),
})
