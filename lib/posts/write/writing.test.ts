import { afterAll, describe, expect, test } from 'vitest'
import { prisma } from '@/lib/core/db'
import { wallOf } from '@/lib/core/wall'
import { createPost } from './create'
import { deletePost } from './delete'
import { closeAll, hoursAhead, must, newDesk, putInto, variantsOf } from '../desk.test-data'
import { duplicatePost } from './duplicate'
import { editPost } from './edit'
import { getLedger, getPost, postPreview } from '../lists/get'
import { cancelPost } from '../times/cancel'
import { endSeries } from '../times/recur'
import { moveAccount } from '../times/move-account'
import { putBackPost } from '../times/put-back'
import { reschedulePost } from '../times/reschedule'
import { publishNow, schedulePost } from '../times/schedule'
import { listSlots, setSlots } from '../times/slots'
import { updatePost } from './update'
import { listVersions, restoreVersion } from './versions'

afterAll(closeAll)

const words = (text: string) => ({ text })

describe('writing', () => {
  test('a text that the database would refuse is taken clean', async () => {
    const desk = await newDesk()
    const editor = await desk.as('editor')
    const x = await desk.account('x')
    const { postId } = must(
      await createPost(editor, {
        content: { text: 'a\0b \ud83d', thread: [{ text: '\0more' }] },
        targets: [{ accountId: x, override: { text: 'c\0d' } }],
      }),
    )
    const { content } = must(await getPost(editor, { postId }))
    expect(content).toMatchObject({ text: 'ab \ufffd', thread: [{ text: 'more' }] })
    const [variant] = await variantsOf(postId)
    expect(variant?.override).toMatchObject({ text: 'cd' })
  })

  test('a post is looked at with its poll and its own files, in the order they were put in', async () => {
    const desk = await newDesk()
    const editor = await desk.as('editor')
    const x = await desk.account('x')
    const file = async (name: string): Promise<string> => {
      const id = `${name}-${desk.workspace.id}`
      const about = { kind: 'image', mime: 'image/png', name, sizeBytes: 1, sha256: '', storageKey: 'none' } as const
      await prisma.media.create({ data: { id, workspaceId: desk.workspace.id, createdById: 'ada', ...about } })
      return id
    }
    const [a, b, c, fitted] = [await file('a'), await file('b'), await file('c'), await file('fitted')]
    const poll = { options: ['Yes', 'No'], minutes: 1_440, multiple: false }
    const content = { text: 'Which?', poll, mediaIds: [c, a], thread: [{ text: 'more', mediaIds: [b] }] }
    const targets = [{ accountId: x, override: { mediaIds: [fitted, a] } }]
    const { postId } = must(await createPost(editor, { content, targets }))
    const seen = must(await postPreview(editor, { postId }))
    expect(seen.media.map(({ id }) => id)).toEqual([c, a, b])
    expect(seen.poll).toEqual(poll)
  })

  test('a post is written once for several accounts, each with words of its own', async () => {
    const desk = await newDesk()
    const editor = await desk.as('editor')
    const [x, bluesky] = [await desk.account('x'), await desk.account('bluesky')]
    const { postId } = must(
      await createPost(editor, {
        content: words('Hello   all\nof you'),
        targets: [{ accountId: x }, { accountId: bluesky, override: { text: 'Hello sky' } }],
      }),
    )
    const post = must(await getPost(editor, { postId }))
    expect(post).toMatchObject({
      excerpt: 'Hello all of you',
      state: 'draft',
      revision: 1,
      movable: true,
      authorName: 'Ada the editor',
    })
    expect(post.platforms.toSorted()).toEqual(['bluesky', 'x'])
    expect(post.variants.find((v) => v.accountId === bluesky)?.override).toEqual({ text: 'Hello sky' })
  })

  test('of two editors the second is told, and nothing of either is lost', async () => {
    const desk = await newDesk()
    const [ada, ben] = [await desk.as('editor', 'Ada'), await desk.as('editor', 'Ben')]
    const { postId } = must(await createPost(ada, { content: words('first') }))
    const both = await Promise.all([
      editPost(ada, { postId, revision: 1, content: words('from Ada'), targets: [] }),
      editPost(ben, { postId, revision: 1, content: words('from Ben'), targets: [] }),
    ])
    expect(both.filter((r) => r.ok)).toHaveLength(1)
    const lost = both.find((r) => !r.ok)
    expect(lost).toMatchObject({
      error: {
        code: 'CONFLICT',
        message: expect.stringMatching(/^(Ada|Ben) saved this post while you were writing \(text\)/),
        fields: { text: [expect.any(String)] },
      },
    })
    const post = must(await getPost(ada, { postId }))
    expect(post.revision).toBe(2)
    expect(must(await listVersions(ada, { postId })).items.map((v) => v.revision)).toEqual([2, 1])
  })

  test('autosaves by one person share a version, what was saved on purpose keeps its own', async () => {
    const desk = await newDesk()
    const editor = await desk.as('editor')
    const { postId } = must(await createPost(editor, { content: words('1') }))
    let revision = 1
    const save = async (text: string, autosave: boolean, ctx = editor) => {
      ;({ revision } = must(await editPost(ctx, { postId, revision, content: words(text), targets: [], autosave })))
    }
    await save('2', true)
    await save('3', true)
    await save('4', false)
    await save('5', true)
    await save('6', true, await desk.as('editor', 'Ben'))
    const { items } = must(await listVersions(editor, { postId }))
    expect(items.map((v) => v.revision)).toEqual([6, 5, 4, 3, 1])
    expect(items[0]?.actorName).toBe('Ben')
    const first = must(await listVersions(editor, { postId, take: 2 }))
    expect(
      must(await listVersions(editor, { postId, take: 2, cursor: first.next ?? '' })).items.map((v) => v.revision),
    ).toEqual([4, 3])
  })

  test('a post that somebody scheduled meanwhile is not saved by itself, only when that is said', async () => {
    const desk = await newDesk('Europe/Zurich')
    const [editor, manager] = [await desk.as('editor'), await desk.as('manager')]
    const targets = [{ accountId: await desk.account() }]
    const { postId, revision } = must(await createPost(editor, { content: words('A whole sentence.'), targets }))
    const when = { kind: 'at', wallTime: '2031-03-03T09:00', timeZone: 'Europe/Zurich' } as const
    must(await schedulePost(manager, { postId, when }))
    const typed = { postId, revision, targets }
    expect(await editPost(editor, { ...typed, content: words('A half sen'), autosave: true })).toMatchObject({
      error: { code: 'SCHEDULE_CONFLICT', message: expect.stringContaining('09:00 on 3 March 2031, Europe/Zurich') },
    })
    expect(must(await getPost(editor, { postId }))).toMatchObject({ revision, content: { text: 'A whole sentence.' } })
    must(await editPost(manager, { ...typed, content: words('Another whole sentence.') }))
    must(await cancelPost(manager, { postId }))
    must(await editPost(editor, { ...typed, revision: revision + 1, content: words('Half'), autosave: true }))
  })

  test('a post that got another time meanwhile is neither moved nor sent from where that was not seen', async () => {
    const desk = await newDesk('Europe/Zurich')
    const manager = await desk.as('manager')
    const account = await desk.account()
    const targets = [{ accountId: account }]
    must(await setSlots(manager, { accountId: account, slots: [{ weekday: 3, minute: 600 }] }))
    const { postId, revision } = must(await createPost(manager, { content: words('Mine'), targets }))
    const at = (hour: number) => ({ kind: 'at', wallTime: `2031-03-03T${hour}:00`, timeZone: 'Europe/Zurich' }) as const
    const { publishAt } = must(await schedulePost(manager, { postId, when: at(10), knownPublishAt: null }))

    const draft = { postId, knownPublishAt: null }
    const said = 'This post was scheduled for 10:00 on 3 March 2031, Europe/Zurich, while you were writing.'
    const refused = {
      error: {
        code: 'SCHEDULE_CONFLICT',
        message: expect.stringContaining(said),
        fields: { knownPublishAt: [`is ${publishAt} now`] },
      },
    }
    expect(await schedulePost(manager, { ...draft, when: at(11) })).toMatchObject(refused)
    expect(await schedulePost(manager, { ...draft, when: { kind: 'next_slot' } })).toMatchObject(refused)
    expect(await schedulePost(manager, { ...draft, when: { kind: 'now' } })).toMatchObject(refused)
    expect(await publishNow(manager, draft)).toMatchObject(refused)
    expect(await editPost(manager, { ...draft, revision, content: words('Old'), targets })).toMatchObject(refused)
    expect(must(await getPost(manager, { postId }))).toMatchObject({ publishAt, content: { text: 'Mine' } })

    // Who has seen its time may move it; then it is another for who has not.
    must(await schedulePost(manager, { postId, when: at(12), knownPublishAt: publishAt }))
    expect(await schedulePost(manager, { postId, when: at(13), knownPublishAt: publishAt })).toMatchObject({
      error: { message: expect.stringContaining('was moved to 12:00 on 3 March 2031') },
    })
    must(await cancelPost(manager, { postId }))
    expect(await publishNow(manager, { postId, knownPublishAt: publishAt })).toMatchObject({
      error: { message: expect.stringContaining('was taken back among the drafts while') },
    })
    // Programs, which see no time, move it as before.
    must(await schedulePost(manager, { postId, when: at(14) }))
  })

  test('an older version comes back as a new one', async () => {
    const desk = await newDesk()
    const editor = await desk.as('editor')
    const account = await desk.account()
    const { postId } = must(await createPost(editor, { content: words('old'), targets: [{ accountId: account }] }))
    must(await editPost(editor, { postId, revision: 1, content: words('new'), targets: [] }))
    const { items } = must(await listVersions(editor, { postId }))
    const versionId = items.find((v) => v.revision === 1)?.id ?? ''
    must(await restoreVersion(editor, { postId, versionId, revision: 2 }))
    const post = must(await getPost(editor, { postId }))
    expect(post).toMatchObject({ revision: 3, content: { text: 'old' }, accountIds: [account] })
  })

  test('a scheduled post is not edited into one that its network refuses; an account that is added goes out with it', async () => {
    const desk = await newDesk()
    const owner = await desk.as('owner')
    const [x, bluesky] = [await desk.account('x'), await desk.account('bluesky')]
    const at = hoursAhead(48)
    const { postId } = must(
      await createPost(owner, { content: words('fine'), targets: [{ accountId: x }], when: { kind: 'instant', at } }),
    )
    const tooLong = await editPost(owner, {
      postId,
      revision: 1,
      content: words('a'.repeat(281)),
      targets: [{ accountId: x }],
    })
    expect(tooLong).toMatchObject({
      ok: false,
      error: { code: 'VALIDATION_ERROR', message: expect.stringContaining('remove 1') },
    })
    const editor = await desk.as('editor')
    const refused = { error: { code: 'FORBIDDEN', message: expect.stringContaining('duplicate it as a draft') } }
    const one = { postId, revision: 1, targets: [{ accountId: x }] }
    expect(await editPost(editor, { ...one, content: words('Mine now') })).toMatchObject(refused)
    expect(await updatePost(editor, { postId, content: { text: 'Mine now' } })).toMatchObject(refused)
    expect(must(await getPost(editor, { postId })).content.text).not.toBe('Mine now')
    const both = { postId, revision: 1, content: words('fine'), targets: [{ accountId: x }, { accountId: bluesky }] }
    expect(await editPost(editor, both)).toMatchObject({ error: { code: 'FORBIDDEN' } })
    must(await editPost(owner, both))
    expect((await variantsOf(postId)).map((v) => [v.state, v.publishAt])).toEqual([
      ['scheduled', at],
      ['scheduled', at],
    ])
  })

  test('an account that is added to a post that waits past its time goes out at once', async () => {
    const desk = await newDesk()
    const owner = await desk.as('owner')
    const [x, linkedin] = [await desk.account('x'), await desk.account('linkedin')]
    const targets = [{ accountId: x }, { accountId: linkedin }]
    const { postId } = must(
      await createPost(owner, {
        content: words('fine'),
        targets: targets.slice(0, 1),
        when: { kind: 'instant', at: hoursAhead(1) },
      }),
    )
    const due = { publishAt: new Date(Date.now() - 60_000) }
    await prisma.post.update({ where: { id: postId }, data: due })
    const parked = {
      notBefore: hoursAhead(1),
      waitingFor: 'rate_limit',
      reason: { kind: 'rate_limited', message: '' },
    } as const
    await prisma.variant.updateMany({ where: { postId }, data: { ...due, ...parked } })
    const began = new Date()
    must(await editPost(owner, { postId, revision: 1, content: words('fine'), targets }))
    const [first, added] = await variantsOf(postId)
    expect(first).toMatchObject({ accountId: x, ...due, ...parked })
    expect(added).toMatchObject({ accountId: linkedin, state: 'scheduled', notBefore: null })
    expect(Number(added?.publishAt)).toBeGreaterThanOrEqual(began.getTime())
    expect(added?.publishAt).toEqual(added?.queuedFor)
    expect(must(await getPost(owner, { postId }))).toMatchObject({ publishAt: due.publishAt.toISOString() })
  })

  test('a post with an account that was never scheduled is not called published', async () => {
    const desk = await newDesk()
    const owner = await desk.as('owner')
    const [x, linkedin] = [await desk.account('x'), await desk.account('linkedin')]
    const at = { kind: 'instant', at: hoursAhead(1) } as const
    const targets = [{ accountId: x }, { accountId: linkedin }]
    const { postId } = must(await createPost(owner, { content: words('fine'), targets, when: at }))
    await prisma.variant.updateMany({ where: { postId, accountId: x }, data: { state: 'published' } })
    must(await cancelPost(owner, { postId }))
    expect(must(await getPost(owner, { postId }))).toMatchObject({ state: 'partly_published', movable: true })
  })

  test.each([
    ['sending', 'being sent right now'],
    ['claimed', 'being sent right now'],
    ['unknown', 'Nobody knows yet'],
    ['published', 'is published'],
    ['refused', 'refused'],
    ['needs_person', 'waits for your answer'],
  ] as const)('a post that is %s keeps its words and its place', async (state, why) => {
    const desk = await newDesk()
    const owner = await desk.as('owner')
    const targets = [{ accountId: await desk.account() }]
    const when = { kind: 'instant', at: hoursAhead(5) } as const
    const { postId } = must(await createPost(owner, { content: words('fine'), targets, when }))
    await putInto(postId, state, { kind: 'unknown', message: '?' })
    const refusal = { ok: false, error: { code: 'CONFLICT', message: expect.stringContaining(why) } }
    expect(await editPost(owner, { postId, revision: 1, content: words('else'), targets })).toMatchObject(refusal)
    expect(await reschedulePost(owner, { postId, when: { kind: 'instant', at: hoursAhead(9) } })).toMatchObject(refusal)
    expect(await cancelPost(owner, { postId })).toMatchObject(refusal)
    expect(must(await getPost(owner, { postId }))).toMatchObject({
      movable: false,
      whyFixed: expect.stringContaining(why),
    })
  })

  test('words that were planned but never sent are written anew; after a doubtful try they are fixed', async () => {
    const desk = await newDesk()
    const owner = await desk.as('owner')
    const targets = [{ accountId: await desk.account() }]
    const when = { kind: 'instant', at: hoursAhead(5) } as const
    const { postId } = must(await createPost(owner, { content: words('fine'), targets, when }))
    const [variant] = await variantsOf(postId)
    const variantId = variant?.id ?? ''
    const plan = async (outcome: string) => {
      const own = { workspaceId: desk.workspace.id, variantId }
      await prisma.step.create({
        data: { id: `${variantId}-0`, ...own, position: 0, kind: 'post', intent: {}, uploads: {} },
      })
      await prisma.attempt.create({
        data: {
          id: `${variantId}-${outcome}`,
          ...own,
          stepId: `${variantId}-0`,
          fence: 1,
          purpose: 'send',
          worker: 'w',
          startedAt: new Date(),
          outcome,
        },
      })
    }
    await plan('parked')
    must(await editPost(owner, { postId, revision: 1, content: words('better'), targets }))
    expect(await prisma.step.count({ where: { variantId } })).toBe(0)
    const event = await prisma.event.findFirst({ where: { subjectId: postId, type: 'post.edited' } })
    expect(event?.particulars).toMatchObject({ forgotten: [{ purpose: 'send', outcome: 'parked' }] })
    await plan('unknown')
    expect(await editPost(owner, { postId, revision: 2, content: words('best'), targets })).toMatchObject({
      error: { code: 'CONFLICT', message: expect.stringContaining('may still arrive') },
    })
  })

  test('a copy is a draft of its own, without accounts that are gone', async () => {
    const desk = await newDesk()
    const owner = await desk.as('owner')
    const [x, gone] = [await desk.account('x'), await desk.account('bluesky')]
    const { postId } = must(
      await createPost(owner, { content: words('again'), targets: [{ accountId: x }, { accountId: gone }] }),
    )
    await prisma.account.update({ where: { id: gone }, data: { state: 'disconnected' } })
    const copy = must(await duplicatePost(owner, { postId }))
    expect(must(await getPost(owner, copy))).toMatchObject({
      state: 'draft',
      content: { text: 'again' },
      accountIds: [x],
    })
  })

  test('a deleted post is found nowhere, will never go out, and can be taken away at the network', async () => {
    const desk = await newDesk()
    const owner = await desk.as('owner')
    const targets = [{ accountId: await desk.account() }]
    const { postId } = must(
      await createPost(owner, { content: words('bye'), targets, when: { kind: 'instant', at: hoursAhead(2) } }),
    )
    must(await deletePost(owner, { postId }))
    expect((await variantsOf(postId))[0]?.state).toBe('cancelled')
    expect(await getPost(owner, { postId })).toMatchObject({ error: { code: 'NOT_FOUND' } })
    expect(await deletePost(await desk.as('editor'), { postId })).toMatchObject({ error: { code: 'FORBIDDEN' } })
  })
})

test('another workspace’s ids are not told from ids that do not exist, whatever they are given as', async () => {
  const [mine, theirs] = [await newDesk(), await newDesk()]
  const [me, them] = [await mine.as('owner'), await theirs.as('owner')]
  const account = await mine.account()
  const foreign = {
    account: await theirs.account(),
    project: `p-${theirs.workspace.id}`,
    media: `m-${theirs.workspace.id}`,
  }
  await prisma.project.create({ data: { id: foreign.project, workspaceId: theirs.workspace.id, name: 'Theirs' } })
  await prisma.media.create({
    data: {
      id: foreign.media,
      workspaceId: theirs.workspace.id,
      kind: 'image',
      mime: 'image/png',
      name: 'theirs.png',
      sizeBytes: 1,
      sha256: '',
      storageKey: 'none',
      createdById: 'them',
    },
  })
  const { postId: own } = must(await createPost(me, { content: words('mine'), targets: [{ accountId: account }] }))
  const { postId } = must(
    await createPost(them, { content: words('theirs'), targets: [{ accountId: foreign.account }] }),
  )
  const versionId = must(await listVersions(them, { postId })).items[0]?.id ?? ''
  const when = { kind: 'instant', at: hoursAhead(1) } as const
  const at = hoursAhead(1)
  const times = { publishAt: at.toISOString(), wallTime: wallOf(at, 'UTC'), timeZone: 'UTC', byAccount: {} }
  const content = words('x')
  const tries = {
    getPost: getPost(me, { postId }),
    getLedger: getLedger(me, { postId }),
    postPreview: postPreview(me, { postId }),
    editPost: editPost(me, { postId, revision: 1, content, targets: [] }),
    schedulePost: schedulePost(me, { postId, when }),
    publishNow: publishNow(me, { postId }),
    reschedulePost: reschedulePost(me, { postId, when }),
    moveAccount: moveAccount(me, { postId, accountId: foreign.account, when }),
    cancelPost: cancelPost(me, { postId }),
    putBackPost: putBackPost(me, { postId, times }),
    duplicatePost: duplicatePost(me, { postId }),
    deletePost: deletePost(me, { postId }),
    endSeries: endSeries(me, { postId }),
    listVersions: listVersions(me, { postId }),
    restoreVersion: restoreVersion(me, { postId: own, versionId, revision: 1 }),
    setSlots: setSlots(me, { accountId: foreign.account, slots: [] }),
    listSlots: listSlots(me, { accountId: foreign.account }),
    account: createPost(me, { content, targets: [{ accountId: foreign.account }] }),
    accountInEdit: editPost(me, { postId: own, revision: 1, content, targets: [{ accountId: foreign.account }] }),
    project: createPost(me, { content, projectId: foreign.project }),
    media: createPost(me, { content: { ...content, mediaIds: [foreign.media] } }),
    mediaInThread: createPost(me, { content: { ...content, thread: [{ text: '2', mediaIds: [foreign.media] }] } }),
    mediaInOverride: createPost(me, {
      content,
      targets: [{ accountId: account, override: { mediaIds: [foreign.media] } }],
    }),
  }
  for (const [name, result] of Object.entries(tries))
    expect([name, await result]).toMatchObject([name, { ok: false, error: { code: 'NOT_FOUND' } }])
  expect(await prisma.post.count({ where: { workspaceId: mine.workspace.id } })).toBe(1)
})
