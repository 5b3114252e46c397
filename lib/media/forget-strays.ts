import { ok, type Result } from '@/lib/core/result'
import { discardStrays } from '@/lib/core/strays'
import { operation, type Ctx } from '@/lib/workspace'
import { forgetStraysJob } from './jobs'

/** The row that names a file has the id that its key begins with. */
const idsOf = (keys: readonly string[]): string[] => [
  ...new Set(keys.flatMap((key) => key.split('/').at(-1)?.split('.')[0] ?? [])),
]

/** Takes away what a process stored that died before it wrote the row of it. */
export const forgetStrays = operation({
  can: 'media.work',
  input: forgetStraysJob.payload,
  async run(ctx): Promise<Result<{ media: number; uploads: number }>> {
    return ok({
      media: await discardStrays(`media/${ctx.workspaceId}`, (keys) => filesAmong(ctx, keys)),
      uploads: await discardStrays(`uploads/${ctx.workspaceId}`, (keys) => piecesAmong(ctx, keys)),
    })
  },
})

async function filesAmong({ db }: Ctx, keys: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db.media.findMany({
    where: { id: { in: idsOf(keys) } },
    select: { storageKey: true, thumbKey: true },
  })
  return new Set(rows.flatMap(({ storageKey, thumbKey }) => [storageKey, thumbKey ?? []].flat()))
}

async function piecesAmong({ db }: Ctx, keys: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db.mediaUpload.findMany({ where: { id: { in: idsOf(keys) } }, select: { pieces: true } })
  return new Set(rows.flatMap(({ pieces }) => pieces))
}
