'use client'

import { Button, type ButtonProps } from '@/components/ui/button'
import { useFormBusy } from '@/components/ui/form'

/** The form's one primary button. */
export function Submit(props: Omit<ButtonProps, 'type' | 'variant' | 'busy'>) {
  return <Button {...props} type="submit" variant="primary" busy={useFormBusy()} />
}
