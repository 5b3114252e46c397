import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import type { Reply } from '../outcome'
import type { Answer, AppConfig, Choice, Credentials, OptionField, OptionValues, Part } from '../platform'
import { getBoard, listBoards, listSections, type Board, type Problem } from './api'
import { linkMax } from './limits'
import { boardOf, isGone, pinterestError } from './translate'

export const options: readonly OptionField[] = [
  {
    name: 'board',
    label: 'Board',
    hint: 'Every pin is saved to a board.',
    required: true,
    input: { kind: 'list' },
  },
  { name: 'section', label: 'Section of the board', required: false, input: { kind: 'list', after: 'board' } },
  {
    name: 'format',
    label: 'Format',
    required: false,
    preset: 'pin',
    input: {
      kind: 'choice',
      choices: [
        { value: 'pin', label: 'Pin', hint: 'A picture, two to five pictures as a carousel, or a video.' },
        { value: 'video', label: 'Video with a cover', hint: 'The picture beside the video is its cover.' },
      ],
    },
  },
  {
    name: 'cover',
    label: 'Cover at second',
    hint: 'The moment of a video that is its cover, as in 3. The beginning when left empty.',
    required: false,
    formats: ['pin'],
    input: { kind: 'text', max: 4, form: { pattern: String.raw`\d+`, wants: 'a whole number of seconds, as in 3' } },
  },
]

/** Pages of 250 that are offered. */
const choicePages = 4

export async function choices(
  app: AppConfig,
  as: Credentials,
  field: string,
  given: OptionValues,
): Answer<readonly Choice[]> {
  const { board } = given
  if (field === 'board') return all((bookmark) => listBoards(app, as, bookmark), toChoice)
  if (field !== 'section' || typeof board !== 'string' || board === '') return ok([])
  return all(
    (bookmark) => listSections(app, as, board, bookmark),
    ({ id, name }) => ({ value: id, label: name }),
  )
}

async function all<T>(
  ask: (
    bookmark: string | undefined,
  ) => Reply<{ readonly items: readonly T[]; readonly bookmark?: string | null | undefined }, Problem>,
  choice: (item: T) => Choice,
): Answer<readonly Choice[]> {
  const found: Choice[] = []
  let bookmark: string | undefined
  for (let page = 0; page < choicePages; page++) {
    const answer = await ask(bookmark)
    if (!answer.ok) return fail(pinterestError(answer.error, 'none', now()))
    found.push(...answer.value.body.items.map(choice))
    bookmark = answer.value.body.bookmark ?? undefined
    if (!bookmark) break
  }
  return ok(found)
}

const privacies: Readonly<Record<string, string>> = {
  SECRET: 'Secret: only its members see it.',
  PROTECTED: 'Protected: its pins show as ads only.',
}

function toChoice({ id, name, privacy, is_ads_only }: Board): Choice {
  const hint = privacies[privacy ?? '']
  return {
    value: id,
    label: name,
    ...(hint ? { hint } : {}),
    ...(is_ads_only ? { closed: 'This board takes ads only.' } : {}),
  }
}

/** A board may be gone since it was chosen; the pictures of a carousel share one shape. */
export async function precheck(app: AppConfig, as: Credentials, part: Part): Answer<readonly string[]> {
  const found: string[] = []
  if ((part.link?.url.length ?? 0) > linkMax) found.push(`Pinterest takes links of up to ${linkMax} characters.`)
  const shapes = new Set(
    part.media.flatMap(({ kind, width, height }) =>
      kind === 'image' && width && height ? [(width / height).toFixed(2)] : [],
    ),
  )
  if (shapes.size > 1 && !part.media.some(({ kind }) => kind === 'video'))
    found.push('The pictures of a carousel must have the same shape: crop them alike.')
  const board = boardOf(part)
  if (!board) return ok(found)
  const answer = await getBoard(app, as, board)
  if (answer.ok) return ok(answer.value.body.is_ads_only ? [...found, 'This board takes ads only.'] : found)
  return isGone(answer.error)
    ? ok([...found, 'This board is gone. Choose another.'])
    : fail(pinterestError(answer.error, 'none', now()))
}
