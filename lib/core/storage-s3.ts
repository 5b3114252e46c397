import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PassThrough, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NotFound,
  S3Client,
} from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { checkKey, meter, toNode, toWeb, type Backend } from './storage-backend'

export type Bucket = {
  readonly bucket: string
  readonly region: string
  /** Absent for AWS itself. */
  readonly endpoint?: string
  /** Absent, the SDK looks for them as it does everywhere: a role of the machine, a profile. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string }
  /** `endpoint/bucket/key` instead of `bucket.endpoint/key`. */
  readonly forcePathStyle: boolean
  /** Where the same bucket is reached from the public internet; absent, the product serves its files itself. */
  readonly publicEndpoint?: string
}

/** S3 wants parts of 5 MiB at least and 10,000 at most: 60 GB fit. Two parts are in memory at a time. */
const partSize = 6 * 1024 * 1024

const clientFor = ({ region, credentials, forcePathStyle }: Bucket, endpoint?: string) =>
  new S3Client({
    region,
    forcePathStyle,
    ...(endpoint ? { endpoint } : {}),
    ...(credentials ? { credentials } : {}),
    // Checksums in trailers are news to many stores that speak S3; TLS and our own SHA-256 guard the bytes.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  })

/** Files in a bucket of anything that speaks S3. */
export function onS3(given: Bucket): Backend {
  const client = clientFor(given, given.endpoint)
  const outside = given.publicEndpoint ? clientFor(given, given.publicEndpoint) : undefined
  const at = (key: string) => ({ Bucket: given.bucket, Key: checkKey(key) })
  const read = async (key: string, range?: { start: number; end: number }): Promise<Readable> => {
    const { Body } = await client.send(
      new GetObjectCommand({ ...at(key), ...(range ? { Range: `bytes=${range.start}-${range.end}` } : {}) }),
    )
    if (!Body) throw new Error(`The bucket gave ${key} without a body`)
    // In Node the SDK's body is Node's stream; its type allows for the browser's, too.
    return Body as Readable
  }
  return {
    async store(key, bytes, maxBytes) {
      const { stream, result } = meter(maxBytes)
      // `pipeline` destroys its last stream on failure, which makes the upload below give up and take back its parts.
      const body = new PassThrough()
      const upload = new Upload({ client, params: { ...at(key), Body: body }, partSize, queueSize: 2 })
      const [piped, sent] = await Promise.allSettled([pipeline(toNode(bytes), stream, body), upload.done()])
      if (piped.status === 'rejected') {
        await upload.abort()
        throw piped.reason
      }
      if (sent.status === 'rejected') throw sent.reason
      return result()
    },
    open: (key, range) => {
      const place = at(key).Key
      const passage = new PassThrough()
      read(place, range)
        .then((body) => pipeline(body, passage))
        // Whoever reads the passage is told: it is destroyed with the reason.
        .catch((error: unknown) => passage.destroy(error instanceof Error ? error : new Error(String(error))))
      return toWeb(passage)
    },
    async sizeOf(key) {
      try {
        const { ContentLength } = await client.send(new HeadObjectCommand(at(key)))
        if (ContentLength === undefined) throw new Error(`The bucket gave no size of ${key}`)
        return ContentLength
      } catch (error) {
        if (error instanceof NotFound) return undefined
        throw error
      }
    },
    async discard(key) {
      await client.send(new DeleteObjectCommand(at(key)))
    },
    async *list(folder, atOnce) {
      let after: string | undefined
      do {
        const {
          Contents = [],
          IsTruncated,
          NextContinuationToken,
        } = await client.send(
          new ListObjectsV2Command({
            Bucket: given.bucket,
            Prefix: `${checkKey(folder)}/`,
            Delimiter: '/',
            MaxKeys: atOnce,
            ...(after ? { ContinuationToken: after } : {}),
          }),
        )
        const page = Contents.flatMap(({ Key, LastModified }) =>
          Key && LastModified ? [{ key: Key, at: LastModified }] : [],
        )
        if (page.length > 0) yield page
        after = IsTruncated ? NextContinuationToken : undefined
      } while (after)
    },
    async withFile(key, work) {
      const folder = await mkdtemp(path.join(tmpdir(), 'posthorn-media-'))
      const file = path.join(folder, randomUUID())
      try {
        await pipeline(await read(key), createWriteStream(file))
        return await work(file)
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    },
    addressOf: async (key, { mime, from, expiresInSeconds }) =>
      outside &&
      getSignedUrl(
        outside,
        new GetObjectCommand({ ...at(key), ResponseContentType: mime, ResponseContentDisposition: 'inline' }),
        { expiresIn: expiresInSeconds, signingDate: from },
      ),
  }
}
