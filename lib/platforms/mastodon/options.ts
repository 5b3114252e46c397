import { ok } from '@/lib/core/result'
import type { Answer, Choice, OptionField } from '../platform'

/** What docs.joinmastodon.org/methods/statuses/#create lets an author say beside the text, read 2026-11-25. */
export const options: readonly OptionField[] = [
  {
    name: 'visibility',
    label: 'Who can see it',
    required: false,
    preset: 'public',
    input: {
      kind: 'choice',
      choices: [
        { value: 'public', label: 'Everyone' },
        { value: 'unlisted', label: 'Everyone, but not in public timelines' },
        { value: 'private', label: 'Followers only' },
        { value: 'direct', label: 'Only people who are mentioned' },
      ],
    },
  },
  {
    name: 'warning',
    label: 'Content warning',
    hint: 'Shown in place of the text until a reader opens it. Counts towards the length.',
    required: false,
    input: { kind: 'text', max: 500 },
  },
  {
    name: 'sensitive',
    label: 'Hide media until opened',
    required: false,
    preset: false,
    input: { kind: 'flag' },
  },
  {
    name: 'language',
    label: 'Language',
    hint: 'Readers filter by it. The account’s own when nothing is chosen.',
    required: false,
    input: { kind: 'list' },
  },
  {
    name: 'quotes',
    label: 'Who can quote it',
    hint: 'Kept by servers from version 4.5 on; others ignore it.',
    required: false,
    input: {
      kind: 'choice',
      choices: [
        { value: 'public', label: 'Everyone' },
        { value: 'followers', label: 'Followers' },
        { value: 'nobody', label: 'Nobody' },
      ],
    },
  },
]

/** ISO 639-1, which is what Mastodon takes. */
const languages =
  'aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu'

/** The choices of `language`, by their English names. The same on every server, so none is asked. */
export async function choices(field: string): Answer<readonly Choice[]> {
  if (field !== 'language') return ok([])
  const names = new Intl.DisplayNames('en', { type: 'language' })
  const all = languages.split(' ').map((value) => ({ value, label: names.of(value) ?? value }))
  return ok(all.toSorted((a, b) => a.label.localeCompare(b.label, 'en')))
}
