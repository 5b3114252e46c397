-- CreateTable
CREATE TABLE "Circuit" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "lane" TEXT NOT NULL,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "openings" INTEGER NOT NULL DEFAULT 0,
    "openUntil" TIMESTAMP(3),
    "why" TEXT,
    "isLimit" BOOLEAN NOT NULL DEFAULT false,
    "probeUntil" TIMESTAMP(3),
    "changedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Circuit_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Circuit_workspaceId_id_key" ON "Circuit"("workspaceId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Circuit_accountId_lane_key" ON "Circuit"("accountId", "lane");

-- AddForeignKey
ALTER TABLE "Circuit" ADD CONSTRAINT "Circuit_workspaceId_accountId_fkey" FOREIGN KEY ("workspaceId", "accountId") REFERENCES "Account"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
