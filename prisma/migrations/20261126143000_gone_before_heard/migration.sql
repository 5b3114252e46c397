-- CreateTable
CREATE TABLE "GoneMessage" (
    "workspaceId" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "notedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "GoneMessage_pkey" PRIMARY KEY ("accountId","externalId")
);

-- CreateIndex
CREATE INDEX "GoneMessage_accountId_notedAt_idx" ON "GoneMessage"("accountId", "notedAt");

-- AddForeignKey
ALTER TABLE "GoneMessage" ADD CONSTRAINT "GoneMessage_workspaceId_accountId_fkey" FOREIGN KEY ("workspaceId", "accountId") REFERENCES "Account"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
