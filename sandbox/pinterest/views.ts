import { type World, accountById } from '../core/network'
import type { Account, Post } from '../core/state'
import { recordOf } from './record'

/** A pin in Pinterest's own words. */
export function pinView(world: World, post: Post, reader: Account) {
  const record = recordOf(post)
  if (!record) throw new Error(`${post.id} is no pin`)
  const image = (blob: string | undefined) => ({
    '600x': { width: 600, height: 600, url: `${world.url()}/media/${blob ?? ''}` },
  })
  const first = post.media[0]?.blob
  return {
    id: post.id,
    created_at: new Date(post.createdAt).toISOString(),
    title: record.title,
    description: post.text,
    link: record.link,
    alt_text: record.alt_text,
    dominant_color: record.dominant_color ?? '#6E7874',
    board_id: record.board_id,
    board_section_id: record.board_section_id,
    board_owner: { username: accountById(world, post.accountId)?.handle ?? '' },
    is_owner: post.accountId === reader.id,
    is_standard: true,
    has_been_promoted: false,
    parent_pin_id: null,
    creative_type: record.kind === 'video' ? 'VIDEO' : record.kind === 'image' ? 'REGULAR' : 'CAROUSEL',
    pin_metrics: null,
    media:
      record.kind === 'multiple_images'
        ? {
            media_type: record.kind,
            items: post.media.map(({ blob }) => ({
              item_type: 'image',
              title: null,
              description: null,
              link: null,
              images: image(blob),
            })),
          }
        : {
            media_type: record.kind,
            images: image(record.kind === 'video' ? record.cover : first),
            ...(record.kind === 'video'
              ? { cover_image_url: image(record.cover)['600x'].url, duration: null, height: null, width: null }
              : {}),
          },
  }
}
