'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { toast } from '@/components/ui/toast'
import { answerOf } from '@/components/workspace/answer-of'
import { setFocusAction } from '@/lib/media/actions'
import { mediaUrl, type MediaDetails } from '@/lib/media/schema'

type Props = {
  readonly workspace: string
  readonly details: MediaDetails
  readonly onChanged: () => Promise<void>
  readonly onClose: () => void
}

const middle = { x: 0.5, y: 0.5 }

/** Says what must stay in sight when the picture is cut: by a press on it, or by two sliders. */
export function FocusDialog({ workspace, details: { card, focus }, onChanged, onClose }: Props) {
  const [point, setPoint] = useState(focus ?? middle)
  const [busy, setBusy] = useState(false)
  async function save(to: typeof point | null) {
    setBusy(true)
    const saved = await answerOf(setFocusAction(workspace, { mediaId: card.id, focus: to }))
    setBusy(false)
    if (!saved.ok) return void toast.failed(saved.error.message)
    toast.done(to ? 'Focal point set' : 'The middle stays in sight again')
    await onChanged()
    onClose()
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Focal point"
      description="When a network wants another shape, the picture is cut around this point."
      footer={
        <>
          {focus && (
            <Button busy={busy} onClick={() => void save(null)}>
              Back to the middle
            </Button>
          )}
          <Button variant="primary" busy={busy} onClick={() => void save(point)}>
            Set focal point
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <div className="grid place-items-center rounded-card bg-sunken">
          <button
            type="button"
            aria-label="Put the focal point where you press"
            onClick={({ clientX, clientY, currentTarget, detail }) => {
              // Pressed by key: the sliders are for that.
              if (detail === 0) return
              const box = currentTarget.getBoundingClientRect()
              setPoint({ x: (clientX - box.left) / box.width, y: (clientY - box.top) / box.height })
            }}
            className="relative cursor-crosshair"
          >
            {/* oxlint-disable-next-line nextjs/no-img-element -- a private file, in its own size */}
            <img src={mediaUrl(workspace, card.id)} alt="" className="max-h-[45dvh] max-w-full" />
            <span
              aria-hidden
              className="pointer-events-none absolute size-8 -translate-1/2 rounded-full border-2 border-on-accent bg-accent/40 ring-2 ring-accent"
              style={{ left: `${point.x * 100}%`, top: `${point.y * 100}%` }}
            />
          </button>
        </div>
        <div className="grid grid-cols-2 gap-4">
          <Slider label="From the left" value={point.x} onChange={(x) => setPoint({ ...point, x })} />
          <Slider label="From the top" value={point.y} onChange={(y) => setPoint({ ...point, y })} />
        </div>
      </div>
    </Dialog>
  )
}

type SliderProps = { readonly label: string; readonly value: number; readonly onChange: (value: number) => void }

function Slider({ label, value, onChange }: SliderProps) {
  const percent = Math.round(value * 100)
  return (
    <Field label={label} aside={`${percent} %`}>
      <Input
        type="range"
        min={0}
        max={100}
        value={percent}
        onChange={(event) => onChange(Number(event.target.value) / 100)}
        className="px-0 accent-accent"
      />
    </Field>
  )
}
