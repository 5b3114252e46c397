-- AlterTable
ALTER TABLE "Media" ADD COLUMN "pagesCountAt" TIMESTAMP(3);

-- What came before pages were counted is to be counted now.
UPDATE "Media" SET "pagesCountAt" = "createdAt" WHERE "mime" = 'application/pdf' AND "pages" IS NULL;

-- Few wait to be counted.
CREATE INDEX "Media_pagesCountAt_idx" ON "Media"("pagesCountAt") WHERE "pagesCountAt" IS NOT NULL;
