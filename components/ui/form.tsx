'use client'

import '@/lib/core/issue-words'
import { createContext, useContext, type ComponentProps, type ReactNode } from 'react'
import {
  FormProvider,
  useController,
  useFormContext,
  useFormState,
  type ControllerRenderProps,
  type FieldPath,
  type FieldValues,
  type UseFormReturn,
} from 'react-hook-form'
import { Callout } from './callout'
import { cn } from './cn'
import { useDialogHold } from './dialog-hold'
import { Field } from './field'

const BusyContext = createContext(false)

/** Whether the surrounding form is being sent: give it to the button's `busy`. */
export const useFormBusy = (): boolean => useContext(BusyContext)

type FormProps<V extends FieldValues, C, T> = Omit<ComponentProps<'form'>, 'onSubmit' | 'noValidate'> & {
  readonly form: UseFormReturn<V, C, T>
  readonly onSubmit: (values: T) => void | Promise<void>
}

/** A form of react-hook-form. While it is being sent, another submit does nothing; in a dialog, closing asks about what was changed. */
export function Form<V extends FieldValues, C, T>({
  form,
  onSubmit,
  className,
  children,
  ...rest
}: FormProps<V, C, T>) {
  // Its own subscription: `form` stays the same object, so the compiler would not draw this again for `form.formState`.
  const { isSubmitting, isDirty } = useFormState({ control: form.control })
  useDialogHold(isDirty ? 'unsaved' : undefined)
  const send = form.handleSubmit((values) => onSubmit(values))
  return (
    <FormProvider {...form}>
      <BusyContext value={isSubmitting}>
        <form
          method="post"
          {...rest}
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            if (!isSubmitting) void send(event)
          }}
          className={cn('flex w-full max-w-140 flex-col gap-4', className)}
        >
          {children}
        </form>
      </BusyContext>
    </FormProvider>
  )
}

type FormFieldProps<V extends FieldValues, N extends FieldPath<V>> = Omit<
  ComponentProps<typeof Field>,
  'children' | 'problems'
> & {
  readonly name: N
  /** Spread `field` on an Input or Textarea; Select takes `value`, `onChange`, `onBlur` as they are. */
  readonly children: (field: ControllerRenderProps<V, N>) => ReactNode
}

/** A field of the surrounding form, with its problems. */
export function FormField<V extends FieldValues, N extends FieldPath<V> = FieldPath<V>>({
  name,
  children,
  ...rest
}: FormFieldProps<V, N>) {
  const { control } = useFormContext<V>()
  const { field, fieldState } = useController<V, N>({ control, name })
  const message = fieldState.error?.message
  return (
    <Field {...rest} problems={message ? [message] : []}>
      {children(field)}
    </Field>
  )
}

/** What is wrong with the form as a whole, after it was sent. */
export function FormProblem() {
  const { errors } = useFormState()
  const message = errors.root?.message
  return message ? (
    <Callout tone="failed" role="alert">
      {message}
    </Callout>
  ) : null
}

/** Puts a failure's words where they belong: each under its field, the rest on top (`FormProblem`). */
export function showFailure<V extends FieldValues, C, T>(
  form: UseFormReturn<V, C, T>,
  failure: { readonly message: string; readonly fields?: Readonly<Record<string, readonly string[]>> | undefined },
): void {
  const known = new Set(Object.keys(form.getValues()))
  let placed = false
  for (const [name, problems] of Object.entries(failure.fields ?? {})) {
    if (!known.has(name.split('.')[0] ?? name)) continue
    // The line above has seen that this is a field of the form.
    form.setError(name as FieldPath<V>, { message: problems.join(' ') }, { shouldFocus: !placed })
    placed = true
  }
  if (!placed) form.setError('root', { message: failure.message })
}
