CREATE TABLE "PostPage" (
    "workspaceId" TEXT NOT NULL,
    "postId" TEXT NOT NULL,
    "addressHash" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "found" JSONB,
    "readAt" TIMESTAMP(3),
    "readingUntil" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "PostPage_pkey" PRIMARY KEY ("postId","addressHash")
);
ALTER TABLE "PostPage" ADD CONSTRAINT "PostPage_workspaceId_postId_fkey" FOREIGN KEY ("workspaceId", "postId") REFERENCES "Post"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
