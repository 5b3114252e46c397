/** A flood of what Facebook reports of a page, made from a seed: the same every time. */

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

export function shuffled<T>(items: readonly T[], roll: () => number): T[] {
  const order = [...items]
  for (let n = order.length - 1; n > 0; n--) {
    const other = Math.floor(roll() * (n + 1))
    const [a, b] = [order[n], order[other]]
    if (a !== undefined && b !== undefined) [order[n], order[other]] = [b, a]
  }
  return order
}

const words = [
  'Where is my order?',
  'I love this roast!',
  'This is the worst service I have ever had.',
  'How much is the blue one?',
  'Please refund me, it arrived broken.',
  'ok',
]

/** Bodies of webhooks, one event each, in the order in which it all happened: comments, edits, removals, chats, reactions. */
export function flood(page: string, events: number, seed: number): readonly string[] {
  const roll = dice(seed)
  const pick = (below: number): number => Math.floor(roll() * below)
  const people = Math.max(3, Math.ceil(events / 20))
  const posts = Math.max(2, Math.ceil(events / 100))
  const comments: { id: string; post: string; by: number }[] = []
  const report = (time: number, entry: object) =>
    JSON.stringify({ object: 'page', entry: [{ id: page, time, ...entry }] })
  return Array.from({ length: events }, (_, n) => {
    const time = 1_800_000_000 + n
    const by = pick(people)
    const from = { id: `p${by}`, name: `Person ${by}` }
    const message = `${words[pick(words.length)] ?? ''} (${n})`
    const chance = roll()
    const old = comments[pick(Math.max(1, comments.length))]
    if (chance < 0.2)
      return report(time, {
        messaging: [
          {
            sender: { id: from.id },
            recipient: { id: page },
            timestamp: time * 1_000,
            message: { mid: `m-${page}-${n}`, text: message },
          },
        ],
      })
    if (old && chance < 0.4) {
      const verb = chance < 0.33 ? 'edited' : 'remove'
      const value = {
        item: 'comment',
        verb,
        comment_id: old.id,
        post_id: old.post,
        from: { id: `p${old.by}`, name: `Person ${old.by}` },
        ...(verb === 'edited' ? { message } : {}),
        created_time: time,
      }
      return report(time, { changes: [{ field: 'feed', value }] })
    }
    const post = `${page}_${pick(posts)}`
    if (chance < 0.5) {
      const value = { item: 'reaction', verb: 'add', post_id: post, reaction_type: 'love', from, created_time: time }
      return report(time, { changes: [{ field: 'feed', value }] })
    }
    const id = `${post}_${n}`
    comments.push({ id, post, by })
    const value = { item: 'comment', verb: 'add', comment_id: id, post_id: post, message, from, created_time: time }
    return report(time, { changes: [{ field: 'feed', value }] })
  })
}
