import { limitsIn } from '@/lib/platforms/limits'
import {
  fits,
  type Choice,
  type Limits,
  type OptionField,
  type OptionForm,
  type OptionValue,
  type OptionValues,
} from '@/lib/platforms/platform'
import type { Problem } from '../schema'
import { misplaced, type Kinds } from './file-answers'

type Found = Omit<Problem, 'accountId' | 'platform'>
type Account = { readonly label: string; readonly options: readonly OptionField[] }

const isAnswer = (value: OptionValue | undefined): value is OptionValue =>
  typeof value === 'string' ? value.trim() !== '' : Array.isArray(value) ? value.length > 0 : value !== undefined

/** What holds for a field: what a person chose, or its preset. A field that must be answered by a person has none. */
export function valueOf(field: OptionField, given: OptionValues | undefined): OptionValue | undefined {
  const value = given?.[field.name]
  return isAnswer(value) ? value : field.required ? undefined : field.preset
}

/** The format that was chosen, where the network has several. */
export function chosenFormat(
  { options }: Pick<Account, 'options'>,
  given: OptionValues | undefined,
): string | undefined {
  const field = options.find(({ name }) => name === 'format')
  const value = field && valueOf(field, given)
  return typeof value === 'string' ? value : undefined
}

/** The limits of a post with what was chosen for it. */
export const limitsOf = (account: { readonly limits: Limits } & Pick<Account, 'options'>, given?: OptionValues) =>
  limitsIn(account.limits, chosenFormat(account, given))

/** What people call the choice with which nobody can comment on the post, where one was made. */
export function closingChoice(
  { limits, options }: { readonly limits: Limits } & Pick<Account, 'options'>,
  given: OptionValues | undefined,
): string | undefined {
  for (const field of options) {
    const value = valueOf(field, given)
    const closing = limits.uncommented?.[field.name]
    if (closing === undefined || value !== closing || field.input.kind !== 'choice') continue
    return field.input.choices.find((choice) => choice.value === value)?.label
  }
  return undefined
}

/** True when a field is there in the format that was chosen. */
export function isAsked(
  field: OptionField,
  account: Pick<Account, 'options'>,
  given: OptionValues | undefined,
): boolean {
  const format = chosenFormat(account, given)
  return !field.formats || (format !== undefined && field.formats.includes(format))
}

/** The answers to what the chosen format asks. Those to another's are kept for it in the post, and go nowhere. */
export const askedOf = <V extends OptionValue>(
  given: Readonly<Record<string, V>>,
  account: Pick<Account, 'options'>,
): Record<string, V> =>
  Object.fromEntries(
    Object.entries(given).filter(([name]) =>
      account.options.some((field) => field.name === name && isAsked(field, account, given)),
    ),
  )

/** What stands against the answers to a network's own questions. Answers to what another format asks are let be. */
export function optionProblems(given: OptionValues, account: Account, files: Kinds): Found[] {
  const { label, options } = account
  const unknown = Object.keys(given).filter((name) => !options.some((field) => field.name === name))
  const format = chosenFormat(account, given)
  return [
    ...unknown.map((name) => refusal(name, `${label} has no setting named “${name}”. Leave it out.`)),
    ...options
      .filter((field) => isAsked(field, account, given))
      .flatMap((field) => [
        ...fieldProblems(field, given, label),
        ...misplaced(field, given[field.name], { files, format, label }).map((why) => refusal(field.name, why)),
      ]),
  ]
}

const refusal = (option: string, message: string): Found => ({
  field: 'options',
  option,
  severity: 'refusal',
  message,
})

function fieldProblems(field: OptionField, given: OptionValues, label: string): Found[] {
  const value = given[field.name]
  if (!isAnswer(value)) return field.required ? [refusal(field.name, wanted(field, label))] : []
  return against(field, value, given, label).map((message) => refusal(field.name, message))
}

function wanted({ input, label: name }: OptionField, label: string): string {
  switch (input.kind) {
    case 'choice':
    case 'list':
      return `${label} wants you to choose “${name}”.`
    case 'flag':
      return `${label} wants you to say yes or no: “${name}”.`
    case 'text':
    case 'tags':
      return `${label} wants you to fill in “${name}”.`
  }
}

function against({ input, label: name }: OptionField, value: OptionValue, given: OptionValues, label: string) {
  switch (input.kind) {
    case 'choice':
      return choiceProblems(name, input.choices, value, label)
    case 'list': {
      if (typeof value !== 'string') return [`${name}: ${label} takes one choice here.`]
      const isReady = input.after === undefined || isAnswer(given[input.after])
      return isReady ? [] : [`${name} cannot be chosen on ${label} before what it belongs to. Choose that first.`]
    }
    case 'flag':
      return typeof value === 'boolean' ? [] : [`${name}: ${label} takes yes or no here.`]
    case 'text': {
      if (typeof value !== 'string') return [`${name}: ${label} takes a text here.`]
      const over = [...value].length - input.max
      return over > 0
        ? [`${name} is too long for ${label}: remove ${over} of ${input.max + over} characters.`]
        : formProblems(name, input.form, value, label)
    }
    case 'tags':
      return tagProblems(name, input, value, label)
  }
}

function choiceProblems(name: string, choices: readonly Choice[], value: OptionValue, label: string): string[] {
  const choice = choices.find((one) => one.value === value)
  if (choice) return choice.closed ? [`${name}: “${choice.label}” cannot be chosen. ${choice.closed}`] : []
  return [
    `${name}: ${label} does not know “${String(value)}”. Choose ${choices.map((one) => `“${one.label}”`).join(', ')}.`,
  ]
}

type Tags = Extract<OptionField['input'], { kind: 'tags' }>

function tagProblems(name: string, { max, maxEach, form }: Tags, value: OptionValue, label: string): string[] {
  if (typeof value === 'string' || typeof value === 'boolean') return [`${name}: ${label} takes a list here.`]
  return [
    ...(value.length > max ? [`${name}: ${label} takes ${max}, this has ${value.length}. Remove some.`] : []),
    ...value.flatMap((tag) =>
      [...tag].length > maxEach
        ? [`${name}: “${tag}” is longer than the ${maxEach} characters ${label} takes.`]
        : formProblems(name, form, tag, label),
    ),
  ]
}

function formProblems(name: string, form: OptionForm | undefined, said: string, label: string): string[] {
  if (!form || fits(form, said)) return []
  return [`${name}: ${label} wants ${form.wants}, not “${said}”.`]
}
