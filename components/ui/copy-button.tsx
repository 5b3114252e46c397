'use client'

import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { IconButton } from './icon-button'
import { toast } from './toast'

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

  async function copy() {
    try {
      await navigator.clipboard.writeText(text)
      setCopied(true)
    } catch {
      // Browsers refuse the clipboard on plain http, and where people said no.
      toast.failed('Your browser refused to copy. Select the text and copy it by hand.')
    }
  }

  return (
    <>
      <IconButton
        size="small"
        label={copied ? 'Copied' : label}
        icon={copied ? <Check className="text-published" /> : <Copy />}
        onClick={() => void copy()}
      />
      <output className="sr-only">{copied && 'Copied'}</output>
    </>
  )
}
