import { open } from '@/lib/core/storage'

/** Read at a time. */
const pieceBytes = 256 * 1024
/** Most that is read: a document that is put together as it should be says its number within a few pieces. */
const mostBytes = 8 * 1024 * 1024

/**
 * How many pages a stored PDF has. Only the parts that say so are read, wherever it is kept. Undefined when it cannot be
 * read: it is locked or damaged, or says it nowhere near. Throws when where it is kept does not give it.
 */
export async function countPages(key: string, sizeBytes: number): Promise<number | undefined> {
  // Large, and seldom wanted.
  const { getDocument, PDFDataRangeTransport, VerbosityLevel } = await import('unpdf/pdfjs')
  const { promise: ended, resolve: giveUp, reject: fail } = Promise.withResolvers<undefined>()
  const range = new PDFDataRangeTransport(sizeBytes, null)
  let askedBytes = 0
  range.requestDataRange = (begin, end) => {
    askedBytes += end - begin
    if (askedBytes > mostBytes) return giveUp(undefined)
    new Response(open(key, { start: begin, end: end - 1 }))
      .arrayBuffer()
      .then((piece) => range.onDataRange(begin, new Uint8Array(piece)), fail)
  }
  const reading = getDocument({
    range,
    rangeChunkSize: pieceBytes,
    disableAutoFetch: true,
    disableStream: true,
    verbosity: VerbosityLevel.ERRORS,
  })
  // The library says by throwing that it cannot read a document. The network will be the judge of it.
  const pages = reading.promise.then(
    ({ numPages }) => numPages,
    () => undefined,
  )
  try {
    return await Promise.race([pages, ended])
  } finally {
    await reading.destroy()
  }
}
