import { AtpAgent } from '@atproto/api'
import { inject } from 'vitest'
import { z } from 'zod'

declare module 'vitest' {
  interface ProvidedContext {
    /** The address of Bluesky's own server, without a road between. */
    pds: string
  }
}

const Facet = z.object({
  index: z.object({ byteStart: z.number(), byteEnd: z.number() }),
  features: z.array(z.record(z.string(), z.unknown())),
})
/** As much of `app.bsky.feed.post` as is looked at here. */
const PostRecord = z.object({
  text: z.string(),
  createdAt: z.string(),
  facets: z.array(Facet).optional(),
  reply: z.object({ root: z.object({ uri: z.string() }), parent: z.object({ uri: z.string() }) }).optional(),
  embed: z.looseObject({ $type: z.string() }).optional(),
  langs: z.array(z.string()).optional(),
  labels: z.looseObject({ values: z.array(z.object({ val: z.string() })) }).optional(),
})
const Gate = z.object({ allow: z.array(z.looseObject({ $type: z.string() })) })
export type Stored = { readonly uri: string; readonly record: z.output<typeof PostRecord> }

/** An account on the network, and what its server says it holds, asked with the maker's client and not through us. */
export type Person = {
  readonly handle: string
  readonly did: string
  /** A new password for a program, as people make them under Settings. */
  appPassword(name?: string): Promise<string>
  revoke(name: string): Promise<void>
  /** All posts, in the order of their keys. */
  posts(): Promise<readonly Stored[]>
  /** Who may answer a post, by its key: the rules of its gate, undefined when there is none. */
  gate(rkey: string): Promise<readonly string[] | undefined>
  /** The bytes of an uploaded file. */
  file(cid: string): Promise<Uint8Array>
}

let made = 0

/** Makes an account. Handles are not used twice in a run. */
export async function newPerson(name: string): Promise<Person> {
  const handle = `${name}-${process.pid}-${++made}.test`
  const agent = new AtpAgent({ service: inject('pds') })
  await agent.createAccount({ handle, email: `${handle}@example.com`, password: `main password of ${handle}` })
  const did = agent.assertDid
  const { repo, server, sync } = agent.com.atproto
  return {
    handle,
    did,
    appPassword: async (label = 'Posthorn') => (await server.createAppPassword({ name: label })).data.password,
    revoke: async (label) => void (await server.revokeAppPassword({ name: label })),
    async posts() {
      const { data } = await repo.listRecords({
        repo: did,
        collection: 'app.bsky.feed.post',
        limit: 100,
        reverse: true,
      })
      return data.records.map(({ uri, value }) => ({
        uri,
        record: PostRecord.parse(JSON.parse(JSON.stringify(value))),
      }))
    },
    async gate(rkey) {
      const { data } = await repo.listRecords({ repo: did, collection: 'app.bsky.feed.threadgate', limit: 100 })
      const gate = data.records.find(({ uri }) => uri.endsWith(`/${rkey}`))
      return gate && Gate.parse(gate.value).allow.map((rule) => rule.$type)
    },
    file: async (cid) => (await sync.getBlob({ did, cid })).data,
  }
}
