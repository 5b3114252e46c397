ALTER TABLE "Conversation" ADD COLUMN "firstInboundAt" TIMESTAMP(3);

UPDATE "Conversation" c SET "firstInboundAt" = (
  SELECT min(m.at) FROM "Message" m
  WHERE m."workspaceId" = c."workspaceId" AND m."conversationId" = c.id AND NOT m.own AND m."deletedAt" IS NULL
    AND m.kind IN ('dm', 'review', 'mention', 'comment'));

CREATE INDEX "Conversation_workspaceId_firstInboundAt_idx" ON "Conversation"("workspaceId", "firstInboundAt");
