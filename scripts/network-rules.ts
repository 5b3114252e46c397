import { dollars } from '@/lib/core/format'
import { typeLabels } from '@/lib/media/schema'
import {
  limitsIn,
  platforms,
  providers,
  type Limits,
  type OptionField,
  type Platform,
  type PlatformName,
  type QuotaLimit,
  type Traits,
} from '@/lib/platforms'
import { fieldRules, ruleFor } from '@/lib/platforms/text'
import { film, link, number, pictures, questions, said, size, text, time, together, upTo } from './rule-words'

/** What stands between the two is written from lib/platforms. */
const begins = '<!-- Written from lib/platforms by `npm run rules`, not to be edited. -->'
const ends = '<!-- Here what is written ends. -->'

type Row = readonly [what: string, rule: string]

/** The rules of a post, each under its name. What there is none of is left out where no column has it. */
function rulesOf({ name, firstComment, options = [] }: Platform, limits: Limits): readonly Row[] {
  const { caption } = fieldRules[name]
  const { text: main, title, documents, threadMax, quotas = [], price, poll } = limits
  return [
    ['Text', said([text(main), limits.needsText && 'there must be one where no file is'])],
    ['Text beside files', main.field === 'caption' || main.max === 0 ? 'none' : text(caption)],
    [
      'Title',
      title
        ? said([text(title.rule), title.required && 'there must be one', title.besideOnly && 'alone it is no post'])
        : 'none',
    ],
    [
      'Thread',
      threadMax > 1 ? `${upTo(threadMax, 'post')}, each ${text(ruleFor('reply', name, limits) ?? main)}` : 'none',
    ],
    [
      'First comment',
      firstComment ? said([text(ruleFor('comment', name, limits) ?? main), closing(options, limits)]) : 'none',
    ],
    ['Link', link(limits)],
    ['Pictures', pictures(limits)],
    ['Video', film(limits)],
    [
      'Document',
      documents
        ? said([
            typeLabels(documents.mimes),
            `up to ${size(documents.maxBytes)}`,
            documents.pagesMax && upTo(documents.pagesMax, 'page'),
            `a title of ${number(documents.titleMax)} characters`,
          ])
        : 'none',
    ],
    ['Files together', together(limits)],
    ['Poll', questions(limits, poll?.text && ruleFor(poll.text, name, limits))],
    ['How many', quotas.map(quota).join('; ') || 'none'],
    ['Price', price ? `${dollars(price.postMicros)}, with a link ${dollars(price.postWithLinkMicros)}` : 'none'],
  ]
}

const quota = (limit: QuotaLimit): string => {
  const { what, max, of } = limit
  const within = 'dayIn' in limit ? `on a day in ${limit.dayIn}` : `in ${time(limit.windowMs)}`
  return `${number(max)} ${what} ${within}${of === 'app' ? ', of all accounts of the app' : ''}`
}

/** The choices with which nobody can comment. */
function closing(options: readonly OptionField[], { uncommented = {} }: Limits): string | undefined {
  const labels = options.flatMap(({ name, input }) =>
    input.kind === 'choice' ? input.choices.filter(({ value }) => value === uncommented[name]) : [],
  )
  return labels.length > 0 ? `none with ${labels.map(({ label }) => `“${label}”`).join(', ')}` : undefined
}

/** Accounts that a network gives limits of their own, by what its adapter keeps of them: the usual ones first. */
export const accounts: Readonly<
  Partial<Record<PlatformName, readonly { readonly label: string; readonly traits: Traits }[]>>
> = {
  // Discord OpenAPI of 2026-07-18, ChannelTypes: 0 is a channel for words, 15 a forum.
  discord: [
    { label: 'In a channel', traits: { channelType: 0 } },
    { label: 'In a forum', traits: { channelType: 15 } },
  ],
  mastodon: [{ label: 'On a server that names nothing else', traits: {} }],
  x: [
    { label: 'An account without a plan', traits: {} },
    { label: 'An account with a plan', traits: { subscription: 'Premium' } },
  ],
}

type Column = { readonly label: string; readonly limits: Limits }

/** What is posted there, by its format, or else by the account that posts it. */
function columnsOf({ name, options = [], limits, limitsFor }: Platform): readonly Column[] {
  const format = options.find((option) => option.name === 'format')?.input
  if (format?.kind === 'choice' && limits.formats)
    return format.choices.map(({ value, label }) => ({ label, limits: limitsIn(limits, value) }))
  const usual = [{ label: 'A post', traits: {} }]
  return (accounts[name] ?? usual).map(({ label, traits }) => ({ label, limits: limitsFor?.(traits) ?? limits }))
}

function whatPostsMayBe(platform: Platform): readonly string[] {
  if (platform.limits.answersOnly) return ['Nothing is posted there.', '']
  const columns = columnsOf(platform).map(({ label, limits }) => ({ label, rules: rulesOf(platform, limits) }))
  const [first, ...others] = columns
  if (!first) return []
  const different = others.filter(({ rules }) => rules.some(([, rule], at) => rule !== first.rules[at]?.[1]))
  const rows = first.rules.map(([what, rule], at) => [
    what,
    rule,
    ...different.map(({ rules }) => (rules[at]?.[1] === rule ? 'the same' : (rules[at]?.[1] ?? ''))),
  ])
  return table(
    ['', others.length > 0 && different.length === 0 ? 'A post' : first.label, ...different.map(({ label }) => label)],
    rows.filter(([, ...cells]) => cells.some((cell) => !['none', 'the same', ''].includes(cell))),
  )
}

/** The choices of a post: how each is named for programs, what people call it, and what may be said. */
function choicesOf({ label, options = [] }: Platform): readonly string[] {
  if (options.length === 0) return []
  const formats = options.find(({ name }) => name === 'format')?.input
  const called = (value: string): string =>
    (formats?.kind === 'choice' ? formats.choices.find((choice) => choice.value === value)?.label : undefined) ?? value
  return [
    'What may be chosen for it, as `options` of the API and as columns of an import:',
    '',
    ...table(
      ['option', 'what it is', 'what may be said'],
      options.map((option) => [
        `\`${option.name}\``,
        option.label,
        said([
          answers(option, label),
          option.required && 'must be said',
          option.formats && `for: ${option.formats.map(called).join(', ')}`,
        ]),
      ]),
    ),
  ]
}

function answers({ input }: OptionField, network: string): string {
  switch (input.kind) {
    case 'choice':
      return input.choices.map(({ value, label }) => `\`${value}\` (${label})`).join(', ')
    case 'list':
      return `one of those that ${network} names${input.free ? ', or another' : ''}`
    case 'text':
      return said([upTo(input.max, 'character'), input.form?.wants])
    case 'flag':
      return 'yes or no'
    case 'tags':
      return said([`up to ${input.max}, each of ${upTo(input.maxEach, 'character')}`, input.form?.wants])
  }
}

/** As oxfmt writes a table: each column as wide as its widest cell. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const cells = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll('|', '\\|')))
  const widths = head.map((_, column) => Math.max(3, ...cells.map((row) => (row[column] ?? '').length)))
  const line = (row: readonly string[], fill: string): string =>
    `| ${widths.map((width, column) => (row[column] ?? '').padEnd(width, fill)).join(' | ')} |`
  const [first = [], ...others] = cells
  return [line(first, ' '), line([], '-'), ...others.map((row) => line(row, ' ')), '']
}

const ofNetwork = (platform: Platform): readonly string[] => [
  ...whatPostsMayBe(platform),
  ...choicesOf(platform),
  ...dutiesOf(platform.limits),
]

function dutiesOf({ duties = [], dutiesBelow = [] }: Limits): readonly string[] {
  const all = [...duties, ...dutiesBelow]
  return all.length > 0 ? [...all.map((duty) => `- ${duty}`), ''] : []
}

/** What is different from the networks themselves through a provider. */
function ofProvider({ label, reach }: (typeof providers)[number]): readonly string[] {
  const rows = Object.values(reach).flatMap((through) => [
    ...otherRules(through).map((row) => [through.label, ...row]),
    ...missing(through).map((row) => [through.label, ...row]),
  ])
  return [
    'What it may be on the network itself, as that one’s page says, except:',
    '',
    ...table(['network', '', '', `through ${label}`], rows),
  ]
}

/** The rules that are others than the network's own, each once where it is the same for all that is posted there. */
function otherRules(through: Platform): readonly (readonly [what: string, of: string, rule: string])[] {
  const own = platforms[through.name]
  const theirs = columnsOf(through)
  const columns = columnsOf(own).flatMap(({ label, limits }, at) => {
    // Without a choice there is but the usual.
    const same = theirs.find((column) => column.label === label) ?? (at === 0 ? theirs[0] : undefined)
    return same ? [{ label, usual: new Map(rulesOf(own, limits)), rules: new Map(rulesOf(through, same.limits)) }] : []
  })
  return [...(columns[0]?.rules.keys() ?? [])].flatMap((what) => {
    const others = columns.filter(({ usual, rules }) => usual.get(what) !== rules.get(what))
    const said = new Set(others.map(({ rules }) => rules.get(what) ?? ''))
    return others.length === columns.length && said.size === 1
      ? [...said].map((rule) => [what, '', rule] as const)
      : others.map(({ label, rules }) => [what, label, rules.get(what) ?? ''] as const)
  })
}

/** The choices that are not passed on. */
function missing({ name, options = [] }: Platform): readonly (readonly [what: string, of: string, rule: string])[] {
  const kept = new Set(options.map((option) => option.name))
  const left = (platforms[name].options ?? []).filter((option) => !kept.has(option.name))
  return left.length > 0 ? [['Choices', '', `without ${left.map((option) => `\`${option.name}\``).join(', ')}`]] : []
}

/** Every page of docs/networks, by the name of its file, and what is to stand between its marks. */
export const rules: ReadonlyMap<string, string> = new Map(
  [
    ...Object.values(platforms).map((platform) => [platform.name, ofNetwork(platform)] as const),
    ...providers.map((provider) => [provider.name, ofProvider(provider)] as const),
  ].map(([name, lines]) => [name, [begins, '', '## What a post may be', '', ...lines, ends].join('\n')]),
)

/** A page with its rules as they are now. Throws when it has no place for them. */
export function withRules(page: string, name: string): string {
  const [from, to] = [page.indexOf(begins), page.indexOf(ends)]
  if (from < 0 || to < from) throw new Error(`docs/networks/${name}.md has no place for its rules: ${begins} … ${ends}`)
  return page.slice(0, from) + (rules.get(name) ?? '') + page.slice(to + ends.length)
}
