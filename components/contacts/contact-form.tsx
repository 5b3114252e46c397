'use client'

import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Section } from '@/components/ui/page'
import { Select } from '@/components/ui/select'
import { TagInput } from '@/components/ui/tag-input'
import { ZonedTime } from '@/components/ui/time'
import { useAct } from '@/components/workspace/use-act'
import { updateContactAction } from '@/lib/contacts/actions'
import { leadStages, type ContactDetail } from '@/lib/contacts/schema'
import { useState } from 'react'
import { stageLooks } from './contact-looks'
import { CustomFields } from './custom-fields'

type Props = {
  readonly workspace: string
  readonly timeZone: string
  readonly contact: ContactDetail
  readonly knownTags: readonly string[]
  readonly mayUpdate: boolean
}

type Change = Omit<Parameters<typeof updateContactAction>[1], 'contactId'>

/** What we keep of a person. Choices are kept at once, words when they are saved. */
export function ContactForm({ workspace, timeZone, contact, knownTags, mayUpdate }: Props) {
  const act = useAct()
  const refusal = mayUpdate ? undefined : 'Viewers see contacts; ask an admin for another role.'
  const save = (change: Change) => act(updateContactAction(workspace, { contactId: contact.id, ...change }), 'Saved')
  const { consent } = contact
  return (
    <>
      <Section title="About them">
        <Name key={contact.name} name={contact.name} refusal={refusal} onSave={(name) => save({ name })} />
        <Field label="Lead stage">
          <Select
            value={contact.leadStage}
            disabled={!mayUpdate}
            options={leadStages.map((stage) => ({ value: stage, label: stageLooks[stage].label }))}
            onChange={(leadStage) => void save({ leadStage })}
          />
        </Field>
        <Field label="Tags">
          {mayUpdate ? (
            <TagInput
              tags={contact.tags}
              known={knownTags}
              onChange={(tags) => void save({ tags: [...tags], before: { tags: [...contact.tags] } })}
            />
          ) : (
            <p className="text-table text-text-2">{contact.tags.join(', ') || 'None'}</p>
          )}
        </Field>
        <ConsentFields
          key={JSON.stringify(consent)}
          timeZone={timeZone}
          consent={consent}
          refusal={refusal}
          onSave={(given) => save({ consent: given })}
        />
      </Section>
      <CustomFields
        key={JSON.stringify(contact.fields)}
        fields={contact.fields}
        refusal={refusal}
        onSave={(fields) => save({ fields, before: { fields: contact.fields } })}
      />
    </>
  )
}

type NameProps = {
  readonly name: string
  readonly refusal: string | undefined
  readonly onSave: (name: string) => Promise<unknown>
}

function Name({ name, refusal, onSave }: NameProps) {
  const [typed, setTyped] = useState(name)
  const isChanged = typed.trim() !== '' && typed.trim() !== name
  return (
    <form
      className="flex items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        if (isChanged && !refusal) void onSave(typed)
      }}
    >
      <Field label="Name" className="flex-1">
        <Input
          value={typed}
          readOnly={refusal !== undefined}
          autoComplete="off"
          onChange={({ target }) => setTyped(target.value)}
        />
      </Field>
      {isChanged && <Button type="submit">Save</Button>}
    </form>
  )
}

type ConsentProps = {
  readonly timeZone: string
  readonly consent: ContactDetail['consent']
  readonly refusal: string | undefined
  readonly onSave: (consent: NonNullable<Change['consent']>) => Promise<unknown>
}

/** Said at the field, too: a finger sees no tooltip. */
const unasked = 'Choose above whether they agreed: this is kept with it.'

function ConsentFields({ timeZone, consent, refusal, onSave }: ConsentProps) {
  const kept = consent?.source ?? ''
  const [source, setSource] = useState(kept)
  const isChanged = source.trim() !== kept
  return (
    <>
      <Field
        label="News and offers"
        hint={
          consent ? (
            <>
              Since <ZonedTime at={consent.at} zone={timeZone} pattern="d MMM yyyy" zoneHidden />
            </>
          ) : (
            'Answers need no consent; anything else does.'
          )
        }
      >
        <Select
          value={consent?.marketing ?? 'unknown'}
          disabled={refusal !== undefined}
          options={[
            { value: 'unknown', label: 'Nobody asked yet', disabled: consent !== null },
            { value: 'given', label: 'They agreed' },
            { value: 'refused', label: 'They refused' },
          ]}
          // Where they said the one is not where they said the other.
          onChange={(marketing) =>
            marketing !== 'unknown' && void onSave({ marketing, source: isChanged ? source : '' })
          }
        />
      </Field>
      <form
        className="flex flex-wrap items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          if (consent && isChanged && !refusal) void onSave({ marketing: consent.marketing, source })
        }}
      >
        <Field
          label={consent?.marketing === 'refused' ? 'Where they refused' : 'Where it was given'}
          optional
          className="flex-1"
        >
          <Input
            value={source}
            maxLength={200}
            readOnly={refusal !== undefined}
            autoComplete="off"
            placeholder="A form, a fair, a call"
            onChange={({ target }) => setSource(target.value)}
          />
        </Field>
        {isChanged && (
          <Button type="submit" disabledReason={consent ? undefined : unasked}>
            Save
          </Button>
        )}
        {isChanged && !consent && <p className="basis-full text-meta text-text-3">{unasked}</p>}
      </form>
    </>
  )
}
