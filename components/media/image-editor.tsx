'use client'

import 'react-image-crop/dist/ReactCrop.css'
import { RotateCcw, RotateCw } from 'lucide-react'
import { useEffect, useState } from 'react'
import ReactCrop, { centerCrop, makeAspectCrop, type PercentCrop } from 'react-image-crop'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { IconButton } from '@/components/ui/icon-button'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { Skeleton } from '@/components/ui/skeleton'
import { toast } from '@/components/ui/toast'
import { answerOf } from '@/components/workspace/answer-of'
import { editMediaAction } from '@/lib/media/actions'
import { changesOf, mediaUrl, turned, typeLabel, type ImageEdit, type MediaCard } from '@/lib/media/schema'

type Props = {
  readonly workspace: string
  readonly card: MediaCard
  readonly onChanged: () => Promise<void>
  readonly onOpen: (file: string) => void
  readonly onClose: () => void
}

const shapes = [
  { value: 'free', label: 'Free', ratio: undefined },
  { value: 'square', label: 'Square, 1 : 1', ratio: 1 },
  { value: 'portrait', label: 'Portrait, 4 : 5', ratio: 4 / 5 },
  { value: 'story', label: 'Story, 9 : 16', ratio: 9 / 16 },
  { value: 'landscape', label: 'Landscape, 1.91 : 1', ratio: 1.91 },
  { value: 'wide', label: 'Wide, 16 : 9', ratio: 16 / 9 },
] as const
type Shape = (typeof shapes)[number]['value']

const formats = ['image/jpeg', 'image/png', 'image/webp'] as const
const quarter = { left: { 0: 270, 90: 0, 180: 90, 270: 180 }, right: { 0: 90, 90: 180, 180: 270, 270: 0 } } as const
const whole: PercentCrop = { unit: '%', x: 0, y: 0, width: 100, height: 100 }

/** Cuts, turns and shrinks a picture into a new file. What will change is said before it is made. */
export function ImageEditor({ workspace, card, onChanged, onOpen, onClose }: Props) {
  const [turn, setTurn] = useState<ImageEdit['turn']>(0)
  const [shape, setShape] = useState<Shape>('free')
  const [cut, setCut] = useState(whole)
  const [width, setWidth] = useState('')
  const [format, setFormat] = useState(formats.find((one) => one === card.mime) ?? 'image/jpeg')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const upright = turned({ width: card.width ?? 1, height: card.height ?? 1 }, turn)
  const picture = useTurned(mediaUrl(workspace, card.id), turn)
  const ratio = shapes.find(({ value }) => value === shape)?.ratio
  const crop = inPixels(cut, upright)
  const edit: ImageEdit = {
    turn,
    ...(crop.width < upright.width || crop.height < upright.height ? { crop } : {}),
    ...(width === '' ? {} : { width: Number(width) }),
    ...(format === card.mime ? {} : { format }),
  }
  const changes = changesOf(edit, { width: card.width ?? 1, height: card.height ?? 1, mime: card.mime })
  const isTooWide =
    width !== '' && (!Number.isInteger(Number(width)) || Number(width) < 1 || Number(width) > crop.width)

  const fill = (to: { width: number; height: number }, aspect: number | undefined) =>
    setCut(
      aspect === undefined
        ? whole
        : centerCrop(makeAspectCrop({ unit: '%', width: 100 }, aspect, to.width, to.height), to.width, to.height),
    )
  const turnBy = (to: ImageEdit['turn']) => {
    setTurn(to)
    fill(turned({ width: card.width ?? 1, height: card.height ?? 1 }, to), ratio)
  }
  async function make() {
    setBusy(true)
    setProblem(undefined)
    const made = await answerOf(editMediaAction(workspace, { mediaId: card.id, edit }))
    setBusy(false)
    if (!made.ok) return setProblem(made.error.message)
    toast.done(`“${made.value.name}” made`)
    await onChanged()
    onClose()
    onOpen(made.value.id)
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="wide"
      title={`Edit ${card.name}`}
      description="The result is a new file; this one stays as it is."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            busy={busy}
            disabledReason={
              changes.length === 0
                ? 'Nothing would change yet.'
                : isTooWide
                  ? 'Choose a width the picture has.'
                  : undefined
            }
            onClick={() => void make()}
          >
            Save as new file
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4 sm:flex-row">
        <div className="grid min-h-60 min-w-0 flex-1 place-items-center rounded-card bg-sunken p-2">
          {picture ? (
            <ReactCrop
              crop={cut}
              {...(ratio === undefined ? {} : { aspect: ratio })}
              ruleOfThirds
              keepSelection
              ariaLabels={{
                cropArea: 'The part that stays: move it with the arrow keys',
                nwDragHandle: 'Top left corner',
                nDragHandle: 'Top edge',
                neDragHandle: 'Top right corner',
                eDragHandle: 'Right edge',
                seDragHandle: 'Bottom right corner',
                sDragHandle: 'Bottom edge',
                swDragHandle: 'Bottom left corner',
                wDragHandle: 'Left edge',
              }}
              onChange={(_, percent) => setCut(percent)}
            >
              {/* oxlint-disable-next-line nextjs/no-img-element -- a drawing of this page's own */}
              <img src={picture} alt={card.alt || card.name} className="max-h-[50dvh] max-w-full" />
            </ReactCrop>
          ) : (
            <Skeleton className="h-60 w-80" />
          )}
        </div>
        <div className="flex flex-col gap-4 sm:w-60">
          <Field label="Shape">
            <Select
              value={shape}
              onChange={(to) => {
                setShape(to)
                fill(upright, shapes.find(({ value }) => value === to)?.ratio)
              }}
              options={shapes.map(({ value, label }) => ({ value, label }))}
            />
          </Field>
          <div className="flex items-center gap-1">
            <span className="flex-1 text-table font-medium">Turn</span>
            <IconButton label="Turn left" icon={<RotateCcw />} onClick={() => turnBy(quarter.left[turn])} />
            <IconButton label="Turn right" icon={<RotateCw />} onClick={() => turnBy(quarter.right[turn])} />
          </div>
          <Field
            label="Width in pixels"
            optional
            problems={isTooWide ? [`From 1 to ${crop.width}: pictures are never made larger.`] : []}
          >
            <Input
              type="number"
              inputMode="numeric"
              min={1}
              max={crop.width}
              placeholder={String(crop.width)}
              value={width}
              onChange={(event) => setWidth(event.target.value)}
            />
          </Field>
          <Field label="Format">
            <Select
              value={format}
              onChange={setFormat}
              options={formats.map((one) => ({
                value: one,
                label: `${typeLabel(one)}${one === card.mime ? ', as it is' : ''}`,
              }))}
            />
          </Field>
          <div aria-live="polite" className="flex flex-col gap-1 text-table text-text-2">
            <p className="font-medium text-text">What will change</p>
            {changes.length === 0 ? (
              <p>Nothing yet.</p>
            ) : (
              <ul className="list-disc pl-4">
                {changes.map((change) => (
                  <li key={change}>{change}</li>
                ))}
              </ul>
            )}
          </div>
          {problem && (
            <Callout tone="failed" role="alert">
              {problem}
            </Callout>
          )}
        </div>
      </div>
    </Dialog>
  )
}

/** Whole pixels inside of the picture. */
function inPixels({ x, y, width, height }: PercentCrop, size: { width: number; height: number }) {
  const left = Math.min(size.width - 1, Math.round((x / 100) * size.width))
  const top = Math.min(size.height - 1, Math.round((y / 100) * size.height))
  return {
    left,
    top,
    width: Math.max(1, Math.min(size.width - left, Math.round((width / 100) * size.width))),
    height: Math.max(1, Math.min(size.height - top, Math.round((height / 100) * size.height))),
  }
}

/** The longer side of what is drawn to be looked at. */
const drawnPixels = 1_200

/** A picture turned, as an address of this page's own; undefined until it is there. */
function useTurned(source: string, turn: ImageEdit['turn']): string | undefined {
  const [drawn, setDrawn] = useState<{ readonly of: string; readonly address: string }>()
  const of = `${source} ${turn}`
  useEffect(() => {
    let isOver = false
    const image = new Image()
    image.addEventListener('load', () => {
      const scale = Math.min(1, drawnPixels / Math.max(image.naturalWidth, image.naturalHeight))
      const from = { width: Math.round(image.naturalWidth * scale), height: Math.round(image.naturalHeight * scale) }
      const canvas = document.createElement('canvas')
      Object.assign(canvas, turned(from, turn))
      const pen = canvas.getContext('2d')
      pen?.translate(canvas.width / 2, canvas.height / 2)
      pen?.rotate((turn * Math.PI) / 180)
      pen?.drawImage(image, -from.width / 2, -from.height / 2, from.width, from.height)
      if (!isOver) setDrawn({ of, address: canvas.toDataURL('image/webp', 0.9) })
    })
    image.src = source
    return () => {
      isOver = true
    }
  }, [of, source, turn])
  return drawn?.of === of ? drawn.address : undefined
}
