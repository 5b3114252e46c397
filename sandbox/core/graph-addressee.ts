import { z } from 'zod'
import type { Reply } from './call'
import { graphProblem, noSuchObject } from './graph'
import { type World, accountById } from './network'
import { isVisible } from './posts'
import type { Account, Post } from './state'

const dayMs = 24 * 3_600_000
export const threadId = (me: string, other: string): string => `t_${me}_${other}`

/** Whom a message is for: somebody who wrote before, or the author of a comment. */
export const Recipient = z.union([z.object({ id: z.string() }), z.object({ comment_id: z.string() })])
type How = { readonly messaging_type: string; readonly tag?: string | undefined }

/** Who gets a message, and for which comment; or why nobody may write to them now. */
export function addressee(
  world: World,
  me: Account,
  to: z.output<typeof Recipient>,
  how: How,
): { readonly other: string; readonly comment?: Post } | { readonly refusal: Reply } {
  if ('comment_id' in to) return commenter(world, me, to.comment_id)
  const refusal = notTo(world, me, to.id, how)
  return refusal ? { refusal } : { other: to.id }
}

/**
 * Free within 24 hours of the other's last message; with HUMAN_AGENT within 7 days. An app without Meta's leave for the
 * tag is refused whenever it uses it.
 */
function notTo(world: World, me: Account, other: string, { messaging_type, tag }: How): Reply | undefined {
  const last = world.posts.answersTo(threadId(me.id, other)).findLast((p) => p.accountId === other)
  if (!last || !accountById(world, other))
    return graphProblem({ code: 100, subcode: 2018001, message: '(#100) No matching user found' })
  const isAgent = messaging_type === 'MESSAGE_TAG' && tag === 'HUMAN_AGENT'
  if (isAgent && world.settings.refuseHumanAgents)
    return graphProblem({
      code: 10,
      message:
        "(#10) To use 'Human Agent', your use of this endpoint must be reviewed and approved by Facebook. To submit this 'Human Agent' feature for review please read our documentation on reviewable features: https://developers.facebook.com/docs/apps/review.",
    })
  if (world.now() - last.createdAt <= (isAgent ? 7 : 1) * dayMs) return undefined
  return graphProblem({
    code: 10,
    subcode: 2018278,
    message:
      '(#10) This message is sent outside of allowed window. Learn more about the new policy here: https://developers.facebook.com/docs/messenger-platform/policy-overview',
  })
}

/** Whoever commented on a post of the account is written to once for each comment, within 7 days of it. */
function commenter(
  world: World,
  me: Account,
  id: string,
): { readonly other: string; readonly comment: Post } | { readonly refusal: Reply } {
  const comment = world.posts.get(id)
  const root = world.posts.get(comment?.rootId ?? '')
  if (!comment || root?.accountId !== me.id || !isVisible(comment, world.now()))
    return { refusal: noSuchObject(id, 'post') }
  const refused = (code: number, words: string) => ({ refusal: graphProblem({ code, message: `(#${code}) ${words}` }) })
  if (comment.accountId === me.id) return refused(10_902, 'This is not a Replyable activity')
  // A second one is taken where equal texts are: then nothing but the caller prevents it.
  if (world.settings.refuseDuplicates && world.state.facts[privateAnswer(id)] !== undefined)
    return refused(10_900, 'Activity already replied to')
  if (world.now() - comment.createdAt > 7 * dayMs) return refused(10_903, "This user can't reply to this activity")
  return { other: comment.accountId, comment }
}

/** The fact of a comment that was answered privately: the message that did it. */
const privateAnswer = (commentId: string): string => `private-answer:${commentId}`

/** From now on the comment takes no other. */
export function notePrivateAnswer(world: World, comment: Post, message: Post): void {
  world.state.facts[privateAnswer(comment.id)] = message.id
}

/** Whether it is kept from an account who wrote a comment on its post. Its own it always knows. */
export const hidesAuthor = (world: World, comment: Post): boolean =>
  world.settings.hideCommenters && world.posts.get(comment.rootId ?? '')?.accountId !== comment.accountId
