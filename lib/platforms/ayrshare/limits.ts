import { second } from '@/lib/core/clock'
import type { Limits } from '../limits'
import type { OptionField, Platform } from '../platform'
import type { TheirName } from './names'

/** www.ayrshare.com/docs/errors/errors-http, through a mirror of 2026-10-04: 300 calls in 5 minutes for each profile. */
export const windowMs = 5 * 60_000

/**
 * How long a post may be missing from the history. Ayrshare names no bound; but it keeps a key only once it has worked on
 * the post, and fetching a film takes it a while, so a second try waits that long.
 */
export const readBackLagMs = 120_000

/** www.ayrshare.com/docs/apis/history/get-history, through a mirror: 25 where nothing is said, 500 at most. */
export const historyMax = 500

/** www.ayrshare.com/docs/apis/history/history-platform, through a summary of 2026: 500 at most, 100 advised. */
export const onNetworkMax = 100

/** X charges one's own app for each post that is read, so only what went through Ayrshare is read there. */
export const isReadWhole = (platform: TheirName): boolean => platform !== 'twitter'

/** How far back comments are asked for when the settings do not say: the last week. */
export const usualHistoryDays = 7

/** Comments are asked at the network every 10 minutes; in between the same copy is handed out (get-comments, as above). */
export const copyMs = 10 * 60_000

/**
 * Ayrshare says that it hands out all comments, and names no bound (www.ayrshare.com/docs/apis/comments/overview, through
 * a mirror). Ours: whether it goes on behind a hundred is not verified, and what it left out would look as if it were gone.
 */
export const wholeMax = 100

/** X lets its search go back a week: what is older is missing and stands. */
export const isListedWhole = (platform: TheirName): boolean => platform !== 'twitter'

/** What people answered to a post stays on these when the post is taken away. */
export const answersOutlivePosts = (platform: TheirName): boolean => platform === 'twitter' || platform === 'bluesky'

/** So many posts are asked for their comments in one go. */
export const postsAtOnce = 5

/** On Facebook a film with its cover. */
const coverFormat = 'video'
const hasFormats = (name: Platform['name']): boolean => name === 'facebook' || name === 'instagram'

/**
 * Where a link makes a card, the network makes it from the text; and Ayrshare offers neither threads nor polls in one form
 * for all. It passes on what stands for a picture, but for Threads, and nothing for a film.
 */
export function limitsOf({ name, limits }: Platform): Limits {
  const { poll: _, documents: __, formats, images, video, quotas = [], ...rest } = limits
  const { altMax: ___, ...film } = video
  return {
    ...rest,
    // What a network takes of an app it takes of Ayrshare's, of which nobody here knows how much is used.
    quotas: quotas.filter((quota) => quota.of === 'account'),
    images: name === 'threads' ? { ...images, altMax: 0 } : images,
    video: film,
    threadMax: 1,
    link: { inText: true, besideMedia: true },
    ...(formats ? { formats: hasFormats(name) ? withoutCover(formats, images) : formats } : {}),
  }
}

/** A film goes alone: which of two files is the cover, Ayrshare is not told. */
function withoutCover(formats: NonNullable<Limits['formats']>, images: Limits['images']): Limits['formats'] {
  const { [coverFormat]: _, reel, ...others } = formats
  return { ...others, reel: { ...reel, images: { ...images, max: 0 }, mixedMax: 1 } }
}

/** Of what a network lets one choose, the format is what Ayrshare passes on, and on these two. */
export const optionsOf = ({ name, options = [] }: Platform): readonly OptionField[] =>
  hasFormats(name)
    ? options.flatMap((option) => {
        const { input } = option
        if (option.name !== 'format' || input.kind !== 'choice') return []
        return [{ ...option, input: { ...input, choices: input.choices.filter(({ value }) => value !== coverFormat) } }]
      })
    : []

/** www.ayrshare.com/docs/apis/post/delete-post and …/social-networks/threads, as above: Ayrshare cannot delete there. */
export const isDeletable = (platform: TheirName): boolean => platform !== 'instagram' && platform !== 'threads'

/** …/comments/reply-to-comment, as above. Threads is not among them. */
export const isAnswerable = (platform: TheirName): boolean => platform !== 'threads'

/** Its dates are whole seconds. */
export const dateStepMs = second
