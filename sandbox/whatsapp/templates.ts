type Component = { readonly type: string; readonly format?: string; readonly text?: string }
type Template = {
  readonly id: string
  readonly name: string
  readonly language: string
  readonly status: 'APPROVED' | 'PENDING'
  readonly category: 'UTILITY' | 'MARKETING'
  readonly components: readonly Component[]
}

/** What the business had approved. */
export const templates: readonly Template[] = [
  {
    id: '1192339204654481',
    name: 'order_ready',
    language: 'en_US',
    status: 'APPROVED',
    category: 'UTILITY',
    components: [
      { type: 'BODY', text: 'Hi {{1}}, your order {{2}} is ready. Come by until seven.' },
      { type: 'FOOTER', text: 'Northwind Coffee' },
    ],
  },
  {
    id: '1192339204654482',
    name: 'reopen_chat',
    language: 'en_US',
    status: 'APPROVED',
    category: 'UTILITY',
    components: [{ type: 'BODY', text: 'We have an answer to your question. Write back, and we send it to you.' }],
  },
  {
    id: '1192339204654483',
    name: 'harvest_festival',
    language: 'en_US',
    status: 'PENDING',
    category: 'MARKETING',
    components: [{ type: 'BODY', text: 'The harvest is in! Taste it on Saturday.' }],
  },
]

export const bodyOf = (name: string, language: string): string | undefined =>
  templates
    .find((t) => t.name === name && t.language === language && t.status === 'APPROVED')
    ?.components.find(({ type }) => type === 'BODY')?.text

export const valuesWanted = (body: string): number => new Set(body.match(/\{\{\d+\}\}/g)).size
