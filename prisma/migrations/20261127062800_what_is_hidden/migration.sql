ALTER TABLE "Message" ADD COLUMN     "hiddenAt" TIMESTAMP(3),
ADD COLUMN     "hideTo" BOOLEAN,
ADD COLUMN     "hideAt" TIMESTAMP(3),
ADD COLUMN     "hideTries" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "hideTrouble" TEXT;

CREATE INDEX "Message_hideAt_idx" ON "Message" ("hideAt") WHERE "hideAt" IS NOT NULL;
