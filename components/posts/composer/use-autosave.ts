'use client'

import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { answerOf } from '@/components/workspace/answer-of'
import { newId } from '@/lib/core/ids'
import { httpStatus, ok, type Result } from '@/lib/core/result'
import { createPostAction, editPostAction } from '@/lib/posts/actions'
import type { SavedPost } from '@/lib/posts/schema'
import { fingerprint, isBlank, toSave, type Draft } from './draft'
import { forgetLocally, keepLocally } from './local-copy'

const waitMs = 1_500
const againMs = 5_000

/** Somebody else saved it in between, gave it a time or another time. `kept`: the server does not have what is here. */
export type Conflict = {
  readonly kind: 'conflict'
  readonly by: 'words' | 'time' | 'other_time'
  readonly kept: boolean
  readonly message: string
}
export type Known = Pick<SavedPost, 'postId' | 'revision' | 'publishAt'>
export type SaveState =
  | { readonly kind: 'untouched' }
  | { readonly kind: 'unsaved' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'saved'; readonly at: Date }
  /** `again`: the same may succeed in a moment. */
  | { readonly kind: 'failed'; readonly message: string; readonly again: boolean }
  | Conflict

type Given = {
  readonly workspace: string
  readonly draft: Draft
  /** The post as the server knows it, and the draft that was made of it. */
  readonly known: Known | undefined
  readonly base: Draft
  /** Saves of it from before this page was loaded that nobody answered. */
  readonly unanswered: readonly string[]
  /** False keeps changes in this browser until `save` is called: for what goes out by itself. */
  readonly auto: boolean
  readonly onCreated: (postId: string) => void
}

const knownOf = ({ postId, revision, publishAt }: SavedPost): Known => ({ postId, revision, publishAt })
/** What of it the server is told, so that it says when it has another time by now. */
export const asKnown = ({ postId, publishAt }: Known) => ({ postId, knownPublishAt: publishAt })

const timeOf = (known: Known | undefined): Conflict['by'] => (known?.publishAt ? 'other_time' : 'time')

/** As many as the server reads. The first stays: by it a post is known whose making nobody answered. */
const mostUnanswered = 100
const withOne = (saves: readonly string[], one: string): readonly string[] =>
  saves.length < mostUnanswered ? [...saves, one] : [...saves.toSpliced(1, 1), one]

const untouched: SaveState = { kind: 'untouched' }

/** Saves a draft while it is written, one request at a time. What is not saved yet is kept in this browser. */
export function useAutosave({ workspace, draft, known, base, unanswered, auto, onCreated }: Given) {
  const [last, setLast] = useState<SaveState>(untouched)
  const [mark, setMark] = useState(() => fingerprint(base))
  const [hasPost, setHasPost] = useState(known !== undefined)
  // What a save under way goes by, whatever was drawn since it began.
  const now = useRef({ post: known, mark, draft, unanswered })
  const turn = useRef<Promise<unknown>>(Promise.resolve())

  const isDirty = fingerprint(draft) !== mark && !(isBlank(draft) && !hasPost)
  const state: SaveState =
    last.kind === 'saving' || last.kind === 'conflict' || (last.kind === 'failed' && isDirty)
      ? last
      : isDirty
        ? { kind: 'unsaved' }
        : last.kind === 'saved'
          ? last
          : untouched

  function settle(post: Known | undefined, mark: string) {
    now.current = { ...now.current, post, mark, unanswered: [] }
    setMark(mark)
    setHasPost(post !== undefined)
  }

  async function saveOnce(autosave: boolean): Promise<Result<Known>> {
    const { draft, post: had, mark, unanswered } = now.current
    const next = fingerprint(draft)
    if (had && next === mark) return ok(had)
    setLast({ kind: 'saving' })
    const saveId = newId()
    const words = { ...toSave(draft), saveId, unanswered: [...unanswered] }
    // Until it is answered it may have been carried out, also when this page is gone by then.
    now.current = { ...now.current, unanswered: withOne(unanswered, saveId) }
    keep()
    const result = await answerOf(
      had
        ? editPostAction(workspace, { ...words, ...asKnown(had), revision: had.revision, autosave })
        : createPostAction(workspace, { ...words, projectId: draft.projectId ?? undefined }),
    )
    if (!result.ok) {
      const { code, message } = result.error
      const again = httpStatus[code] >= 500 || code === 'RATE_LIMIT_EXCEEDED'
      const by = code === 'CONFLICT' ? 'words' : code === 'SCHEDULE_CONFLICT' ? timeOf(had) : undefined
      setLast(had && by ? { kind: 'conflict', by, kept: true, message } : { kind: 'failed', message, again })
      return result
    }
    const saved = knownOf(result.value)
    settle(saved, next)
    setLast({ kind: 'saved', at: new Date() })
    forgetLocally(workspace, had?.postId)
    keep()
    if (!had) onCreated(saved.postId)
    return ok(saved)
  }

  /** Saves what there is now. Waits for a save that is under way. */
  function save(autosave = false): Promise<Result<Known>> {
    const next = turn.current.then(() => saveOnce(autosave))
    turn.current = next
    return next
  }

  /** Keeps in this browser what the server does not have. @returns whether there is any. */
  function keep(): boolean {
    const { draft, post, mark, unanswered } = now.current
    const isUnsaved = fingerprint(draft) !== mark && !(isBlank(draft) && !post)
    if (isUnsaved) keepLocally(workspace, post?.postId, { draft, revision: post?.revision, unanswered, at: Date.now() })
    else forgetLocally(workspace, post?.postId)
    return isUnsaved
  }

  const changed = useEffectEvent((draft: Draft) => {
    now.current = { ...now.current, draft }
    return keep() && auto && last.kind !== 'conflict'
  })
  const saveSoon = useEffectEvent(() => void save(true))
  useEffect(() => {
    if (!changed(draft)) return
    const timer = setTimeout(() => saveSoon(), waitMs)
    return () => clearTimeout(timer)
  }, [draft])

  const isLost = auto && state.kind === 'failed' && state.again
  useEffect(() => {
    if (!isLost) return
    const timer = setInterval(() => saveSoon(), againMs)
    const atOnce = () => saveSoon()
    window.addEventListener('online', atOnce)
    return () => {
      clearInterval(timer)
      window.removeEventListener('online', atOnce)
    }
  }, [isLost])

  const leave = useEffectEvent(() => {
    if (auto && last.kind !== 'conflict' && keep()) void save(true)
  })
  useEffect(() => () => leave(), [])

  return {
    state,
    save,
    /** Goes on as a new post: what the other one says stays as it is. */
    saveAsCopy() {
      if (now.current.post) forgetLocally(workspace, now.current.post.postId)
      settle(undefined, '')
      return save()
    },
    /** Tells what the server answered to something else that was done with the post. */
    heard: (saved: SavedPost) => {
      now.current = { ...now.current, post: knownOf(saved) }
    },
    /** Tells that the server refused something else, because the post has another time than is known here. */
    overtaken: (message: string) => setLast({ kind: 'conflict', by: timeOf(now.current.post), kept: keep(), message }),
    postId: () => now.current.post?.postId,
  }
}
