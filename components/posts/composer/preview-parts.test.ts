import { expect, test } from 'vitest'
import { platforms, type PlatformName } from '@/lib/platforms'
import { PostContent, type TargetAccount } from '@/lib/posts/schema'
import { shownOf } from './preview-parts'

function accountOn(platform: PlatformName): TargetAccount {
  const { label, limits, options = [], threads, firstComment } = platforms[platform]
  const judged = { id: platform, platform, label, limits, options, threads, firstComment }
  const shown = { kind: 'account', handle: label, displayName: label, avatarUrl: null, projectId: null }
  return { ...judged, ...shown, hasSlots: false, needsReconnect: false, isAskable: false }
}

const link = 'https://a.com/'
const poll = { options: ['a', 'b'], minutes: 1_440, multiple: false }
const shown = (platform: PlatformName, more: Partial<PostContent> = {}, format?: string) => {
  const content = PostContent.parse({ text: 'See', link, ...more })
  const [first] = shownOf(content, accountOn(platform), new Map(), format ? { format } : {})
  return { text: first?.runs.map(({ text }) => text).join(''), card: first?.link?.url }
}

test('a link is shown once: on a card, or in the words where there is none', () => {
  expect(shown('threads')).toEqual({ text: 'See', card: link })
  expect(shown('threads', { poll })).toEqual({ text: `See\n\n${link}`, card: undefined })
  expect(shown('x')).toEqual({ text: 'See', card: link })
  // X shows addresses without their beginning.
  expect(shown('x', { poll })).toEqual({ text: 'See\n\na.com/', card: undefined })
  expect(shown('linkedin', { poll })).toEqual({ text: 'See', card: undefined })
})

test('a card is ours where the network does not look at the page, and words that were taken away stay away', () => {
  const cardOn = (platform: PlatformName, more = {}) =>
    shownOf(PostContent.parse({ text: 'See', link, ...more }), accountOn(platform), new Map(), {})[0]?.link
  const ours = (platform: PlatformName) => cardOn(platform)?.isOurs
  expect((['bluesky', 'linkedin', 'discord'] as const).map(ours)).toEqual([true, true, true])
  expect((['x', 'threads', 'facebook', 'mastodon'] as const).map(ours)).toEqual([false, false, false, false])
  expect([cardOn('bluesky')?.title, cardOn('bluesky', { linkTitle: '' })?.title]).toEqual([undefined, ''])
})

test('a story shows neither words nor a link', () => {
  expect(shown('instagram', {}, 'story')).toEqual({ text: '', card: undefined })
  expect(shown('facebook', {}, 'story')).toEqual({ text: '', card: undefined })
})
