'use client'

import { Link } from '@/components/ui/link'
import { useRouter } from 'next/navigation'
import { startTransition, useState } from 'react'
import { toast } from '@/components/ui/toast'
import { answerOf } from '@/components/workspace/answer-of'
import { when } from '@/lib/core/format'
import { paths } from '@/lib/core/paths'
import type { Result } from '@/lib/core/result'
import { cancelPostAction, publishNowAction, schedulePostAction } from '@/lib/posts/actions'
import type { SavedPost } from '@/lib/posts/schema'
import { ruleOf, whenOf, type Plan } from './plan'
import { asKnown, type Known } from './use-autosave'

type Given = {
  readonly workspace: string
  readonly timeZone: string
  readonly save: () => Promise<Result<Known>>
  readonly heard: (saved: SavedPost) => void
  readonly overtaken: (message: string) => void
  readonly onAnew: () => void
  /** Asks the networks first, where they can be asked. False when they said something that should be read. */
  readonly mayGo: () => Promise<boolean>
}

/** Saves, then schedules or publishes. What is refused says why, and everything stays as it was written. */
export function useSending({ workspace, timeZone, save, heard, overtaken, onAnew, mayGo }: Given) {
  const router = useRouter()
  const [busy, setBusy] = useState<'schedule' | 'publish' | 'save'>()
  const say = (at: string | null) => (at ? when(new Date(at), timeZone, 'EEE d MMM, HH:mm') : 'later')

  async function run<T>(what: 'schedule' | 'publish' | 'save', work: (known: Known) => Promise<Result<T>>) {
    setBusy(what)
    const saved = await save()
    const done = saved.ok ? await work(saved.value) : saved
    setBusy(undefined)
    if (done.ok) return done
    const { code, message, fields } = done.error
    // A conflict is said in full on the page, with the ways out of it.
    if (fields?.knownPublishAt) overtaken(message)
    else if (saved.ok || code !== 'CONFLICT') toast.failed(message)
    return done
  }

  const place = (known: Known, plan: Plan) =>
    answerOf(
      schedulePostAction(workspace, { ...asKnown(known), when: whenOf(plan, timeZone), recurrence: ruleOf(plan) }),
    )

  async function takeBack(postId: string, repeats: boolean) {
    const scope = repeats ? 'following' : 'this'
    const back = await answerOf(cancelPostAction(workspace, { postId, scope }))
    if (!back.ok) return void toast.failed(back.error.message)
    toast.done(repeats ? 'Back among the drafts, and the series has ended' : 'Back among the drafts', {
      label: 'Open',
      run: () => router.push(paths.compose(workspace, { post: postId })),
    })
  }

  /** False when a network said something that should be read first. */
  async function isClear(what: 'schedule' | 'publish'): Promise<boolean> {
    setBusy(what)
    const isClear = await mayGo()
    setBusy(undefined)
    return isClear
  }

  return {
    busy,
    /** Then the desk is cleared for the next one. `isSeveral` accounts have a slot each. */
    async schedule(plan: Plan, isSeveral: boolean) {
      if (!(await isClear('schedule'))) return
      const done = await run('schedule', (known) => place(known, plan))
      if (!done.ok) return
      const { postId, publishAt } = done.value
      const day = publishAt ? when(new Date(publishAt), timeZone, 'yyyy-MM-dd') : ''
      toast.undo(
        <>
          {plan.kind === 'next_slot' && isSeveral
            ? `Scheduled from ${say(publishAt)}, each account in its own slot.`
            : `Scheduled for ${say(publishAt)}.`}{' '}
          <Link className="link" href={`${paths.calendar(workspace)}?${new URLSearchParams({ date: day })}`}>
            See it in the calendar
          </Link>
        </>,
        () => takeBack(postId, ruleOf(plan) !== undefined),
      )
      // Together, so that the desk is never cleared with the old address on it.
      startTransition(() => {
        router.push(paths.compose(workspace))
        onAnew()
      })
    },
    /** For a post that is scheduled: writes it anew, and moves it when it has another time. */
    async change(plan: Plan | undefined) {
      const done = await run('save', (known) =>
        plan ? place(known, plan) : Promise.resolve({ ok: true as const, value: undefined }),
      )
      if (!done.ok) return false
      if (done.value) heard(done.value)
      toast.done(done.value ? `Saved. It goes out ${say(done.value.publishAt)}.` : 'Saved. It keeps its time.')
      return true
    },
    /** What becomes of it is seen on the post's own page, never guessed. */
    async publish() {
      if (!(await isClear('publish'))) return true
      const done = await run('publish', (known) => answerOf(publishNowAction(workspace, asKnown(known))))
      if (done.ok) router.push(paths.post(workspace, done.value.postId))
      return done.ok
    },
  }
}
