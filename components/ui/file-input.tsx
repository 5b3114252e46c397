'use client'

import { useField } from './field-context'

type Props = {
  /** Endings and types, as the browser's own attribute has them. */
  readonly accept: string
  readonly onChoose: (file: File | undefined) => void
}

/** One file from this device, chosen or dropped here. */
export function FileInput({ accept, onChoose }: Props) {
  return (
    <input
      {...useField()}
      type="file"
      accept={accept}
      // The same file, corrected, can be chosen again.
      onClick={(event) => {
        event.currentTarget.value = ''
      }}
      onChange={(event) => onChoose(event.target.files?.[0])}
      className="min-h-control w-full rounded-control border border-dashed border-line-strong p-3 text-table file:mr-3 file:min-h-8 file:rounded-control file:border file:border-solid file:border-line-strong file:bg-surface file:px-3 file:text-table file:font-medium file:text-text"
    />
  )
}
