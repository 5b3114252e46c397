import type { Incoming, Part, Prepared, Published } from '.'
import type { ContractWorld } from './contract-world.fixture'
import type { Subject } from './contract.fixture'

/** The inbox of a network that has all of it. */
export function inboxOf({ platform: { inbox }, way }: Subject) {
  if (!inbox?.poll || !inbox.pollPost || !inbox.reply || !inbox.findReply) throw new Error(`${way.label} has no inbox`)
  return { poll: inbox.poll, pollPost: inbox.pollPost, reply: inbox.reply, findReply: inbox.findReply }
}

/** One step of readying a part. */
export function prepareStep({ platform, app, as, way }: Subject, part: Part, before?: Prepared) {
  if (!platform.prepare) throw new Error(`${way.label} prepares nothing`)
  return platform.prepare(app, as, part, before)
}

/** Somebody says something to the account. */
export const speakTo = (
  world: ContractWorld,
  { way, as }: Subject,
  q: {
    readonly kind: string
    readonly text: string
    readonly on?: Published
    readonly handle?: string
    readonly file?: string
  },
) =>
  world.admin('/speak', {
    network: way.name,
    account: as.externalId,
    kind: q.kind,
    by: { handle: q.handle ?? 'mia.meer', name: 'Mia Meer' },
    text: q.text,
    ...(q.on ? { on: q.on.externalId } : {}),
    ...(q.file ? { file: q.file } : {}),
  })

/** What a reader sees at the address of a post. */
export const pageAt = async ({ url }: Pick<Published, 'url'>) => (await fetch(url)).text()

/** Brings the one file that came with something. @returns what became of it, and how its bytes begin */
export async function fileOf(
  { platform: { inbox }, app, as, way }: Subject,
  said: Incoming | undefined,
  mostBytes = 1_000_000,
) {
  const [file] = said?.media ?? []
  if (!file || !inbox?.fetchFile) throw new Error(`Nothing came that ${way.label} could bring`)
  const answer = await inbox.fetchFile(app, as, file.ask, mostBytes)
  if (!answer.ok) return answer.error.code
  return answer.value.state === 'here'
    ? Buffer.from(answer.value.bytes.slice(1, 4)).toString('latin1')
    : answer.value.state
}
