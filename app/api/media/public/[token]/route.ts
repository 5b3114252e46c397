import { answerFailure } from '@/lib/core/envelope'
import { openPublicMedia } from '@/lib/media'
import { addressOf } from '@/lib/workspace/address'
import { openRoute } from '../../../answer'
import { serveFile } from '../../serve-file'

const because = 'Networks fetch the media of a post by its address, which is signed and expires.'

async function run(request: Request, { token = '' }: Readonly<Record<string, string>>, requestId: string) {
  const { headers } = request
  const visitor = { ip: addressOf(headers), userAgent: headers.get('user-agent') ?? 'unknown' }
  const file = await openPublicMedia(visitor, { token })
  return file.ok ? serveFile(file.value, request, 'public, max-age=3600') : answerFailure(file.error, requestId)
}

export const GET = openRoute({ because, run })

export const HEAD = openRoute({ because, run })
