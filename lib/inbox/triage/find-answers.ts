import { namedFirst } from './named-first'

/** A message of one conversation, as far as it tells who answered whom. */
export type Said = {
  readonly id: string
  readonly externalId: string
  readonly at: Date
  /** When it was edited to want something new: what was said before is no answer to that. */
  readonly needAt: Date | null
  readonly own: boolean
  readonly isChat: boolean
  /** It stands, and is of a kind that wants an answer or gives one. */
  readonly counts: boolean
  /** What it answers, by the network's name; null where the network names nothing. */
  readonly parent: string | null
  readonly identityId: string | null
  /** What its author is called; of our own, nothing. */
  readonly names: readonly string[]
  /** What it says, of our own alone. */
  readonly words: string
  /** Of our own: what it was written to here, where it was written here. */
  readonly meant: { readonly messageId: string; readonly byProgram: boolean } | undefined
}

/** The first word of ours that answers something, and the first of a person. */
export type Answered = { readonly at: Date | null; readonly byPersonAt: Date | null }

const none: Answered = { at: null, byPersonAt: null }
const earliest = (a: Date | null, b: Date | null): Date | null => (a && b ? (a < b ? a : b) : (a ?? b))
const first = (a: Answered, b: Answered): Answered => ({
  at: earliest(a.at, b.at),
  byPersonAt: earliest(a.byPersonAt, b.byPersonAt),
})

/**
 * Who of one conversation was answered, and when: by the message's id, of those that count and are not ours.
 *
 * In a chat the next word of ours is the answer. Elsewhere many talk at once, and an answer to one is none to the others:
 * it must name what it answers (as we meant it, or else by the name that it begins with, or as the network says it, which
 * flattens its threads), or name another word of the same person in the same thread, and come later. In a group, where
 * lines answer nothing, those of one conversation are one thread. What names nothing
 * answers whoever was alone with us until then.
 */
export function findAnswers(said: readonly Said[]): ReadonlyMap<string, Answered> {
  const byName = new Map(said.map((one) => [one.externalId, one]))
  const byId = new Map(said.map((one) => [one.id, one]))
  const topOf = topsIn(said, byName)
  // What one person says in one thread goes by one name; what nobody is known of, and what is ours, by none. Where a top
  // answers nothing, not even a post, people talk as in a room: its lines are one thread, and whoever is answered has been
  // answered to all that they said until then.
  const roomOrTop = (one: Said) => (byId.get(topOf(one))?.parent === null ? '' : topOf(one))
  const threadOf = (one: Said | undefined) =>
    one && !one.own && one.identityId !== null ? `${roomOrTop(one)} ${one.identityId}` : undefined
  const named = namedFirst(said, topOf)
  const toWhom = (one: Said) => {
    if (one.meant) return byId.get(one.meant.messageId)
    const above = one.parent === null ? undefined : byName.get(one.parent)
    // Where it hangs deeper the network says whom it answers.
    return above && topOf(above) === above.id ? (named(one) ?? above) : above
  }
  const answerOf = ({ at, meant }: Said): Answered => ({ at, byPersonAt: meant?.byProgram ? null : at })

  const inOrder = said
    .filter(({ counts }) => counts)
    // Of the same moment theirs comes first: an answer is never older than its question.
    .toSorted((a, b) => a.at.getTime() - b.at.getTime() || Number(a.own) - Number(b.own))
  const asks = ({ at, needAt }: Said): number => (needAt ?? at).getTime()
  const asAsked = inOrder.toSorted((a, b) => asks(a) - asks(b) || Number(a.own) - Number(b.own))
  const heardOf = new Set<string>()
  const toAll = new Set<string>()
  for (const one of inOrder)
    if (!one.own) heardOf.add(one.identityId ?? one.id)
    else if (one.isChat || (!one.meant && one.parent === null && heardOf.size === 1)) toAll.add(one.id)

  const direct = new Map<string, Answered>()
  for (const one of inOrder) {
    const to = one.own ? toWhom(one) : undefined
    if (to && !(to.needAt && one.at < to.needAt)) direct.set(to.id, first(direct.get(to.id) ?? none, answerOf(one)))
  }
  // From the latest back: whatever is found has come later.
  let next = none
  const nextIn = new Map<string, Answered>()
  const found = new Map<string, Answered>()
  for (const one of asAsked.toReversed())
    if (one.own) {
      if (toAll.has(one.id)) next = first(next, answerOf(one))
      const thread = threadOf(toWhom(one))
      if (thread) nextIn.set(thread, first(nextIn.get(thread) ?? none, answerOf(one)))
    } else {
      const thread = one.isChat ? undefined : threadOf(one)
      const beside = (thread && nextIn.get(thread)) || none
      found.set(one.id, first(first(next, direct.get(one.id) ?? none), beside))
    }
  return found
}

/** The top of the thread that each message stands in. */
function topsIn(said: readonly Said[], byName: ReadonlyMap<string, Said>): (one: Said) => string {
  const topOf = new Map<string, string>()
  for (const one of said) {
    const path = new Set<Said>()
    let [top, above]: [Said, Said | undefined] = [one, one]
    // A network that says of two that each answers the other is not followed round.
    while (above && !path.has(above) && !topOf.has(above.id)) {
      path.add(above)
      top = above
      above = above.parent === null ? undefined : byName.get(above.parent)
    }
    const name = (above && topOf.get(above.id)) ?? top.id
    for (const { id } of path) topOf.set(id, name)
  }
  return ({ id }) => topOf.get(id) ?? id
}
