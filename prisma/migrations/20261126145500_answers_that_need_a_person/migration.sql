-- AlterTable
ALTER TABLE "Conversation" ADD COLUMN     "stuckAt" TIMESTAMP(3);

-- Few answers are refused or left to a person, and each conversation is asked for its own.
CREATE INDEX "Reply_stuck_idx" ON "Reply"("workspaceId", "conversationId") WHERE "state" IN ('refused', 'needs_person');
CREATE INDEX "Conversation_stuck_idx" ON "Conversation"("workspaceId", "lastMessageAt" DESC, "id" DESC) WHERE "stuckAt" IS NOT NULL;

-- Those that are not ended and have one already.
UPDATE "Conversation" c SET "stuckAt" = CURRENT_TIMESTAMP
WHERE c."state" <> 'done' AND EXISTS (
    SELECT 1 FROM "Reply" r JOIN "Message" m ON m."id" = r."messageId"
    WHERE r."workspaceId" = c."workspaceId" AND r."conversationId" = c."id" AND r."state" IN ('refused', 'needs_person')
        AND (c."resolvedAt" IS NULL OR r."createdAt" > c."resolvedAt")
        AND (r."state" = 'needs_person' OR (m."answeredAt" IS NULL AND m."erasedAt" IS NULL)));
