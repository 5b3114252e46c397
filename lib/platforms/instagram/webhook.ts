import { z } from 'zod'
import { nameOfMessage } from '../graph-reported'
import { metaWebhook, type HubReport } from '../graph-webhook'

const CommentValue = z.looseObject({
  id: z.string(),
  text: z.string().default(''),
  from: z.object({ id: z.string(), username: z.string().optional() }),
  media: z.looseObject({ id: z.string() }),
  parent_id: z.string().optional(),
})
export type CommentValue = z.output<typeof CommentValue>

export const commentOf = ({ field, value }: HubReport): CommentValue | undefined =>
  field === 'comments' || field === 'live_comments' ? CommentValue.safeParse(value).data : undefined

/** Where the account was mentioned. Only numbers: what was said is not in the report. */
const MentionValue = z.looseObject({ media_id: z.string(), comment_id: z.string().optional() })

export const mentionOf = ({ field, value }: HubReport) =>
  field === 'mentions' ? MentionValue.safeParse(value).data : undefined

export const webhook = metaWebhook({
  object: 'instagram',
  label: 'Instagram',
  nameOf(report) {
    const comment = commentOf(report)
    return nameOfMessage(report) ?? (comment && `${comment.id}:added`)
  },
})
