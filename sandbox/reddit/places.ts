import { type World, accountById } from '../core/network'
import type { Account } from '../core/state'

type Rules = {
  readonly title_regexes?: readonly string[]
  readonly is_flair_required?: boolean
  readonly title_text_min_length?: number
  readonly body_restriction_policy?: 'required' | 'notAllowed' | 'none'
  readonly title_blacklisted_strings?: readonly string[]
}
export type Place = {
  readonly name: string
  readonly title: string
  readonly subscribers: number
  readonly moderators: readonly string[]
  readonly members: readonly string[]
  readonly flairs: readonly { readonly id: string; readonly text: string }[]
  readonly media: boolean
  readonly rules: Rules
}

const places: readonly Place[] = [
  {
    name: 'northwind',
    title: 'Northwind Coffee',
    subscribers: 4_120,
    moderators: ['northwind'],
    members: ['northwind', 'nora_winter'],
    flairs: [
      { id: 'f1000000-0000-4000-8000-000000000001', text: 'News' },
      { id: 'f1000000-0000-4000-8000-000000000002', text: 'Question' },
    ],
    media: true,
    rules: {},
  },
  {
    name: 'coffee',
    title: 'Coffee',
    subscribers: 1_850_000,
    moderators: [],
    members: ['northwind', 'nora_winter'],
    flairs: [],
    media: true,
    rules: {},
  },
  {
    name: 'strictroast',
    title: 'Roasters with rules',
    subscribers: 12_000,
    moderators: [],
    members: ['northwind'],
    flairs: [{ id: 'f1000000-0000-4000-8000-000000000003', text: 'Roast log' }],
    media: false,
    rules: {
      is_flair_required: true,
      title_regexes: ['^[A-Z]'],
      title_text_min_length: 10,
      body_restriction_policy: 'required',
      title_blacklisted_strings: ['giveaway'],
    },
  },
]

/** A subreddit, or a person's own profile as `u_name`. */
export function placeOf(world: World, name: string): Place | undefined {
  const found = places.find((place) => place.name === name.toLowerCase())
  if (found) return found
  const person = world.state.accounts.find(({ handle }) => `u_${handle}`.toLowerCase() === name.toLowerCase())
  return (
    person && {
      name: `u_${person.handle}`,
      title: person.name,
      subscribers: 1,
      moderators: [person.handle],
      members: [person.handle],
      flairs: [],
      media: true,
      rules: {},
    }
  )
}

export const placesOf = (account: Account, where: 'moderators' | 'members'): readonly Place[] =>
  places.filter((place) => place[where].includes(account.handle))

export const aboutView = (place: Place) => ({
  display_name: place.name,
  title: place.title,
  subscribers: place.subscribers,
  submission_type: 'any',
  allow_images: place.media,
  allow_videos: place.media,
  allow_galleries: place.media,
  user_is_banned: false,
})

export const requirementsView = ({ rules }: Place) => ({
  title_regexes: rules.title_regexes ?? [],
  body_regexes: [],
  title_required_strings: [],
  title_blacklisted_strings: rules.title_blacklisted_strings ?? [],
  body_required_strings: [],
  body_blacklisted_strings: [],
  title_text_min_length: rules.title_text_min_length ?? null,
  title_text_max_length: null,
  body_text_min_length: null,
  body_text_max_length: null,
  body_restriction_policy: rules.body_restriction_policy ?? 'none',
  link_restriction_policy: 'none',
  domain_blacklist: [],
  domain_whitelist: [],
  gallery_min_items: null,
  gallery_max_items: null,
  is_flair_required: rules.is_flair_required ?? false,
})

export const authorOf = (world: World, id: string): string => accountById(world, id)?.handle ?? '[deleted]'
