import { z } from 'zod'
import { FinishUpload } from '@/lib/media/schema'
import { endpoint, exactly } from './endpoint'
import { OneId } from './words'

/** What stands beside tus at its addresses. docs/api.md describes it, so it is no part of the OpenAPI document. */
export const listUploads = endpoint({
  id: 'listUploads',
  method: 'GET',
  path: '/api/media/uploads',
  tag: 'Media',
  summary: 'List uploads that are not finished',
  description: 'One’s own.',
  scope: 'media.upload',
  answer: z.object({ data: z.array(z.unknown()) }),
})

const { alt, folderId, tags, evenIfKnown } = FinishUpload.shape
export const finishUpload = endpoint({
  id: 'finishUpload',
  method: 'POST',
  path: '/api/media/uploads/{id}',
  tag: 'Media',
  summary: 'Take an upload into the library',
  description: 'When all bytes are there.',
  scope: 'media.upload',
  params: OneId,
  body: exactly({ alt, folderId, tags, evenIfKnown }),
  answer: z.object({ data: z.unknown() }),
})
