import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connectAs, must } from '@/lib/accounts/connected.fixture'
import { env } from '@/lib/core/env'
import { bucketOf, startS3, type S3 } from '@/lib/core/s3.fixture'
import { picture } from '@/lib/media/desk.fixture'
import { filmBytes, withFilesOf } from './files.test-data'
import { publishVariant } from './publish'
import { startSending } from './sending.test-data'

let sending: Awaited<ReturnType<typeof startSending>>
let posts: ReturnType<typeof withFilesOf>
let s3: S3
beforeAll(async () => {
  sending = await startSending()
  posts = withFilesOf(sending)
  // Where networks reach the files: what they fetch is there.
  s3 = await startS3()
  Object.assign(env(), { ...bucketOf(s3), S3_PUBLIC_ENDPOINT: s3.origin })
})
afterAll(async () => {
  await sending.close()
  await s3.close()
})

/** A post with two files, sent as far as it comes in so many runs. */
async function begun(kind: string, text: string, films: readonly boolean[], runs: number) {
  const accountId = await connectAs(sending.owner, kind)
  const mediaIds: string[] = []
  for (const [at, isFilm] of films.entries()) {
    const bytes = isFilm
      ? filmBytes(100_000, `${text} ${at}`)
      : await picture(800, 800 + at)
          .jpeg()
          .toBuffer()
    mediaIds.push(await posts.file(bytes, isFilm ? 'film.mp4' : 'picture.jpg'))
  }
  const sent = await posts.due(accountId, kind, text, mediaIds)
  for (let run = 0; run < runs; run++) {
    if (run > 0) await posts.pass(sent.variantId)
    must(await publishVariant(sending.system, { variantId: sent.variantId }))
  }
  expect(await sending.variantOf(sent.postId)).toMatchObject({ state: 'scheduled' })
  const [first = '', second = ''] = mediaIds
  return { ...sent, first, second }
}

describe.for([
  { kind: 'instagram', films: [false, false], of: 'pictures' },
  { kind: 'instagram', films: [true, true], of: 'films' },
  { kind: 'threads', films: [false, false], of: 'pictures' },
  { kind: 'threads', films: [true, true], of: 'films' },
])('a carousel of $of on $kind', ({ kind, films, of }) => {
  test('needs no file any more for which there is a container', async () => {
    const text = `Lost with its container on ${kind}, of ${of}`
    const { variantId, first } = await begun(kind, text, films, 1)
    await posts.lose(first)
    expect(await posts.goOn(variantId)).toBe('published')
    expect(await sending.seen(text)).toMatchObject([{ mediaCount: 2 }])
  })

  test('needs none of them once there is a container for each', async () => {
    const text = `Lost with all containers on ${kind}, of ${of}`
    const { variantId, first, second } = await begun(kind, text, films, 2)
    await posts.lose(first)
    await sending.owner.db.media.delete({ where: { id: second } })
    expect(await posts.goOn(variantId)).toBe('published')
    expect(await sending.seen(text)).toMatchObject([{ mediaCount: 2 }])
  })

  test('is kept back when a file is lost for which there is none, and says so', async () => {
    const text = `Lost without a container on ${kind}, of ${of}`
    const { postId, variantId, second } = await begun(kind, text, films, 1)
    await posts.lose(second)
    expect(await posts.goOn(variantId)).toBe('refused')
    expect((await sending.variantOf(postId)).reason).toMatchObject({
      message: expect.stringContaining('A file of this post is gone from where files are kept.'),
    })
    expect(await sending.seen(text)).toEqual([])
  })
})
