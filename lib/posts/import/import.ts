import { newId } from '@/lib/core/ids'
import { fail, ok, type Result } from '@/lib/core/result'
import { isTaken, operation, query, type Ctx } from '@/lib/workspace'
import { change } from '../write/change'
import { writePost } from '../write/create'
import { askNetworks } from './ask-networks'
import { fetchMedia } from './fetch-media'
import { foreseeImport } from './foresee'
import { planImport, type PlannedRow } from './plan'
import {
  CreatePost,
  ImportFile,
  ImportPosts,
  type ImportedRow,
  type ImportOutcome,
  type ImportPreview,
} from '../schema'

/** What would become of each post of a file, by our rules and by what the networks say. Writes nothing and fetches no file. */
export const previewImport = query({
  can: 'post.create',
  input: ImportFile,
  async run(ctx, file): Promise<Result<ImportPreview>> {
    const plan = await planImport(ctx, file)
    if (!plan.ok) return plan
    const { rows, notes } = await askNetworks(ctx, plan.value.rows)
    return ok({
      rows: rows.map(shown),
      notes: [...plan.value.notes, ...notes],
      foreseen: await foreseeImport(ctx, rows),
    })
  },
})

const shown = ({ row, state, excerpt, wallTime, timeZone, accounts, problems }: PlannedRow): ImportedRow => ({
  row,
  state,
  excerpt,
  wallTime,
  timeZone,
  accounts,
  problems,
})

/**
 * Writes the posts of a file. Each is written wholly or not at all, and once: a row that says the same, sent again, is
 * left out while its post is there, also in a file that was corrected. What cannot be imported is told, and keeps nothing else from being. The networks are not asked.
 */
export const importPosts = operation({
  can: 'post.create',
  input: ImportPosts,
  async run(ctx, { rows, ...file }): Promise<Result<ImportOutcome>> {
    const plan = await planImport(ctx, file)
    if (!plan.ok) return plan
    const imported: ImportOutcome['imported'][number][] = []
    const skipped: ImportOutcome['skipped'][number][] = []
    const fetched: Fetched = new Map()
    for (const row of plan.value.rows) {
      if (rows && !rows.includes(row.row)) continue
      const written = await importRow(ctx, row, file.projectId, fetched)
      if (written.ok) imported.push({ row: row.row, postId: written.value })
      else skipped.push({ row: row.row, message: written.error.message })
    }
    return ok({ imported, skipped })
  },
})

const already = {
  code: 'ALREADY_EXISTS',
  message: 'This row was imported before. Duplicate its post to have it twice.',
} as const

async function importRow(
  ctx: Ctx,
  planned: PlannedRow,
  projectId: string | undefined,
  fetched: Fetched,
): Promise<Result<string>> {
  const { state, problems, content, targets, when, recurrence, mark } = planned
  if (state === 'done') return fail(already)
  const against = problems.find(({ severity }) => severity === 'refusal')
  if (against) return fail({ code: 'VALIDATION_ERROR', message: against.message })
  const mediaIds = await bring(ctx, planned, fetched)
  if (!mediaIds.ok) return mediaIds
  // Parsed again: what the plan holds is read-only, and what is written is zod's.
  const post = CreatePost.parse({
    content: { ...content, mediaIds: mediaIds.value },
    targets,
    projectId,
    when,
    recurrence,
  })
  try {
    return await change(ctx, async (work) => {
      const written = await writePost(ctx, work, post)
      if (!written.ok) return written
      const { postId } = written.value
      // Who deletes a post may import it again.
      await work.db.importedRow.deleteMany({ where: { ...mark, post: { deletedAt: { not: null } } } })
      await work.db.importedRow.create({
        data: { id: newId(), workspaceId: ctx.workspaceId, ...mark, postId },
        select: { id: true },
      })
      return ok(postId)
    })
  } catch (error) {
    // Somebody imported the same row in the meantime; nothing of this one was kept.
    if (isTaken(error, 'ImportedRow_workspaceId_hash_nth_key')) return fail(already)
    throw error
  }
}

/** What became of each address of the file: asked once, however many rows name it. */
type Fetched = Map<string, Result<{ readonly id: string }>>

/** The row's files, those from elsewhere brought into the library first. A file that came stays there, whatever follows. */
async function bring(ctx: Ctx, { media }: PlannedRow, fetched: Fetched): Promise<Result<readonly string[]>> {
  const ids: string[] = []
  for (const one of media) {
    const card = 'id' in one ? ok(one) : (fetched.get(one.address) ?? (await fetchMedia(ctx, one.address)))
    if ('address' in one) fetched.set(one.address, card)
    if (!card.ok) return card
    ids.push(card.value.id)
  }
  return ok(ids)
}
