import fc from 'fast-check'
import sharp from 'sharp'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import { closeQueues } from '@/lib/core/queue'
import { closeRealtime } from '@/lib/core/realtime'
import type { Limits } from '@/lib/platforms'
import type { Ctx } from '@/lib/workspace'
import { deleteMedia } from './delete'
import { setFocus } from './describe'
import { bytesOf, desk, filesIn, must, picture, streamOf, video } from './desk.fixture'
import { mediaDetails } from './details'
import { editMedia } from './edit'
import { cropTo } from './edits'
import { fitMedia, networkFits, previewFit } from './fit'
import { planPicture, whyNotGif, whyNotVideo } from './fit-rules'
import { openMedia } from './open'
import { uploadMedia } from './upload'

let ctx: Ctx
beforeEach(async () => {
  ctx = await desk()
})
afterAll(async () => {
  await closeQueues()
  await closeRealtime()
  await prisma.$disconnect()
})

/** Red at the left, blue at the right. */
const twoColours = async (width = 600, height = 400) =>
  sharp({ create: { width, height, channels: 3, background: '#f00' } })
    .composite([
      { input: { create: { width: width / 2, height, channels: 3, background: '#00f' } }, left: width / 2, top: 0 },
    ])
    .png()
    .toBuffer()
const kept = async (bytes: Uint8Array, name = 'beach.png') =>
  must(await uploadMedia(ctx, { name, alt: 'A beach', body: streamOf(bytes) })).id
const seen = async (mediaId: string) => {
  const bytes = await bytesOf(must(await openMedia(ctx, { mediaId })).open())
  const { data } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  return { ...(await sharp(bytes).metadata()), first: [...data.subarray(0, 3)] }
}

describe('editing', () => {
  test('makes a file of its own that says what was done, and leaves the original as it was', async () => {
    const bytes = await twoColours()
    const original = await kept(bytes)
    const made = must(
      await editMedia(ctx, {
        mediaId: original,
        edit: { crop: { left: 300, top: 100, width: 200, height: 200 }, width: 100 },
      }),
    )
    expect(made).toMatchObject({
      name: 'beach (edited).png',
      mime: 'image/png',
      width: 100,
      height: 100,
      alt: 'A beach',
      originalId: original,
      thumb: expect.any(String),
    })
    expect(await seen(made.id)).toMatchObject({ format: 'png', width: 100, height: 100, first: [0, 0, 255] })
    expect(must(await mediaDetails(ctx, { mediaId: made.id }))).toMatchObject({
      changes: ['Cut from 600 × 400 to 200 × 200', 'Made smaller, to 100 × 100'],
      original: { id: original },
    })
    expect(must(await mediaDetails(ctx, { mediaId: original })).derived).toMatchObject([{ id: made.id }])
    const still = await bytesOf(must(await openMedia(ctx, { mediaId: original })).open())
    expect(Buffer.from(still).equals(bytes)).toBe(true)
  })

  test('turns first and cuts then, in the pixels of the turned picture', async () => {
    const mediaId = await kept(await twoColours())
    const made = must(
      await editMedia(ctx, { mediaId, edit: { turn: 90, crop: { left: 0, top: 350, width: 400, height: 250 } } }),
    )
    // Turned to the right, what was left is on top: the lower part is blue.
    expect(await seen(made.id)).toMatchObject({ width: 400, height: 250, first: [0, 0, 255] })
  })

  test('never makes a picture larger, cuts outside of it, or makes a copy of nothing new', async () => {
    const mediaId = await kept(await twoColours())
    const refused = (message: string) => ({
      error: { code: 'VALIDATION_ERROR', message: expect.stringContaining(message) },
    })
    expect(await editMedia(ctx, { mediaId, edit: { width: 601 } })).toMatchObject(refused('Nothing would change'))
    const crop = { left: 0, top: 0, width: 300, height: 300 }
    expect(await editMedia(ctx, { mediaId, edit: { crop, width: 301 } })).toMatchObject(refused('never made larger'))
    expect(await editMedia(ctx, { mediaId, edit: { crop: { ...crop, left: 301 } } })).toMatchObject(refused('outside'))
    expect(await editMedia(ctx, { mediaId, edit: {} })).toMatchObject(refused('Nothing would change'))
    expect(await filesIn('media', ctx)).toHaveLength(2)
  })

  test('keeps the format unless another is chosen, and says so when it is', async () => {
    const mediaId = await kept(await twoColours())
    const made = must(await editMedia(ctx, { mediaId, edit: { format: 'image/jpeg', quality: 80 } }))
    expect(made).toMatchObject({ mime: 'image/jpeg', name: 'beach (edited).jpg' })
    expect(must(await mediaDetails(ctx, { mediaId: made.id })).changes).toEqual([
      'Turned from PNG into JPEG',
      'Compressed with quality 80',
    ])
  })

  test('does not touch what moves, and outlives its original', async () => {
    const film = await kept(await video(), 'a.mp4')
    expect(await editMedia(ctx, { mediaId: film, edit: { turn: 90 } })).toMatchObject({
      error: { message: expect.stringContaining('Only still pictures') },
    })
    const original = await kept(await twoColours())
    const made = must(await editMedia(ctx, { mediaId: original, edit: { turn: 180 } }))
    must(await deleteMedia(ctx, { mediaId: original }))
    expect(must(await mediaDetails(ctx, { mediaId: made.id }))).toMatchObject({
      original: null,
      changes: ['Turned by 180°'],
    })
    expect((await seen(made.id)).width).toBe(600)
  })
})

test('a cut has the ratio asked for and lies inside, wherever the focal point is', () => {
  const size = fc.integer({ min: 1, max: 6_000 })
  const part = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(size, size, fc.double({ min: 0.3, max: 3, noNaN: true }), part, part, (width, height, ratio, x, y) => {
      const cut = cropTo({ width, height }, ratio, { x, y })
      expect(cut.left).toBeGreaterThanOrEqual(0)
      expect(cut.top).toBeGreaterThanOrEqual(0)
      expect(cut.left + cut.width).toBeLessThanOrEqual(width)
      expect(cut.top + cut.height).toBeLessThanOrEqual(height)
      // The nearest whole pixel that is not past it; a picture of one pixel has no other.
      const off = Math.min(Math.abs(cut.width - cut.height * ratio), Math.abs(cut.height - cut.width / ratio))
      expect(Math.min(cut.width, cut.height) === 1 || off < 1).toBe(true)
    }),
  )
})

const images = {
  max: 10,
  mimes: ['image/jpeg'],
  maxBytes: 8_000_000,
  altMax: 100,
  ratio: { min: 0.8, max: 1.91 },
  width: { min: 320, max: 1_440 },
}
const rules = (more: Partial<Limits['images']> = {}) => ({ images: { ...images, ...more } })
const file = { mime: 'image/jpeg', sizeBytes: 1_000_000, width: 1_080, height: 1_080, focus: null }

describe('what a network wants', () => {
  test('is nothing for a picture that fits', () => {
    expect(planPicture('Instagram', rules(), file)).toEqual({ fit: 'as_it_is' })
  })

  test('is said in words: cut around the focal point, made smaller, turned into another format, compressed', () => {
    const wide = {
      ...file,
      mime: 'image/png',
      width: 4_000,
      height: 1_000,
      sizeBytes: 9_000_000,
      focus: { x: 1, y: 0.5 },
    }
    expect(planPicture('Instagram', rules(), wide)).toEqual({
      fit: 'after_changes',
      edit: { turn: 0, crop: { left: 2_090, top: 0, width: 1_910, height: 1_000 }, width: 1_440, format: 'image/jpeg' },
      maxBytes: 8_000_000,
      changes: [
        'Cut from 4000 × 1000 to 1910 × 1000',
        'Made smaller, to 1440 × 754',
        'Turned from PNG into JPEG',
        'Compressed from 9.0 MB to 8.0 MB or less',
      ],
    })
  })

  test('cannot be had of a picture that would have to grow, or where none are taken', () => {
    expect(planPicture('Instagram', rules(), { ...file, width: 300, height: 300 })).toMatchObject({
      fit: 'never',
      reason: expect.stringContaining('never made larger'),
    })
    expect(planPicture('YouTube', rules({ max: 0 }), file)).toEqual({
      fit: 'never',
      reason: 'YouTube takes no pictures.',
    })
  })

  test('of pixels is had by making a picture smaller, as little as it takes, its shape kept', () => {
    const free = { max: 4, mimes: ['image/jpeg'], maxBytes: 8_000_000, altMax: 0 }
    const made = (more: Partial<Limits['images']>, width: number, height: number) => {
      const plan = planPicture('N', { images: { ...free, ...more } }, { ...file, width, height })
      return plan.fit === 'after_changes' ? [plan.edit.width, ...plan.changes] : plan.fit
    }
    expect(made({ sum: 10_000 }, 6_000, 4_000)).toBe('as_it_is')
    expect(made({ sum: 10_000 }, 8_256, 5_504)).toEqual([6_000, 'Made smaller, to 6000 × 4000'])
    expect(made({ pixels: 33_177_600 }, 7_680, 4_320)).toBe('as_it_is')
    expect(made({ pixels: 33_177_600 }, 8_000, 6_000)).toEqual([6_651, 'Made smaller, to 6651 × 4988'])
    // Cut first: what is cut off need not fit.
    expect(made({ sum: 10_000, ratio: { min: 1, max: 1 } }, 8_000, 5_000)).toEqual([
      undefined,
      'Cut from 8000 × 5000 to 5000 × 5000',
    ])
  })

  test('no picture that was made smaller has more pixels than there may be, nor fewer than need be', () => {
    const side = fc.integer({ min: 1, max: 12_000 })
    fc.assert(
      fc.property(side, side, (width, height) => {
        const images = { max: 4, mimes: ['image/jpeg'], maxBytes: 8_000_000, altMax: 0, pixels: 1_000_000, sum: 3_000 }
        fc.pre(Math.max(width, height) <= 20 * Math.min(width, height))
        const plan = planPicture('N', { images }, { ...file, width, height })
        const wide = plan.fit === 'after_changes' ? (plan.edit.width ?? width) : width
        const isWithin = (w: number) => {
          const high = Math.round((height * w) / width)
          return w * high <= images.pixels && w + high <= images.sum
        }
        expect(wide).toBeLessThanOrEqual(width)
        expect(isWithin(wide)).toBe(true)
        // Half a pixel of its height, which is rounded, is as wide as its shape says.
        const rounding = Math.ceil(width / height)
        expect(wide === width || !isWithin(wide + 2 + rounding)).toBe(true)
      }),
    )
  })

  test('of a video is said with what to do about it', () => {
    const limits = { video: { mimes: ['video/mp4'], maxBytes: 100, minMs: 3_000, maxMs: 90_000 } }
    const film = { mime: 'video/mp4', sizeBytes: 10, durationMs: 5_000, width: 10, height: 10 }
    expect(whyNotVideo('X', limits, film)).toBeUndefined()
    expect(whyNotVideo('X', limits, { ...film, durationMs: 100_000 })).toContain('Trim it')
    expect(whyNotVideo('X', limits, { ...film, mime: 'video/quicktime' })).toContain('Convert it to MP4')
    expect(whyNotVideo('X', limits, { ...film, sizeBytes: 101 })).toContain('smaller')
    const tall = { video: { ...limits.video, ratio: { min: 0.5, max: 0.6 } } }
    expect(whyNotVideo('X', tall, film)).toContain('as wide as high')
    const small = { video: { ...limits.video, width: 1_920, pixels: 2_073_600 } }
    expect(whyNotVideo('X', small, { ...film, width: 1_920, height: 1_080 })).toBeUndefined()
    expect(whyNotVideo('X', small, { ...film, width: 2_160, height: 100 })).toBe(
      'It is 2,160 pixels wide; X takes up to 1,920. Convert it to a smaller one.',
    )
    expect(whyNotVideo('X', small, { ...film, width: 1_080, height: 1_922 })).toContain('has 2,075,760 pixels')
  })
})

test('a GIF is held to pixels of its own', () => {
  const gifs = { ...images, mimes: ['image/gif'], pixels: 100, sum: 1, gif: { width: 1_280, height: 1_080 } }
  const gif = { sizeBytes: 10, width: 1_280, height: 1_080 }
  expect(whyNotGif('X', { images: { ...gifs, pixels: 9_000_000 } }, gif)).toBeUndefined()
  expect(whyNotGif('X', { images: gifs }, gif)).toContain('takes up to 100')
  expect(whyNotGif('X', { images: gifs }, { ...gif, width: 1_281 })).toContain('is 1,281 pixels wide')
  expect(whyNotGif('X', { images: gifs }, { ...gif, height: 1_081 })).toContain('is 1,081 pixels high')
})

test('a picture that is too heavy for a network is shown before it is made, and made so that it fits', async () => {
  // Noise hardly compresses: this is more than Bluesky takes.
  const noise = { type: 'gaussian' as const, mean: 128, sigma: 60 }
  const create = { width: 1_400, height: 1_200, channels: 3 as const, background: '#000', noise }
  const bytes = await sharp({ create }).jpeg({ quality: 100 }).toBuffer()
  const mediaId = await kept(bytes, 'noise.jpg')
  must(await setFocus(ctx, { mediaId, focus: { x: 0.2, y: 0.2 } }))
  const fits = must(await networkFits(ctx, { mediaId }))
  const heavy = fits.filter(({ fit }) => fit === 'after_changes')
  expect(heavy).not.toEqual([])
  for (const { platform, format, label } of heavy) {
    const preview = must(await previewFit(ctx, { mediaId, platform, format }))
    const made = must(await fitMedia(ctx, { mediaId, platform, format }))
    expect(made).toMatchObject({ originalId: mediaId, sizeBytes: preview.sizeBytes, name: `noise (for ${label}).jpg` })
    const after = must(await networkFits(ctx, { mediaId: made.id }))
    expect(after.find((one) => one.platform === platform && one.format === format)).toMatchObject({ fit: 'as_it_is' })
    expect(must(await mediaDetails(ctx, { mediaId: made.id })).changes).not.toEqual([])
  }
})

test('an account whose server has limits of its own is told apart, and files are made for those', async () => {
  const configuration = { media_attachments: { supported_mime_types: ['image/jpeg'] } }
  const account = { workspaceId: ctx.workspaceId, method: 'default', kind: 'profile', externalId: newId() }
  const add = (platform: string, handle: string, traits: object) =>
    prisma.account.create({
      data: {
        ...account,
        id: newId(),
        platform,
        handle,
        traits,
        displayName: handle,
        profileUrl: 'https://example.com/',
        scopes: [],
        credentialsSealed: 'x',
        tokenIssuedAt: new Date(),
      },
    })
  const strict = await add('mastodon', '@ada@strict.example', { configuration })
  await add('bluesky', 'ada.example', {})
  const mediaId = await kept(await twoColours())
  const fits = must(await networkFits(ctx, { mediaId }))
  expect(fits.filter(({ platform }) => platform === 'mastodon')).toEqual([
    {
      platform: 'mastodon',
      accountId: strict.id,
      label: 'Mastodon (@ada@strict.example)',
      fit: 'after_changes',
      changes: ['Turned from PNG into JPEG'],
    },
  ])
  // Its limits are those of its network.
  expect(fits.find(({ platform }) => platform === 'bluesky')).not.toHaveProperty('accountId')
  const target = { mediaId, platform: 'mastodon', accountId: strict.id }
  expect(must(await previewFit(ctx, target)).mime).toBe('image/jpeg')
  expect(must(await fitMedia(ctx, target)).mime).toBe('image/jpeg')
  expect(await fitMedia(ctx, { mediaId, platform: 'mastodon' })).toMatchObject({ error: { code: 'CONFLICT' } })
  const other = await desk()
  const theirs = await uploadMedia(other, { name: 'b.png', body: streamOf(await twoColours()) })
  expect(await fitMedia(other, { ...target, mediaId: must(theirs).id })).toMatchObject({ error: { code: 'NOT_FOUND' } })
})

test('what a picture can be besides the usual post stands in a row of its own, and nothing that takes no pictures', async () => {
  const mediaId = await kept(await picture(1_080, 1_920).jpeg().toBuffer(), 'upright.jpg')
  const fits = must(await networkFits(ctx, { mediaId }))
  const on = (network: string) =>
    fits.filter(({ platform }) => platform === network).map(({ label, format, fit }) => [label, format, fit])
  expect(on('instagram')).toEqual([
    ['Instagram', undefined, 'after_changes'],
    // As its cover.
    ['Instagram: Reel', 'reel', 'as_it_is'],
    ['Instagram: Story', 'story', 'as_it_is'],
  ])
  // As the cover of a film, too; Reddit's link posts take nothing.
  expect(on('facebook').map(([, format]) => format)).toEqual([undefined, 'reel', 'story', 'video'])
  expect(on('reddit').map(([, format]) => format)).not.toContain('link')
})

test('a picture is made for the format that it is to be shown in', async () => {
  const mediaId = await kept(await picture(1_000, 1_000).webp().toBuffer(), 'a.webp')
  const target = { mediaId, platform: 'facebook' }
  expect(await fitMedia(ctx, target)).toMatchObject({ error: { code: 'CONFLICT' } })
  expect(must(await fitMedia(ctx, { ...target, format: 'story' })).mime).toBe('image/jpeg')
})

test('what fits already is not made again', async () => {
  const mediaId = await kept(await picture(1_000, 1_000).jpeg().toBuffer(), 'a.jpg')
  expect(await fitMedia(ctx, { mediaId, platform: 'bluesky' })).toMatchObject({ error: { code: 'CONFLICT' } })
  expect(await fitMedia(ctx, { mediaId, platform: 'friendster' })).toMatchObject({ error: { code: 'NOT_FOUND' } })
  expect(await fitMedia(await desk(), { mediaId, platform: 'bluesky' })).toMatchObject({ error: { code: 'NOT_FOUND' } })
})
