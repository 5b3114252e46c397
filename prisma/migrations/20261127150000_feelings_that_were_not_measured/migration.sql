-- What has no words, or is of a language that is not read and has nothing beside its words that is, was kept with a
-- feeling of exactly 0, which nobody measured. What a model read stays. It is one statement, so that each thousand
-- conversations are let go of before the next: nobody who works in them waits for all, and they are locked before what
-- stands in them, as everywhere.
DO $$
DECLARE
  before TEXT := '';
  ids TEXT[];
BEGIN
  LOOP
    SELECT array_agg(n."id" ORDER BY n."id") INTO ids
    FROM (SELECT "id" FROM "Conversation" WHERE "id" > before ORDER BY "id" LIMIT 1000) n;
    EXIT WHEN ids IS NULL;
    PERFORM 1 FROM "Conversation" WHERE "id" = ANY(ids) ORDER BY "id" FOR NO KEY UPDATE;

    UPDATE "Message" m SET "sentiment" = NULL
    FROM "Conversation" c
    WHERE c."id" = ANY(ids) AND m."workspaceId" = c."workspaceId" AND m."conversationId" = c."id"
      AND m."sentiment" = 0 AND NOT m."own"
      AND (btrim(m."text") = '' OR (m."understanding" ->> 'isMeasured' = 'false' AND m."understanding" -> 'sentiment' -> 'tokens' = '[]'))
      AND NOT EXISTS (
        SELECT 1 FROM "AiReading" r
        WHERE r."messageId" = m."id" AND r."workspaceId" = m."workspaceId" AND r."sentiment" IS NOT NULL);

    -- A conversation feels as the last in it that wants an answer, or the last of all (lib/inbox/triage/sum-up.ts).
    UPDATE "Conversation" c SET "sentiment" = NULL
    WHERE c."id" = ANY(ids) AND c."sentiment" = 0 AND (
      SELECT m."sentiment" FROM "Message" m
      WHERE m."workspaceId" = c."workspaceId" AND m."conversationId" = c."id" AND m."deletedAt" IS NULL
        AND (c."lastInboundAt" IS NULL OR (NOT m."own" AND m."kind" IN ('dm', 'review', 'mention', 'comment')))
      ORDER BY greatest(m."at", m."needAt") DESC, m."externalId" DESC LIMIT 1) IS NULL;

    before := ids[cardinality(ids)];
    COMMIT;
  END LOOP;
END $$;
