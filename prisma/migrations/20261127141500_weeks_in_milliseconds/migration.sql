-- 32 bits hold 24 days and 20 hours of milliseconds: what was settled later could not be written.
ALTER TABLE "Variant" ALTER COLUMN "latenessMs" TYPE double precision;
ALTER TABLE "Attempt" ALTER COLUMN "durationMs" TYPE double precision;
ALTER TABLE "ReplyAttempt" ALTER COLUMN "durationMs" TYPE double precision;
