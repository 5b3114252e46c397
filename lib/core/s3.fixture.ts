import { createHash, createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'

const sha = (text: string | Uint8Array) => createHash('sha256').update(text).digest('hex')
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()
const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)

export const s3Secret = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' }

type Upload = { readonly key: string; readonly parts: Map<number, Buffer> }
export type S3 = {
  readonly origin: string
  readonly objects: Map<string, Buffer>
  readonly uploads: Map<string, Upload>
  /** When each object came, by its path. */
  readonly cameAt: Map<string, Date>
  /** Every request that came, as `METHOD /bucket/key?query`. */
  readonly asked: string[]
  close(): Promise<void>
}

/** The settings by which files are kept in a bucket of it. */
export const bucketOf = ({ origin }: Pick<S3, 'origin'>) => ({
  S3_BUCKET: 'media',
  S3_ENDPOINT: origin,
  S3_ACCESS_KEY_ID: s3Secret.accessKeyId,
  S3_SECRET_ACCESS_KEY: s3Secret.secretAccessKey,
  S3_FORCE_PATH_STYLE: true,
})

/**
 * Signature Version 4, in the header or in the query, computed anew from the request.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html
 */
function isSigned(request: IncomingMessage, url: URL): boolean {
  const query = Object.fromEntries(url.searchParams)
  const header =
    /Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]+)/.exec(request.headers.authorization ?? '') ?? []
  const [credential, signedHeaders, signature] = query['X-Amz-Signature']
    ? [query['X-Amz-Credential'], query['X-Amz-SignedHeaders'], query['X-Amz-Signature']]
    : [header[1], header[2], header[3]]
  if (!credential || !signedHeaders || !signature) return false
  const [, day = '', region = '', service = ''] = credential.split('/')
  const at = query['X-Amz-Date'] ?? String(request.headers['x-amz-date'])
  const canonicalQuery = [...url.searchParams]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .toSorted()
    .join('&')
  const headers = signedHeaders.split(';').map((name) => `${name}:${String(request.headers[name]).trim()}\n`)
  const payload = query['X-Amz-Signature'] ? 'UNSIGNED-PAYLOAD' : String(request.headers['x-amz-content-sha256'])
  const canonical = [request.method, url.pathname, canonicalQuery, headers.join(''), signedHeaders, payload].join('\n')
  const text = ['AWS4-HMAC-SHA256', at, `${day}/${region}/${service}/aws4_request`, sha(canonical)].join('\n')
  const key = hmac(hmac(hmac(hmac(`AWS4${s3Secret.secretAccessKey}`, day), region), service), 'aws4_request')
  return hmac(key, text).toString('hex') === signature
}

/**
 * A store that speaks as much of S3 as Posthorn asks of one: path style, signed requests, PUT, ranged GET, HEAD, DELETE,
 * pages of a list and uploads in parts. Bodies are kept in memory, so measure a client's memory with `forget`, which keeps sizes only.
 * @param options.lists whether its key may list the bucket: AWS does not tell others what is not there
 */
export async function startS3({ forget = false, lists = true } = {}): Promise<S3> {
  const objects = new Map<string, Buffer>()
  const uploads = new Map<string, Upload>()
  const cameAt = new Map<string, Date>()
  const asked: string[] = []
  let count = 0

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`)
    asked.push(`${request.method} ${url.pathname}${url.search}`)
    const say = (status: number, body = '', headers: Record<string, string> = {}) =>
      void response.writeHead(status, { 'content-type': 'application/xml', ...headers }).end(body)
    const refuse = (status: number, code: string) =>
      say(status, `<Error><Code>${code}</Code><Message>${code}: as the test’s store says it</Message></Error>`)
    if (!isSigned(request, url)) return refuse(403, 'SignatureDoesNotMatch')
    const key = url.pathname
    const uploadId = url.searchParams.get('uploadId')
    const upload = uploadId === null ? undefined : uploads.get(uploadId)
    if (uploadId !== null && !upload) return refuse(404, 'NoSuchUpload')
    if (request.method === 'POST' && url.searchParams.has('uploads')) {
      const id = `upload-${(count += 1)}`
      uploads.set(id, { key, parts: new Map() })
      return say(200, `<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`)
    }
    if (request.method === 'POST' && upload && uploadId) {
      const whole = Buffer.concat([...upload.parts].toSorted(([a], [b]) => a - b).map(([, part]) => part))
      await buffer(request)
      objects.set(key, whole)
      cameAt.set(key, new Date())
      uploads.delete(uploadId)
      return say(200, '<CompleteMultipartUploadResult><ETag>"x"</ETag></CompleteMultipartUploadResult>')
    }
    if (request.method === 'PUT') {
      const body = forget ? await drain(request) : await buffer(request)
      const said = request.headers['x-amz-content-sha256']
      if (!forget && said !== 'UNSIGNED-PAYLOAD' && said !== sha(body)) return refuse(400, 'XAmzContentSHA256Mismatch')
      if (upload) upload.parts.set(Number(url.searchParams.get('partNumber')), body)
      else {
        objects.set(key, body)
        cameAt.set(key, new Date())
      }
      return say(200, '', { etag: `"${sha(body).slice(0, 32)}"` })
    }
    if (request.method === 'DELETE') {
      if (uploadId) uploads.delete(uploadId)
      else objects.delete(key)
      return say(204)
    }
    if (url.searchParams.get('list-type') === '2') {
      return lists ? say(200, listing(url, objects, cameAt)) : refuse(403, 'AccessDenied')
    }
    const body = objects.get(key)
    if (!body) return lists ? refuse(404, 'NoSuchKey') : refuse(403, 'AccessDenied')
    const type = url.searchParams.get('response-content-type') ?? 'application/octet-stream'
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? []
    const part = from === undefined ? body : body.subarray(Number(from), Number(to) + 1)
    response.writeHead(from === undefined ? 200 : 206, { 'content-type': type, 'content-length': String(part.length) })
    response.end(request.method === 'HEAD' ? undefined : part)
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) =>
      response.destroy(error instanceof Error ? error : new Error(String(error))),
    )
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    origin: `http://127.0.0.1:${address.port}`,
    objects,
    uploads,
    cameAt,
    asked,
    async close() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}

/** A page of the objects below a prefix, and the key to go on after: ListObjectsV2. */
function listing(url: URL, objects: S3['objects'], cameAt: S3['cameAt']): string {
  const {
    prefix = '',
    'max-keys': most = '1000',
    'continuation-token': after = '',
  } = Object.fromEntries(url.searchParams)
  const bucket = url.pathname.replace(/\/?$/, '/')
  const keys = [...objects.keys()]
    .filter((path) => path.startsWith(bucket + prefix))
    .map((path) => path.slice(bucket.length))
    .filter((key) => !key.slice(prefix.length).includes('/') && key > after)
    .toSorted()
  const page = keys.slice(0, Number(most))
  const more = keys.length > page.length
  const rows = page.map(
    (key) =>
      `<Contents><Key>${key}</Key><LastModified>${cameAt.get(bucket + key)?.toISOString()}</LastModified></Contents>`,
  )
  const next = more ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : ''
  return `<ListBucketResult><IsTruncated>${more}</IsTruncated>${next}${rows.join('')}</ListBucketResult>`
}

async function drain(request: IncomingMessage): Promise<Buffer> {
  for await (const _chunk of request);
  return Buffer.alloc(0)
}
