-- AlterTable
ALTER TABLE "Message" ADD COLUMN     "needAt" TIMESTAMP(3),
ADD COLUMN     "needSeenAt" TIMESTAMP(3),
ADD COLUMN     "wordings" JSONB NOT NULL DEFAULT '[]';

-- Few messages are edited so: those alone are found by when they asked anew.
CREATE INDEX "Message_needAt_idx" ON "Message" ("conversationId", "needAt") WHERE "needAt" IS NOT NULL;
