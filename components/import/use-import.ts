'use client'

import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { readAbout } from '@/components/shell/queries'
import { answerOf } from '@/components/workspace/answer-of'
import { textOfFile } from '@/lib/core/decode'
import { bytes } from '@/lib/core/format'
import type { Brought, Chosen, FileRow, Kind, Seen } from './kind'
import { leftOver } from './left-over'
import { partsOf } from './parts'

export type Outcome<Row> = { readonly fresh: number; readonly changed: number; readonly left: readonly Row[] }

/** A file that was chosen, what would become of it, and then what did. */
export function useImport<
  Choices,
  Question extends { readonly format: string },
  Row extends FileRow,
  Of extends Seen<Row>,
>(kind: Kind<Choices, Question, Row, Of>, start: Choices) {
  const router = useRouter()
  const [choices, setChoices] = useState(start)
  // The same file, chosen again, may say something else.
  const [turn, setTurn] = useState(0)
  const [file, setFile] = useState<Chosen>()
  const [problem, setProblem] = useState<string>()
  const [takesAlso, setTakesAlso] = useState(false)
  const [done, setDone] = useState<number>()
  const [outcome, setOutcome] = useState<Outcome<Row>>()

  const question = file && kind.question(file, choices)
  const key = ['import', kind.previewAt, turn, choices]
  const preview = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => readAbout<Of>(kind.previewAt, question, signal),
    enabled: question !== undefined,
    // While a choice is weighed, what the file says stays in sight.
    placeholderData: (before, query) => (query?.queryKey[2] === turn ? before : undefined),
    staleTime: Infinity,
    gcTime: 0,
  })
  const seen = question && !preview.isError ? preview.data : undefined
  const rows = seen?.rows ?? []
  const taken = rows.filter(({ state }) => state === 'ready' || (takesAlso && state === kind.also.state))

  function begin() {
    setProblem(undefined)
    setOutcome(undefined)
  }

  return {
    choices,
    file,
    format: question?.format,
    seen,
    taken,
    skipped: rows.length - taken.length,
    also: rows.filter(({ state }) => state === kind.also.state).length,
    takesAlso,
    setTakesAlso,
    isReading: question !== undefined && preview.isFetching,
    problem: problem ?? preview.error?.message,
    /** How many are in; undefined unless they are being imported. */
    done,
    outcome,

    choose(next: Choices) {
      begin()
      setChoices(next)
    },

    async take(chosen: File) {
      begin()
      setFile(undefined)
      setTakesAlso(false)
      if (chosen.size > kind.file.mostBytes)
        return setProblem(`This file is larger than ${bytes(kind.file.mostBytes)}. Split it.`)
      const text = textOfFile(new Uint8Array(await chosen.arrayBuffer()))
      setTurn((last) => last + 1)
      setFile({ name: chosen.name, type: chosen.type, text })
    },

    async go() {
      if (!question) return
      begin()
      const all: Brought[] = []
      const sent: Row[] = []
      for (const part of partsOf(taken, kind.atOnce)) {
        setDone(sent.length)
        // One after the other, so that what is done is known.
        // oxlint-disable-next-line no-await-in-loop
        const answer = await answerOf(kind.bring(part, question))
        if (!answer.ok) {
          setProblem(answer.error.message)
          break
        }
        all.push(answer.value)
        sent.push(...part)
      }
      const refused = all.flatMap((brought) => brought.refused)
      setOutcome({
        fresh: all.reduce((sum, { fresh }) => sum + fresh, 0),
        changed: all.reduce((sum, { changed }) => sum + changed, 0),
        left: leftOver({ rows, taken, sent, refused }, kind.refused),
      })
      setDone(undefined)
      router.refresh()
    },
  }
}
