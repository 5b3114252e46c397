'use client'

import { useController } from 'react-hook-form'
import { Checkbox } from '@/components/ui/checkbox'
import { Field, Problems } from '@/components/ui/field'
import { webhookEvents, webhookEventTypes, type WebhookEventType } from '@/lib/webhooks/schema'

type Chosen = { eventTypes: WebhookEventType[] }

/** Which events a program is told of, by what they are about. */
export function EventChoice() {
  const { field, fieldState } = useController<Chosen, 'eventTypes'>({ name: 'eventTypes' })
  const problem = fieldState.error?.message
  return (
    <fieldset className="flex flex-col gap-4">
      <legend className="pb-1.5 text-table font-medium">Tell it when</legend>
      {Object.entries(webhookEvents).map(([subject, events]) => (
        <Subject
          key={subject}
          subject={subject}
          // The keys of `events` are types of events.
          types={Object.keys(events) as WebhookEventType[]}
          labels={events}
          chosen={field.value}
          // In the order of the list, whatever was pressed first.
          onChange={(wanted) => field.onChange(webhookEventTypes.filter((type) => wanted.includes(type)))}
        />
      ))}
      <Problems problems={problem ? [problem] : []} />
    </fieldset>
  )
}

type SubjectProps = {
  readonly subject: string
  readonly types: readonly WebhookEventType[]
  readonly labels: Readonly<Partial<Record<WebhookEventType, string>>>
  readonly chosen: readonly WebhookEventType[]
  readonly onChange: (chosen: readonly WebhookEventType[]) => void
}

function Subject({ subject, types, labels, chosen, onChange }: SubjectProps) {
  const mine = types.filter((type) => chosen.includes(type))
  const others = chosen.filter((type) => !types.includes(type))
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="sr-only">{subject}</legend>
      <Field inline label={`${subject}: all`}>
        <Checkbox
          checked={mine.length === types.length || (mine.length > 0 && 'indeterminate')}
          onCheckedChange={(on) => onChange(on === true ? [...others, ...types] : others)}
        />
      </Field>
      <div className="grid gap-2 pl-7 sm:grid-cols-2">
        {types.map((type) => (
          <Field key={type} inline label={labels[type] ?? type}>
            <Checkbox
              checked={chosen.includes(type)}
              onCheckedChange={(on) => onChange(on === true ? [...chosen, type] : chosen.filter((one) => one !== type))}
            />
          </Field>
        ))}
      </div>
    </fieldset>
  )
}
