import type { LookLater } from './after-look'
import { deathsBeforeAsking } from './after-death'

/** What is sent, as people call it. */
export type Thing = 'post' | 'answer'

/** Why something is where it is, for people. */
export type Reason = { readonly kind: 'unknown' | 'reconnect' | 'cut_off'; readonly message: string }

const unknown = (message: string): Reason => ({ kind: 'unknown', message })
const lookThere = 'Look there yourself, then say what you found.'

export const refused = (network: string, thing: Thing, why: string): string =>
  `${network} refused this ${thing}: ${why}`

export const inDoubt = (network: string, thing: Thing, isTaken: boolean): Reason =>
  unknown(
    isTaken
      ? `${network} has this ${thing} and is still processing it. We look how that ends.`
      : `${network} did not confirm that it has this ${thing}. We look before anything is sent again.`,
  )

export const renewed = (network: string, thing: Thing): string =>
  `${network} ended the token early. It was renewed; the ${thing} goes out again at once.`

export const asked = (network: string, thing: Thing, why: Extract<LookLater, { next: 'ask' }>['why']): Reason =>
  unknown(
    why === 'nobody_can_look'
      ? `${network} did not confirm this ${thing}, and it lets nobody look. ${lookThere}`
      : `The network could not say for a day whether this ${thing} is there. ${lookThere}`,
  )

export const lostAccount = (said: string, thing: Thing): Reason =>
  unknown(`${said} Until then nobody can tell whether this ${thing} is there.`)

/** @param state in which its worker left it the last time */
export const cutOff = (thing: Thing, state: string): Reason =>
  state === 'claimed'
    ? {
        kind: 'cut_off',
        message: `Sending this ${thing} was cut off ${deathsBeforeAsking} times, each time before anything went out. Send it again, or give it up.`,
      }
    : unknown(`Sending this ${thing}, or looking for it, was cut off ${deathsBeforeAsking} times. ${lookThere}`)

export const twice = (url: string) => ({
  kind: 'duplicate' as const,
  message: `This is at the network twice: an answer came so late that it had been sent again. Delete the second one there: ${url}`,
})
