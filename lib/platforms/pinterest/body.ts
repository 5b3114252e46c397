import type { MediaFile } from '../platform'

/** A file within a body: sent as base64. */
export class InlineFile {
  constructor(readonly file: Pick<MediaFile, 'sizeBytes' | 'open'>) {}
}

/** JSON with files in it, as a stream: however large they are, only the current piece is in memory. */
export function jsonWithFiles(value: unknown): {
  readonly headers: Record<string, string>
  readonly body: ReadableStream<Uint8Array>
} {
  const files: InlineFile['file'][] = []
  // Stands where a file goes, and nowhere else.
  const mark = crypto.randomUUID()
  const text = JSON.stringify(value, (_name, inner: unknown) => {
    if (!(inner instanceof InlineFile)) return inner
    files.push(inner.file)
    return mark
  })
  const texts = text.split(mark).map((piece) => Buffer.from(piece))
  const sizeBytes =
    texts.reduce((sum, piece) => sum + piece.byteLength, 0) +
    files.reduce((sum, file) => sum + 4 * Math.ceil(file.sizeBytes / 3), 0)
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (const [at, piece] of texts.entries()) {
      yield piece
      const file = files[at]
      if (file) yield* base64(file.open())
    }
  }
  const source = pieces()
  return {
    headers: { 'content-type': 'application/json', 'content-length': String(sizeBytes) },
    body: new ReadableStream({
      async pull(controller) {
        const { done, value: piece } = await source.next()
        if (done) controller.close()
        else controller.enqueue(piece)
      },
      cancel: async () => void (await source.return(undefined)),
    }),
  }
}

/** Three bytes make four characters: what is left over waits for the next piece. */
async function* base64(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  let rest: Uint8Array = new Uint8Array()
  for await (const chunk of stream) {
    const bytes = Buffer.concat([rest, chunk])
    const whole = bytes.byteLength - (bytes.byteLength % 3)
    rest = bytes.subarray(whole)
    if (whole > 0) yield Buffer.from(bytes.subarray(0, whole).toString('base64'))
  }
  if (rest.byteLength > 0) yield Buffer.from(Buffer.from(rest).toString('base64'))
}
