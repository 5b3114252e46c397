'use client'

import { useState, type DragEvent, type ReactNode } from 'react'
import { cn } from '@/components/ui/cn'

const carriesFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files')

type Props = { readonly onFiles: (files: readonly File[]) => void; readonly children: ReactNode }

/** Takes files that are dropped on it. Everything it does can be done by a button, too. */
export function DropArea({ onFiles, children }: Props) {
  const [isOver, setOver] = useState(false)
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- dropping is a second way; the file button is the first
    <div
      className={cn('relative rounded-card', isOver && 'outline-2 outline-offset-2 outline-accent outline-dashed')}
      onDragOver={(event) => {
        if (!carriesFiles(event)) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={(event) => {
        if (!(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget))) setOver(false)
      }}
      onDrop={(event) => {
        if (!carriesFiles(event)) return
        event.preventDefault()
        setOver(false)
        onFiles([...event.dataTransfer.files])
      }}
    >
      {children}
      {isOver && (
        <p className="pointer-events-none absolute inset-0 grid place-items-center rounded-card bg-surface/85 text-body font-medium">
          Drop pictures or a video here
        </p>
      )}
    </div>
  )
}
