-- People are told of accounts, too.
ALTER TABLE "Notification" ADD COLUMN "accountId" TEXT,
    DROP CONSTRAINT "Notification_subject_check",
    ADD CONSTRAINT "Notification_subject_check" CHECK (num_nonnulls("conversationId", "webhookId", "postId", "accountId") = 1);

CREATE INDEX "Notification_workspaceId_accountId_idx" ON "Notification"("workspaceId", "accountId");

ALTER TABLE "Notification" ADD CONSTRAINT "Notification_workspaceId_accountId_fkey" FOREIGN KEY ("workspaceId", "accountId") REFERENCES "Account"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Whoever chose what they are mailed before there was more to tell is mailed of that, too; who wants no mail gets none.
UPDATE "NotificationSettings" SET "mailed" = "mailed" || '{unsent,lapsed}' WHERE cardinality("mailed") > 0;
