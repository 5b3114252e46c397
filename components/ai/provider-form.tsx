'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useId } from 'react'
import { useForm, useWatch } from 'react-hook-form'
import { z } from 'zod'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Checkbox } from '@/components/ui/checkbox'
import { Form, FormField, FormProblem, showFailure } from '@/components/ui/form'
import { Input } from '@/components/ui/input'
import { Section } from '@/components/ui/page'
import { Select } from '@/components/ui/select'
import { Submit } from '@/components/workspace/submit'
import { useAct } from '@/components/workspace/use-act'
import { chooseReadingAction, forgetAiSettingsAction, saveAiSettingsAction } from '@/lib/ai/actions'
import { providerLabels, providers, usualModels, type AiProvider, type AiSettingsView } from '@/lib/ai/schema'

const price = z.string().regex(/^(\d{1,3}(\.\d{1,6})?)?$/, 'Enter US dollars, like 0.25')
const Settings = z.object({
  provider: z.enum(providers),
  baseUrl: z.string(),
  key: z.string(),
  smallModel: z.string().trim().min(1, 'Name a model'),
  largeModel: z.string().trim().min(1, 'Name a model'),
  smallIn: price,
  smallOut: price,
  largeIn: price,
  largeOut: price,
  refines: z.boolean(),
})
const options = providers.map((value) => ({ value, label: providerLabels[value] }))
const priceOf = (input: string, output: string) => (input === '' || output === '' ? null : { input, output })

/** Which models read and write, and the key to them. */
export function ProviderForm({ slug, settings }: { readonly slug: string; readonly settings: AiSettingsView }) {
  const act = useAct()
  const reads = useId()
  const { from, prices } = settings
  const said = (model: string, of: 'input' | 'output') => (prices[model] ? String(prices[model][of]) : '')
  const form = useForm({
    resolver: zodResolver(Settings),
    values: {
      provider: settings.provider,
      baseUrl: settings.baseUrl,
      key: '',
      smallModel: settings.smallModel,
      largeModel: settings.largeModel,
      smallIn: said(settings.smallModel, 'input'),
      smallOut: said(settings.smallModel, 'output'),
      largeIn: said(settings.largeModel, 'input'),
      largeOut: said(settings.largeModel, 'output'),
      refines: settings.refines,
    },
  })
  const provider = useWatch({ control: form.control, name: 'provider' })
  return (
    <Section
      title="Models"
      description="Messages are sent to this provider and to nobody else, and only for drafts and readings you asked for."
      action={
        from === 'workspace' && (
          <Button
            size="small"
            variant="ghost"
            onClick={() => void act(forgetAiSettingsAction(slug, {}), 'The key is forgotten')}
          >
            Forget the key
          </Button>
        )
      }
    >
      {from === 'nothing' && (
        <Callout>No model is set up: drafts are templates and say so. Enter a key to have them written.</Callout>
      )}
      {from === 'environment' && (
        <>
          <Callout>
            The owner of this server set {providerLabels[settings.provider]} for everyone. Yours takes its place.
          </Callout>
          <div className="flex items-start gap-2 text-table">
            <Checkbox
              id={reads}
              checked={settings.refines}
              onCheckedChange={(checked) =>
                void act(
                  chooseReadingAction(slug, { refines: checked === true }),
                  checked === true
                    ? 'The server’s model reads messages, too'
                    : 'Messages are not read by the server’s model',
                )
              }
            />
            <label htmlFor={reads}>
              Have each message read by the server’s model as well
              <span className="block text-meta text-text-2">
                Where it reads otherwise than Posthorn does is kept with the message. It is paid from your budget.
              </span>
            </label>
          </div>
        </>
      )}
      <Form
        form={form}
        onSubmit={async ({ smallIn, smallOut, largeIn, largeOut, ...given }) => {
          const saved = await act(
            saveAiSettingsAction(slug, {
              ...given,
              smallPrice: priceOf(smallIn, smallOut),
              largePrice: priceOf(largeIn, largeOut),
            }),
            'Models saved',
          )
          if (!saved.ok) showFailure(form, saved.error)
        }}
      >
        <FormProblem />
        <FormField name="provider" label="Provider">
          {({ value, onChange, onBlur }) => (
            <Select
              options={options}
              value={value}
              onBlur={onBlur}
              onChange={(chosen: AiProvider) => {
                onChange(chosen)
                form.setValue('smallModel', usualModels[chosen].small)
                form.setValue('largeModel', usualModels[chosen].large)
              }}
            />
          )}
        </FormField>
        {provider === 'compatible' && (
          <FormField
            name="baseUrl"
            label="Address of the server"
            hint="Up to and without /chat/completions. A private address must be named by the owner of this server, too."
          >
            {(field) => <Input {...field} type="url" autoComplete="off" placeholder="https://models.example.com/v1" />}
          </FormField>
        )}
        <FormField
          name="key"
          label="Key"
          optional={provider === 'compatible'}
          aside={settings.hasKey && <Badge tone="published">A key is kept</Badge>}
          hint="Kept encrypted and never shown again. Leave it empty to go on with the one that is kept."
        >
          {(field) => <Input {...field} type="password" autoComplete="off" />}
        </FormField>
        <div className="grid gap-4 sm:grid-cols-2">
          <FormField name="smallModel" label="Model that reads" hint="A small, cheap one is enough.">
            {(field) => <Input {...field} autoComplete="off" />}
          </FormField>
          <FormField name="largeModel" label="Model that writes">
            {(field) => <Input {...field} autoComplete="off" />}
          </FormField>
        </div>
        <fieldset className="grid grid-cols-2 gap-4 sm:grid-cols-4">
          <legend className="mb-2 text-table text-text-2">
            US dollars for a million tokens, where our price list does not know the model. A model without a price is
            not called.
          </legend>
          {(
            [
              ['smallIn', 'Reads, in'],
              ['smallOut', 'Reads, out'],
              ['largeIn', 'Writes, in'],
              ['largeOut', 'Writes, out'],
            ] as const
          ).map(([name, label]) => (
            <FormField key={name} name={name} label={label} optional>
              {(field) => <Input {...field} inputMode="decimal" autoComplete="off" />}
            </FormField>
          ))}
        </fieldset>
        <FormField
          name="refines"
          label="Have each message read by the small model as well"
          hint="Where it reads otherwise than Posthorn does is kept with the message. Each reading costs a little."
          inline
        >
          {({ value, onChange, onBlur }) => (
            <Checkbox checked={value} onCheckedChange={(checked) => onChange(checked === true)} onBlur={onBlur} />
          )}
        </FormField>
        <Submit className="self-start">Save models</Submit>
      </Form>
    </Section>
  )
}
