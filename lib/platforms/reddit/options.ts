import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import type { Answer, AppConfig, Choice, Credentials, OptionField, OptionValues, Part } from '../platform'
import { getRequirements, getSubreddit, listFlairs, listSubreddits, type Requirements, type Subreddit } from './api'
import { kindOf, redditError, redditText, subredditOf } from './translate'

const flag = (name: string, label: string, preset: boolean, hint?: string): OptionField => ({
  name,
  label,
  ...(hint ? { hint } : {}),
  required: false,
  preset,
  input: { kind: 'flag' },
})

export const options: readonly OptionField[] = [
  {
    name: 'subreddit',
    label: 'Subreddit',
    hint: 'Where the post goes: coffee, or u_yourname for your profile.',
    required: true,
    input: { kind: 'list', free: true },
  },
  { name: 'flair', label: 'Flair', required: false, input: { kind: 'list', after: 'subreddit' } },
  {
    name: 'format',
    label: 'Kind of post',
    required: false,
    preset: 'post',
    input: {
      kind: 'choice',
      choices: [
        { value: 'post', label: 'Text, pictures or video' },
        { value: 'link', label: 'Link', hint: 'Readers see the title and the address only.' },
      ],
    },
  },
  flag('nsfw', 'Not safe for work', false),
  flag('spoiler', 'Spoiler', false),
  flag('sendreplies', 'Send replies to the Reddit inbox', true),
]

const label = ({ subscribers }: Subreddit): { hint?: string } =>
  subscribers ? { hint: `${subscribers.toLocaleString('en')} members` } : {}

export async function choices(
  app: AppConfig,
  as: Credentials,
  field: string,
  given: OptionValues,
): Answer<readonly Choice[]> {
  if (field === 'flair') return flairs(app, as, subredditOf({ options: given }))
  if (field !== 'subreddit') return ok([])
  const found = new Map<string, Choice>()
  for (const where of ['moderator', 'subscriber'] as const) {
    const answer = await listSubreddits(app, as, where)
    if (!answer.ok) return fail(redditError(answer.error, 'none', now()))
    for (const { data } of answer.value.body.data.children) {
      const value = data.display_name
      if (!found.has(value)) found.set(value, { value, label: `r/${value}`, ...label(data) })
    }
  }
  return ok([...found.values(), { value: `u_${as.externalId}`, label: `u/${as.externalId}`, hint: 'Your profile' }])
}

/** Reddit forbids the list where a subreddit has no flair to choose. */
async function flairs(app: AppConfig, as: Credentials, subreddit: string): Answer<readonly Choice[]> {
  if (!subreddit) return ok([])
  const answer = await listFlairs(app, as, subreddit)
  if (answer.ok) return ok(answer.value.body.map(({ id, text }) => ({ value: id, label: text })))
  const hasNone = answer.error.kind === 'refused' && [403, 404].includes(answer.error.status)
  return hasNone ? ok([]) : fail(redditError(answer.error, 'none', now()))
}

/** What a subreddit itself asks of a post, but for its patterns. */
export async function precheck(app: AppConfig, as: Credentials, part: Part): Answer<readonly string[]> {
  const name = subredditOf(part)
  if (part.kind !== 'post' || !name) return ok([])
  const about = await getSubreddit(app, as, name)
  if (!about.ok) {
    const isNone = about.error.kind === 'refused' && [302, 403, 404].includes(about.error.status)
    return isNone
      ? ok([`r/${name} does not exist, or is closed to this account.`])
      : fail(redditError(about.error, 'none', now()))
  }
  const rules = await requirementsOf(app, as, name)
  if (!rules.ok) return rules
  return ok([...problemsOf(about.value.body.data, part), ...breaches(rules.value, part)])
}

/** A subreddit's patterns are not tried: they are strangers' programs for another machine. */
export async function untried(app: AppConfig, as: Credentials, part: Part): Answer<readonly string[]> {
  const name = subredditOf(part)
  if (part.kind !== 'post' || !name) return ok([])
  const rules = await requirementsOf(app, as, name)
  if (!rules.ok) return rules
  const { title_regexes: title, body_regexes: body } = rules.value
  const what = [...(title?.length ? ['the title'] : []), ...(body?.length ? ['the text'] : [])]
  return ok(
    what.length > 0
      ? [`r/${name} has patterns for ${what.join(' and ')} that only Reddit tries. Read its rules before you post.`]
      : [],
  )
}

/** A profile has none. */
async function requirementsOf(app: AppConfig, as: Credentials, name: string): Answer<Requirements> {
  const rules = await getRequirements(app, as, name)
  if (rules.ok) return ok(rules.value.body)
  const areNone = rules.error.kind === 'refused' && [403, 404].includes(rules.error.status)
  return areNone ? ok({}) : fail(redditError(rules.error, 'none', now()))
}

function problemsOf(about: Subreddit, part: Part): readonly string[] {
  const kind = kindOf(part)
  const where = `r/${about.display_name}`
  return [
    ...(about.user_is_banned ? [`This account is banned from ${where}.`] : []),
    ...(about.submission_type === 'link' && kind === 'self' ? [`${where} takes no text posts.`] : []),
    ...(about.submission_type === 'self' && kind !== 'self' ? [`${where} takes text posts only.`] : []),
    ...(about.allow_images === false && kind === 'image' ? [`${where} takes no pictures.`] : []),
    ...(about.allow_galleries === false && kind === 'gallery' ? [`${where} takes no galleries.`] : []),
    ...(about.allow_videos === false && kind === 'video' ? [`${where} takes no videos.`] : []),
  ]
}

const length = (text: string): number => [...text].length

function bounds(what: string, text: string, min?: number | null, max?: number | null): readonly string[] {
  return [
    ...(min && length(text) < min ? [`The ${what} must have at least ${min} characters here.`] : []),
    ...(max && length(text) > max ? [`The ${what} may have at most ${max} characters here.`] : []),
  ]
}

const contains = (text: string, word: string): boolean => text.toLowerCase().includes(word.toLowerCase())

function words(what: string, text: string, wanted?: readonly string[] | null, forbidden?: readonly string[] | null) {
  const banned = (forbidden ?? []).filter((word) => contains(text, word))
  const misses = wanted?.length && !wanted.some((word) => contains(text, word))
  return [
    ...(misses ? [`The ${what} must contain one of these here: ${wanted.join(', ')}.`] : []),
    ...(banned.length > 0 ? [`The ${what} must not contain this here: ${banned.join(', ')}.`] : []),
  ]
}

function breaches(rules: Requirements, part: Part): readonly string[] {
  const title = part.title?.trim() ?? ''
  const body = redditText(part).trim()
  const kind = kindOf(part)
  const host = kind === 'link' && part.link && URL.canParse(part.link.url) ? new URL(part.link.url).hostname : undefined
  const isUnder = (domain: string) => host === domain || host?.endsWith(`.${domain}`)
  const count = kind === 'gallery' ? part.media.length : undefined
  return [
    ...bounds('title', title, rules.title_text_min_length, rules.title_text_max_length),
    ...words('title', title, rules.title_required_strings, rules.title_blacklisted_strings),
    ...(rules.body_restriction_policy === 'required' && !body ? ['A text is wanted here.'] : []),
    ...(rules.body_restriction_policy === 'notAllowed' && body ? ['No text is allowed here: a title must do.'] : []),
    ...(body
      ? [
          ...bounds('text', body, rules.body_text_min_length, rules.body_text_max_length),
          ...words('text', body, rules.body_required_strings, rules.body_blacklisted_strings),
        ]
      : []),
    ...(host && rules.link_restriction_policy === 'blacklist' && rules.domain_blacklist?.some(isUnder)
      ? [`Links to ${host} are not allowed here.`]
      : []),
    ...(host && rules.link_restriction_policy === 'whitelist' && !rules.domain_whitelist?.some(isUnder)
      ? [`Links are allowed here to these only: ${(rules.domain_whitelist ?? []).join(', ')}.`]
      : []),
    ...(count && rules.gallery_min_items && count < rules.gallery_min_items
      ? [`A gallery must have at least ${rules.gallery_min_items} pictures here.`]
      : []),
    ...(count && rules.gallery_max_items && count > rules.gallery_max_items
      ? [`A gallery may have at most ${rules.gallery_max_items} pictures here.`]
      : []),
    ...(rules.is_flair_required && !part.options?.flair ? ['A flair is wanted on every post here.'] : []),
  ]
}
