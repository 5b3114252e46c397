import { expect } from 'vitest'
import { z } from 'zod'
import type { ContractWorld } from './contract-world.fixture'
import { draftOf, must, mustFail, type Subject } from './contract.fixture'
import type { Inbox, Incoming, Published } from '.'

/** An account that people speak to, for tests of a network whose list goes backwards. `name` is the sandbox's of the network. */
export function spokenTo(world: ContractWorld, of: Subject, name: string) {
  const inbox = <K extends keyof Inbox>(what: K): NonNullable<Inbox[K]> => {
    const can = of.platform.inbox?.[what]
    if (!can) throw new Error(`The inbox of ${name} cannot ${what}`)
    return can
  }
  /** Everything from the cursor on, by however many pages, oldest first. */
  async function since(cursor: string | undefined): Promise<{ items: readonly Incoming[]; cursor: string }> {
    const page = must(await inbox('poll')(of.app, of.as, cursor))
    if (!page.more) return page
    const rest = await since(page.cursor)
    return { items: [...rest.items, ...page.items], cursor: rest.cursor }
  }
  return {
    inbox,
    since,
    async speak(kind: string, text: string, more: object = {}) {
      const words = { network: name, account: of.as.externalId, kind, text, by: { handle: 'mira', name: 'Mira' } }
      return z.object({ id: z.string() }).parse(await world.admin('/speak', { ...words, ...more }))
    },
    /** Answers somebody, loses the network's answer to that, and finds what we said. @returns it */
    async answerIntoDoubt(question: Incoming | undefined, text: string, fault: object = {}): Promise<Published> {
      if (!question) throw new Error('The question did not arrive')
      // As it is kept: plain JSON.
      const to = JSON.parse(JSON.stringify(question))
      const reply = { to, text: world.say(text), key: of.platform.newKey(new Date()) }
      const before = new Date()
      const find = async () => must(await inbox('findReply')(of.app, of.as, reply, before))
      expect(await find()).toBeUndefined()
      await world.fault(of, 'timeout_after_accept', fault)
      expect(mustFail(await inbox('reply')(of.app, of.as, reply)).code).toBe('outcome_unknown')
      expect(await world.seen(of, reply.text)).toHaveLength(1)
      const found = await find()
      if (!found) throw new Error(`${name} does not find our answer`)
      return found
    },
    publish: async (text: string) => must(await of.platform.publish(of.app, of.as, await draftOf(of, text))),
  }
}
