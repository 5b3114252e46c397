CREATE INDEX "AiDraft_workspaceId_state_createdAt_id_idx" ON "AiDraft"("workspaceId", "state", "createdAt", "id");
