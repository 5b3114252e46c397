-- Postgres does not use an index's order past a column that is only known to be null: lists of living posts need their own.
CREATE INDEX "Post_living_due_idx" ON "Post" ("workspaceId", "publishAt", "id") INCLUDE ("state") WHERE "deletedAt" IS NULL;
CREATE INDEX "Post_living_state_due_idx" ON "Post" ("workspaceId", "state", "publishAt", "id") WHERE "deletedAt" IS NULL;
CREATE INDEX "Post_living_state_newest_idx" ON "Post" ("workspaceId", "state", "id") WHERE "deletedAt" IS NULL;

-- Search looks anywhere in the first words.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX "Post_excerpt_idx" ON "Post" USING gin ("excerpt" gin_trgm_ops) WHERE "deletedAt" IS NULL;

-- Which versions a series is made from is asked at every autosave.
CREATE INDEX "Recurrence_templateId_idx" ON "Recurrence" ("templateId");
