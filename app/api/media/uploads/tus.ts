import type { UploadCard } from '@/lib/media/schema'

/** https://tus.io/protocols/resumable-upload: the core, with the extensions `creation` and `termination`. */
const version = '1.0.0'

export const tusHeaders = { 'tus-resumable': version, 'cache-control': 'no-store' } as const

/** The answer to a client that speaks another version; undefined when it speaks ours. */
export const otherVersion = (headers: Headers): Response | undefined =>
  headers.get('tus-resumable') === version
    ? undefined
    : new Response(null, {
        status: 412,
        headers: { ...tusHeaders, 'tus-version': version, 'tus-extension': 'creation,termination' },
      })

/** How far an upload is. */
export const standing = ({ sizeBytes, receivedBytes }: UploadCard): Record<string, string> => ({
  ...tusHeaders,
  'upload-offset': String(receivedBytes),
  'upload-length': String(sizeBytes),
})

/** `Upload-Metadata`: names and base64 values, separated by commas. What is no base64 of UTF-8 is taken as it decodes. */
export function metadataOf(header: string | null): Readonly<Record<string, string>> {
  const pairs = (header ?? '').split(',').map((pair) => pair.trim().split(' '))
  return Object.fromEntries(
    pairs.map(([name = '', value = '']) => [name, Buffer.from(value, 'base64').toString('utf8')]),
  )
}
