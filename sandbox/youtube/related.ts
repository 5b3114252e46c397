import { type Call, header } from '../core/call'

const headEnd = Buffer.from('\r\n\r\n')

/** The parts of a `multipart/related` body, which is how Google's clients send a resource with its file; none when it is none. */
export function relatedParts(call: Call): readonly { readonly type: string; readonly body: Buffer }[] {
  const boundary = /^multipart\/related;.*boundary="?([^";]+)"?/i.exec(header(call, 'content-type') ?? '')?.[1]
  if (boundary === undefined) return []
  const mark = Buffer.from(`--${boundary}`)
  const parts: { type: string; body: Buffer }[] = []
  let from = call.raw.indexOf(mark)
  while (from !== -1) {
    const next = call.raw.indexOf(mark, from + mark.length)
    const head = call.raw.indexOf(headEnd, from)
    if (next === -1 || head === -1 || head > next) break
    const type = /content-type: *([^\r\n]+)/i.exec(call.raw.subarray(from, head).toString('utf8'))?.[1] ?? ''
    // The line break before the next mark belongs to the mark.
    parts.push({ type, body: call.raw.subarray(head + headEnd.length, next - 2) })
    from = next
  }
  return parts
}
