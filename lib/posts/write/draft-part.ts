import type { MediaFile, Part, Platform } from '@/lib/platforms'
import { askedOf } from '../rules/option-rules'
import { mergedContent } from '../rules/rules'
import type { PostContent, PostOverride } from '../schema'
import { tagged, tagLinks } from './tags'

/** The first thing a draft would become at a network, to be judged there. Nothing of it is kept or sent. */
export function draftPart(
  content: PostContent,
  override: PostOverride | null | undefined,
  files: readonly MediaFile[],
  platform: Platform,
  at: Date,
): Part {
  const { text, title, link, linkTitle, linkDescription, mediaIds, alts, poll, utm } = mergedContent(content, override)
  return {
    kind: 'post',
    text: tagLinks(text, utm),
    ...(title ? { title } : {}),
    ...(link
      ? {
          link: {
            url: tagged(link, utm),
            ...(linkTitle ? { title: linkTitle } : {}),
            ...(linkDescription ? { description: linkDescription } : {}),
          },
        }
      : {}),
    media: mediaIds.flatMap((id) => {
      const file = files.find((one) => one.id === id)
      if (!file) return []
      const { kind, width, height } = file
      const alt = alts[id] ?? file.alt
      return [{ kind, alt, ...(width && height ? { width, height } : {}), file }]
    }),
    ...(poll ? { poll } : {}),
    ...(override?.options ? { options: askedOf(override.options, { options: platform.options ?? [] }) } : {}),
    key: platform.newKey(at),
  }
}
