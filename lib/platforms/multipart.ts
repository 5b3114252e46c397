/** A form with one file, as a stream: however large the file is, only its current piece is in memory. */
export function multipart(
  fields: Readonly<Record<string, string>>,
  file: {
    readonly name: string
    readonly mime: string
    readonly sizeBytes: number
    open(): ReadableStream<Uint8Array>
  },
): { readonly headers: Record<string, string>; readonly body: ReadableStream<Uint8Array> } {
  const boundary = `posthorn-${crypto.randomUUID()}`
  const part = (name: string, more: string) =>
    `--${boundary}\r\ncontent-disposition: form-data; name="${name}"${more}\r\n\r\n`
  const head = Buffer.from(
    Object.entries(fields)
      .map(([name, value]) => `${part(name, '')}${value}\r\n`)
      .join('') + part(file.name, `; filename="${file.name}"\r\ncontent-type: ${file.mime}`),
  )
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`)
  async function* pieces(): AsyncGenerator<Uint8Array> {
    yield head
    yield* file.open()
    yield tail
  }
  const source = pieces()
  return {
    headers: {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      'content-length': String(head.byteLength + file.sizeBytes + tail.byteLength),
    },
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
