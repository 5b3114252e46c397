'use client'

// oxlint-disable-next-line no-restricted-imports -- this is what all others use in its place
import NextLink from 'next/link'
import { useState, type ComponentProps } from 'react'

/**
 * A link to a page of ours. Its frame is fetched once somebody means to go there, by pointer, touch or focus; Next by
 * itself would ask the server for that of every link in view, a dozen and more for each page that is opened.
 */
export function Link({ onPointerEnter, onFocus, ...rest }: Omit<ComponentProps<typeof NextLink>, 'prefetch'>) {
  const [isMeant, setMeant] = useState(false)
  return (
    <NextLink
      {...rest}
      prefetch={isMeant ? 'auto' : false}
      onPointerEnter={(event) => {
        setMeant(true)
        onPointerEnter?.(event)
      }}
      onFocus={(event) => {
        setMeant(true)
        onFocus?.(event)
      }}
    />
  )
}
