-- A save whose answer was lost is known when it comes again.
ALTER TABLE "Post" ADD COLUMN "madeBySave" TEXT;
ALTER TABLE "PostVersion" ADD COLUMN "saveId" TEXT;
CREATE UNIQUE INDEX "Post_workspaceId_madeBySave_key" ON "Post"("workspaceId", "madeBySave");
