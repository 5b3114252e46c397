import { fail, ok, type Failure, type Result } from '@/lib/core/result'
import { variables, type Variable } from './schema'

const hole = /\{\{([^{}]*)\}\}/g
const isVariable = (name: string): name is Variable => Object.hasOwn(variables, name)

/** The variables in a text that there are none of, as they are written. */
export const unknownVariables = (text: string): readonly string[] =>
  [...text.matchAll(hole)].map(([, inside = '']) => nameOf(inside)).filter((name) => !isVariable(name))

const nameOf = (inside: string): string => (inside.split('|')[0] ?? '').trim()

export const noSuchVariable = (names: readonly string[]): Failure => ({
  code: 'VALIDATION_ERROR',
  message: `There is no variable {{${names[0] ?? ''}}}. Use one of: ${Object.keys(variables).join(', ')}.`,
  fields: { text: names.map((name) => `There is no variable {{${name}}}`) },
})

/**
 * Puts values in place of variables. `{{contact.first_name|there}}` says “there” where the name is not known; a variable
 * without a value and without such a word is a failure that names it.
 */
export function render(text: string, values: Readonly<Record<Variable, string>>): Result<string> {
  const unknown = unknownVariables(text)
  if (unknown.length > 0) return fail(noSuchVariable(unknown))
  const missing: string[] = []
  const rendered = text.replace(hole, (_, inside: string) => {
    const name = nameOf(inside)
    const value = isVariable(name) ? values[name] : ''
    const instead = inside.includes('|') ? inside.slice(inside.indexOf('|') + 1).trim() : undefined
    if (value === '' && instead === undefined) missing.push(name)
    return value || (instead ?? '')
  })
  if (missing.length === 0) return ok(rendered)
  return fail({
    code: 'VALIDATION_ERROR',
    message: `{{${missing[0] ?? ''}}} is not known here. Write {{${missing[0] ?? ''}|…}} with words to use instead, or answer by hand.`,
    fields: { text: missing.map((name) => `{{${name}}} is not known here`) },
  })
}
