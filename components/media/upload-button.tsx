'use client'

import { Upload } from 'lucide-react'
import { useEffect, useEffectEvent, useRef } from 'react'
import { Button } from '@/components/ui/button'
import { acceptedTypes } from '@/lib/media/schema'

type Props = {
  readonly variant?: 'primary' | 'secondary'
  readonly size?: 'small' | 'medium'
  readonly label?: string
  /** Takes the focus to it, as somebody came to upload. */
  readonly asks?: boolean
  readonly onAsked?: () => void
  readonly onFiles: (files: readonly File[]) => void
}

/** Opens the machine's own file picker. */
export function UploadButton({
  variant = 'secondary',
  size = 'medium',
  label = 'Upload files',
  asks = false,
  onAsked,
  onFiles,
}: Props) {
  const input = useRef<HTMLInputElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  // A browser opens its picker only when somebody has pressed something on this very page.
  const ask = useEffectEvent(() => {
    button.current?.focus()
    onAsked?.()
  })
  useEffect(() => {
    if (asks) ask()
  }, [asks])
  return (
    <>
      <Button
        ref={button}
        variant={variant}
        size={size}
        icon={<Upload aria-hidden />}
        onClick={() => input.current?.click()}
      >
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={`${label}: choose files`}
        accept={Object.keys(acceptedTypes).join(',')}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])])
          // The same file may be chosen again.
          event.target.value = ''
        }}
      />
    </>
  )
}
