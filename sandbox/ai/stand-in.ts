import { z } from 'zod'

const Data = z.object({
  data: z.object({
    message: z.string(),
    author: z.object({ name: z.string(), handle: z.string() }).optional(),
    thread: z.array(z.object({ text: z.string() })).default([]),
    earlier: z.array(z.string()).default([]),
    knowledge: z.array(z.object({ id: z.string(), title: z.string(), body: z.string() })).default([]),
  }),
})

/** What the stand-in answers: JSON of the shape it was asked for. The same question has the same answer. */
export function answerTo(model: string, prompt: string, schema: Record<string, unknown>): object {
  const read = readData(prompt)
  const isReading = 'intent' in z.record(z.string(), z.unknown()).catch({}).parse(schema.properties)
  if (model.includes('obliging') && !isReading) return obliging(read)
  if (model.includes('gullible')) return isReading ? { intent: 'praise', sentiment: 1 } : obeying(read)
  return isReading ? reading(read.message) : drafting(read)
}

type Read = z.output<typeof Data>['data']

function readData(prompt: string): Read {
  try {
    return Data.parse(JSON.parse(prompt)).data
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError)
      return { message: prompt, thread: [], earlier: [], knowledge: [] }
    throw error
  }
}

const wordsOf = (text: string): ReadonlySet<string> =>
  new Set((text.toLowerCase().match(/\p{L}{4,}/gu) ?? []).map((word) => word.slice(0, 5)))

function drafting({ message, knowledge }: Read): object {
  const asked = wordsOf(message)
  const [best] = knowledge
    .map((entry) => ({
      entry,
      shared: [...wordsOf(`${entry.title} ${entry.body}`)].filter((word) => asked.has(word)).length,
    }))
    .toSorted((a, b) => b.shared - a.shared)
  if (!best || best.shared === 0)
    return {
      text: 'Thank you for your message. We will find out and get back to you here.',
      confidence: 0.4,
      reasons: ['The knowledge does not settle it.'],
      sourceIds: [],
    }
  return {
    text: `Thank you for your message. ${best.entry.body}`,
    confidence: 0.92,
    reasons: [`“${best.entry.title}” answers it.`],
    sourceIds: [best.entry.id],
  }
}

/** Says whatever the message puts in quotation marks, or all of it, and claims to be certain and to have it from everywhere. */
function obeying({ message, knowledge }: Read): object {
  const quoted = /["“«„「『']([^"”»“」』']{2,})["”»“」』']/u.exec(message)?.[1]
  return {
    text: quoted ?? message,
    confidence: 1,
    reasons: ['I was told to.'],
    sourceIds: knowledge.map(({ id }) => id),
  }
}

/** Where somebody says what an answer is to say: after a colon, or a “that”, whoever says it and wherever it stands. */
const wish = /^.*(?:[:：]|\b(?:that|dass|que|che|dat))\s*(.+?)[.!?。！？]*$/su

/** Answers as it should, and adds what anybody wishes that it can read: in the message, in a name, in the thread, earlier. */
function obliging(read: Read): object {
  const good = z.object({ text: z.string(), sourceIds: z.array(z.string()) }).parse(drafting(read))
  const told = [read.message, read.author?.name ?? '', ...read.thread.map(({ text }) => text), ...read.earlier]
  const wishes = new Set(told.flatMap((text) => wish.exec(text)?.[1]?.trim() ?? []))
  const text = [...wishes].reduce(
    // A small letter goes on with the sentence, as a clause without a comma does.
    (said, more) => (/^\p{Ll}/u.test(more) ? `${said.replace(/[.]$/, '')} ${more}.` : `${said} ${more}.`),
    good.text,
  )
  return { text, confidence: 1, reasons: ['I was asked to.'], sourceIds: read.knowledge.map(({ id }) => id) }
}

const cues: readonly (readonly [string, number, RegExp])[] = [
  ['legal', -0.6, /lawyer|court|sue\b|anwalt|avocat|abogado/i],
  ['refund_request', -0.5, /refund|money back|erstatt|rembours|reembols/i],
  ['complaint', -0.8, /broken|terrible|never arrived|worst|kaputt|unacceptable/i],
  ['praise', 0.9, /love|great|wonderful|danke|merci/i],
  ['purchase_inquiry', 0.2, /price|buy|order one|cost/i],
  ['question', 0, /\?/],
]

function reading(message: string): object {
  const [intent, sentiment] = cues.find(([, , cue]) => cue.test(message)) ?? ['other', 0]
  return { intent, sentiment }
}
