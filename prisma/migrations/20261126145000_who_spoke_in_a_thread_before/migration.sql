-- By somebody's id it finds what they said, as before, and in one thread whether they had spoken before.
CREATE INDEX "Message_workspaceId_identityId_conversationId_at_idx" ON "Message"("workspaceId", "identityId", "conversationId", "at");

-- DropIndex
DROP INDEX "Message_workspaceId_identityId_idx";
