-- What was said in public can be answered to its author alone.
ALTER TABLE "Reply" ADD COLUMN "privatelyTo" TEXT;
ALTER TABLE "Message" ADD COLUMN "privately" BOOLEAN NOT NULL DEFAULT false;

-- Networks take one such answer, and never a second.
CREATE UNIQUE INDEX "Reply_messageId_private_key" ON "Reply"("messageId")
    WHERE "privatelyTo" IS NOT NULL AND "state" NOT IN ('refused', 'cancelled');

-- Which of them a message of ours in a chat is.
CREATE INDEX "Reply_accountId_privatelyTo_idx" ON "Reply"("accountId", "privatelyTo") WHERE "privatelyTo" IS NOT NULL;
