'use client'

import { useEffect, useSyncExternalStore } from 'react'
import type { MediaCard } from '@/lib/media/schema'
import { discardFile, finish, send, type Sending } from './send'

export type QueuedFile = {
  readonly key: number
  readonly workspace: string
  readonly file: File
  readonly folderId: string | null
  /** 0 to 1 */
  readonly part: number
} & (
  | { readonly state: 'waiting' | 'sending' | 'paused' | 'finishing' }
  /** `mayGoOn`: what has arrived is kept. */
  | { readonly state: 'failed'; readonly problem: string; readonly mayGoOn: boolean }
  | { readonly state: 'known'; readonly uploadId: string; readonly media: MediaCard }
  | { readonly state: 'kept'; readonly media: MediaCard }
)

const atOnce = 3
const none: readonly QueuedFile[] = []
let queue = none
let count = 0
const sendings = new Map<number, Sending>()
const listeners = new Set<() => void>()

function set(next: readonly QueuedFile[]): void {
  queue = next
  for (const listener of listeners) listener()
}
/** Puts a file into another state. A file that was taken off the list meanwhile stays off it. */
function change(key: number, to: (now: QueuedFile) => QueuedFile): void {
  set(queue.map((one) => (one.key === key ? to(one) : one)))
}
const base = ({ key, workspace, file, folderId, part }: QueuedFile) => ({ key, workspace, file, folderId, part })

function startNext(): void {
  const running = queue.filter(({ state }) => state === 'sending' || state === 'finishing').length
  for (const one of queue.filter(({ state }) => state === 'waiting').slice(0, Math.max(0, atOnce - running)))
    void run(one.key)
}

async function run(key: number): Promise<void> {
  const now = queue.find((one) => one.key === key)
  if (!now) return
  change(key, (one) => ({ ...base(one), state: 'sending' }))
  const sending = send({
    ...now,
    onProgress: (part) => change(key, (one) => (one.state === 'sending' ? { ...one, part } : one)),
  })
  sendings.set(key, sending)
  const arrived = await sending.arrived
  if (sendings.get(key) === sending) sendings.delete(key)
  if (arrived.ok) await keep(key, arrived.value, false)
  else
    change(key, (one) =>
      one.state === 'sending'
        ? { ...base(one), state: 'failed', problem: arrived.error.message, mayGoOn: arrived.error.isCutOff }
        : one,
    )
  startNext()
}

async function keep(key: number, uploadId: string, evenIfKnown: boolean): Promise<void> {
  const now = queue.find((one) => one.key === key)
  if (!now) return
  change(key, (one) => ({ ...base(one), part: 1, state: 'finishing' }))
  const done = await finish(now.workspace, uploadId, { folderId: now.folderId, evenIfKnown })
  change(key, (one) => {
    if (!done.ok) return { ...base(one), state: 'failed', problem: done.error, mayGoOn: true }
    const { outcome, media } = done.value
    return outcome === 'kept'
      ? { ...base(one), state: 'kept', media }
      : { ...base(one), state: 'known', uploadId, media }
  })
}

/** Sends files to the library, three at a time, also while people go from page to page. */
export function addFiles(workspace: string, files: readonly File[], folderId: string | null): void {
  set([
    ...queue,
    ...files.map((file) => ({ key: (count += 1), workspace, file, folderId, part: 0, state: 'waiting' as const })),
  ])
  startNext()
}

export function pauseFile(key: number): void {
  sendings.get(key)?.pause()
  sendings.delete(key)
  change(key, (one) => ({ ...base(one), state: 'paused' }))
  startNext()
}

export function goOn(key: number): void {
  change(key, (one) => ({ ...base(one), state: 'waiting' }))
  startNext()
}

/** Adds a file although the library has the same one. */
export async function keepKnown(key: number): Promise<void> {
  const now = queue.find((one) => one.key === key)
  if (now?.state === 'known') await keep(key, now.uploadId, true)
}

/** Takes a file off the list. What has arrived of one that is not in the library is thrown away. */
export function dropFile(key: number): void {
  const now = queue.find((one) => one.key === key)
  sendings.get(key)?.pause()
  sendings.delete(key)
  set(queue.filter((one) => one.key !== key))
  if (now && now.state !== 'kept') void discardFile(now.workspace, now.file)
  startNext()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The files of a workspace that are on their way, or have just arrived. Those cut off go on when the network is back. */
export function useUploadQueue(workspace: string): readonly QueuedFile[] {
  const all = useSyncExternalStore(
    subscribe,
    () => queue,
    () => none,
  )
  useEffect(() => {
    const back = () => {
      for (const one of queue) if (one.state === 'failed' && one.mayGoOn) goOn(one.key)
    }
    window.addEventListener('online', back)
    return () => window.removeEventListener('online', back)
  }, [])
  const isUnderWay = all.some(({ state }) => state === 'sending' || state === 'waiting')
  useEffect(() => {
    if (!isUnderWay) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [isUnderWay])
  return all.filter((one) => one.workspace === workspace)
}
