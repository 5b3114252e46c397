-- CreateIndex
CREATE INDEX "Conversation_accountId_postExternalId_idx" ON "Conversation"("accountId", "postExternalId");
