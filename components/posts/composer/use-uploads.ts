'use client'

import { useEffect, useRef, useState } from 'react'
import type { MediaCard } from '@/lib/media/schema'
import type { Place } from './draft'
import { upload } from './upload'

export type Upload = {
  readonly id: number
  readonly file: File
  /** Where it goes when it has arrived. */
  readonly to: Place
  /** 0 to 1 */
  readonly done: number
  /** What went wrong, as a sentence. */
  readonly problem?: string
}

/** Takes a file that arrived. `later` are those of the files that were chosen after it and arrived before it. */
type Take = (card: MediaCard, to: Place, later: readonly string[]) => void

/** Files on their way to the library. `onDone` gets each that arrives. */
export function useUploads(workspace: string, onDone: Take) {
  const [uploads, setUploads] = useState<readonly Upload[]>([])
  const stops = useRef(new Map<number, () => void>())
  const count = useRef(0)
  /** By its id, when each was chosen: some arrive sooner than those before them. */
  const arrived = useRef(new Map<string, number>())
  const change = (id: number, what: Partial<Upload>) =>
    setUploads((all) => all.map((one) => (one.id === id ? { ...one, ...what } : one)))
  const dismiss = (id: number) => {
    stops.current.get(id)?.()
    setUploads((all) => all.filter((one) => one.id !== id))
  }

  function send({ id, file, to }: Upload) {
    const { done, stop } = upload({ workspace, file, onProgress: (part) => change(id, { done: part }) })
    stops.current.set(id, stop)
    void done.then((result) => {
      stops.current.delete(id)
      if (!result.ok) return change(id, { problem: result.error })
      const later = [...arrived.current].flatMap(([mediaId, chosen]) => (chosen > id ? [mediaId] : []))
      arrived.current.set(result.value.id, id)
      onDone(result.value, to, later)
      setUploads((all) => all.filter((one) => one.id !== id))
    })
  }

  useEffect(() => {
    const running = stops.current
    return () => {
      for (const stop of running.values()) stop()
    }
  }, [])

  return {
    uploads,
    dismiss,
    add(files: readonly File[], to: Place) {
      for (const file of files) {
        const started = { id: (count.current += 1), file, to, done: 0 }
        setUploads((all) => [...all, started])
        send(started)
      }
    },
    again({ id, file, to }: Upload) {
      const started = { id, file, to, done: 0 }
      setUploads((all) => all.map((one) => (one.id === id ? started : one)))
      send(started)
    },
  }
}
