'use client'

import { ImagePlus } from 'lucide-react'
import { useRef } from 'react'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { acceptedTypes } from '@/lib/media/schema'

type Props = {
  readonly label: string
  /** Shows only the icon. */
  readonly small?: boolean
  readonly onFiles: (files: readonly File[]) => void
}

/** Opens the machine's own file picker. */
export function FileButton({ label, small = false, onFiles }: Props) {
  const input = useRef<HTMLInputElement>(null)
  const open = () => input.current?.click()
  return (
    <>
      {small ? (
        <IconButton size="small" label={label} icon={<ImagePlus />} onClick={open} />
      ) : (
        <Button size="small" variant="ghost" icon={<ImagePlus aria-hidden />} onClick={open}>
          {label}
        </Button>
      )}
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
