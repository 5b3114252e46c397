'use client'

import { FormField } from '@/components/ui/form'
import { Input } from '@/components/ui/input'
import { EventChoice } from './event-choice'

type Values = { url: string; description: string }

/** What is asked of a webhook, whether it is new or changed. */
export function WebhookFields() {
  return (
    <>
      <FormField<Values, 'url'> name="url" label="Address" hint="Begins with https:// and is on the public internet.">
        {(field) => (
          <Input
            {...field}
            type="url"
            inputMode="url"
            autoComplete="off"
            placeholder="https://hooks.example.com/posthorn"
          />
        )}
      </FormField>
      <FormField<Values, 'description'> name="description" label="What it is for" optional>
        {(field) => <Input {...field} autoComplete="off" placeholder="Our CRM" />}
      </FormField>
      <EventChoice />
    </>
  )
}
