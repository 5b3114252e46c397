import { z } from 'zod'
import { metaWebhook, type HubReport } from '../graph-webhook'
import { toPublished } from './translate'

const FeedValue = z.looseObject({
  item: z.string(),
  verb: z.string(),
  post_id: z.string().optional(),
  comment_id: z.string().optional(),
  parent_id: z.string().optional(),
  reaction_type: z.string().optional(),
  message: z.string().optional(),
  photo: z.string().optional(),
  video: z.string().optional(),
  link: z.string().optional(),
  permalink_url: z.string().optional(),
  created_time: z.number().optional(),
  from: z.object({ id: z.string(), name: z.string().optional() }).optional(),
})
export type FeedValue = z.output<typeof FeedValue>

export const feedOf = ({ field, value }: HubReport): FeedValue | undefined =>
  field === 'feed' || field === 'mention' ? FeedValue.safeParse(value).data : undefined

const Message = z.looseObject({
  sender: z.object({ id: z.string() }),
  recipient: z.object({ id: z.string() }),
  timestamp: z.number(),
  message: z
    .looseObject({
      mid: z.string(),
      text: z.string().optional(),
      is_echo: z.boolean().optional(),
      is_deleted: z.boolean().optional(),
      reply_to: z.object({ mid: z.string().optional() }).optional(),
      attachments: z
        .array(z.object({ type: z.string(), payload: z.looseObject({ url: z.string().optional() }).optional() }))
        .optional(),
    })
    .optional(),
  reaction: z
    .object({
      mid: z.string(),
      action: z.string(),
      reaction: z.string().optional(),
      emoji: z.string().optional(),
    })
    .optional(),
})
export type MessageValue = z.output<typeof Message>

/** Messenger and Instagram report messages in the same form. */
export const messageOf = ({ field, value }: HubReport): MessageValue | undefined =>
  field === 'messages' || field === 'message_reactions' ? Message.safeParse(value).data : undefined

const publishedItems = new Set(['post', 'status', 'photo', 'video', 'share'])

export const webhook = metaWebhook({
  object: 'page',
  label: 'Facebook',
  nameOf(report) {
    const { message } = messageOf(report) ?? {}
    if (message) return `${message.mid}${message.is_deleted ? ':deleted' : ''}`
    const feed = feedOf(report)
    const added = feed?.verb === 'add' && feed.item === 'comment' ? feed.comment_id : undefined
    return added && `${added}:added`
  },
  published(report, app) {
    const feed = feedOf(report)
    if (report.field !== 'feed' || feed?.verb !== 'add' || !publishedItems.has(feed.item) || !feed.post_id)
      return undefined
    // Others may post to a page, too.
    if (feed.from?.id !== feed.post_id.split('_')[0]) return undefined
    return {
      externalId: feed.post_id,
      url: toPublished(app?.webUrl ?? 'https://www.facebook.com', feed.post_id).url,
      text: feed.message ?? '',
      at: new Date((feed.created_time ?? report.time) * 1000).toISOString(),
    }
  },
})
