import { type Reply, json } from '../core/call'
import type { World } from '../core/network'

export const mimes = {
  image: ['image/jpeg', 'image/png', 'image/gif', 'image/webp'],
  video: ['video/webm', 'video/mp4', 'video/quicktime'],
}
export const maxBytes = { image: 16 * 1024 ** 2, video: 99 * 1024 ** 2 }
/** GIF_MATRIX_LIMIT of app/models/concerns/attachmentable.rb, which no server names, is the middle one. */
export const maxPixels = { image: 33_177_600, gif: 921_600, video: 8_294_400 }
export const maxDescription = 1500
export const maxFiles = 4
export const pollBounds = { options: 4, characters: 50, minSeconds: 300, maxSeconds: 2_629_746 }

const hostOf = (world: World): string => new URL(world.url()).host

/** `GET /api/v2/instance` of an unmodified server. */
export function instance(world: World): Reply {
  const url = world.url()
  return json(200, {
    domain: hostOf(world),
    title: 'Sandbox',
    version: '4.7.0',
    source_url: 'https://github.com/mastodon/mastodon',
    description: 'Mastodon, imitated on this computer.',
    usage: { users: { active_month: world.state.accounts.length } },
    thumbnail: { url: `${url}/avatar/instance` },
    icon: [],
    languages: ['en'],
    configuration: {
      urls: { streaming: url.replace(/^http/, 'ws'), status: null, about: `${url}/`, privacy_policy: null },
      accounts: { max_featured_tags: 10, max_pinned_statuses: 5 },
      statuses: { max_characters: 500, max_media_attachments: maxFiles, characters_reserved_per_url: 23 },
      media_attachments: {
        supported_mime_types: [...mimes.image, ...mimes.video],
        description_limit: maxDescription,
        image_size_limit: maxBytes.image,
        image_matrix_limit: maxPixels.image,
        video_size_limit: maxBytes.video,
        video_frame_rate_limit: 120,
        video_matrix_limit: maxPixels.video,
      },
      polls: {
        max_options: pollBounds.options,
        max_characters_per_option: pollBounds.characters,
        min_expiration: pollBounds.minSeconds,
        max_expiration: pollBounds.maxSeconds,
      },
      translation: { enabled: false },
    },
    registrations: { enabled: false, approval_required: false, message: null },
    api_versions: { mastodon: 9 },
    contact: { email: 'admin@sandbox.test', account: null },
    rules: [{ id: '1', text: 'Be kind.', hint: '' }],
  })
}
