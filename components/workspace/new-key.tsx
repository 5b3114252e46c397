'use client'

import { Copy } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { DialogClose } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { toast } from '@/components/ui/toast'

/** A key, shown this once. */
export function NewKey({ value }: { readonly value: string }) {
  async function copy() {
    try {
      await navigator.clipboard.writeText(value)
      toast.done('Key copied')
    } catch {
      // Browsers refuse on addresses without https, and when people say no.
      toast.failed('The browser did not let us copy it. Select the key and copy it yourself.')
    }
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
        <Button icon={<Copy aria-hidden />} onClick={() => void copy()}>
          Copy key
        </Button>
        <DialogClose asChild>
          <Button variant="primary">Done</Button>
        </DialogClose>
      </div>
    </div>
  )
}
