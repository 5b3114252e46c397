CREATE INDEX "Attempt_workspaceId_stepId_startedAt_idx" ON "Attempt"("workspaceId", "stepId", "startedAt");
