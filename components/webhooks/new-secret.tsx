import { ShownOnce } from '@/components/ui/shown-once'

/** A secret, shown this once. `more` says what to know besides. */
export const NewSecret = ({ value, more }: { readonly value: string; readonly more?: string }) => (
  <ShownOnce
    label="Secret"
    noun="secret"
    hint={`Your program checks with it that a request is ours (Standard Webhooks). It is not shown again.${more ? ` ${more}` : ''}`}
    value={value}
  />
)
