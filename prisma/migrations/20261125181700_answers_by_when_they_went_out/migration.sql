-- CreateIndex
CREATE INDEX "Reply_workspaceId_sentAt_idx" ON "Reply"("workspaceId", "sentAt");
