import { ok } from '@/lib/core/result'
import { previewFit } from '@/lib/media'
import { streamRoute } from '../../../answer'
import { serveFile } from '../../serve-file'

/** What a picture would become for the network in `?platform=`. Nothing is kept. */
export const GET = streamRoute({
  door: 'upload',
  takes: ['platform'],
  async run(ctx, request, { id = '' }) {
    const file = await previewFit(ctx, {
      mediaId: id,
      platform: new URL(request.url).searchParams.get('platform') ?? '',
    })
    return file.ok ? ok(serveFile(file.value, request, 'no-store')) : file
  },
})
