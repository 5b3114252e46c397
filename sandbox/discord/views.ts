import { type World, accountById } from '../core/network'
import { isVisible } from '../core/posts'
import type { Account, Post } from '../core/state'
import {
  type Author,
  type Thread,
  bot,
  channelTypes,
  emojiOf,
  forumTags,
  guild,
  keptOf,
  messagesIn,
  reactionsOf,
  theBot,
  threadOf,
  typeOf,
} from './server'

export const userView = ({ id, username, name, isBot }: Author) => ({
  id,
  username,
  avatar: null,
  discriminator: isBot ? '0001' : '0',
  public_flags: 0,
  flags: 0,
  ...(isBot ? { bot: true } : {}),
  banner: null,
  accent_color: null,
  global_name: isBot ? null : name,
  avatar_decoration_data: null,
  primary_guild: null,
})

export const meView = () => ({ ...userView(theBot), mfa_enabled: false, locale: 'en-US', verified: true, email: null })

export const channelView = (channel: Account, position: number) => ({
  id: channel.id,
  type: typeOf(channel),
  guild_id: guild.id,
  name: channel.handle,
  topic: channel.bio,
  position,
  flags: 0,
  parent_id: null,
  last_message_id: null,
  rate_limit_per_user: 0,
  nsfw: false,
  permission_overwrites: [],
  ...(typeOf(channel) === channelTypes.forum
    ? {
        available_tags: forumTags.map((tag) => ({ ...tag, moderated: false, emoji_id: null, emoji_name: null })),
        default_reaction_emoji: null,
        default_sort_order: null,
      }
    : {}),
})

export function threadView(world: World, thread: Thread) {
  const said = messagesIn(world, thread.id).filter((post) => isVisible(post, world.now()) && post.id !== thread.id)
  return {
    id: thread.id,
    type: channelTypes.publicThread,
    guild_id: guild.id,
    parent_id: thread.parent,
    owner_id: thread.owner,
    name: thread.name,
    flags: 0,
    last_message_id: said.at(-1)?.id ?? thread.id,
    rate_limit_per_user: 0,
    message_count: said.length,
    member_count: 1,
    total_message_sent: said.length,
    applied_tags: thread.tags,
    thread_metadata: {
      archived: false,
      archive_timestamp: new Date(thread.createdAt).toISOString(),
      auto_archive_duration: 4320,
      locked: false,
      create_timestamp: new Date(thread.createdAt).toISOString(),
    },
  }
}

export function personView(world: World, id: string) {
  if (id === bot.id) return userView(theBot)
  const account = accountById(world, id)
  return userView({ id, username: account?.handle ?? id, name: account?.name ?? id, isBot: false })
}

function pollView(post: Post, poll: NonNullable<ReturnType<typeof keptOf>['poll']>) {
  return {
    question: { text: poll.question },
    answers: poll.answers.map((text, at) => ({ answer_id: at + 1, poll_media: { text } })),
    expiry: new Date(post.createdAt + poll.hours * 3_600_000).toISOString(),
    allow_multiselect: poll.multiple,
    layout_type: 1,
    results: { answer_counts: [], is_finalized: false },
  }
}

/** Readers alone, none that come by themselves: each can be asked for by name. */
function reactionsView(post: Post) {
  const reactions = [...reactionsOf(post)].map(([named, { length: count }]) => ({
    emoji: emojiOf(named),
    count,
    count_details: { burst: 0, normal: count },
    burst_colors: [],
    me_burst: false,
    me: false,
  }))
  return reactions.length > 0 ? { reactions } : {}
}

/** A message as Discord shows it. `nonce` comes back only to the call that made it, and to the Gateway. */
export function messageView(world: World, post: Post, q: { nonce?: boolean; bare?: boolean } = {}): object {
  const kept = keptOf(post)
  const thread = threadOf(world, post.id)
  const parent = kept.reference === undefined ? undefined : world.posts.get(kept.reference)
  return {
    type: parent ? 19 : 0,
    id: post.id,
    channel_id: kept.channelId,
    author: userView(kept.author),
    ...(kept.webhookId ? { webhook_id: kept.webhookId } : {}),
    content: post.text,
    timestamp: new Date(post.createdAt).toISOString(),
    edited_timestamp: kept.editedAt === undefined ? null : new Date(kept.editedAt).toISOString(),
    flags: kept.flags,
    tts: false,
    mention_everyone: false,
    mentions: kept.mentions.map((id) => personView(world, id)),
    mention_roles: [],
    attachments: kept.files.map(({ id, filename, title, description, mime, size, blob }) => ({
      id,
      filename,
      size,
      url: `${world.url()}/media/${blob}`,
      proxy_url: `${world.url()}/media/${blob}`,
      content_type: mime,
      ...(title ? { title } : {}),
      ...(description ? { description } : {}),
    })),
    embeds: kept.embeds.map((embed) => ({ type: 'rich', ...embed })),
    components: [],
    pinned: false,
    ...(q.nonce && post.key ? { nonce: post.key } : {}),
    ...(kept.poll ? { poll: pollView(post, kept.poll) } : {}),
    ...(q.bare ? {} : reactionsView(post)),
    ...(thread && thread.parent === kept.channelId ? { thread: threadView(world, thread) } : {}),
    ...(parent && !q.bare
      ? {
          message_reference: { type: 0, channel_id: kept.channelId, message_id: parent.id, guild_id: guild.id },
          referenced_message: messageView(world, parent, { bare: true }),
        }
      : {}),
  }
}
