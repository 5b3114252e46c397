ALTER TABLE "AiReading" ADD COLUMN "readAgainAt" TIMESTAMP(3);
ALTER TABLE "AiReading" ADD COLUMN "readTries" INTEGER NOT NULL DEFAULT 0;
CREATE INDEX "AiReading_readAgainAt_idx" ON "AiReading"("readAgainAt");
