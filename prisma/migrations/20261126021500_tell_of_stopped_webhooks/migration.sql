-- People are told of webhooks too.
ALTER TABLE "Notification" ALTER COLUMN "conversationId" DROP NOT NULL,
    ADD COLUMN "webhookId" TEXT,
    ADD CONSTRAINT "Notification_subject_check" CHECK (num_nonnulls("conversationId", "webhookId") = 1);

CREATE INDEX "Notification_workspaceId_webhookId_idx" ON "Notification"("workspaceId", "webhookId");

ALTER TABLE "Notification" ADD CONSTRAINT "Notification_workspaceId_webhookId_fkey" FOREIGN KEY ("workspaceId", "webhookId") REFERENCES "WebhookEndpoint"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Whoever chose what they are mailed was mailed of this nevertheless.
UPDATE "NotificationSettings" SET "mailed" = array_append("mailed", 'stopped');
