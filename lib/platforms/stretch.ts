import type { MediaFile } from './part'

/** The bytes of a file from `start` to `end`, both in it. All of them are in memory: keep it to a few MiB. */
export const stretchOf = async (file: Pick<MediaFile, 'open'>, start: number, end: number): Promise<Uint8Array> =>
  new Uint8Array(await new Response(file.open({ start, end })).arrayBuffer())
