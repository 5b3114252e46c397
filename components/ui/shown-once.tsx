'use client'

import { Copy } from 'lucide-react'
import { Button } from './button'
import { copy } from './copy'
import { DialogClose } from './dialog'
import { Field } from './field'
import { Input } from './input'
import { toast } from './toast'

type Props = {
  readonly label: string
  /** As it goes on after “Copy”: key, secret. */
  readonly noun: string
  readonly hint: string
  readonly value: string
}

/** In a dialog: a secret that is not shown a second time. */
export function ShownOnce({ label, noun, hint, value }: Props) {
  async function copyIt() {
    if (await copy(value)) toast.done(`${noun[0]?.toUpperCase()}${noun.slice(1)} copied`)
  }
  return (
    <div className="flex flex-col gap-4">
      <Field label={label} hint={hint}>
        <Input readOnly value={value} onFocus={(event) => event.target.select()} className="font-mono" />
      </Field>
      <div className="flex justify-end gap-2">
        <Button icon={<Copy aria-hidden />} onClick={() => void copyIt()}>
          Copy {noun}
        </Button>
        <DialogClose asChild>
          <Button variant="primary">Done</Button>
        </DialogClose>
      </div>
    </div>
  )
}
