CREATE INDEX "Event_workspaceId_type_id_idx" ON "Event"("workspaceId", "type", "id");
CREATE INDEX "Event_workspaceId_actorId_id_idx" ON "Event"("workspaceId", "actorId", "id");
