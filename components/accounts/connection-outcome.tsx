'use client'

import { Callout } from '@/components/ui/callout'
import { IconButton } from '@/components/ui/icon-button'
import { X } from 'lucide-react'
import { useState } from 'react'
import { connectedWords, leftWords } from './connected-words'

type Outcome =
  | {
      readonly outcome: 'connected'
      readonly handles: readonly string[]
      readonly left: readonly string[]
      readonly notes: readonly string[]
    }
  | { readonly outcome: 'failed'; readonly message: string }

/** How a visit to a network's consent page ended. It stays, once shown, until it is closed. */
export function ConnectionOutcome({ notice }: { readonly notice: Outcome | undefined }) {
  const [shown, setShown] = useState(notice)
  if (!shown) return null
  const close = <IconButton size="small" label="Close" icon={<X />} onClick={() => setShown(undefined)} />
  if (shown.outcome === 'failed')
    return (
      <Callout tone="failed" role="alert" title="The account was not connected" action={close}>
        {shown.message}
      </Callout>
    )
  const { handles, left, notes } = shown
  const goOn = handles.length === 1 ? 'Posts can be written for it now.' : 'Posts can be written for them now.'
  return (
    <Callout
      tone={handles.length > 0 ? 'published' : 'review'}
      title={handles.length > 0 ? connectedWords(handles) : 'No account was connected'}
      action={close}
    >
      <output>{[...(handles.length > 0 ? [goOn] : []), leftWords(left), ...notes].join(' ').trim()}</output>
    </Callout>
  )
}
