-- Whoever chose what they are mailed before there was more to tell is mailed of that, too; who wants no mail gets none.
UPDATE "NotificationSettings" SET "mailed" = '{}' WHERE "mailed" = '{kept}';
UPDATE "NotificationSettings" SET "mailed" = array_append("mailed", 'stuck')
WHERE cardinality("mailed") > 0 AND NOT 'stuck' = ANY("mailed");

-- Nobody answers what was taken away; and what was noted in a time zone ahead of UTC was not noted later than now.
UPDATE "Conversation" c SET "stuckAt" = CASE WHEN EXISTS (
    SELECT 1 FROM "Reply" r JOIN "Message" m ON m."id" = r."messageId" AND m."workspaceId" = c."workspaceId"
    WHERE r."workspaceId" = c."workspaceId" AND r."conversationId" = c."id" AND r."state" IN ('refused', 'needs_person')
        AND (c."resolvedAt" IS NULL OR GREATEST(r."createdAt", m."failedAt") > c."resolvedAt")
        AND (r."state" = 'needs_person' OR (m."answeredAt" IS NULL AND m."erasedAt" IS NULL AND m."deletedAt" IS NULL))
) THEN LEAST(c."stuckAt", CURRENT_TIMESTAMP AT TIME ZONE 'UTC') END
WHERE c."stuckAt" IS NOT NULL;
