'use client'

import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { IconButton } from '@/components/ui/icon-button'
import { Input } from '@/components/ui/input'
import { Section } from '@/components/ui/page'
import { Select } from '@/components/ui/select'
import { TagInput } from '@/components/ui/tag-input'
import { ZonedTime } from '@/components/ui/time'
import { useAct } from '@/components/workspace/use-act'
import { updateContactAction } from '@/lib/contacts/actions'
import { leadStages, type ContactDetail } from '@/lib/contacts/schema'
import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { stageLooks } from './contact-looks'

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
        className="flex items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          if (consent && isChanged && !refusal) void onSave({ marketing: consent.marketing, source })
        }}
      >
        <Field label="Where it was given" optional className="flex-1">
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
          <Button
            type="submit"
            disabledReason={consent ? undefined : 'Choose above whether they agreed: this is kept with it.'}
          >
            Save
          </Button>
        )}
      </form>
    </>
  )
}

type FieldsProps = {
  readonly fields: ContactDetail['fields']
  readonly refusal: string | undefined
  readonly onSave: (fields: ContactDetail['fields']) => Promise<unknown>
}

function CustomFields({ fields, refusal, onSave }: FieldsProps) {
  const [rows, setRows] = useState(() => Object.entries(fields).map(([name, value], key) => ({ key, name, value })))
  const [next, setNext] = useState(rows.length)
  const written = Object.fromEntries(
    rows.flatMap(({ name, value }) => (name.trim() ? [[name.trim(), value.trim()] as const] : [])),
  )
  const isChanged = JSON.stringify(written) !== JSON.stringify(fields)
  const change = (key: number, to: { name?: string; value?: string }) =>
    setRows(rows.map((row) => (row.key === key ? { ...row, ...to } : row)))
  return (
    <Section title="Fields" description="Whatever else you keep: a customer number, a city.">
      <form
        className="flex flex-col gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          if (isChanged && !refusal) void onSave(written)
        }}
      >
        {rows.map(({ key, name, value }) => (
          <div key={key} className="flex items-center gap-1.5">
            <Input
              aria-label="Name of the field"
              placeholder="Name"
              className="w-2/5"
              value={name}
              readOnly={refusal !== undefined}
              onChange={({ target }) => change(key, { name: target.value })}
            />
            <Input
              aria-label={`Value of ${name || 'the field'}`}
              placeholder="Value"
              value={value}
              readOnly={refusal !== undefined}
              onChange={({ target }) => change(key, { value: target.value })}
            />
            <IconButton
              size="small"
              label={`Remove ${name || 'the field'}`}
              icon={<X />}
              disabledReason={refusal}
              onClick={() => setRows(rows.filter((row) => row.key !== key))}
            />
          </div>
        ))}
        <div className="flex gap-2">
          <Button
            size="small"
            icon={<Plus aria-hidden />}
            disabledReason={refusal}
            onClick={() => {
              setRows([...rows, { key: next, name: '', value: '' }])
              setNext(next + 1)
            }}
          >
            Add a field
          </Button>
          {isChanged && (
            <Button size="small" variant="primary" type="submit">
              Save fields
            </Button>
          )}
        </div>
      </form>
    </Section>
  )
}
