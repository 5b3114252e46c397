import { ok } from '@/lib/core/result'
import { previewFit } from '@/lib/media'
import { streamRoute } from '../../../answer'
import { serveFile } from '../../serve-file'

/** What a picture would become for the network in `?platform=`, one account there, one format. Nothing is kept. */
export const GET = streamRoute({
  door: 'upload',
  takes: ['platform', 'account', 'format'],
  async run(ctx, request, { id = '' }) {
    const { searchParams } = new URL(request.url)
    const file = await previewFit(ctx, {
      mediaId: id,
      platform: searchParams.get('platform') ?? '',
      accountId: searchParams.get('account') ?? undefined,
      format: searchParams.get('format') ?? undefined,
    })
    return file.ok ? ok(serveFile(file.value, request, 'no-store')) : file
  },
})
