-- Of several that are open for one address, the last stays.
UPDATE "Invitation" AS older SET "revokedAt" = CURRENT_TIMESTAMP
WHERE older."acceptedAt" IS NULL AND older."revokedAt" IS NULL AND EXISTS (
  SELECT 1 FROM "Invitation" AS newer
  WHERE newer."workspaceId" = older."workspaceId" AND newer."email" = older."email"
    AND newer."acceptedAt" IS NULL AND newer."revokedAt" IS NULL
    AND (newer."expiresAt", newer."id") > (older."expiresAt", older."id"));

-- Not a part of the schema: Prisma has no words for an index over some of the rows.
CREATE UNIQUE INDEX "Invitation_open_email_key" ON "Invitation" ("workspaceId", "email")
WHERE "acceptedAt" IS NULL AND "revokedAt" IS NULL;
