-- Words of the knowledge base are folded as those of messages are, so that what scripts without spaces say is found by its
-- pairs. A workspace has 500 entries at most.
ALTER TABLE "KnowledgeEntry" ADD COLUMN "folded" TEXT GENERATED ALWAYS AS (posthorn_fold("title" || ' ' || "body")) STORED;
DROP INDEX "KnowledgeEntry_words_idx";
CREATE INDEX "KnowledgeEntry_words_idx" ON "KnowledgeEntry" USING GIN (to_tsvector('simple', "folded"));
