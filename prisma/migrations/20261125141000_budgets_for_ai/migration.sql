-- CreateEnum
CREATE TYPE "AiCallState" AS ENUM ('reserved', 'settled', 'released', 'lost');

-- CreateTable
CREATE TABLE "Budget" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "feature" TEXT NOT NULL DEFAULT '',
    "limitMicros" BIGINT NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Budget_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BudgetPeriod" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "feature" TEXT NOT NULL DEFAULT '',
    "period" TEXT NOT NULL,
    "limitMicros" BIGINT NOT NULL,
    "spentMicros" BIGINT NOT NULL DEFAULT 0,
    "reservedMicros" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "BudgetPeriod_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AiCall" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "feature" TEXT NOT NULL,
    "subjectType" TEXT NOT NULL,
    "subjectId" TEXT NOT NULL,
    "conversationId" TEXT,
    "provider" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "state" "AiCallState" NOT NULL DEFAULT 'reserved',
    "inputPrice" BIGINT NOT NULL,
    "outputPrice" BIGINT NOT NULL,
    "priceSource" TEXT NOT NULL,
    "reservedMicros" BIGINT NOT NULL,
    "costMicros" BIGINT NOT NULL DEFAULT 0,
    "inputTokens" INTEGER,
    "outputTokens" INTEGER,
    "durationMs" INTEGER,
    "cacheHit" BOOLEAN NOT NULL DEFAULT false,
    "outcome" TEXT,
    "at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "leaseUntil" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "AiCall_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Budget_workspaceId_id_key" ON "Budget"("workspaceId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Budget_workspaceId_feature_key" ON "Budget"("workspaceId", "feature");

-- CreateIndex
CREATE UNIQUE INDEX "BudgetPeriod_workspaceId_id_key" ON "BudgetPeriod"("workspaceId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "BudgetPeriod_workspaceId_feature_period_key" ON "BudgetPeriod"("workspaceId", "feature", "period");

-- CreateIndex
CREATE UNIQUE INDEX "AiCall_workspaceId_id_key" ON "AiCall"("workspaceId", "id");

-- CreateIndex
CREATE INDEX "AiCall_workspaceId_period_feature_idx" ON "AiCall"("workspaceId", "period", "feature");

-- CreateIndex
CREATE INDEX "AiCall_workspaceId_at_idx" ON "AiCall"("workspaceId", "at");

-- CreateIndex
CREATE INDEX "AiCall_workspaceId_subjectType_subjectId_idx" ON "AiCall"("workspaceId", "subjectType", "subjectId");

-- CreateIndex
CREATE INDEX "AiCall_state_leaseUntil_idx" ON "AiCall"("state", "leaseUntil");
