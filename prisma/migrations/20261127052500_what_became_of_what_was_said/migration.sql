ALTER TABLE "Message" ADD COLUMN     "againAt" TIMESTAMP(3);
ALTER TABLE "InboxFeed" ADD COLUMN     "againAt" TIMESTAMP(3);

CREATE INDEX "Message_againAt_idx" ON "Message" ("accountId", "againAt") WHERE "againAt" IS NOT NULL;

-- What was said in the last month at the networks that are asked from now on. An import may have other names for it.
UPDATE "Message" m SET "againAt" = now() AT TIME ZONE 'utc'
FROM "Account" a
WHERE a."id" = m."accountId" AND a."method" <> 'ayrshare'
  AND NOT m."own" AND m."via" <> 'import' AND m."deletedAt" IS NULL AND m."erasedAt" IS NULL
  AND m."at" > now() AT TIME ZONE 'utc' - interval '30 days'
  AND ((a."platform" = 'facebook' AND m."kind" = 'comment')
    OR (a."platform" IN ('x', 'bluesky') AND m."kind" IN ('comment', 'mention'))
    OR (a."platform" = 'mastodon' AND m."kind" IN ('comment', 'mention', 'dm')));
