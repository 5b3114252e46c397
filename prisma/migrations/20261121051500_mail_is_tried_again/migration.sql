ALTER TABLE "Mail" ADD COLUMN "tries" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "Mail" ADD COLUMN "notBefore" TIMESTAMP(3);
CREATE INDEX "Mail_sentAt_notBefore_idx" ON "Mail"("sentAt", "notBefore");
