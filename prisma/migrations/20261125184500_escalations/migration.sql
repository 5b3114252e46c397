-- AlterTable
ALTER TABLE "AiPolicy" ADD COLUMN     "escalateMemberId" TEXT,
ADD COLUMN     "escalateTeamId" TEXT;

-- AlterTable
ALTER TABLE "Conversation" ADD COLUMN     "escalatedAt" TIMESTAMP(3);

-- Few wait for a person by name of AI: only they are in it.
CREATE INDEX "Conversation_escalated_idx" ON "Conversation"("workspaceId", "lastMessageAt" DESC, "id" DESC) WHERE "escalatedAt" IS NOT NULL;
