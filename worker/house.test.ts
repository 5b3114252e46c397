import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { isOperation, isVisitorOperation, permissionLabels, permissions, roles } from '@/lib/workspace'
import { isUpkeepOperation } from '@/lib/workspace/upkeep'
import { routes, sweeps } from './routes'

const home = path.resolve(import.meta.dirname, '..')
const rooms = readdirSync(path.join(home, 'lib'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !['core', 'platforms'].includes(entry.name))
  .map(({ name }) => name)
const read = (file: string) => readFileSync(path.join(home, file), 'utf8')
const has = (file: string) => existsSync(path.join(home, file))
const under = (folder: string, end: RegExp) =>
  has(folder)
    ? readdirSync(path.join(home, folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => end.test(file))
        .map((file) => `${folder}/${file}`)
    : []

/** What a door shows besides operations: no data of a workspace can be reached by it without a Ctx. */
const pure: Readonly<Record<string, readonly string[]>> = {
  // Pure, or read in the caller's own Ctx.
  ai: ['confidenceAfter', 'problemsOf', 'signsOfInstruction', 'bindingOf', 'unbackedIn', 'isRefining'],
  language: [
    'areAlike',
    'bandsOfText',
    'createDuplicateIndex',
    'emotionOf',
    'feltIn',
    'intentOf',
    'keywordsOf',
    'languageOf',
    'lexiconSentiment',
    'likeness',
    'maskPii',
    'piiIn',
    'sentimentOf',
    'spamOf',
    'toxicityOf',
    'understand',
  ],
  // Whether the machine has a program is nobody's data.
  media: ['findFfmpeg', 'pagePicture'],
  posts: ['whyCannot'],
  workspace: [
    'explainIssues',
    'operation',
    'query',
    'refusal',
    'isOperation',
    'visitorOperation',
    'isVisitorOperation',
    'transact',
    // Makes a guarded operation.
    'forgetting',
    'forgetExcerpts',
    'keepErasedNames',
    'here',
    'hold',
    'holdStill',
    'sql',
    'together',
    // By the caller's own statement.
    'foldTexts',
    'isTaken',
    'eventDelivery',
    // Of the whole installation: where its files are, nothing of anybody's.
    'storeMark',
    // Numbers of the whole installation, nobody's by name; for guarded operations.
    'noteUnits',
    'unitsSince',
    'usedBesides',
    // Whether anybody has an account here.
    'isSignUpOpen',
    'writeToMember',
    'jsonNull',
    'may',
    'permissionLabels',
    'whomToAsk',
    'permissions',
    'roles',
  ],
  // Pure, or noted in the caller's own Ctx.
  accounts: ['explain', 'noteAnswer'],
  // Work in the caller's own transaction, for people who were seen in one workspace, or in the caller's Ctx.
  contacts: [
    'hasRefused',
    'noteProposed',
    'noteStuck',
    'recognise',
    'peopleNamed',
    'personKey',
    'conversationsWith',
    'holdSeen',
    'whoIs',
  ],
  // Decisions, and what is done in a Ctx or a transaction of the caller's, for the rooms that send.
  sending: [
    'LostClaim',
    'abandoned',
    'afterDeath',
    'askedInVain',
    'atOnce',
    'attempted',
    'bring',
    'broughtFile',
    'callOnce',
    'claiming',
    'closed',
    'cutOff',
    'cutOffTries',
    'died',
    'heldNow',
    'inParts',
    'isDue',
    'isInDoubt',
    'mayStillLand',
    'isReconnected',
    'leaseIn',
    'leaseUntil',
    'letGo',
    'look',
    'meantBy',
    'nextTry',
    'overAt',
    'proofBy',
    'stillHeld',
    'stopBringing',
    'stopFor',
    'stopForAccount',
    'triesBeforeAsking',
    'twice',
    'underClaim',
    'underFence',
    'unlessInVain',
    'waitMs',
    'workerName',
    'writeHeld',
  ],
  // Pure, or in the caller's own transaction, for the inbox that applies what was set up.
  routing: [
    'addOpenMs',
    'decide',
    'dispositionNamed',
    'dropClocks',
    'holdTeams',
    'hoursOf',
    'isOpen',
    'nextOf',
    'noSuchVariable',
    'openMs',
    'openTimes',
    'outlook',
    'paused',
    'policiesInForce',
    'policyFor',
    'render',
    'resumed',
    'rulesInForce',
    'runMs',
    'sayingOf',
    'startedClock',
    'unknownVariables',
  ],
}
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
const isJob = (value: unknown): value is { name: string } =>
  isObject(value) && 'payload' in value && 'attempts' in value && 'queue' in value
const isSweep = (value: unknown): value is { name: string } =>
  isObject(value) && 'name' in value && typeof value.find === 'function'

const doorOf = async (room: string): Promise<Readonly<Record<string, unknown>>> => import(`../lib/${room}/index.ts`)
const doors = await Promise.all(rooms.map(async (room) => [room, await doorOf(room)] as const))

describe.each(doors)('the door of %s', (room, door) => {
  test('shows only what is guarded by a permission, and jobs, sweeps and pure functions', () => {
    const unguarded = Object.entries(door)
      .filter(
        ([, value]) =>
          !isOperation(value) &&
          !isVisitorOperation(value) &&
          !isUpkeepOperation(value) &&
          !isJob(value) &&
          !isSweep(value),
      )
      .map(([name]) => name)
      .filter((name) => !pure[room]?.includes(name))
    expect(unguarded).toEqual([])
  })

  test('is only a list of exports', () => {
    expect(
      read(`lib/${room}/index.ts`)
        .replace(/export (type )?(\*|\{[^}]*\}) from '[^']+'/g, '')
        .trim(),
    ).toBe('')
  })
})

test.each(rooms.filter((room) => has(`lib/${room}/actions.ts`)))(
  'the actions of %s are a list of operations',
  (room) => {
    const lines = read(`lib/${room}/actions.ts`)
      .replace(/^import [^;]*?from '[^']+'$/gms, '')
      .split('\n')
      .filter((line) => line.trim())
    expect(lines[0]).toBe("'use server'")
    const other = lines.slice(1).filter((line) => !/^export const \w+Action = as(Visitor)?Action\(\w+\)$/.test(line))
    expect(other).toEqual([])
  },
)

test('nothing that is asked of an operation is refused in the words of zod', async () => {
  const wrong = [undefined, null, '', 'x'.repeat(30_000), -1e12, 0.5, 1e12, true, {}, [], [''], [{}], { stray: 1 }]
  const operations = doors.flatMap(([, door]) =>
    Object.entries(door).filter(([, value]) => isOperation(value) || isVisitorOperation(value)),
  )
  const heard = operations.flatMap(([name, operation]) => {
    // Both kinds of operations have a schema.
    const { input } = operation as unknown as { input: z.ZodType }
    const fields = input instanceof z.ZodObject ? Object.keys(input.shape) : []
    const given = wrong.flatMap((value) => [value, ...fields.map((field) => ({ [field]: value }))])
    return given.flatMap((one) =>
      (input.safeParse(one).error?.issues ?? []).map(({ path, message }) => `${name} ${path.join('.')}: ${message}`),
    )
  })
  expect(heard.length).toBeGreaterThan(5_000)
  expect([...new Set(heard)].filter((line) => /: (Invalid|Too (small|big):|Unrecognized)/.test(line))).toEqual([])
})

test('every job has exactly one route, and every route one job', () => {
  const jobs = doors.flatMap(([, door]) =>
    Object.values(door)
      .filter(isJob)
      .map(({ name }) => name),
  )
  expect(routes.map(({ job }) => job.name).toSorted()).toEqual(jobs.toSorted())
  expect(new Set(jobs).size).toBe(jobs.length)
})

test('every sweep at a door is swept, and leads to a job that has a route', () => {
  const shown = doors.flatMap(([, door]) =>
    Object.values(door)
      .filter(isSweep)
      .map(({ name }) => name),
  )
  expect(sweeps.map(({ sweep }) => sweep.name).toSorted()).toEqual(shown.toSorted())
  const routed = new Set(routes.map(({ job }) => job.name))
  expect(sweeps.filter(({ job }) => !routed.has(job.name))).toEqual([])
})

/** Route handlers that answer in a way of their own: why they may, and the guard that must be seen in them. */
const ownGuard: Readonly<Record<string, { readonly because: string; readonly guard: string }>> = {
  'app/api/auth/[...nextauth]/route.ts': { because: 'next-auth answers it', guard: 'NextAuth(authOptions)' },
  'app/api/oauth/callback/[platform]/route.ts': {
    because: 'a person comes back, and is sent on to a page',
    guard: 'await enter(',
  },
  'app/api/stream/route.ts': { because: 'it goes on for as long as the page is open', guard: 'await enter(' },
}

test.each(Object.entries(ownGuard))('%s has a guard of its own', (file, { guard }) =>
  expect(read(file)).toContain(guard),
)

test('what serves the contract is guarded by app/api/answer.ts', () =>
  expect(read('app/api/contract/door.ts')).toContain('apiRoute('))

/** The exports of route handlers that are not made by one of these. */
const otherThan = (makers: readonly string[], files: readonly string[]): readonly string[] => {
  const made = new RegExp(`^export const (GET|HEAD|POST|PUT|PATCH|DELETE) = ((${makers.join('|')})\\(|wrongMethod$)`)
  return files.flatMap((file) =>
    read(file)
      .split('\n')
      .filter((line) => line.startsWith('export ') && !made.test(line))
      .map((line) => `${file}: ${line}`),
  )
}
const routeFile = /(^|\/)route\.tsx?$/

test('every route handler under /api answers by a guard of app/api/answer.ts', () => {
  const files = under('app/api', routeFile).filter((file) => !ownGuard[file])
  expect(files.length).toBeGreaterThan(20)
  expect(otherThan(['apiRoute', 'openRoute', 'streamRoute', 'serves'], files)).toEqual([])
})

test('every route handler of a page answers by a door of app/(workspace)/reading.ts', () => {
  const files = under('app/(workspace)', routeFile)
  expect(files.length).toBeGreaterThan(10)
  expect(otherThan(['readingDoor', 'readingsDoor', 'questionDoor', 'fileDoor'], files)).toEqual([])
})

test('who may do what: a change here is a change of what people were promised', () => {
  const table = Object.entries(permissions).map(([permission, who]) => `${permission}: ${who.join(' ')}`)
  expect(table).toEqual([
    'post.read: owner admin manager editor viewer system',
    'post.create: owner admin manager editor',
    'post.update: owner admin manager editor',
    'post.schedule: owner admin manager',
    'post.publish: owner admin manager',
    'post.delete: owner admin',
    'post.send: system',
    'feed.manage: owner admin manager',
    'feed.check: system',
    'media.read: owner admin manager editor viewer system',
    'media.upload: owner admin manager editor system',
    'media.organise: owner admin manager editor',
    'media.edit: owner admin manager editor',
    'media.delete: owner admin',
    'media.work: system',
    'account.read: owner admin manager editor viewer system',
    'account.connect: owner admin',
    'account.use: system',
    'project.read: owner admin manager editor viewer system',
    'project.manage: owner admin manager',
    'analytics.view: owner admin manager editor viewer system',
    'analytics.export: owner admin',
    'analytics.collect: system',
    'team.read: owner admin manager editor viewer system',
    'team.invite: owner admin manager',
    'team.manage: owner',
    'session.manage: owner admin manager editor viewer',
    'settings.view: owner admin system',
    'settings.update: owner admin',
    'apiKey.manage: owner admin',
    'audit.read: owner admin',
    'audit.seal: system',
    'billing.view: owner',
    'billing.manage: owner',
    'event.deliver: system',
    'mail.deliver: system',
    'incoming.handle: system',
    'inbox.read: owner admin manager editor viewer system',
    'inbox.triage: owner admin manager editor',
    'inbox.draft: owner admin manager editor',
    'inbox.reply: owner admin manager',
    'inbox.send: system',
    'contact.read: owner admin manager editor viewer system',
    'contact.update: owner admin manager editor',
    'contact.erase: owner admin system',
    'inbox.import: owner admin manager',
    'ai.use: owner admin manager editor system',
    'ai.manage: owner admin',
    'budget.read: owner admin manager',
    'budget.manage: owner',
    'inbox.manage: owner admin manager',
    'webhook.manage: owner admin',
  ])
})

test('an owner may do whatever a person may, and every permission is explained', () => {
  const people: readonly string[] = roles
  const withheld = Object.entries(permissions).filter(
    ([, who]) => who.some((role) => people.includes(role)) && !who.some((role) => role === 'owner'),
  )
  expect(withheld).toEqual([])
  expect(Object.values(permissionLabels).filter((label) => label.length < 5)).toEqual([])
})

const isCheckout = has('.git')
if (!isCheckout) console.log('Skipped: the search for marks of a merge, since this is no checkout')

test.skipIf(!isCheckout)('no file keeps the marks of a merge that was not brought to its end', () => {
  const { status, stdout, stderr } = spawnSync('git', ['grep', '-nIE', '^(<<<<<<<|>>>>>>>) '], {
    cwd: home,
    encoding: 'utf8',
  })
  // git's word for “nothing found”.
  expect({ status, stdout, stderr }).toEqual({ status: 1, stdout: '', stderr: '' })
})
