'use client'

import { useQuery } from '@tanstack/react-query'
import { useEffect, useEffectEvent } from 'react'
import { read } from '@/components/shell/queries'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import type { LinkPreview } from '@/lib/posts/schema'
import { useDesk } from './composer-context'
import { takePage, wordsIn, write } from './draft'

const settleMs = 600

/** What the card says: read from the page, and changed where the author likes. */
export function LinkDetails({ link }: { readonly link: string }) {
  const { workspace, draft, scope, edit, addLink } = useDesk()
  const { linkTitle, linkDescription } = wordsIn(draft, scope)
  const preview = useQuery({
    queryKey: ['link preview', workspace, link],
    queryFn: async ({ signal }) => {
      // Each letter of an address makes another page: it is asked for when the typing stops.
      await new Promise((go) => setTimeout(go, settleMs))
      signal.throwIfAborted()
      const { data } = await read<{ readonly data: LinkPreview }>(
        `/api/link-preview?${new URLSearchParams({ workspace, url: link })}`,
        signal,
      )
      return data
    },
    staleTime: 10 * 60_000,
    retry: false,
  })
  const found = preview.data
  const take = useEffectEvent((page: LinkPreview) => {
    addLink(link, page)
    edit((draft) => takePage(draft, scope, link, page))
  })
  useEffect(() => {
    if (found) take(found)
  }, [found])

  const set = (change: { linkTitle?: string; linkDescription?: string }) => edit((draft) => write(draft, scope, change))
  return (
    <>
      <output className="text-meta text-pretty text-text-3 empty:hidden">
        {preview.isPending && 'Looking at the page…'}
        {preview.error && `${preview.error.message} The post goes out all the same; write the card’s words yourself.`}
        {found && !found.title && 'The page says nothing of itself. Write the card’s words yourself.'}
      </output>
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="Card title" optional>
          <Input maxLength={300} value={linkTitle ?? ''} onChange={(event) => set({ linkTitle: event.target.value })} />
        </Field>
        <Field label="Card description" optional>
          <Input
            maxLength={600}
            value={linkDescription ?? ''}
            onChange={(event) => set({ linkDescription: event.target.value })}
          />
        </Field>
      </div>
    </>
  )
}
