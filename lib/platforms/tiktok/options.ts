import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import { fileNumber, seconds } from '../options'
import type { Answer, AppConfig, Choice, Credentials, OptionField, Part } from '../platform'
import { getCreatorInfo } from './api'
import { audiences, objectionsBesideRules, tiktokError } from './translate'

const direct = ['direct']

/**
 * What TikTok's sharing rules want asked (developers.tiktok.com/doc/content-sharing-guidelines): the audience without a
 * default, comments, duets and stitches off until a person allows them, advertising declared.
 */
export const options: readonly OptionField[] = [
  {
    name: 'format',
    label: 'How it is posted',
    required: false,
    preset: 'direct',
    input: {
      kind: 'choice',
      choices: [
        { value: 'direct', label: 'Post directly' },
        {
          value: 'inbox',
          label: 'Draft in the TikTok inbox',
          hint: 'The account gets a message in TikTok’s app and finishes the post there. A video’s caption is written there, too.',
        },
      ],
    },
  },
  {
    name: 'privacy',
    label: 'Who can see it',
    hint: 'TikTok wants a person to choose this for every post.',
    required: true,
    formats: direct,
    input: { kind: 'list' },
  },
  {
    name: 'comments',
    label: 'Allow comments',
    required: false,
    preset: false,
    formats: direct,
    input: { kind: 'flag' },
  },
  {
    name: 'duet',
    label: 'Allow duets',
    hint: 'Videos only.',
    required: false,
    preset: false,
    formats: direct,
    input: { kind: 'flag' },
  },
  {
    name: 'stitch',
    label: 'Allow stitches',
    hint: 'Videos only.',
    required: false,
    preset: false,
    formats: direct,
    input: { kind: 'flag' },
  },
  {
    name: 'brandOrganic',
    label: 'Promotes your own business',
    hint: 'TikTok labels it “Promotional content”.',
    required: false,
    preset: false,
    formats: direct,
    input: { kind: 'flag' },
  },
  {
    name: 'brandContent',
    label: 'Paid partnership',
    hint: 'TikTok labels it “Paid partnership”. It cannot be for the account alone.',
    required: false,
    preset: false,
    formats: direct,
    input: { kind: 'flag' },
  },
  {
    name: 'aiGenerated',
    label: 'Made with AI',
    hint: 'TikTok labels it “Creator labeled as AI-generated”. Videos only.',
    required: false,
    preset: false,
    formats: direct,
    input: { kind: 'flag' },
  },
  {
    name: 'music',
    label: 'Let TikTok add music',
    hint: 'Pictures only.',
    required: false,
    preset: false,
    formats: direct,
    input: { kind: 'flag' },
  },
  {
    name: 'cover',
    label: 'Cover at second',
    hint: 'The moment of the video that is its cover, as in 2.5. The first picture when left empty.',
    required: false,
    formats: direct,
    input: { kind: 'text', max: 8, form: seconds },
  },
  {
    name: 'coverPicture',
    label: 'Cover picture',
    hint: 'The number of the picture that is the cover, as in 2. The first when left empty. Pictures only.',
    required: false,
    input: { kind: 'text', max: 2, form: fileNumber, ofFile: true },
  },
]

/** Every audience there is; those the account may not use now are closed, with the reason. */
export async function choices(app: AppConfig, as: Credentials, field: string): Answer<readonly Choice[]> {
  if (field !== 'privacy') return ok([])
  const creator = await getCreatorInfo(app, as)
  if (!creator.ok) return fail(tiktokError(creator.error, 'none', now()))
  const { privacy_level_options: open } = creator.value.body
  const known = Object.entries(audiences).map(([value, label]) => ({
    value,
    label,
    ...(open.includes(value) ? {} : { closed: 'This account’s own settings in TikTok’s app do not allow it.' }),
  }))
  const further = open.filter((value) => !(value in audiences)).map((value) => ({ value, label: value }))
  return ok([...known, ...further])
}

export async function precheck(app: AppConfig, as: Credentials, part: Part): Answer<readonly string[]> {
  const creator = await getCreatorInfo(app, as)
  return creator.ok
    ? ok(objectionsBesideRules(part, creator.value.body))
    : fail(tiktokError(creator.error, 'none', now()))
}
