import { expect, test } from 'vitest'
import type { VideoLimits } from '@/lib/platforms/limits'
import { codecLabel, convertedFps, encodedOtherwise, type Encoded } from './encoding'

const limits: VideoLimits = {
  mimes: ['video/mp4'],
  maxBytes: 1e9,
  minMs: 0,
  maxMs: 60_000,
  codecs: ['avc', 'hevc'],
  soundCodecs: ['aac'],
  fps: { min: 23, max: 60 },
  bitsPerSecond: 25_000_000,
}
const film = { codec: 'avc', soundCodec: 'aac', fps: 29.97, sizeBytes: 25_000_000, durationMs: 10_000 }
const why = (other: Partial<Encoded>, most = limits) => encodedOtherwise('Instagram', most, { ...film, ...other })

test('a film that is encoded as a network takes it is not found fault with, by a hair neither', () => {
  expect(why({})).toBeUndefined()
  for (const fps of [23.976, 59.94, 60.02]) expect(why({ fps })).toBeUndefined()
  // Ten seconds of 25 Mbit, with their sound.
  expect(why({ sizeBytes: 31_400_000 })).toBeUndefined()
})

test('what is encoded otherwise is named, with what is taken', () => {
  expect(why({ codec: 'vp9' })).toBe('is encoded with VP9; Instagram takes H.264 or H.265.')
  expect(why({ codec: 'apch' })).toBe('is encoded with ProRes; Instagram takes H.264 or H.265.')
  expect(why({ soundCodec: 'pcm-s16' })).toBe('has its sound in PCM; Instagram takes AAC.')
  expect(why({ fps: 119.88 })).toBe('has 119.9 frames a second; Instagram takes 23 to 60.')
  expect(why({ fps: 15 })).toBe('has 15 frames a second; Instagram takes 23 to 60.')
  expect(why({ fps: 240 }, { ...limits, fps: { min: 0, max: 120 } })).toBe(
    'has 240 frames a second; Instagram takes up to 120.',
  )
  expect(why({ sizeBytes: 50_000_000 })).toBe('has 40 Mbit a second; Instagram takes up to 25.')
})

test('what is not known of a film, or what a network does not name, is not found fault with', () => {
  for (const unknown of [null, undefined])
    expect(why({ codec: unknown, soundCodec: unknown, fps: unknown, durationMs: unknown })).toBeUndefined()
  const { mimes, maxBytes, minMs, maxMs } = limits
  expect(why({ codec: 'vp9', fps: 240, sizeBytes: 1e9 }, { mimes, maxBytes, minMs, maxMs })).toBeUndefined()
  expect(codecLabel('mp4v')).toBe('mp4v')
})

test('a rate that every network takes is kept, and any other becomes one', () => {
  expect([undefined, null, 24, 59.94].map(convertedFps)).toEqual([undefined, undefined, undefined, undefined])
  expect([120, 10].map(convertedFps)).toEqual([60, 30])
})
