-- AlterTable
ALTER TABLE "Media" ADD COLUMN     "changes" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "focusX" DOUBLE PRECISION,
ADD COLUMN     "focusY" DOUBLE PRECISION,
ADD COLUMN     "folderId" TEXT,
ADD COLUMN     "originalId" TEXT,
ADD COLUMN     "sentSha256" TEXT,
ADD COLUMN     "tags" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- CreateTable
CREATE TABLE "MediaFolder" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "parentId" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "MediaFolder_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MediaUpload" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL DEFAULT '',
    "sizeBytes" BIGINT NOT NULL,
    "receivedBytes" BIGINT NOT NULL DEFAULT 0,
    "pieces" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "createdById" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "touchedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "MediaUpload_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MediaWork" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "mediaId" TEXT NOT NULL,
    "task" JSONB NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "percent" INTEGER NOT NULL DEFAULT 0,
    "problem" TEXT,
    "resultId" TEXT,
    "createdById" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "MediaWork_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "MediaFolder_workspaceId_id_key" ON "MediaFolder"("workspaceId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "MediaFolder_workspaceId_parentId_name_key" ON "MediaFolder"("workspaceId", "parentId", "name");

-- CreateIndex
CREATE INDEX "MediaUpload_workspaceId_createdById_idx" ON "MediaUpload"("workspaceId", "createdById");

-- CreateIndex
CREATE INDEX "MediaUpload_touchedAt_idx" ON "MediaUpload"("touchedAt");

-- CreateIndex
CREATE UNIQUE INDEX "MediaUpload_workspaceId_id_key" ON "MediaUpload"("workspaceId", "id");

-- CreateIndex
CREATE INDEX "MediaWork_workspaceId_mediaId_idx" ON "MediaWork"("workspaceId", "mediaId");

-- CreateIndex
CREATE INDEX "MediaWork_state_updatedAt_idx" ON "MediaWork"("state", "updatedAt");

-- CreateIndex
CREATE UNIQUE INDEX "MediaWork_workspaceId_id_key" ON "MediaWork"("workspaceId", "id");

-- CreateIndex
CREATE INDEX "Media_workspaceId_sentSha256_idx" ON "Media"("workspaceId", "sentSha256");

-- CreateIndex
CREATE INDEX "Media_workspaceId_folderId_id_idx" ON "Media"("workspaceId", "folderId", "id");

-- CreateIndex
CREATE INDEX "Media_workspaceId_originalId_idx" ON "Media"("workspaceId", "originalId");

-- CreateIndex
CREATE INDEX "Media_tags_idx" ON "Media" USING GIN ("tags");

-- AddForeignKey
ALTER TABLE "Media" ADD CONSTRAINT "Media_workspaceId_folderId_fkey" FOREIGN KEY ("workspaceId", "folderId") REFERENCES "MediaFolder"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Media" ADD CONSTRAINT "Media_workspaceId_originalId_fkey" FOREIGN KEY ("workspaceId", "originalId") REFERENCES "Media"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MediaFolder" ADD CONSTRAINT "MediaFolder_workspaceId_parentId_fkey" FOREIGN KEY ("workspaceId", "parentId") REFERENCES "MediaFolder"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MediaWork" ADD CONSTRAINT "MediaWork_workspaceId_mediaId_fkey" FOREIGN KEY ("workspaceId", "mediaId") REFERENCES "Media"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;


-- Two nulls are not the same to a unique index: folders that lie in no other need their own.
CREATE UNIQUE INDEX "MediaFolder_top_name_key" ON "MediaFolder" ("workspaceId", "name") WHERE "parentId" IS NULL;
