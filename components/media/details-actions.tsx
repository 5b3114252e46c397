'use client'

import { Crop, Crosshair, Download, PenLine, Trash2 } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { AlertDialog } from '@/components/ui/alert-dialog'
import { Button } from '@/components/ui/button'
import { buttonStyle } from '@/components/ui/button-style'
import { toast } from '@/components/ui/toast'
import { answerOf } from '@/components/workspace/answer-of'
import { deleteManyMediaAction } from '@/lib/media/actions'
import { mediaUrl, whyKept, type MediaDetails } from '@/lib/media/schema'
import type { DetailsProps } from './details-sheet'
import { FocusDialog } from './focus-dialog'
import { useInPost } from './use-in-post'

// Only those who edit a picture load what it takes.
const ImageEditor = dynamic(() => import('./image-editor').then(({ ImageEditor: it }) => it))

type Props = DetailsProps & { readonly details: MediaDetails }

/** The things most people come for. */
export function DetailsActions({ workspace, details, rights, onChanged, onOpen }: Props) {
  const { card } = details
  const [asking, setAsking] = useState<'edit' | 'focus' | 'delete'>()
  const write = useInPost(workspace)
  const close = () => setAsking(undefined)
  const mayEdit = rights.edit && card.kind === 'image'
  return (
    <div className="flex flex-wrap gap-2">
      {rights.write && (
        <Button icon={<PenLine aria-hidden />} busy={write.isBusy} onClick={() => void write.start([card.id])}>
          Use in a post
        </Button>
      )}
      {mayEdit && (
        <>
          <Button icon={<Crop aria-hidden />} onClick={() => setAsking('edit')}>
            Edit…
          </Button>
          <Button icon={<Crosshair aria-hidden />} onClick={() => setAsking('focus')}>
            Focal point…
          </Button>
        </>
      )}
      <a href={mediaUrl(workspace, card.id)} download={card.name} className={buttonStyle({ variant: 'secondary' })}>
        <Download aria-hidden />
        Download
      </a>
      <Button
        icon={<Trash2 aria-hidden />}
        disabledReason={
          !rights.delete ? 'Only owners and admins may delete media.' : card.uses > 0 ? whyKept(card.uses) : undefined
        }
        onClick={() => setAsking('delete')}
      >
        Delete…
      </Button>
      {asking === 'edit' && (
        <ImageEditor workspace={workspace} card={card} onChanged={onChanged} onOpen={onOpen} onClose={close} />
      )}
      {asking === 'focus' && (
        <FocusDialog workspace={workspace} details={details} onChanged={onChanged} onClose={close} />
      )}
      <AlertDialog
        open={asking === 'delete'}
        onOpenChange={close}
        title={`Delete “${card.name}”?`}
        description="It is gone for good. What was made from it stays."
        confirm="Delete"
        onConfirm={async () => {
          const gone = await answerOf(deleteManyMediaAction(workspace, { mediaIds: [card.id] }))
          const problem = gone.ok ? gone.value.failed[0]?.message : gone.error.message
          if (problem) return void toast.failed(problem)
          toast.done(`“${card.name}” deleted`)
          onOpen(null)
          await onChanged()
        }}
      />
    </div>
  )
}
