import { ok } from '@/lib/core/result'
import { openMessageFile } from '@/lib/inbox'
import { streamRoute } from '../../../answer'
import { serveFile } from '../../../media/serve-file'

/** A file that came with a message, as it is kept here. Answers ranges, so that films can be wound. */
export const GET = streamRoute({
  async run(ctx, request, { id = '' }) {
    const file = await openMessageFile(ctx, { fileId: id })
    // The bytes behind an id never change; who may see them does.
    return file.ok ? ok(serveFile(file.value, request, 'private, max-age=3600')) : file
  },
})
