import type { Confirmation, Incoming, MediaFile, Reply } from '..'
import { startContractWorld } from '../contract-world.fixture'
import { must } from '../contract.fixture'
import { speakTo } from '../graph-inbox.fixture'
import { listenTo } from '../graph-listener.fixture'

/** A number at the sandbox and a door for its reports: people speak to it, and it answers them. */
export async function startNumber() {
  const world = await startContractWorld()
  const of = world.subject('WhatsApp')
  const { platform, app, as } = of
  const listener = await listenTo(of, 'whatsapp_business_account', ['messages'])

  /** Somebody writes to the number alone (`dm`) or in its group (`comment`), or reacts. @returns it as it came in */
  async function says(kind: 'dm' | 'comment' | 'reaction', text: string, handle: string, more: object = {}) {
    const before = (await listener.incoming(0)).length
    await speakTo(world, of, { kind, text, handle, ...more })
    const found = (await listener.incoming(before + 1)).at(before)
    if (!found) throw new Error('The message did not come')
    return found
  }

  /** An answer with a key of its own, to something as it comes back from the database. */
  const answerTo = (to: Incoming, text: string, more: Partial<Reply> = {}): Reply => ({
    to: JSON.parse(JSON.stringify(to)),
    text: world.say(text),
    key: platform.newKey(new Date()),
    ...more,
  })

  const inbox = () => {
    const { reply, confirm, bringFile, markRead, templates } = platform.inbox ?? {}
    if (!reply || !confirm || !bringFile || !markRead || !templates) throw new Error('WhatsApp has no inbox')
    return { reply, confirm, bringFile, markRead, templates }
  }
  const reply = (answer: Reply) => inbox().reply(app, as, answer)
  const bringFile = (to: Incoming, file: MediaFile) => inbox().bringFile(app, as, file, to)
  const markRead = (read: Pick<Incoming, 'externalId'>) => inbox().markRead(app, as, read)
  const templates = () => inbox().templates(app, as)

  /** A file as it goes with an answer: brought, and named by what WhatsApp gave for it. */
  async function broughtTo(to: Incoming, file: MediaFile) {
    const { ref } = must(await bringFile(to, file))
    return { kind: file.kind, alt: file.alt, ref }
  }

  /** What readers have seen that begins like `text`. */
  const seen = (text: string) => world.seen(of, text)
  /** Strikes the next answer. */
  const fault = (name: string, more: object = {}) => world.fault(of, name, { operation: 'comment', ...more })

  /** What was reported of answers, once there are `count` such. */
  async function confirmed(fits: (one: Confirmation) => boolean, count: number): Promise<readonly Confirmation[]> {
    for (let known = 0; ; known += 1) {
      const events = await listener.events(known)
      const found = events.flatMap((event) => inbox().confirm(app, event)).filter(fits)
      if (found.length >= count) return found
      known = events.length
    }
  }

  /** The events in a report with this in it. */
  function eventsIn(value: object) {
    const field = { field: 'messages', value: { metadata: { phone_number_id: '7' }, ...value } }
    const report = { object: 'whatsapp_business_account', entry: [{ id: '102', changes: [field] }] }
    const read = platform.webhook?.read(Buffer.from(JSON.stringify(report)), app)
    if (!read?.ok) throw new Error('It was not read')
    return read.value
  }

  /** What is confirmed by such a state of an answer. */
  const confirmedBy = (status: object) => {
    const raw = { status: { id: 'wamid.9', timestamp: '1790000000', ...status } }
    return inbox().confirm(app, { externalId: 'e', type: 'statuses', accountExternalId: '7', raw })
  }

  async function close(): Promise<void> {
    await listener.close()
    await world.close()
  }

  return {
    world,
    of,
    listener,
    says,
    answerTo,
    reply,
    bringFile,
    broughtTo,
    markRead,
    templates,
    seen,
    fault,
    confirmed,
    eventsIn,
    confirmedBy,
    close,
  }
}
