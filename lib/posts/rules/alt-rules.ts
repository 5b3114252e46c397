import type { Limits } from '@/lib/platforms/platform'
import type { JudgedMedia } from './rules'
import type { Problem } from '../schema'

type Found = Omit<Problem, 'accountId' | 'platform'>

/** What a network would say of the words that stand for files, or of their titles. */
export function altProblems(
  files: readonly JudgedMedia[],
  alts: Readonly<Record<string, string>>,
  label: string,
  limits: Limits,
): Found[] {
  const wordsOf = ({ id, alt }: JudgedMedia): string => alts[id] ?? alt
  return [
    ...files.flatMap((file) =>
      (file.kind === 'document' ? nameProblems : wordsProblems)(file, wordsOf(file), label, limits),
    ),
    ...togetherProblems(files.map(wordsOf), label, limits),
  ]
}

/** Too much for one text, of which each was short enough. */
function togetherProblems(alts: readonly string[], label: string, { altsMax = Infinity }: Limits): Found[] {
  const said = [...new Set(alts.map((alt) => alt.trim()).filter(Boolean))]
  const over = [...said.join('\n')].length - altsMax
  if (over <= 0 || said.some((alt) => [...alt].length > altsMax)) return []
  const message = `${label} has one description for all files of a post, of ${altsMax} characters: it leaves out what does not fit, unless you remove ${over}.`
  return [{ field: 'alt', severity: 'advice', message }]
}

/** A document's title stands where others have words for those who cannot see them. */
function nameProblems({ name }: JudgedMedia, title: string, label: string, { documents }: Limits): Found[] {
  if (!documents) return []
  if (title.trim() === '')
    return [{ field: 'alt', severity: 'refusal', message: `${label} shows the title of ${name}. Give it one.` }]
  const over = [...title].length - documents.titleMax
  if (over <= 0) return []
  return [
    {
      field: 'alt',
      severity: 'refusal',
      message: `The title of ${name} is too long for ${label}: remove ${over} characters.`,
    },
  ]
}

/** How many code points a network takes for those who cannot see a file, or for a document's title; undefined where none. */
function altMaxOf(kind: JudgedMedia['kind'], { images, video, documents }: Limits): number | undefined {
  if (kind === 'document') return documents?.titleMax
  return (kind === 'video' ? video.altMax : images.altMax) || undefined
}

/** The fewest of several networks; undefined where none takes any. */
export function strictestAlt(kind: JudgedMedia['kind'], several: readonly Limits[]): number | undefined {
  const known = several.flatMap((limits) => altMaxOf(kind, limits) ?? [])
  return known.length > 0 ? Math.min(...known) : undefined
}

function wordsProblems(file: JudgedMedia, alt: string, label: string, limits: Limits): Found[] {
  const max = altMaxOf(file.kind, limits)
  // Where there is no such text nobody is asked for one.
  if (max === undefined) return []
  if (alt.trim() === '')
    return [{ field: 'alt', severity: 'advice', message: `Describe ${file.name} for people who cannot see it.` }]
  const over = [...alt].length - max
  if (over <= 0) return []
  return [
    {
      field: 'alt',
      severity: 'refusal',
      message: `The description of ${file.name} is too long for ${label}: remove ${over} characters.`,
    },
  ]
}
