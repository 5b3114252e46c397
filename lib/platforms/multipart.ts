type FormFile = {
  readonly name: string
  /** `name` when absent. */
  readonly filename?: string
  readonly mime: string
  readonly sizeBytes: number
  open(): ReadableStream<Uint8Array>
}

/** Names may come from people: what would end the name, or the line it is in, is replaced. */
const quoted = (text: string): string => `"${text.replace(/["\r\n]/g, '_')}"`

/**
 * A form with files, as a stream: however large they are, only the current piece is in memory. With the same `boundary`,
 * which must occur in none of them, the same form has the same bytes.
 */
export function multipart(
  fields: Readonly<Record<string, string>>,
  file: FormFile | readonly FormFile[],
  boundary = `posthorn-${crypto.randomUUID()}`,
): { readonly headers: Record<string, string>; readonly body: ReadableStream<Uint8Array> } {
  const head = (name: string, more: string) =>
    `--${boundary}\r\ncontent-disposition: form-data; name=${quoted(name)}${more}\r\n\r\n`
  const texts = Buffer.from(
    Object.entries(fields)
      .map(([name, value]) => `${head(name, '')}${value}\r\n`)
      .join(''),
  )
  const files = [file].flat().map((each) => ({
    ...each,
    head: Buffer.from(
      head(each.name, `; filename=${quoted(each.filename ?? each.name)}\r\ncontent-type: ${each.mime}`),
    ),
  }))
  const lineBreak = Buffer.from('\r\n')
  const tail = Buffer.from(`--${boundary}--\r\n`)
  async function* pieces(): AsyncGenerator<Uint8Array> {
    yield texts
    for (const each of files) {
      yield each.head
      yield* each.open()
      yield lineBreak
    }
    yield tail
  }
  const source = pieces()
  const sizeBytes = files.reduce(
    (sum, each) => sum + each.head.byteLength + each.sizeBytes + lineBreak.byteLength,
    texts.byteLength + tail.byteLength,
  )
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}`, 'content-length': String(sizeBytes) },
    body: new ReadableStream({
      async pull(controller) {
        const { done, value } = await source.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      cancel: async () => void (await source.return(undefined)),
    }),
  }
}
