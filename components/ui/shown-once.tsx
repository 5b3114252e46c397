'use client'

import { Copy } from 'lucide-react'
import { Button } from './button'
import { copy } from './copy'
import { DialogClose } from './dialog'
import { useDialogHold } from './dialog-hold'
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

/** In a dialog: a secret that is not shown a second time. Only “Done” closes it. */
export function ShownOnce({ label, noun, hint, value }: Props) {
  useDialogHold('until_done')
  async function copyIt() {
    if (await copy(value)) toast.done(`${noun[0]?.toUpperCase()}${noun.slice(1)} copied`)
  }
  return (
    <div className="flex flex-col gap-4">
      <Field label={label} hint={hint}>
        {/* As high as the field has room for: some fonts draw an underscore below a line of the usual height. */}
        <Input readOnly value={value} onFocus={(event) => event.target.select()} className="font-mono leading-7" />
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
