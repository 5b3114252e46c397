import { now } from '@/lib/core/clock'
import { fail } from '@/lib/core/result'
import type { Answer, AppConfig, Credentials, Part, Published } from '../platform'
import { alone, clockSkewMs, tooMuch } from '../read-back'
import { getMyChannel } from './api'
import { listReplies, listThreads, type Comment } from './comment-api'
import { listPlaylistItems, type Listed } from './list-api'
import { readBackPages } from './limits'
import { commentText, description, saysTheSame, toPublishedComment, toPublishedVideo, youtubeError } from './translate'

const after = (since: Date) => {
  const from = since.getTime() - clockSkewMs
  return (at: string): boolean => Date.parse(at) >= from
}

/** Looks for a video among the channel's uploads, by its title and description. */
export async function findUpload(
  app: AppConfig,
  as: Credentials,
  part: Part,
  since: Date,
): Answer<Published | undefined> {
  const channel = await getMyChannel(app, as)
  if (!channel.ok) return fail(youtubeError(channel.error, 'none', now()))
  const uploads = channel.value.body.items[0]?.contentDetails.relatedPlaylists.uploads
  if (!uploads) return fail({ code: 'unavailable', reason: 'YouTube does not name the channel’s uploads.' })
  const isNew = after(since)
  const found: Listed[] = []
  let pageToken: string | undefined
  for (let page = 0; page < readBackPages; page++) {
    const answer = await listPlaylistItems(app, as, uploads, { pageToken })
    if (!answer.ok) return fail(youtubeError(answer.error, 'none', now()))
    const { items, nextPageToken } = answer.value.body
    found.push(
      ...items.filter(
        ({ snippet }) =>
          isNew(snippet.publishedAt) &&
          saysTheSame(snippet.title, part.title ?? '') &&
          saysTheSame(snippet.description, description(part)),
      ),
    )
    if (!nextPageToken || items.some(({ snippet }) => !isNew(snippet.publishedAt)))
      return alone(found, ({ contentDetails }) => toPublishedVideo(app.webUrl, contentDetails.videoId, part))
    pageToken = nextPageToken
  }
  return fail(tooMuch)
}

/** Looks for a first comment of ours among the newest threads under a video. */
export async function findComment(
  app: AppConfig,
  as: Credentials,
  part: Part,
  since: Date,
): Answer<Published | undefined> {
  const videoId = part.replyTo?.root.externalId
  if (!videoId) throw new Error('A comment without a video to comment on')
  const found: Comment[] = []
  let pageToken: string | undefined
  for (let page = 0; page < readBackPages; page++) {
    const answer = await listThreads(app, as, { videoId, pageToken })
    if (!answer.ok) return fail(youtubeError(answer.error, 'none', now()))
    const { items, nextPageToken } = answer.value.body
    const comments = items.map(({ snippet }) => snippet.topLevelComment)
    found.push(...ours(comments, as, part.text, since))
    if (!nextPageToken || comments.some(({ snippet }) => !after(since)(snippet.publishedAt)))
      return one(app, found, videoId)
    pageToken = nextPageToken
  }
  return fail(tooMuch)
}

/** Looks for an answer of ours in a thread. The order of answers is not documented: all of them are read. */
export async function findReplyIn(
  app: AppConfig,
  as: Credentials,
  q: { readonly thread: string; readonly videoId?: string | undefined; readonly text: string; readonly since: Date },
): Answer<Published | undefined> {
  const found: Comment[] = []
  let pageToken: string | undefined
  for (let page = 0; page < readBackPages; page++) {
    const answer = await listReplies(app, as, q.thread, pageToken)
    if (!answer.ok) return fail(youtubeError(answer.error, 'none', now()))
    found.push(...ours(answer.value.body.items, as, q.text, q.since))
    pageToken = answer.value.body.nextPageToken
    if (!pageToken) return one(app, found, q.videoId)
  }
  return fail(tooMuch)
}

const ours = (comments: readonly Comment[], as: Credentials, text: string, since: Date): readonly Comment[] =>
  comments.filter(
    (comment) =>
      comment.snippet.authorChannelId?.value === as.externalId &&
      after(since)(comment.snippet.publishedAt) &&
      saysTheSame(commentText(comment), text),
  )

const one = (app: AppConfig, found: readonly Comment[], videoId: string | undefined) =>
  alone(found, ({ id }) => toPublishedComment(app.webUrl, videoId, id))
