import { z } from 'zod'
import { newId } from '@/lib/core/ids'
import { ok, type Result } from '@/lib/core/result'
import { operation, query, transact, type Ctx } from '@/lib/workspace'
import { SaveBrandVoice, type BrandVoice } from './schema'

const unset: BrandVoice = {
  tone: 'Friendly, brief and plain. We say “we”, and what happens next.',
  dos: [],
  donts: [],
  examples: [],
  forbidden: [],
  signOff: '',
  languages: [],
}

/** How the brand speaks; until somebody says, friendly and plain. */
export async function voiceOf(ctx: Ctx): Promise<BrandVoice> {
  const row = await ctx.db.brandVoice.findUnique({ where: { workspaceId: ctx.workspaceId } })
  return row ? SaveBrandVoice.parse(row) : unset
}

export const getBrandVoice = query({
  can: 'ai.manage',
  input: z.object({}),
  run: async (ctx): Promise<Result<BrandVoice>> => ok(await voiceOf(ctx)),
})

export const saveBrandVoice = operation({
  can: 'ai.manage',
  input: SaveBrandVoice,
  async run(ctx, given): Promise<Result<{ saved: true }>> {
    await transact(ctx, async ({ db, record }) => {
      await db.brandVoice.upsert({
        where: { workspaceId: ctx.workspaceId },
        create: { id: newId(), workspaceId: ctx.workspaceId, ...given },
        update: given,
      })
      record({ type: 'brandVoice.changed', subject: { type: 'workspace', id: ctx.workspaceId } })
    })
    return ok({ saved: true as const })
  },
})
