-- Whoever writes in a chat that was done asks anew: of each word there, when it was done last before it came.
CREATE INDEX "Event_done_idx" ON "Event"("workspaceId", "subjectId", "at") WHERE "type" = 'conversation.done';
