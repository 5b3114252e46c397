'use client'

import { useQuery } from '@tanstack/react-query'
import { useEffect, useEffectEvent } from 'react'
import { read } from '@/components/shell/queries'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import type { LinkPreview } from '@/lib/posts/schema'
import { useDesk } from './composer-context'

const settleMs = 600

/** What the card says: read from the page, and changed where the author likes. */
export function LinkDetails({ link }: { readonly link: string }) {
  const { workspace, draft, edit, addLink } = useDesk()
  const { linkTitle, linkDescription } = draft.content
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
    edit((draft) => {
      const { linkTitle, linkDescription } = draft.content
      // What the author wrote stays.
      const title = linkTitle ?? page.title ?? undefined
      const description = linkDescription ?? page.description ?? undefined
      return { ...draft, content: { ...draft.content, linkTitle: title, linkDescription: description } }
    })
  })
  useEffect(() => {
    if (found) take(found)
  }, [found])

  const set = (change: { linkTitle?: string; linkDescription?: string }) =>
    edit((draft) => ({ ...draft, content: { ...draft.content, ...change } }))
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
