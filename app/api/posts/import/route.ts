import { importPosts, previewImport } from '@/lib/posts'
import { ok, type Result } from '@/lib/core/result'
import type { ImportOutcome, ImportPreview } from '@/lib/posts/schema'
import { serves } from '../../contract/door'
import * as contract from '../../contract/files'

type Answered = { readonly preview?: ImportPreview; readonly outcome?: ImportOutcome }

export const POST = serves(
  contract.importPosts,
  async (ctx, { body: { dryRun, ...file } }): Promise<Result<Answered>> => {
    if (dryRun) {
      const preview = await previewImport(ctx, file)
      return preview.ok ? ok({ preview: preview.value }) : preview
    }
    const outcome = await importPosts(ctx, file)
    return outcome.ok ? ok({ outcome: outcome.value }) : outcome
  },
  (body) => ({ body }),
)
