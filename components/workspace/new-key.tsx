'use client'

import { Copy } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { copy } from '@/components/ui/copy'
import { DialogClose } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { toast } from '@/components/ui/toast'

/** A key, shown this once. */
export function NewKey({ value }: { readonly value: string }) {
  async function copyKey() {
    if (await copy(value)) toast.done('Key copied')
  }
  return (
    <div className="flex flex-col gap-4">
      <Field
        label="API key"
        hint="It is not shown again: we keep only a hash of it. Send it as “Authorization: Bearer …”."
      >
        <Input readOnly value={value} onFocus={(event) => event.target.select()} className="font-mono" />
      </Field>
      <div className="flex justify-end gap-2">
        <Button icon={<Copy aria-hidden />} onClick={() => void copyKey()}>
          Copy key
        </Button>
        <DialogClose asChild>
          <Button variant="primary">Done</Button>
        </DialogClose>
      </div>
    </div>
  )
}
