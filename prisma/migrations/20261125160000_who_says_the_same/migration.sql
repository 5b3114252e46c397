-- Where a text's copies land together (lib/language): what says nearly the same shares at least one.
ALTER TABLE "Message" ADD COLUMN "bands" INTEGER[] NOT NULL DEFAULT ARRAY[]::INTEGER[];
CREATE INDEX "Message_bands_idx" ON "Message" USING GIN ("bands");
