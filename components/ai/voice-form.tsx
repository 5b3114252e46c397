'use client'

import { useForm } from 'react-hook-form'
import { Form, FormField, FormProblem, showFailure } from '@/components/ui/form'
import { Input } from '@/components/ui/input'
import { Section } from '@/components/ui/page'
import { Textarea } from '@/components/ui/textarea'
import { Submit } from '@/components/workspace/submit'
import { useAct } from '@/components/workspace/use-act'
import { saveBrandVoiceAction } from '@/lib/ai/actions'
import type { BrandVoice } from '@/lib/ai/schema'

const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
const words = (text: string): string[] => lines(text.replaceAll(',', '\n'))

/** Questions and answers, a blank line between pairs: `Q: …` then `A: …`. */
const examplesOf = (text: string) =>
  text
    .split(/\n\s*\n/)
    .map((pair) => ({
      asked: /^Q:\s*(.*)$/m.exec(pair)?.[1] ?? '',
      answered: (/^A:\s*([\s\S]*)$/m.exec(pair)?.[1] ?? '').trim(),
    }))
    .filter(({ answered }) => answered !== '')

/** How the brand speaks, and what it never says. */
export function VoiceForm({ slug, voice }: { readonly slug: string; readonly voice: BrandVoice }) {
  const act = useAct()
  const form = useForm({
    values: {
      tone: voice.tone,
      dos: voice.dos.join('\n'),
      donts: voice.donts.join('\n'),
      examples: voice.examples.map(({ asked, answered }) => `Q: ${asked}\nA: ${answered}`).join('\n\n'),
      forbidden: voice.forbidden.join(', '),
      signOff: voice.signOff,
      languages: voice.languages.join(', '),
    },
  })
  return (
    <Section title="Brand voice" description="Every draft is written in it, and held against it.">
      <Form
        form={form}
        onSubmit={async ({ tone, dos, donts, examples, forbidden, signOff, languages }) => {
          const saved = await act(
            saveBrandVoiceAction(slug, {
              tone,
              dos: lines(dos),
              donts: lines(donts),
              examples: examplesOf(examples),
              forbidden: words(forbidden),
              signOff,
              languages: words(languages).map((code) => code.toLowerCase()),
            }),
            'Brand voice saved',
          )
          if (!saved.ok) showFailure(form, saved.error)
        }}
      >
        <FormProblem />
        <FormField name="tone" label="Tone">
          {(field) => <Textarea {...field} rows={2} />}
        </FormField>
        <div className="grid gap-4 sm:grid-cols-2">
          <FormField name="dos" label="We do" optional hint="One on each line.">
            {(field) => <Textarea {...field} rows={3} />}
          </FormField>
          <FormField name="donts" label="We do not" optional hint="One on each line.">
            {(field) => <Textarea {...field} rows={3} />}
          </FormField>
        </div>
        <FormField
          name="examples"
          label="Answers as we like them"
          optional
          hint="“Q: …” on one line, “A: …” on the next, a blank line between pairs."
        >
          {(field) => <Textarea {...field} rows={4} />}
        </FormField>
        <FormField name="forbidden" label="Words that never leave" optional hint="Separated by commas.">
          {(field) => <Input {...field} autoComplete="off" />}
        </FormField>
        <div className="grid gap-4 sm:grid-cols-2">
          <FormField name="signOff" label="Sign-off" optional>
            {(field) => <Input {...field} autoComplete="off" />}
          </FormField>
          <FormField
            name="languages"
            label="Languages"
            optional
            hint="Two letters each, like en, de. Empty: the person’s own."
          >
            {(field) => <Input {...field} autoComplete="off" />}
          </FormField>
        </div>
        <Submit className="self-start">Save voice</Submit>
      </Form>
    </Section>
  )
}
