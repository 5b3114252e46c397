import { here, type Work } from '@/lib/workspace'

/** Keeps a conversation from changing until the transaction ends: who answers and who is about to, one after the other. */
export const holdStill = ({ sql }: Work, conversationId: string): Promise<unknown> =>
  sql`select c.id from "Conversation" c where c.id = ${conversationId} and c."workspaceId" = ${here} for update`
