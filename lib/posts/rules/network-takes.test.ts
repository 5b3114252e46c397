import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { MediaFile, OptionField, OptionValue, Part, PartMedia, Published } from '@/lib/platforms'
import { documentFile, filmFile, gifFile, imageFile, videoFile } from '@/lib/platforms/contract-files.fixture'
import { startContractWorld, type ContractWorld } from '@/lib/platforms/contract-world.fixture'
import { attach, deliver, must, postingWays, under, type Subject } from '@/lib/platforms/contract.fixture'
import { draftPart } from '../write/draft-part'
import { judgedAccount } from './judge'
import { problems, type JudgedAccount, type JudgedMedia } from './rules'
import { PostContent, type PostOverride } from '../schema'

/** What hangs on the posts before, and not on what this one is. */
const ofOthers = /"duplicate":true|drafts in its TikTok inbox/

/** So many posts are made up for each way; of those that the rules take, so many are sent at most. */
const [madeUp, sentAtMost] = [1_000, 15]

type Chance = {
  readonly of: (share: number) => boolean
  readonly pick: <T>(from: readonly [T, ...T[]]) => T
}

/** The same for the same seed: a failure comes again. */
function chanceOf(seed: string): Chance {
  let state = [...seed].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7)
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  return {
    of: (share) => next() < share,
    pick: (from) => from[Math.floor(next() * from.length)] ?? from[0],
  }
}

let world: ContractWorld
let sets: readonly [readonly MediaFile[], ...(readonly MediaFile[])[]]
beforeAll(async () => {
  world = await startContractWorld()
  const [teal, navy] = [await imageFile('teal', 'Teal'), await imageFile('navy', '')]
  const red = await imageFile('red', 'Red', { format: 'png' })
  const [up, flat, gif] = [videoFile(600_000, 'upright'), filmFile(20_000), await gifFile('plum', 'Plum')]
  sets = [[], [], [], [teal], [red], [teal, navy, red], [up], [flat], [up, teal], [documentFile('Our year')], [gif]]
})
afterAll(() => world.close())

function answerTo({ input }: OptionField, { of, pick }: Chance): OptionValue | undefined {
  switch (input.kind) {
    case 'choice':
      return of(0.5) ? pick(['none', ...input.choices.map(({ value }) => value)]) : undefined
    case 'flag':
      return of(0.25) ? true : undefined
    case 'text':
      return of(0.2) ? pick(['1', '2.5', 'A title', '1234567890', 'a b #c', 'ü']) : undefined
    case 'tags':
      return of(0.2) ? pick([['rosa'], ['de', 'fr'], ['Filter coffee'], ['2: rosa 0.3 0.7'], ['<b>']]) : undefined
    // What the network names: the way says what it takes.
    case 'list':
      return undefined
  }
}

type Made = { readonly content: PostContent; readonly override: PostOverride; readonly files: readonly MediaFile[] }

function makeUp({ way }: Subject, { options }: JudgedAccount, chance: Chance): Made {
  const { of, pick } = chance
  const files = pick(sets)
  const answers = options.flatMap((field) => {
    const said = field.name === 'format' || !way.options?.[field.name] ? answerTo(field, chance) : undefined
    return said === undefined ? [] : [[field.name, said] as const]
  })
  const words = pick(['Hello', 'One <b> & "you" https://a.com/x', 'Two\nlines #tag @nobody', 'A northwind.coffee'])
  return {
    files,
    override: { options: plainOf({ ...way.options, ...Object.fromEntries(answers) }) },
    content: PostContent.parse({
      text: of(0.7) ? world.say(words) : '',
      ...(of(0.4) ? { title: world.say('Title') } : {}),
      ...(of(0.35) ? { link: 'https://example.com/menu', ...(of(0.5) ? { linkTitle: 'Menu' } : {}) } : {}),
      ...(of(0.3) ? { firstComment: world.say('First') } : {}),
      ...(of(0.25) ? { poll: { options: ['Dark', 'Light'], minutes: 1_440, multiple: of(0.3) } } : {}),
      mediaIds: files.map(({ id }) => id),
      thread: of(0.2) ? [{ text: world.say('Second') }] : [],
    }),
  }
}

const plainOf = (given: Readonly<Record<string, OptionValue>>): PostOverride['options'] =>
  Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, typeof value === 'object' ? [...value] : value]),
  )

const judged = ({ id, kind, mime, sizeBytes, width, height, durationMs, alt }: MediaFile): JudgedMedia => ({
  id,
  name: id,
  kind,
  mime,
  sizeBytes,
  alt,
  ...(width && height ? { width, height } : {}),
  ...(durationMs === undefined ? {} : { durationMs }),
})

/** Sends all of a post. @returns what was refused of it, and why; undefined when all was taken */
async function refused(of: Subject, { content, files }: Made, first: Part): Promise<string | undefined> {
  const media: PartMedia[] = []
  for (const file of files) media.push(of.platform.uploadMedia ? await attach(of, file, world.turn) : { ...file, file })
  const root = await deliver(of, { ...first, media }, world.turn)
  if (!root.ok) return `the post: ${JSON.stringify(root.error)}`
  const below = (kind: Part['kind'], text: string, parent: Published): Part => ({
    kind,
    text,
    media: [],
    ...(first.options ? { options: first.options } : {}),
    key: of.platform.newKey(new Date()),
    ...under(root.value, parent),
  })
  let parent = root.value
  for (const { text } of content.thread) {
    const reply = await deliver(of, below('reply', text, parent), world.turn)
    if (!reply.ok) return `its thread: ${JSON.stringify(reply.error)}`
    parent = reply.value
  }
  if (!content.firstComment) return undefined
  const comment = await deliver(of, below('comment', content.firstComment, parent), world.turn)
  return comment.ok ? undefined : `its first comment: ${JSON.stringify(comment.error)}`
}

describe.for(postingWays)('$label', ({ label, name, method }) => {
  test('takes what passes the rules, whatever it is', async () => {
    const of = world.subject(label)
    const account = judgedAccount({ id: label, platform: name, method, traits: of.account.traits ?? {} })
    const chance = chanceOf(label)
    const found: object[] = []
    let sent = 0
    for (let at = 0; at < madeUp && sent < sentAtMost; at += 1) {
      const made = makeUp(of, account, chance)
      const { content, override, files } = made
      const said = problems(content, override, account, files.map(judged))
      if (said.some(({ severity }) => severity === 'refusal')) continue
      const first = draftPart(content, override, files, of.platform, new Date())
      if (of.platform.precheck && must(await of.platform.precheck(of.app, of.as, first)).length > 0) continue
      sent += 1
      const why = await refused(of, made, first)
      if (why && !ofOthers.test(why)) found.push({ why, content, options: override.options })
    }
    expect(sent).toBeGreaterThan(sentAtMost / 2)
    expect(found).toEqual([])
  })
})
