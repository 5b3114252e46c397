import { z } from 'zod'
import { nameOfMessage } from '../graph-reported'
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

const publishedItems = new Set(['post', 'status', 'photo', 'video', 'share'])

export const webhook = metaWebhook({
  object: 'page',
  label: 'Facebook',
  nameOf(report) {
    const message = nameOfMessage(report)
    if (message) return message
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
