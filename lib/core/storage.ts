import { env } from './env'
import type { Backend, ByteRange, Listed, Stored } from './storage-backend'
import { onDisk } from './storage-disk'
import { onS3 } from './storage-s3'

export { TooLarge, type ByteRange, type Stored } from './storage-backend'

let made: { readonly of: string; readonly backend: Backend } | undefined

/** A folder of this machine, or a bucket when the settings name one. This is the only place that knows which. */
function backend(): Backend {
  const {
    STORAGE_DIR,
    S3_BUCKET,
    S3_ENDPOINT,
    S3_PUBLIC_ENDPOINT,
    S3_REGION,
    S3_ACCESS_KEY_ID,
    S3_SECRET_ACCESS_KEY,
    S3_FORCE_PATH_STYLE,
  } = env()
  // Tests give each file a folder of its own, after this module was loaded.
  const of = `${S3_BUCKET ?? ''} ${S3_ENDPOINT ?? ''} ${STORAGE_DIR}`
  if (made?.of === of) return made.backend
  const chosen = S3_BUCKET
    ? onS3({
        bucket: S3_BUCKET,
        region: S3_REGION,
        forcePathStyle: S3_FORCE_PATH_STYLE,
        ...(S3_ENDPOINT ? { endpoint: S3_ENDPOINT } : {}),
        ...(S3_PUBLIC_ENDPOINT ? { publicEndpoint: S3_PUBLIC_ENDPOINT } : {}),
        ...(S3_ACCESS_KEY_ID && S3_SECRET_ACCESS_KEY
          ? { credentials: { accessKeyId: S3_ACCESS_KEY_ID, secretAccessKey: S3_SECRET_ACCESS_KEY } }
          : {}),
      })
    : onDisk(STORAGE_DIR)
  made = { of, backend: chosen }
  return chosen
}

/**
 * Streams bytes to a key, holding no more than a few parts of 6 MiB in memory. The file appears whole or not at all.
 * Throws `TooLarge` past `maxBytes`.
 */
export const store = (
  key: string,
  bytes: ReadableStream<Uint8Array> | Uint8Array,
  maxBytes = Number.POSITIVE_INFINITY,
): Promise<Stored> => backend().store(key, bytes, maxBytes)

/** Opens a stored file, or the bytes `start` to `end` of it (both included). */
export const open = (key: string, range?: ByteRange): ReadableStream<Uint8Array> => backend().open(key, range)

/** In bytes; undefined when there is no such file. Throws when the store cannot be reached. */
export const sizeOf = (key: string): Promise<number | undefined> => backend().sizeOf(key)

/** Takes a file away. Succeeds, too, when it is gone already. */
export const discard = (key: string): Promise<void> => backend().discard(key)

/** The keys right in a folder, so many at a time, in no certain order. Nothing when there is no such folder. */
export const list = (folder: string, atOnce: number): AsyncGenerator<readonly Listed[]> =>
  backend().list(folder, atOnce)

/** Gives a path to libraries that read files themselves (sharp, ffmpeg). It holds until `work` settles. */
export const withFile = <T>(key: string, work: (path: string) => Promise<T>): Promise<T> =>
  backend().withFile(key, work)

/** An address at the bucket itself, open to anyone until it expires; undefined unless S3_PUBLIC_ENDPOINT is set. */
export const storeAddress = (
  key: string,
  given: { mime: string; from: Date; expiresInSeconds: number },
): Promise<string | undefined> => backend().addressOf(key, given)
