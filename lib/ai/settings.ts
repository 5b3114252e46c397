import { z } from 'zod'
import { currentKeyId, isSealedWithOldKey, reseal, seal, unseal } from '@/lib/core/crypto'
import { env } from '@/lib/core/env'
import { trustOrigin } from '@/lib/core/http'
import { newId } from '@/lib/core/ids'
import { toJson } from '@/lib/core/json'
import { defineJob } from '@/lib/core/queue'
import { fail, ok, type Result } from '@/lib/core/result'
import { operation, query, transact, type Ctx, type Sweep } from '@/lib/workspace'
import {
  ChooseReading,
  ModelPrices,
  providers,
  SaveAiSettings,
  usualModels,
  type AiProvider,
  type AiSettingsView,
} from './schema'

/** Bound to the workspace: a sealed key copied into another workspace's row does not open there. */
const purpose = (workspaceId: string) => `ai:${workspaceId}`

/** How to reach the models. Never leaves the room: it holds the key. */
export type Connection = {
  readonly provider: AiProvider
  readonly baseUrl: string | undefined
  readonly key: string | undefined
  readonly models: { readonly small: string; readonly large: string }
  readonly prices: ModelPrices
  readonly refines: boolean
  /** The key is the server's, and everyone's. */
  readonly byServer: boolean
}

/** The provider that the server's owner set for everyone, with the address that may be private. */
function fromEnvironment(): Omit<Connection, 'refines'> | undefined {
  const { AI_PROVIDER: provider, AI_BASE_URL, AI_API_KEY, SANDBOX_URL, ...rest } = env()
  for (const url of [AI_BASE_URL, SANDBOX_URL]) if (url) trustOrigin(url, 'ai')
  if (!provider) return undefined
  const small = rest.AI_SMALL_MODEL ?? usualModels[provider].small
  const large = rest.AI_LARGE_MODEL ?? usualModels[provider].large
  const prices = { ...priced(small, rest.AI_SMALL_PRICE), ...priced(large, rest.AI_LARGE_PRICE) }
  return { provider, baseUrl: AI_BASE_URL, key: AI_API_KEY, models: { small, large }, prices, byServer: true }
}

function priced(model: string, pair: string | undefined): ModelPrices {
  const [input, output] = pair?.split('/').map(Number) ?? []
  return input === undefined || output === undefined ? {} : { [model]: { input, output } }
}

/** What is everybody's is used to read messages, too, unless a workspace says that it is not. */
async function refinesFor({ db, workspaceId }: Ctx, everyones: Omit<Connection, 'refines'>): Promise<boolean> {
  if (everyones.key === undefined && everyones.provider !== 'compatible') return false
  return (await db.aiReadingChoice.findUnique({ where: { workspaceId } }))?.refines ?? true
}

const stored = (ctx: Ctx) => ctx.db.aiSettings.findUnique({ where: { workspaceId: ctx.workspaceId } })

/** The workspace's own models, else the server's; undefined when there are none, and drafts are templates. */
export async function connectionOf(ctx: Ctx): Promise<Connection | undefined> {
  const everyones = fromEnvironment()
  const row = await stored(ctx)
  if (!row) return everyones && { ...everyones, refines: await refinesFor(ctx, everyones) }
  // The column is written from `providers` and from nothing else.
  const provider = row.provider as AiProvider
  if (!row.keySealed && provider !== 'compatible') return undefined
  return {
    provider,
    baseUrl: row.baseUrl ?? undefined,
    key: row.keySealed ? unseal(row.keySealed, purpose(ctx.workspaceId)) : undefined,
    models: { small: row.smallModel, large: row.largeModel },
    prices: ModelPrices.parse(row.prices),
    refines: row.refines,
    byServer: false,
  }
}

/** Whether a model reads messages besides lib/language. Asks nobody. */
export async function isRefining(ctx: Ctx): Promise<boolean> {
  const row = await stored(ctx)
  if (row) return row.refines && (row.keySealed !== null || row.provider === 'compatible')
  const everyones = fromEnvironment()
  return everyones !== undefined && refinesFor(ctx, everyones)
}

/** How AI is set up, without the key. */
export const getAiSettings = query({
  can: 'ai.manage',
  input: z.object({}),
  async run(ctx): Promise<Result<AiSettingsView>> {
    const row = await stored(ctx)
    if (row)
      return ok({
        from: 'workspace',
        // As above.
        provider: row.provider as AiProvider,
        baseUrl: row.baseUrl ?? '',
        hasKey: row.keySealed !== null,
        smallModel: row.smallModel,
        largeModel: row.largeModel,
        prices: ModelPrices.parse(row.prices),
        refines: row.refines,
      })
    const everyones = fromEnvironment()
    const provider = everyones?.provider ?? providers[0]
    return ok({
      from: everyones ? 'environment' : 'nothing',
      provider,
      baseUrl: '',
      hasKey: false,
      smallModel: everyones?.models.small ?? usualModels[provider].small,
      largeModel: everyones?.models.large ?? usualModels[provider].large,
      prices: {},
      refines: everyones ? await refinesFor(ctx, everyones) : true,
    })
  },
})

/** Sets the provider, its key and its models. A key is never shown again. */
export const saveAiSettings = operation({
  can: 'ai.manage',
  input: SaveAiSettings,
  async run(ctx, given): Promise<Result<{ saved: true }>> {
    const before = await stored(ctx)
    if (given.provider === 'compatible' && !given.baseUrl)
      return fail({
        code: 'VALIDATION_ERROR',
        message: 'Enter the address of the server.',
        fields: { baseUrl: ['Enter the address of the server'] },
      })
    const baseUrl = given.provider === 'compatible' ? given.baseUrl.replace(/\/+$/, '') : null
    // A key given to one server is never sent to another.
    const goesOn = before?.provider === given.provider && before.baseUrl === baseUrl
    const keySealed = given.key ? seal(given.key, purpose(ctx.workspaceId)) : goesOn ? before.keySealed : null
    if (!keySealed && given.provider !== 'compatible')
      return fail({
        code: 'VALIDATION_ERROR',
        message: 'Enter the key that the provider gave you.',
        fields: { key: ['Enter the key that the provider gave you'] },
      })
    const row = {
      provider: given.provider,
      baseUrl,
      keySealed,
      smallModel: given.smallModel,
      largeModel: given.largeModel,
      prices: toJson({
        ...(given.smallPrice ? { [given.smallModel]: given.smallPrice } : {}),
        ...(given.largePrice ? { [given.largeModel]: given.largePrice } : {}),
      }),
      refines: given.refines,
    }
    await transact(ctx, async ({ db, record }) => {
      await db.aiSettings.upsert({
        where: { workspaceId: ctx.workspaceId },
        create: { id: newId(), workspaceId: ctx.workspaceId, ...row },
        update: row,
      })
      record({
        type: 'ai.configured',
        subject: { type: 'workspace', id: ctx.workspaceId },
        particulars: { provider: given.provider, newKey: given.key !== '' },
      })
    })
    return ok({ saved: true as const })
  },
})

/** Says whether a model that the server's owner set for everyone reads the messages of this workspace, too. */
export const chooseReading = operation({
  can: 'ai.manage',
  input: ChooseReading,
  async run(ctx, { refines }): Promise<Result<{ saved: true }>> {
    const { workspaceId } = ctx
    await transact(ctx, async ({ db, record }) => {
      await db.aiReadingChoice.upsert({
        where: { workspaceId },
        create: { workspaceId, refines },
        update: { refines },
      })
      record({ type: 'ai.readingChosen', subject: { type: 'workspace', id: workspaceId }, particulars: { refines } })
    })
    return ok({ saved: true as const })
  },
})

/** Forgets the key and all that was set: drafts are templates from then on, or the server's own models write them. */
export const forgetAiSettings = operation({
  can: 'ai.manage',
  input: z.object({}),
  async run(ctx): Promise<Result<{ forgotten: true }>> {
    await transact(ctx, async ({ db, record }) => {
      await db.aiSettings.deleteMany({})
      record({ type: 'ai.disconnected', subject: { type: 'workspace', id: ctx.workspaceId } })
    })
    return ok({ forgotten: true as const })
  },
})

export const resealAiKeyJob = defineJob({ name: 'ai.resealKey', payload: z.object({ settingsId: z.string() }) })

/** Settings whose key an older key sealed. */
export const aiKeysOnOldKeys: Sweep = {
  name: 'ai.keysOnOldKeys',
  find: () => ({
    model: 'aiSettings',
    where: { keySealed: { not: null }, NOT: { keySealed: { startsWith: `${currentKeyId()}.` } } },
  }),
}

export const resealAiKey = operation({
  can: 'ai.use',
  input: resealAiKeyJob.payload,
  async run(ctx, { settingsId }): Promise<Result<{ resealed: boolean }>> {
    const row = await ctx.db.aiSettings.findUnique({ where: { id: settingsId }, select: { keySealed: true } })
    if (!row?.keySealed || !isSealedWithOldKey(row.keySealed)) return ok({ resealed: false })
    const { count } = await ctx.db.aiSettings.updateMany({
      where: { id: settingsId, keySealed: row.keySealed },
      data: { keySealed: reseal(row.keySealed, purpose(ctx.workspaceId)) },
    })
    return ok({ resealed: count === 1 })
  },
})
