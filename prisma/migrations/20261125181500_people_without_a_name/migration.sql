-- Whom a report named by an id alone is asked for at their network, once, by whoever comes first.
ALTER TABLE "ContactIdentity" ADD COLUMN "nameless" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN "nameAskAt" TIMESTAMP(3),
ADD COLUMN "nameAsks" INTEGER NOT NULL DEFAULT 0;
CREATE INDEX "ContactIdentity_nameAskAt_idx" ON "ContactIdentity"("nameAskAt");
