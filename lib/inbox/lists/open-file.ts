import { z } from 'zod'
import { fail, ok, type Failure, type Result } from '@/lib/core/result'
import { open, sizeOf } from '@/lib/core/storage'
import type { StoredFile } from '@/lib/media'
import { query } from '@/lib/workspace'
import { keyOf } from '../hear/keep-file'

const noSuchFile: Failure = {
  code: 'NOT_FOUND',
  message: 'There is no such file here. It may still be on its way, or its message was taken away.',
}

/** Its row is here and its bytes are not. */
const lostFile: Failure = {
  code: 'NOT_FOUND',
  message: 'The content of this file is gone from where files are kept. Look at it at the network.',
}

/** A file that came with a message, as it is kept here. */
export const openMessageFile = query({
  can: 'inbox.read',
  input: z.object({ fileId: z.string().max(64) }),
  async run(ctx, { fileId }): Promise<Result<StoredFile>> {
    const row = await ctx.db.messageFile.findFirst({ where: { id: fileId, state: 'here' } })
    if (!row?.mime || row.sizeBytes === null) return fail(noSuchFile)
    const { mime } = row
    const key = keyOf(ctx.workspaceId, row.id)
    const sizeBytes = await sizeOf(key)
    if (sizeBytes === undefined) return fail(lostFile)
    return ok({ name: row.name ?? 'file', mime, sizeBytes, open: (range) => open(key, range) })
  },
})
