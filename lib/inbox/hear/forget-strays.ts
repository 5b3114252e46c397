import { ok, type Result } from '@/lib/core/result'
import { discardStrays } from '@/lib/core/strays'
import { operation } from '@/lib/workspace'
import { forgetStrayFilesJob } from '../jobs'
import { folderOf, keyOf } from './keep-file'

/** Takes away files of messages that are gone, such as those whose process died while it took them away. */
export const forgetStrayFiles = operation({
  can: 'incoming.handle',
  input: forgetStrayFilesJob.payload,
  async run({ db, workspaceId }): Promise<Result<{ files: number }>> {
    const files = await discardStrays(folderOf(workspaceId), async (keys) => {
      const ids = keys.map((key) => key.slice(folderOf(workspaceId).length + 1))
      const rows = await db.messageFile.findMany({ where: { id: { in: ids } }, select: { id: true } })
      return new Set(rows.map(({ id }) => keyOf(workspaceId, id)))
    })
    return ok({ files })
  },
})
