-- What few want, and what few wait for, is found without a walk down the whole list.
CREATE INDEX "Conversation_intent_idx" ON "Conversation" ("workspaceId", "intent", "lastMessageAt" DESC, "id" DESC);
CREATE INDEX "Conversation_unanswered_idx" ON "Conversation" ("workspaceId", "lastMessageAt" DESC, "id" DESC) WHERE "unanswered";
