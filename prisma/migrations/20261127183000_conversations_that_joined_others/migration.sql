-- Where a conversation went that turned out to be part of another.
ALTER TABLE "Conversation" ADD COLUMN "joinedId" TEXT;

ALTER TABLE "Conversation" ADD CONSTRAINT "Conversation_workspaceId_joinedId_fkey"
  FOREIGN KEY ("workspaceId", "joinedId") REFERENCES "Conversation"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Few conversations ever are one of these.
CREATE INDEX "Conversation_joinedId_idx" ON "Conversation"("joinedId") WHERE "joinedId" IS NOT NULL;
