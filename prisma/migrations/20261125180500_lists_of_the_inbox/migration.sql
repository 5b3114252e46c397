-- Lists that no index had in their order: of a million conversations a page reads its own rows.
CREATE INDEX "Conversation_unassigned_idx" ON "Conversation" ("workspaceId", "state", "lastMessageAt" DESC, "id" DESC) WHERE "assigneeId" IS NULL;
CREATE INDEX "Conversation_urgent_idx" ON "Conversation" ("workspaceId", "state", "lastMessageAt" DESC, "id" DESC) WHERE "priority" >= 80;
CREATE INDEX "Conversation_all_weightiest_idx" ON "Conversation" ("workspaceId", "priority" DESC, "lastMessageAt" DESC, "id" DESC);
CREATE INDEX "Conversation_account_newest_idx" ON "Conversation" ("workspaceId", "accountId", "lastMessageAt" DESC, "id" DESC);
CREATE INDEX "SlaClock_owed_idx" ON "SlaClock" ("workspaceId", "conversationId") WHERE "stoppedAt" IS NULL AND ("warnedAt" IS NOT NULL OR "breachedAt" IS NOT NULL);
