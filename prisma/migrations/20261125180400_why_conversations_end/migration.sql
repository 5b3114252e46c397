-- CreateTable
CREATE TABLE "DispositionSettings" (
    "workspaceId" TEXT NOT NULL,
    "names" TEXT[],
    "asks" BOOLEAN NOT NULL DEFAULT false,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "DispositionSettings_pkey" PRIMARY KEY ("workspaceId")
);

-- The list of those that ended for a reason. Most have none, and most changes leave it alone.
CREATE INDEX "Conversation_disposition_idx" ON "Conversation" ("workspaceId", "disposition", "lastMessageAt" DESC, "id" DESC)
    WHERE "disposition" IS NOT NULL;
