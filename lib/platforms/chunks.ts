/**
 * Cuts a stream into pieces of exactly `sizeBytes`; the last may be shorter. Holds one piece in memory.
 * Giving up early cancels the stream.
 */
export async function* chunksOf(stream: ReadableStream<Uint8Array>, sizeBytes: number): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] = []
  let heldBytes = 0
  for await (const chunk of stream) {
    let rest = chunk
    while (heldBytes + rest.byteLength >= sizeBytes) {
      const fits = rest.subarray(0, sizeBytes - heldBytes)
      yield Buffer.concat([...held, fits])
      rest = rest.subarray(fits.byteLength)
      held = []
      heldBytes = 0
    }
    if (rest.byteLength > 0) held.push(rest)
    heldBytes += rest.byteLength
  }
  if (heldBytes > 0) yield Buffer.concat(held)
}
