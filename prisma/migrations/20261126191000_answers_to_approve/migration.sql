-- AlterTable
ALTER TABLE "Conversation" ADD COLUMN     "proposedAt" TIMESTAMP(3);

-- Few answers wait for approval, and each conversation is asked for its own.
CREATE INDEX "Reply_proposed_idx" ON "Reply"("workspaceId", "conversationId") WHERE "state" = 'in_review';
CREATE INDEX "Conversation_proposed_idx" ON "Conversation"("workspaceId", "lastMessageAt" DESC, "id" DESC) WHERE "proposedAt" IS NOT NULL;

-- Those that have one already.
UPDATE "Conversation" c SET "proposedAt" = CURRENT_TIMESTAMP
WHERE EXISTS (
    SELECT 1 FROM "Reply" r WHERE r."workspaceId" = c."workspaceId" AND r."conversationId" = c."id" AND r."state" = 'in_review');
