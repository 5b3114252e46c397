-- CreateTable
CREATE TABLE "SavedView" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "memberId" TEXT,
    "name" TEXT NOT NULL,
    "words" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SavedView_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "SavedView_workspaceId_memberId_idx" ON "SavedView"("workspaceId", "memberId");

-- CreateIndex
CREATE UNIQUE INDEX "SavedView_workspaceId_id_key" ON "SavedView"("workspaceId", "id");

-- A name stands once for each person, and once for everybody.
CREATE UNIQUE INDEX "SavedView_name_key" ON "SavedView" ("workspaceId", coalesce("memberId", ''), "name");

-- AddForeignKey
ALTER TABLE "SavedView" ADD CONSTRAINT "SavedView_workspaceId_memberId_fkey" FOREIGN KEY ("workspaceId", "memberId") REFERENCES "Member"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The words of what others say. 'simple' takes words as they stand, in whatever language.
CREATE INDEX "Message_words_idx" ON "Message" USING gin (to_tsvector('simple', "text"))
    WHERE NOT "own" AND "deletedAt" IS NULL;
