-- AlterTable
ALTER TABLE "Message" ADD COLUMN     "answeredAt" TIMESTAMP(3),
ADD COLUMN     "answeredByPersonAt" TIMESTAMP(3);

-- What we say is little beside what is said to us: conversations without a word of ours are passed over by it.
CREATE INDEX "Message_own_idx" ON "Message"("workspaceId", "conversationId", "at") WHERE "own";

-- What counted as answered until now goes on counting, until its conversation is summed up anew.
UPDATE "Message" m SET
    "answeredAt" = a."anyAt",
    "answeredByPersonAt" = a."personAt"
FROM (
    SELECT i."id", min(o."at") AS "anyAt", min(o."at") FILTER (WHERE NOT EXISTS (
        SELECT 1 FROM "Reply" p
        WHERE p."workspaceId" = o."workspaceId" AND p."accountId" = o."accountId" AND p."externalId" = o."externalId"
            AND p."authorKind" IN ('ai', 'system'))) AS "personAt"
    FROM "Message" i
    JOIN "Message" o ON o."workspaceId" = i."workspaceId" AND o."conversationId" = i."conversationId"
        AND o."own" AND o."deletedAt" IS NULL AND o."at" >= i."at"
    WHERE NOT i."own" AND i."deletedAt" IS NULL AND i."kind" IN ('dm', 'review', 'mention', 'comment')
    GROUP BY i."id"
) a
WHERE m."id" = a."id";
