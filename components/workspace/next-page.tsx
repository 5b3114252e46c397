import { LinkButton } from '@/components/ui/button'

/** The way to what follows, where there is more. */
export function NextPage({ href }: { readonly href: string | undefined }) {
  return href ? (
    <LinkButton href={href} className="self-start">
      Next page
    </LinkButton>
  ) : null
}
