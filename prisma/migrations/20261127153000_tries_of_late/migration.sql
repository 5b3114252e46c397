-- The cap of automatic answers asks for the tries of the last hour.
CREATE INDEX "ReplyAttempt_workspaceId_startedAt_idx" ON "ReplyAttempt"("workspaceId", "startedAt");
