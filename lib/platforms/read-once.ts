import { AsyncLocalStorage } from 'node:async_hooks'
import { request, type HttpOutcome, type HttpRequest } from '@/lib/core/http'
import { noteQuota } from './quota-left'

const read = new AsyncLocalStorage<Map<string, Promise<HttpOutcome>>>()

/** Does something that asks a network about many things: what was read within it is not read again. */
export const readingOnce = <T>(work: () => Promise<T>): Promise<T> => read.run(new Map(), work)

/** Calls a network; within `readingOnce`, whoever reads the same gets the same answer. */
export function ask(asked: HttpRequest): Promise<HttpOutcome> {
  const { method, url, headers, body, mutation } = asked
  const answers = read.getStore()
  if (!answers || mutation || (body !== undefined && typeof body !== 'string')) return asking(asked)
  const question = JSON.stringify([method, String(url), headers, body])
  const known = answers.get(question)
  if (known) return known
  const answer = asking(asked)
  answers.set(question, answer)
  return answer
}

async function asking(asked: HttpRequest): Promise<HttpOutcome> {
  const answer = await request(asked)
  if (answer.kind === 'answer') noteQuota(answer.headers)
  return answer
}
