'use client'

import { Copy } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { copy } from '@/components/ui/copy'
import { DialogClose } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { toast } from '@/components/ui/toast'

/** A secret, shown this once. `more` says what to know besides. */
export function NewSecret({ value, more }: { readonly value: string; readonly more?: string }) {
  async function copySecret() {
    if (await copy(value)) toast.done('Secret copied')
  }
  return (
    <div className="flex flex-col gap-4">
      <Field
        label="Secret"
        hint={`Your program checks with it that a request is ours (Standard Webhooks). It is not shown again.${more ? ` ${more}` : ''}`}
      >
        <Input readOnly value={value} onFocus={(event) => event.target.select()} className="font-mono" />
      </Field>
      <div className="flex justify-end gap-2">
        <Button icon={<Copy aria-hidden />} onClick={() => void copySecret()}>
          Copy secret
        </Button>
        <DialogClose asChild>
          <Button variant="primary">Done</Button>
        </DialogClose>
      </div>
    </div>
  )
}
