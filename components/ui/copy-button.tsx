'use client'

import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { copy } from './copy'
import { IconButton } from './icon-button'

type Props = {
  readonly text: string
  /** What is copied: “Copy the post’s address”. */
  readonly label: string
}

/** Copies, and says so. */
export function CopyButton({ text, label }: Props) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 2_000)
    return () => clearTimeout(timer)
  }, [copied])

  return (
    <>
      <IconButton
        size="small"
        label={copied ? 'Copied' : label}
        icon={copied ? <Check className="text-published" /> : <Copy />}
        onClick={() => void copy(text).then(setCopied)}
      />
      <output className="sr-only">{copied && 'Copied'}</output>
    </>
  )
}
