import { z } from 'zod'
import { type Call, type Reply, type Route, formBody, json, jsonBody } from '../core/call'
import { type World, mediaById, show } from '../core/network'
import type { Account, Media, Post, Segment } from '../core/state'
import { caller } from './caller'
import { keptOf, type Kept } from './kept'
import { placeOf, type Place } from './places'
import { refuse } from './problems'
import { commentView } from './views'

/** Reddit's ids: base 36, rising. */
export const newName = (world: World, kind: 't1' | 't3' | 't4'): string =>
  `${kind}_${(46_656_000_000 + world.serial()).toString(36)}`

const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((said) => said === 'true')]).default(false)
const Wish = z.object({
  kind: z.enum(['self', 'link', 'image', 'video', 'videogif']),
  sr: z.string(),
  title: z.string().default(''),
  text: z.string().default(''),
  url: z.string().optional(),
  flair_id: z.string().optional(),
  resubmit: flag,
  nsfw: flag,
  spoiler: flag,
  sendreplies: flag,
  video_poster_url: z.string().optional(),
})
const Gallery = z.object({
  sr: z.string(),
  title: z.string().default(''),
  text: z.string().default(''),
  flair_id: z.string().optional(),
  nsfw: flag,
  spoiler: flag,
  items: z
    .array(z.object({ media_id: z.string(), caption: z.string().max(180).optional() }))
    .min(2)
    .max(20),
})

const links = (text: string): Segment[] =>
  text
    .split(/(https?:\/\/[^\s<>)]+)/)
    .filter((part) => part !== '')
    .map((part) => (/^https?:\/\//.test(part) ? { text: part, href: part } : { text: part }))

/**
 * Words in a title for what cannot be ordered otherwise: Reddit says RATELIMIT and made nothing, made the post and names
 * it, or made it without a word of it (praw #1768).
 */
const limitWord = /#reddit:ratelimit(_made|_hidden)?/
const limited = (more: object = {}) =>
  refuse('RATELIMIT', 'you are doing that too much. try again in 9 minutes.', 'ratelimit', { ratelimit: 540, ...more })

const tooLong = (max: number, field: string) => refuse('TOO_LONG', `this is too long (max: ${max})`, field)

function refusalOf(
  world: World,
  account: Account,
  q: { place: Place; title: string; text: string; flair?: string | undefined },
) {
  const { place, title, text, flair } = q
  if (title.trim() === '') return refuse('NO_TEXT', 'we need something here', 'title')
  if ([...title].length > 300) return tooLong(300, 'title')
  if ([...text].length > 40_000) return tooLong(40_000, 'text')
  if (place.name.startsWith('u_') && !place.moderators.includes(account.handle))
    return refuse('SUBREDDIT_NOTALLOWED', "you aren't allowed to post there.", 'sr')
  if (flair !== undefined && !place.flairs.some(({ id }) => id === flair))
    return refuse('BAD_FLAIR_TEMPLATE_ID', 'bad flair template id', 'flair')
  if (place.rules.is_flair_required && flair === undefined)
    return refuse('SUBMIT_VALIDATION_FLAIR_REQUIRED', 'Your post must contain post flair.', 'flair')
  const min = place.rules.title_text_min_length
  if (min && title.length < min)
    return refuse('SUBMIT_VALIDATION_MIN_LENGTH', `must be at least ${min} characters`, 'title')
  return undefined
}

/** The address a file was given when it was leased; only its owner may use it. */
function fileAt(world: World, account: Account, url: string | undefined): Media | undefined {
  const id = url?.slice(url.lastIndexOf('/') + 1)
  const media = id === undefined ? undefined : mediaById(world, id)
  return media?.ownerId === account.id && media.blob !== undefined ? media : undefined
}

type Draft = {
  readonly place: Place
  readonly title: string
  readonly text: string
  readonly kind: Kept['kind']
  readonly url?: string
  readonly files: readonly Media[]
  readonly marks: Pick<Kept, 'nsfw' | 'spoiler' | 'flair'>
}

function make(world: World, call: Call, account: Account, draft: Draft): Post {
  const { place, title, text, kind, url, files, marks } = draft
  const readyAt = Math.max(0, ...files.map((file) => (file.readyAt ?? 0) - world.now()))
  const kept: Kept = { sr: place.name, title, kind, body: text.trim(), ...marks, ...(url ? { url } : {}) }
  return show(world, call, {
    id: newName(world, 't3'),
    account,
    kind: 'post',
    text: text.trim() || title,
    rich: [
      {
        text: `${[marks.flair, marks.nsfw && 'NSFW', marks.spoiler && 'Spoiler', title].filter(Boolean).join(' · ')}\n`,
      },
      ...links(text.trim()),
    ],
    record: kept,
    media: files.map(({ blob = '', mime, alt }) => ({ blob, mime, alt })),
    ...(kind === 'link' && url ? { card: { url, title, description: '' } } : {}),
    shownInMs: readyAt,
  })
}

const marksOf = (
  wish: { nsfw: boolean; spoiler: boolean; flair_id?: string | undefined },
  { flairs }: Place,
): Draft['marks'] => {
  const flair = flairs.find(({ id }) => id === wish.flair_id)?.text
  return { nsfw: wish.nsfw, spoiler: wish.spoiler, ...(flair ? { flair } : {}) }
}

const urlOf = (world: World, post: Post): string =>
  `${world.url()}/r/${keptOf(post).sr}/comments/${post.id.slice(3)}/post/`

function submit(world: World, call: Call): Reply {
  const who = caller(world, call, 'submit')
  if ('refusal' in who) return who.refusal
  const wish = Wish.safeParse(formBody(call))
  if (!wish.success) return refuse('INVALID_OPTION', 'that option is not valid', String(wish.error.issues[0]?.path[0]))
  const { kind, sr, title, text, url, flair_id: flair } = wish.data
  const place = placeOf(world, sr)
  if (!place) return refuse('SUBREDDIT_NOEXIST', "that subreddit doesn't exist", 'sr')
  const refusal = refusalOf(world, who.account, { place, title, text, flair })
  if (refusal) return refusal
  if (kind === 'self' || kind === 'link') return plain(world, call, who.account, { ...wish.data, kind, place })
  if (!place.media)
    return kind === 'image'
      ? refuse('NO_IMAGES', "This community doesn't allow images", 'sr')
      : refuse('NO_VIDEOS', "This community doesn't allow videos", 'sr')
  const file = fileAt(world, who.account, url)
  const poster = kind === 'image' ? undefined : fileAt(world, who.account, wish.data.video_poster_url)
  if (!file || (kind !== 'image' && !poster)) return refuse('INVALID_MEDIA_URL', 'that media url is not valid', 'url')
  const shown = kind === 'image' ? 'image' : 'video'
  make(world, call, who.account, { place, title, text, kind: shown, files: [file], marks: marksOf(wish.data, place) })
  // Neither id nor name: those come over a WebSocket, once the file was worked on.
  return json(200, {
    json: {
      errors: [],
      data: {
        user_submitted_page: `${world.url()}/user/${who.account.handle}/submitted/`,
        websocket_url: `${world.url().replace(/^http/, 'ws')}/media/${file.id}`,
      },
    },
  })
}

type Plain = Omit<z.output<typeof Wish>, 'kind'> & { kind: 'self' | 'link'; place: Place }

function plain(world: World, call: Call, account: Account, wish: Plain): Reply {
  const { kind, place, title, text, url } = wish
  if (kind === 'link') {
    if (!url || !/^https?:\/\//.test(url) || !URL.canParse(url))
      return refuse('BAD_URL', 'you should check that url', 'url')
    const isKnown = world.posts.all.some((post) => {
      const kept = keptOf(post)
      return kept.kind === 'link' && kept.url === url && kept.sr === place.name && post.deletedAt === undefined
    })
    if (isKnown && !wish.resubmit && world.settings.refuseDuplicates)
      return refuse('ALREADY_SUB', 'that link has already been submitted', 'url')
  }
  const limit = limitWord.exec(title)
  if (limit && limit[1] === undefined) return limited()
  const marks = marksOf(wish, place)
  const post = make(world, call, account, { place, title, text, kind, files: [], marks, ...(url ? { url } : {}) })
  const data = { id: post.id.slice(3), name: post.id, url: urlOf(world, post), drafts_count: 0 }
  if (!limit) return json(200, { json: { errors: [], data } })
  return limited(limit[1] === '_made' ? { data } : {})
}

function submitGallery(world: World, call: Call): Reply {
  const who = caller(world, call, 'submit')
  if ('refusal' in who) return who.refusal
  const wish = Gallery.safeParse(jsonBody(call))
  if (!wish.success) return refuse('INVALID_GALLERY', 'that gallery is not valid', 'items')
  const { sr, title, text, items, flair_id: flair } = wish.data
  const place = placeOf(world, sr)
  if (!place) return refuse('SUBREDDIT_NOEXIST', "that subreddit doesn't exist", 'sr')
  const refusal = refusalOf(world, who.account, { place, title, text, flair })
  if (refusal) return refusal
  if (!place.media) return refuse('NO_IMAGES', "This community doesn't allow galleries", 'sr')
  const files = items.flatMap(({ media_id }) => fileAt(world, who.account, media_id) ?? [])
  if (files.length !== items.length) return refuse('INVALID_MEDIA_ID', 'that media id is not valid', 'items')
  const marks = marksOf(wish.data, place)
  const post = make(world, call, who.account, { place, title, text, kind: 'gallery', files, marks })
  return json(200, { json: { errors: [], data: { id: post.id, url: urlOf(world, post) } } })
}

/** A comment under a post or comment, or an answer to a private message. */
function comment(world: World, call: Call): Reply {
  const { thing_id: parentName = '', text = '' } = formBody(call)
  const who = caller(world, call, parentName.startsWith('t4_') ? 'privatemessages' : 'submit')
  if ('refusal' in who) return who.refusal
  if (text.trim() === '') return refuse('NO_TEXT', 'we need something here', 'text')
  if ([...text].length > 10_000) return tooLong(10_000, 'text')
  const parent = world.posts.get(parentName)
  if (!parent) return refuse('NO_THING_ID', 'id not specified', 'parent')
  if (parent.deletedAt !== undefined) return refuse('DELETED_COMMENT', 'that comment has been deleted', 'parent')
  const post = answer(world, call, who.account, parent, text)
  return json(200, {
    json: { errors: [], data: { things: [{ kind: post.id.slice(0, 2), data: commentView(world, post) }] } },
  })
}

/** Says something under a thing: by an account through the API, or by a reader. */
export function answer(
  world: World,
  call: Pick<Call, 'faults'>,
  account: Account,
  parent: Post,
  text: string,
  type?: string,
): Post {
  const above = keptOf(parent)
  const isMessage = above.kind === 'message'
  const link = above.link ?? parent.id
  const kept: Kept = isMessage
    ? { ...above, parent: parent.id, dest: world.state.accounts.find(({ id }) => id === parent.accountId)?.handle }
    : { sr: above.sr, title: above.title, kind: 'comment', parent: parent.id, link, ...(type ? { type } : {}) }
  return show(world, call, {
    id: newName(world, isMessage ? 't4' : 't1'),
    account,
    kind: isMessage ? 'reply' : 'comment',
    text: text.trim(),
    rich: links(text.trim()),
    record: kept,
    parentId: parent.id,
    rootId: parent.rootId ?? parent.id,
  })
}

function del(world: World, call: Call): Reply {
  const who = caller(world, call, 'edit')
  if ('refusal' in who) return who.refusal
  const post = world.posts.get(formBody(call).id ?? '')
  // Reddit says {} to whatever it is told to delete.
  if (post && post.accountId === who.account.id) post.deletedAt ??= world.now()
  return json(200, {})
}

export function submitRoutes(world: World): readonly Route[] {
  const limit = { name: 'api', max: 1_000, windowMs: 600_000 }
  return [
    { method: 'POST', path: '/api/submit', operation: 'publish', limit, handle: (call) => submit(world, call) },
    {
      method: 'POST',
      path: '/api/submit_gallery_post.json',
      operation: 'publish',
      limit,
      handle: (call) => submitGallery(world, call),
    },
    { method: 'POST', path: '/api/comment', operation: 'comment', limit, handle: (call) => comment(world, call) },
    { method: 'POST', path: '/api/del', operation: 'delete', limit, handle: (call) => del(world, call) },
  ]
}
