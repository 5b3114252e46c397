-- People are told of posts too.
ALTER TABLE "Notification" ADD COLUMN "postId" TEXT,
    DROP CONSTRAINT "Notification_subject_check",
    ADD CONSTRAINT "Notification_subject_check" CHECK (num_nonnulls("conversationId", "webhookId", "postId") = 1);

CREATE INDEX "Notification_workspaceId_postId_idx" ON "Notification"("workspaceId", "postId");

ALTER TABLE "Notification" ADD CONSTRAINT "Notification_workspaceId_postId_fkey" FOREIGN KEY ("workspaceId", "postId") REFERENCES "Post"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Whoever chose what they are mailed is mailed of this nevertheless.
UPDATE "NotificationSettings" SET "mailed" = array_append("mailed", 'kept');

-- What was kept before this was told of comes back, too.
UPDATE "Post" p SET "deletedAt" = NULL, "state" = 'needs_person' WHERE p."deletedAt" IS NOT NULL AND EXISTS (
    SELECT 1 FROM "Variant" v
    WHERE v."workspaceId" = p."workspaceId" AND v."postId" = p."id" AND v."leaseUntil" IS NULL
        AND v."reason" ->> 'kind' = 'removal_failed' AND NOT v."reason" ? 'retryAt'
);
