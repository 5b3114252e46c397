import { networkObjectionsToEach } from '@/lib/accounts'
import { now } from '@/lib/core/clock'
import { fail, type Result } from '@/lib/core/result'
import { mediaFiles } from '@/lib/media'
import { adapterOf, type Part } from '@/lib/platforms'
import type { Ctx } from '@/lib/workspace'
import type { PlannedRow } from './plan'
import { mergedContent } from '../rules/rules'
import { draftPart } from '../write/draft-part'

/**
 * So many different choices are asked about in one file, all accounts together: boards, subreddits, audiences. Posts that
 * choose alike cost a network no more than one of them.
 */
const mostQuestions = 60
/** As many files as a library answers for at once. */
const mostFiles = 1_000

type Question = { readonly row: PlannedRow; readonly account: Asked; readonly part: Part }
type Asked = { readonly id: string; readonly label: string; readonly handle: string }
type Asking = { readonly rows: readonly PlannedRow[]; readonly notes: readonly string[] }

/**
 * What the networks themselves say against the rows that could be imported, each in its row. A scheduled row with
 * something against it becomes `doubtful`. Whom nobody could ask about how many rows is in `notes`.
 */
export async function askNetworks(ctx: Ctx, rows: readonly PlannedRow[]): Promise<Asking> {
  const questions = await questionsOf(ctx, rows)
  const [asked, left] = within(questions)
  const accounts = [...new Map(asked.map(({ account }) => [account.id, account])).values()]
  const answers = await Promise.all(
    accounts.map(async (account) => {
      const own = asked.filter((one) => one.account.id === account.id)
      const said = await networkObjectionsToEach(ctx, { accountId: account.id, parts: own.map(({ part }) => part) })
      return own.map((one, place) => ({ ...one, said: said.ok ? said.value[place] : fail(said.error) }))
    }),
  )
  const answered = answers.flat()
  return {
    rows: rows.map((row) => withObjections(row, answered)),
    notes: [
      ...accounts.flatMap((account) => unasked(account, answered)),
      ...(left > 0
        ? [`${posts(left)} not put to the networks: the file chooses too differently for that. Split it.`]
        : []),
    ],
  }
}

/** What is put to the networks, by row. Of a row whose files are elsewhere yet, nothing could be said. */
async function questionsOf(ctx: Ctx, rows: readonly PlannedRow[]): Promise<readonly Question[]> {
  const askable = rows.filter(({ state, media }) => state === 'ready' && media.every((one) => 'id' in one))
  const ids = [...new Set(askable.flatMap(({ targets }) => targets.map(({ accountId }) => accountId)))]
  const accounts = await ctx.db.account.findMany({
    where: { id: { in: ids } },
    select: { id: true, platform: true, method: true, handle: true },
  })
  const named = new Set(
    askable.flatMap(({ content, targets }) =>
      targets.flatMap(({ override }) => mergedContent(content, override ?? null).mediaIds),
    ),
  )
  const files = named.size > 0 ? await mediaFiles(ctx, { ids: [...named].slice(0, mostFiles) }) : undefined
  const at = now()
  return askable.flatMap((row) =>
    row.targets.flatMap(({ accountId, override }): Question[] => {
      const account = accounts.find(({ id }) => id === accountId)
      const platform = account && adapterOf(account)
      if (!account || !platform?.precheck) return []
      const part = draftPart(row.content, override, files?.ok ? files.value : [], platform, at)
      return [{ row, account: { id: accountId, label: platform.label, handle: account.handle }, part }]
    }),
  )
}

/** Those that ask no more than is bearable, and how many are left out. */
function within(questions: readonly Question[]): readonly [readonly Question[], number] {
  const different = new Set<string>()
  const asked = questions.filter(({ account, part }) => {
    const about = JSON.stringify([account.id, part.options])
    if (different.size < mostQuestions) different.add(about)
    return different.has(about)
  })
  return [asked, questions.length - asked.length]
}

type Answered = Question & { readonly said: Result<readonly string[]> | undefined }

function withObjections(row: PlannedRow, answered: readonly Answered[]): PlannedRow {
  const against = answered.flatMap((one) => {
    const said = one.row === row && one.said?.ok ? one.said.value : []
    return said.map((message) => (message.includes(one.account.label) ? message : `${one.account.label}: ${message}`))
  })
  if (against.length === 0) return row
  return {
    ...row,
    // A draft may have anything against it.
    state: row.when ? 'doubtful' : row.state,
    problems: [...row.problems, ...[...new Set(against)].map((message) => ({ severity: 'advice' as const, message }))],
  }
}

function unasked({ id, label, handle }: Asked, answered: readonly Answered[]): readonly string[] {
  const failed = answered.flatMap(({ account, said }) => (account.id === id && said && !said.ok ? [said.error] : []))
  const [first] = failed
  if (!first) return []
  return [`${posts(failed.length)} not put to ${label} ${handle}: ${first.message}`]
}

const posts = (count: number): string => (count === 1 ? '1 post was' : `${count} posts were`)
