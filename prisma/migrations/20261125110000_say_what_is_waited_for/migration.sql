CREATE TYPE "WaitingFor" AS ENUM ('rate_limit', 'media', 'network', 'look', 'person');

ALTER TABLE "Variant" ADD COLUMN "waitingFor" "WaitingFor", ADD COLUMN "measureAt" TIMESTAMP(3);

-- What waits already says why in its reason.
UPDATE "Variant" SET "waitingFor" = (CASE "reason" ->> 'kind'
  WHEN 'rate_limited' THEN 'rate_limit'
  WHEN 'media_processing' THEN 'media'
  WHEN 'network_down' THEN 'network'
END)::"WaitingFor" WHERE "state" = 'scheduled' AND "notBefore" IS NOT NULL;
UPDATE "Variant" SET "waitingFor" = 'look' WHERE "state" = 'unknown' AND "notBefore" IS NOT NULL;
UPDATE "Variant" SET "measureAt" = now() AT TIME ZONE 'UTC'
  WHERE "state" = 'published' AND "publishedAt" > now() AT TIME ZONE 'UTC' - interval '60 days';

CREATE INDEX "Variant_measured_idx" ON "Variant" ("measureAt") WHERE "state" = 'published' AND "measureAt" IS NOT NULL;
