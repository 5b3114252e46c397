-- AlterTable
ALTER TABLE "EventOutbox" ADD COLUMN "tries" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN "nextAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- DropIndex
DROP INDEX "EventOutbox_createdAt_idx";

-- CreateIndex
CREATE INDEX "EventOutbox_nextAt_idx" ON "EventOutbox"("nextAt");

-- CreateIndex
CREATE INDEX "AiReading_state_createdAt_idx" ON "AiReading"("state", "createdAt");
