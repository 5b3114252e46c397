-- A row is known by what it says, not by the file around it, so that a corrected file adds only what is new. What was
-- imported until now stays known by its file and its place there, where its post is still there.
DELETE FROM "ImportedRow" r WHERE NOT EXISTS (
  SELECT 1 FROM "Post" p WHERE p."workspaceId" = r."workspaceId" AND p."id" = r."postId"
);
DROP INDEX "ImportedRow_workspaceId_fileHash_row_key";
ALTER TABLE "ImportedRow" RENAME COLUMN "fileHash" TO "hash";
ALTER TABLE "ImportedRow" RENAME COLUMN "row" TO "nth";
CREATE UNIQUE INDEX "ImportedRow_workspaceId_hash_nth_key" ON "ImportedRow"("workspaceId", "hash", "nth");
CREATE INDEX "ImportedRow_workspaceId_postId_idx" ON "ImportedRow"("workspaceId", "postId");
ALTER TABLE "ImportedRow" ADD CONSTRAINT "ImportedRow_workspaceId_postId_fkey" FOREIGN KEY ("workspaceId", "postId") REFERENCES "Post"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
