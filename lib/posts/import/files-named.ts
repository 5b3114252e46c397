import type { Ctx } from '@/lib/workspace'
import { judgedMedia } from '../rules/judge'
import type { JudgedMedia } from '../rules/rules'
import type { ImportRow } from './row'
import { OwnFiles } from './own-words'

export type NamedFile = { readonly id: string } | { readonly address: string }
type Found<T> = { readonly found: readonly T[]; readonly problems: readonly string[] }

const isAddress = (name: string): boolean => /^https?:\/\//i.test(name)

/** The library's files that are named anywhere in a file, by id or by name. */
export async function namedFiles(ctx: Ctx, rows: readonly ImportRow[]): Promise<readonly JudgedMedia[]> {
  const names = [...new Set(rows.flatMap(namesIn))].filter((name) => !isAddress(name))
  if (names.length === 0) return []
  const found = await ctx.db.media.findMany({
    where: { OR: [{ id: { in: names } }, { name: { in: names } }] },
    take: 5_000,
    select: { id: true },
  })
  return judgedMedia(
    ctx.db,
    found.map(({ id }) => id),
  )
}

const namesIn = ({ media, alts, threadMedia, byAccount }: ImportRow): readonly string[] => [
  ...media,
  ...Object.keys(alts),
  ...threadMedia.flat(),
  ...Object.values(byAccount).flatMap((own) => {
    const { mediaIds = [], thread = [] } = OwnFiles.safeParse(own).data ?? {}
    return [...mediaIds, ...thread.flatMap((part) => part.mediaIds)]
  }),
]

/** The post's own files: those of the library, and those that are yet to be fetched, in their places. */
export function filesOf(files: readonly JudgedMedia[], names: readonly string[]): Found<NamedFile> {
  const problems: string[] = []
  const found = names.flatMap((name): NamedFile[] => {
    if (!isAddress(name)) {
      const one = idOf(files, name, 'Upload it first, or write its address.')
      if ('id' in one) return [{ id: one.id }]
      problems.push(one.problem)
    } else if (URL.canParse(name)) return [{ address: name }]
    else problems.push(`“${name}” is not an address. Correct it.`)
    return []
  })
  return { found, problems }
}

/** Where a file of the library must stand. Nothing is fetched for these places. */
export function idsOf(files: readonly JudgedMedia[], names: readonly string[]): Found<string> {
  const all = names.map((name): One =>
    isAddress(name)
      ? { problem: `${name} is not in the library. Upload it first, and name it: only “media” takes addresses.` }
      : idOf(files, name, 'Upload it first.'),
  )
  return {
    found: all.flatMap((one) => ('id' in one ? [one.id] : [])),
    problems: all.flatMap((one) => ('problem' in one ? [one.problem] : [])),
  }
}

type One = { readonly id: string } | { readonly problem: string }

function idOf(files: readonly JudgedMedia[], name: string, otherwise: string): One {
  const byId = files.filter((file) => file.id === name)
  const all = byId.length > 0 ? byId : files.filter((file) => file.name === name)
  const [one] = all
  if (all.length > 1) return { problem: `The library has ${all.length} files called ${name}. Name one by its id.` }
  return one ?? { problem: `The library has no file called ${name}. ${otherwise}` }
}
