import { Callout } from '@/components/ui/callout'
import { RelativeTime } from '@/components/ui/time'
import type { Unheard } from '@/lib/inbox/schema'

type Props = { readonly unheard: Unheard; readonly timeZone: string }

/** Says what of an account does not come into the inbox, and why. */
export function UnheardCallout({ unheard: { why, at, what, posts }, timeZone }: Props) {
  return (
    <Callout tone="failed" title={titles[what](posts)}>
      {why} Asked last <RelativeTime at={at} zone={timeZone} />; it is asked again by itself.
    </Callout>
  )
}

const titles: Readonly<Record<Unheard['what'], (posts: number) => string>> = {
  all: () => 'What people write here does not come in',
  some: () => 'Not all that people write here comes in',
  posts: (posts) =>
    `What people write under ${posts === 1 ? 'a post' : `${posts.toLocaleString('en')} posts`} of it does not come in`,
}
