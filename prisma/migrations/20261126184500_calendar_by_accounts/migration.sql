-- The calendar shows a post at each time at which an account of it goes out.
CREATE INDEX "Variant_workspaceId_publishAt_postId_idx" ON "Variant"("workspaceId", "publishAt", "postId");

-- A post is due when the first of its accounts is that has not ended.
UPDATE "Post" p
SET "publishAt" = due.at,
  "wallTime" = CASE WHEN p."timeZone" IS NULL THEN p."wallTime"
    ELSE to_char(due.at AT TIME ZONE 'UTC' AT TIME ZONE p."timeZone", 'YYYY-MM-DD"T"HH24:MI') END
FROM (
  SELECT v."postId", min(v."publishAt") AS at FROM "Variant" v
  WHERE v.state NOT IN ('published', 'refused', 'removed', 'cancelled') AND v."publishAt" IS NOT NULL
  GROUP BY v."postId"
) due
WHERE due."postId" = p.id AND p."publishAt" <> due.at AND p."recurrenceId" IS NULL;
