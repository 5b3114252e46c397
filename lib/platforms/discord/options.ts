import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import type { Answer, AppConfig, Choice, Credentials, OptionField, Part } from '../platform'
import { getChannel } from './api'
import { channelTypes, isForum } from './limits'
import { discordError, forumTagsOf, placeOf } from './translate'

export const options: readonly OptionField[] = [
  {
    name: 'mentions',
    label: 'Notify the people and roles mentioned',
    hint: 'Discord pings nobody unless you say so.',
    required: false,
    preset: 'none',
    input: {
      kind: 'choice',
      choices: [
        { value: 'none', label: 'Nobody' },
        { value: 'users', label: 'People' },
        { value: 'roles', label: 'People and roles' },
        { value: 'everyone', label: 'People, roles, @everyone and @here' },
      ],
    },
  },
  {
    name: 'silent',
    label: 'Send silently',
    hint: 'Appears without a notification, like @silent.',
    required: false,
    preset: false,
    input: { kind: 'flag' },
  },
  {
    name: 'spoiler',
    label: 'Hide files until they are clicked',
    required: false,
    preset: false,
    input: { kind: 'flag' },
  },
  {
    name: 'crosspost',
    label: 'Publish to the servers that follow',
    hint: 'For announcement channels.',
    required: false,
    preset: false,
    input: { kind: 'flag' },
  },
  { name: 'tag', label: 'Forum tag', required: false, input: { kind: 'list' } },
]

/** Discord OpenAPI of 2026-07-18, ChannelFlags: a post needs a tag. */
const requireTag = 1 << 4

export async function choices(app: AppConfig, as: Credentials, field: string): Answer<readonly Choice[]> {
  const place = placeOf(as)
  if (field !== 'tag' || place.webhook) return ok([])
  const channel = await getChannel(app, as.accessToken, place.channel)
  if (!channel.ok) return fail(discordError(channel.error, 'none', now()))
  return ok((channel.value.body.available_tags ?? []).map(({ id, name }) => ({ value: id, label: name })))
}

/** What the channel itself says against a part. A webhook does not know what kind of channel it writes into. */
export async function precheck(app: AppConfig, as: Credentials, part: Part): Answer<readonly string[]> {
  const place = placeOf(as)
  const wantsFollowers = part.options?.crosspost === true
  if (place.webhook)
    return ok(
      wantsFollowers ? ['A webhook cannot publish to servers that follow. Connect the channel with a bot.'] : [],
    )
  const channel = await getChannel(app, as.accessToken, place.channel)
  if (!channel.ok) return fail(discordError(channel.error, 'none', now()))
  const { type, flags = 0, available_tags = [] } = channel.value.body
  const tags = forumTagsOf(part)
  return ok([
    ...(wantsFollowers && type !== channelTypes.announcement
      ? [
          'Only announcement channels can be followed, and this is none. Leave “Publish to the servers that follow” off.',
        ]
      : []),
    ...(isForum(type) && part.kind === 'post' && !part.title?.trim() ? ['A post in a forum needs a title.'] : []),
    ...(isForum(type) && (flags & requireTag) !== 0 && tags.length === 0
      ? ['This forum wants a tag on every post.']
      : []),
    ...(tags.some((tag) => !available_tags.some(({ id }) => id === tag))
      ? ['The forum no longer has the tag that was chosen. Choose another one.']
      : []),
  ])
}
