import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MediaFile } from '@/lib/platforms'
import { animationFile, filmFile, imageFile } from '@/lib/platforms/contract-files.fixture'
import { startContractWorld, type ContractWorld } from '@/lib/platforms/contract-world.fixture'
import { attach, deliver, draftOf, must, type Subject } from '@/lib/platforms/contract.fixture'
import { PostContent } from '../schema'
import { judgedAccount } from './judge'
import { problems } from './rules'

let world: ContractWorld
beforeAll(async () => {
  world = await startContractWorld()
})
afterAll(() => world.close())

type Size = readonly [width: number, height: number, frames?: number]
type Made = MediaFile & { readonly frames?: number }

const make: Readonly<Record<'jpeg' | 'png' | 'film' | 'gif', (size: Size) => Made | Promise<Made>>> = {
  jpeg: ([width, height]) => imageFile('navy', 'Navy', { width, height }),
  png: ([width, height]) => imageFile('navy', 'Navy', { width, height, format: 'png' }),
  film: ([width, height]) => filmFile(4_000, { width, height }),
  gif: ([width, height, frames = 1]) => ({ ...animationFile(width, height, frames), frames }),
}

function refusals({ way, account }: Subject, { id, kind, mime, sizeBytes, width, height, ...file }: Made) {
  const judged = judgedAccount({ id: 'a', platform: way.name, method: way.method, traits: account.traits ?? {} })
  const media = { id, name: id, kind, mime, sizeBytes, alt: 'Said', durationMs: file.durationMs ?? 4_000 }
  const size = width && height ? { width, height } : {}
  const frames = file.frames === undefined ? {} : { frames: file.frames }
  const content = PostContent.parse({ text: 'Many pixels', mediaIds: [id] })
  return problems(content, null, judged, [{ ...media, ...size, ...frames }])
    .filter(({ severity, field }) => severity === 'refusal' && field === 'media')
    .map(({ message }) => message)
}

const post = async (of: Subject, file: MediaFile) => {
  const media = [await attach(of, file, world.turn)]
  return must(await deliver(of, await draftOf(of, world.say('Many pixels'), { media }), world.turn))
}

const most = [1_440, 1_440] as const
test.each<[string, keyof typeof make, Size, Size, string]>([
  ['Instagram', 'jpeg', [1_441, 1_440], most, 'takes up to 1440'],
  ['Instagram', 'jpeg', [319, 319], [320, 320], 'wants at least 320'],
  ['Instagram', 'film', [1_921, 1_080], [1_920, 1_080], 'takes up to 1,920'],
  ['Threads', 'jpeg', [1_441, 1_440], most, 'takes up to 1440'],
  ['Threads', 'png', [319, 319], [320, 320], 'wants at least 320'],
  ['Threads', 'png', [320, 3_300], [320, 3_200], 'is too tall'],
  ['Threads', 'film', [1_921, 1_080], [1_920, 1_080], 'takes up to 1,920'],
  ['LinkedIn person', 'jpeg', [6_014, 6_012], [6_013, 6_012], 'takes up to 36,152,320'],
  ['LinkedIn page', 'png', [6_014, 6_012], [6_013, 6_012], 'takes up to 36,152,320'],
  ['X', 'gif', [1_281, 720], [1_280, 1_080], 'is 1,281 pixels wide'],
  ['X', 'gif', [300, 300, 351], [300, 300, 350], 'has 351 frames'],
  ['X', 'gif', [1_280, 1_080, 218], [1_280, 1_080, 217], 'takes up to 300,000,000'],
  ['X', 'film', [1_281, 720], [1_280, 720], 'takes up to 1,280 × 1,024'],
  ['X', 'film', [1_025, 1_280], [1_024, 1_280], 'whichever way up'],
  ['X', 'film', [31, 40], [32, 40], 'wants at least 32'],
])(
  '%s is not brought a %s of %j, which it would refuse, and takes one of %j',
  async (label, what, over, within, why) => {
    const of = world.subject(label)
    const [tooMuch, enough] = [await make[what](over), await make[what](within)]
    expect(refusals(of, tooMuch)).toEqual([expect.stringContaining(why)])
    await expect(post(of, tooMuch)).rejects.toThrow('rejected')
    expect(refusals(of, enough)).toEqual([])
    expect(await post(of, enough)).toMatchObject({ externalId: expect.any(String) })
  },
)
