CREATE INDEX "Variant_platform_publishAt_idx" ON "Variant"("platform", "publishAt");
