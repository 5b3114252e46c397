CREATE TABLE "ErasedNames" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "names" TEXT[],
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ErasedNames_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "ErasedNames_workspaceId_id_key" ON "ErasedNames"("workspaceId", "id");
CREATE INDEX "ErasedNames_createdAt_idx" ON "ErasedNames"("createdAt");
