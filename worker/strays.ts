import { enqueueMany } from '@/lib/core/queue'
import { forgetStrayFilesJob } from '@/lib/inbox'
import { forgetStraysJob } from '@/lib/media'
import { everyWorkspace } from '@/lib/workspace/system'

/** Has the stored files of every workspace looked through for those that nothing names. */
export async function lookForStrays(): Promise<void> {
  const jobs = [forgetStraysJob, forgetStrayFilesJob]
  for await (const workspaceId of everyWorkspace())
    await enqueueMany(
      workspaceId,
      jobs.map((job) => ({ job, payload: {}, key: workspaceId, isForgotten: true })),
    )
}
