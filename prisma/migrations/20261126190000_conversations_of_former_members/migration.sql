-- Whoever was removed before takes no conversation along: they are nobody's again.
UPDATE "Conversation" c SET "assigneeId" = NULL, "updatedAt" = CURRENT_TIMESTAMP
WHERE c."assigneeId" IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM "Member" m WHERE m."id" = c."assigneeId" AND m."workspaceId" = c."workspaceId");
