import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import { wordsOf } from '../options'
import type { Answer, AppConfig, Choice, Credentials, OptionField, Part } from '../platform'
import { getMyChannel } from './api'
import { listCategories, listPlaylists } from './list-api'
import { longVideoMs } from './limits'
import { youtubeError } from './translate'

export const options: readonly OptionField[] = [
  {
    name: 'format',
    label: 'Format',
    required: false,
    preset: 'video',
    input: {
      kind: 'choice',
      choices: [
        { value: 'video', label: 'Video', hint: 'A picture beside it becomes its thumbnail.' },
        { value: 'short', label: 'Short', hint: 'Square or upright, up to 3 minutes. YouTube decides by the file.' },
      ],
    },
  },
  {
    name: 'madeForKids',
    label: 'Made for kids',
    hint: 'The law wants this answered for every video. Comments and notifications are off for those made for kids.',
    required: true,
    input: {
      kind: 'choice',
      choices: [
        { value: 'no', label: 'No, it is not made for kids' },
        { value: 'yes', label: 'Yes, it is made for kids' },
      ],
    },
  },
  {
    name: 'privacy',
    label: 'Who can see it',
    required: false,
    preset: 'public',
    input: {
      kind: 'choice',
      choices: [
        { value: 'public', label: 'Everyone' },
        { value: 'unlisted', label: 'Anyone with the link' },
        { value: 'private', label: 'Only this channel' },
      ],
    },
  },
  { name: 'playlist', label: 'Playlist', required: false, input: { kind: 'list' } },
  {
    name: 'category',
    label: 'Category',
    hint: 'People & Blogs when left empty.',
    required: false,
    input: { kind: 'list' },
  },
  {
    name: 'tags',
    label: 'Tags',
    required: false,
    /** developers.google.com/youtube/v3/docs/videos, `snippet.tags[]`; from memory, unverified. */
    input: { kind: 'tags', max: 50, maxEach: 100, form: { pattern: '[^<>]*', wants: 'tags without “<” and “>”' } },
  },
  {
    name: 'synthetic',
    label: 'Altered or synthetic content',
    hint: 'It looks real and was made or changed by a machine. YouTube labels it.',
    required: false,
    preset: false,
    input: { kind: 'flag' },
  },
  { name: 'notify', label: 'Notify subscribers', required: false, preset: true, input: { kind: 'flag' } },
  { name: 'embeddable', label: 'Let others embed it', required: false, preset: true, input: { kind: 'flag' } },
]

/** Pages of 50 playlists that are offered. */
const playlistPages = 4

export async function choices(app: AppConfig, as: Credentials, field: string): Answer<readonly Choice[]> {
  if (field === 'playlist') return playlists(app, as)
  if (field !== 'category') return ok([])
  const answer = await listCategories(app, as)
  if (!answer.ok) return fail(youtubeError(answer.error, 'none', now()))
  const open = answer.value.body.items.filter(({ snippet }) => snippet.assignable !== false)
  return ok(open.map(({ id, snippet }) => ({ value: id, label: snippet.title })))
}

async function playlists(app: AppConfig, as: Credentials): Answer<readonly Choice[]> {
  const found: Choice[] = []
  let pageToken: string | undefined
  for (let page = 0; page < playlistPages; page++) {
    const answer = await listPlaylists(app, as, pageToken)
    if (!answer.ok) return fail(youtubeError(answer.error, 'none', now()))
    found.push(...answer.value.body.items.map(({ id, snippet }) => ({ value: id, label: snippet.title })))
    pageToken = answer.value.body.nextPageToken
    if (!pageToken) break
  }
  return ok(found)
}

/** A channel that was not verified may not upload long videos; tags have a bound in all. */
export async function precheck(app: AppConfig, as: Credentials, part: Part): Answer<readonly string[]> {
  const found: string[] = []
  if (tagLength(wordsOf(part.options?.tags)) > 500)
    found.push('The tags are too long together: YouTube takes 500 characters, with a comma between two tags.')
  const video = part.media.find(({ kind }) => kind === 'video')?.file
  if ((video?.durationMs ?? 0) <= longVideoMs) return ok(found)
  const channel = await getMyChannel(app, as)
  if (!channel.ok) return fail(youtubeError(channel.error, 'none', now()))
  const long = channel.value.body.items[0]?.status?.longUploadsStatus
  if (long === 'eligible' || long === 'disallowed')
    found.push('The channel may upload videos of up to 15 minutes. Verify it at youtube.com/verify for longer ones.')
  return ok(found)
}

/** As YouTube counts: commas between, and a tag with a space stands in quotation marks. */
const tagLength = (tags: readonly string[]): number =>
  tags.reduce((sum, tag) => sum + tag.length + (tag.includes(' ') ? 2 : 0), Math.max(0, tags.length - 1))
