import { type Call, header } from './call'

const lineBreak = Buffer.from('\r\n')
const headEnd = Buffer.from('\r\n\r\n')

/**
 * Fields of a multipart body; undefined when it is none. A part with a file name or a content type is a file and comes
 * as bytes. Not the platform's `formData()`: that takes a part without a file name for text and spoils its bytes, and
 * twitter-api-v2 sends its media so.
 */
export function multipartBody(call: Call): Record<string, string | Buffer> | undefined {
  const parts = partsOf(call)
  return parts && Object.fromEntries(parts.map(({ name, value }) => [name, value]))
}

/** What the files of a multipart body are called, by their fields. */
export const fileNamesIn = (call: Call): Readonly<Record<string, string>> =>
  Object.fromEntries((partsOf(call) ?? []).flatMap(({ name, fileName }) => (fileName ? [[name, fileName]] : [])))

type FormPart = { readonly name: string; readonly value: string | Buffer; readonly fileName: string | undefined }

function partsOf(call: Call): readonly FormPart[] | undefined {
  const boundary = /^multipart\/form-data;.*boundary="?([^";]+)"?/i.exec(header(call, 'content-type') ?? '')?.[1]
  if (boundary === undefined) return undefined
  const mark = Buffer.from(`--${boundary}`)
  const parts: FormPart[] = []
  let from = call.raw.indexOf(mark)
  while (from !== -1) {
    const start = from + mark.length + lineBreak.length
    const next = call.raw.indexOf(mark, start)
    if (next === -1) return parts
    const body = call.raw.indexOf(headEnd, start)
    if (body === -1 || body > next) return undefined
    const head = call.raw.subarray(start, body).toString('utf8')
    const name = /name="([^"]*)"/i.exec(head)?.[1]
    const fileName = /filename="([^"]*)"/i.exec(head)?.[1]
    const value = call.raw.subarray(body + headEnd.length, next - lineBreak.length)
    const isFile = /filename=/i.test(head) || /^content-type: *(?!text\/plain)/im.test(head)
    if (name !== undefined) parts.push({ name, fileName, value: isFile ? Buffer.from(value) : value.toString('utf8') })
    from = next
  }
  return parts
}
