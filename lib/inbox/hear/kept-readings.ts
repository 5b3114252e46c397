import { Understanding } from '@/lib/language/schema'
import type { Work } from '@/lib/workspace'
import type { ModelRead } from '../drafting/read-words'

/** What a message is weighed by, and how we read it ourselves. */
export type KeptReading = {
  readonly intent: string | null
  readonly sentiment: number | null
  readonly understanding: unknown
}

type ToldAnew = KeptReading & {
  readonly id: string
  /** It was missed until now, and its words were taken away here, too. */
  readonly wasGone: boolean
}

/**
 * How a model read messages that are told anew, by their ids: it is asked once for each. What was gone kept nothing; how
 * that was read is known for as long as readings are.
 */
export async function modelsOf({ db }: Work, told: readonly ToldAnew[]): Promise<ReadonlyMap<string, ModelRead>> {
  const back = told.flatMap(({ id, wasGone }) => (wasGone ? [id] : []))
  const readings = back.length > 0 ? await db.aiReading.findMany({ where: { messageId: { in: back } } }) : []
  const found = [
    ...told.map((one) => ({ id: one.id, model: notOurs(one) })),
    ...readings.map(({ messageId: id, ...reading }) => ({ id, model: bothOf(reading) })),
  ]
  return new Map(found.flatMap(({ id, model }) => (model ? [[id, model] as const] : [])))
}

/** The reading that a message is weighed by, where it is not our own. */
function notOurs({ understanding, ...reading }: KeptReading): ModelRead | undefined {
  const ours = Understanding.safeParse(understanding).data
  if (!ours) return undefined
  const isOurs = reading.intent === ours.intent.label && reading.sentiment === ours.sentiment.score
  return isOurs ? undefined : bothOf(reading)
}

const bothOf = ({ intent, sentiment }: Pick<KeptReading, 'intent' | 'sentiment'>): ModelRead | undefined =>
  intent === null || sentiment === null ? undefined : { intent, sentiment }
