'use client'

import { Image as StillIcon, Scissors, SquarePlay } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Section } from '@/components/ui/page'
import { ProgressBar } from '@/components/ui/progress-bar'
import { Select } from '@/components/ui/select'
import { toast } from '@/components/ui/toast'
import { answerOf } from '@/components/workspace/answer-of'
import { startWorkAction } from '@/lib/media/actions'
import type { MediaDetails, MediaTask, WorkCard } from '@/lib/media/schema'
import type { DetailsProps } from './details-sheet'

type Props = Pick<DetailsProps, 'workspace' | 'onChanged' | 'onOpen'> & { readonly details: MediaDetails }

const taskWords: Readonly<Record<MediaTask['kind'], string>> = {
  still: 'Drawing a still',
  trim: 'Trimming',
  convert: 'Converting',
}
const seconds = (text: string): number | undefined => {
  const value = Number(text)
  return text.trim() !== '' && Number.isFinite(value) && value >= 0 ? Math.round(value * 1_000) : undefined
}
/** The shorter side's pixels at most; the first is more than any film has. */
const sizes = [
  { value: '4320', label: 'As large as it is' },
  { value: '1080', label: '1080 pixels' },
  { value: '720', label: '720 pixels' },
  { value: '480', label: '480 pixels' },
] as const

/** Trims and converts a video. A worker does it; how far it is shows here while it goes on. */
export function VideoTools({ workspace, details, onChanged, onOpen }: Props) {
  const { card, works, canConvert } = details
  const lengthS = card.durationMs === null ? '' : String(card.durationMs / 1_000)
  const [from, setFrom] = useState('0')
  const [to, setTo] = useState(lengthS)
  const [size, setSize] = useState<(typeof sizes)[number]['value']>('1080')
  const [still, setStill] = useState('0')
  const [startMs, endMs, stillMs] = [seconds(from), seconds(to), seconds(still)]
  const isSound = startMs !== undefined && endMs !== undefined && endMs - startMs >= 100

  async function start(task: MediaTask) {
    const asked = await answerOf(startWorkAction(workspace, { mediaId: card.id, task }))
    if (!asked.ok) toast.failed(asked.error.message)
    await onChanged()
  }

  return (
    <Section title="Video">
      {canConvert ? (
        <div className="flex flex-col gap-4">
          <div className="flex items-start gap-2">
            <Field label="From second" className="w-28">
              <Input
                type="number"
                inputMode="decimal"
                min={0}
                step="0.1"
                value={from}
                onChange={(e) => setFrom(e.target.value)}
              />
            </Field>
            <Field label="To second" className="w-28">
              <Input
                type="number"
                inputMode="decimal"
                min={0}
                step="0.1"
                value={to}
                onChange={(e) => setTo(e.target.value)}
              />
            </Field>
            <Button
              icon={<Scissors aria-hidden />}
              className="mt-[1.6rem]"
              disabledReason={isSound ? undefined : 'Choose a part of at least a tenth of a second.'}
              onClick={() => isSound && void start({ kind: 'trim', startMs, endMs })}
            >
              Trim
            </Button>
          </div>
          <div className="flex items-start gap-2">
            <Field label="Shorter side at most" className="w-58">
              <Select value={size} onChange={setSize} options={sizes} />
            </Field>
            <Button
              icon={<SquarePlay aria-hidden />}
              className="mt-[1.6rem]"
              onClick={() => void start({ kind: 'convert', shorterMax: Number(size) })}
            >
              Convert to MP4
            </Button>
          </div>
          <div className="flex items-start gap-2">
            <Field label="Still at second" className="w-28">
              <Input
                type="number"
                inputMode="decimal"
                min={0}
                step="0.1"
                value={still}
                onChange={(e) => setStill(e.target.value)}
              />
            </Field>
            <Button
              icon={<StillIcon aria-hidden />}
              className="mt-[1.6rem]"
              disabledReason={stillMs === undefined ? 'Choose a second of the video.' : undefined}
              onClick={() => stillMs !== undefined && void start({ kind: 'still', atMs: stillMs })}
            >
              Use as still
            </Button>
          </div>
          <p className="text-meta text-text-3">The results are new files; this one stays as it is.</p>
        </div>
      ) : (
        <Callout>
          This Posthorn has no ffmpeg, so videos are sent as they are: one that says where it was recorded goes on
          saying it. Whoever runs it can install ffmpeg to take that out of what is added, and to trim and convert here.
        </Callout>
      )}
      <Works works={works} onOpen={onOpen} />
    </Section>
  )
}

function Works({ works, onOpen }: { readonly works: readonly WorkCard[]; readonly onOpen: (file: string) => void }) {
  // A still that is there needs no words.
  const told = works.filter(({ state, task }) => state !== 'done' || task.kind !== 'still')
  if (told.length === 0) return null
  return (
    <ul aria-label="Work on this video" className="flex flex-col gap-2">
      {told.map(({ id, state, task, percent, problem, resultId }) => (
        <li key={id} className="flex flex-col gap-1 text-table">
          <span className="flex items-center justify-between gap-2">
            <span>{taskWords[task.kind]}</span>
            <span className="text-meta text-text-3 tabular-nums">
              {state === 'waiting' ? 'Waits for its turn' : state === 'working' ? `${percent} %` : ''}
            </span>
            {state === 'done' && resultId && (
              <Button size="small" variant="ghost" onClick={() => onOpen(resultId)}>
                See the result
              </Button>
            )}
          </span>
          {(state === 'waiting' || state === 'working') && (
            <ProgressBar label={taskWords[task.kind]} done={state === 'waiting' ? null : percent / 100} />
          )}
          {state === 'failed' && (
            <p role="alert" className="text-meta text-danger-text">
              It could not be done: {problem ?? 'the worker stopped.'}
            </p>
          )}
        </li>
      ))}
    </ul>
  )
}
