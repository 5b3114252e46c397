-- How often a worker took it up: who did last is the one that may end it.
ALTER TABLE "MediaWork" ADD COLUMN "claims" INTEGER NOT NULL DEFAULT 0;
-- Found by a part of the name or the description.
CREATE INDEX "Media_name_idx" ON "Media" USING gin ("name" gin_trgm_ops);
CREATE INDEX "Media_alt_idx" ON "Media" USING gin ("alt" gin_trgm_ops);
