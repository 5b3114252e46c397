-- CreateEnum
CREATE TYPE "MessageFileState" AS ENUM ('coming', 'here', 'too_large', 'gone', 'unwanted');

-- CreateTable
CREATE TABLE "MessageFile" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "messageId" TEXT NOT NULL,
    "place" INTEGER NOT NULL,
    "state" "MessageFileState" NOT NULL DEFAULT 'coming',
    "ask" JSONB,
    "name" TEXT,
    "mime" TEXT,
    "sizeBytes" INTEGER,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "nextAt" TIMESTAMP(3),

    CONSTRAINT "MessageFile_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "MessageFile_nextAt_idx" ON "MessageFile"("nextAt");

-- CreateIndex
CREATE UNIQUE INDEX "MessageFile_workspaceId_id_key" ON "MessageFile"("workspaceId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "MessageFile_messageId_place_key" ON "MessageFile"("messageId", "place");

-- AddForeignKey
ALTER TABLE "MessageFile" ADD CONSTRAINT "MessageFile_workspaceId_messageId_fkey" FOREIGN KEY ("workspaceId", "messageId") REFERENCES "Message"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
