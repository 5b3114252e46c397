import { fieldsOf, tagsOf } from './combine'
import type { Fields } from './schema'

/*
 * A person who was merged is several contacts. What is kept of them is changed as if it were one, and stays with whom it came
 * with, so that separating them gives each their own, and erasing one leaves nothing of them with another. `all`: from the
 * root on, in the order of merging. `before`: as it was when it was read to be changed; what others changed since stays.
 */

/** The tags of each, once those of the person are to be `given`. What nobody has is the root's. */
export function shareTags(
  all: readonly { readonly tags: readonly string[] }[],
  given: readonly string[],
  before: readonly string[] = tagsOf(all),
): readonly string[][] {
  const gone = new Set(before.filter((tag) => !given.includes(tag)))
  const known = new Set([...before, ...tagsOf(all)])
  const fresh = [...new Set(given.filter((tag) => !known.has(tag)))]
  return all.map(({ tags }, n) => [...tags.filter((tag) => !gone.has(tag)), ...(n === 0 ? fresh : [])])
}

/** The same of fields: a new value stands where the old one stood. */
export function shareFields(all: readonly Fields[], given: Fields, before: Fields = fieldsOf(all)): readonly Fields[] {
  const changed = Object.entries(given).filter(
    ([name, value]) => !Object.hasOwn(before, name) || before[name] !== value,
  )
  const homeOf = (name: string) =>
    Math.max(
      0,
      all.findIndex((fields) => Object.hasOwn(fields, name)),
    )
  const isGone = (name: string) => Object.hasOwn(before, name) && !Object.hasOwn(given, name)
  return all.map((fields, n) =>
    Object.fromEntries([
      ...Object.entries(fields).filter(([name]) => !isGone(name)),
      ...changed.filter(([name]) => homeOf(name) === n),
    ]),
  )
}
