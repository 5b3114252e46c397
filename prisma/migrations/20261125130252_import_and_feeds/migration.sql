-- What was imported already, and feeds whose items become drafts.
CREATE TABLE "ImportedRow" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "fileHash" TEXT NOT NULL,
    "row" INTEGER NOT NULL,
    "postId" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ImportedRow_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Feed" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "template" TEXT NOT NULL,
    "accountIds" TEXT[],
    "projectId" TEXT,
    "createdById" TEXT NOT NULL,
    "isOn" BOOLEAN NOT NULL DEFAULT true,
    "etag" TEXT,
    "lastModified" TEXT,
    "checkedAt" TIMESTAMP(3),
    "nextCheckAt" TIMESTAMP(3) NOT NULL,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "lastError" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Feed_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "FeedItem" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "feedId" TEXT NOT NULL,
    "guidHash" TEXT NOT NULL,
    "postId" TEXT,
    "seenAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "FeedItem_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "ImportedRow_workspaceId_id_key" ON "ImportedRow"("workspaceId", "id");

CREATE UNIQUE INDEX "ImportedRow_workspaceId_fileHash_row_key" ON "ImportedRow"("workspaceId", "fileHash", "row");

CREATE INDEX "Feed_isOn_nextCheckAt_idx" ON "Feed"("isOn", "nextCheckAt");

CREATE UNIQUE INDEX "Feed_workspaceId_id_key" ON "Feed"("workspaceId", "id");

CREATE UNIQUE INDEX "Feed_workspaceId_url_key" ON "Feed"("workspaceId", "url");

CREATE UNIQUE INDEX "FeedItem_workspaceId_id_key" ON "FeedItem"("workspaceId", "id");

CREATE UNIQUE INDEX "FeedItem_feedId_guidHash_key" ON "FeedItem"("feedId", "guidHash");

ALTER TABLE "FeedItem" ADD CONSTRAINT "FeedItem_workspaceId_feedId_fkey" FOREIGN KEY ("workspaceId", "feedId") REFERENCES "Feed"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
