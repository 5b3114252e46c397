-- Whoever speaks is found by the name that their network shows, as by their handle.
CREATE INDEX "ContactIdentity_displayName_idx" ON "ContactIdentity" USING gin ("displayName" gin_trgm_ops);
