-- CreateEnum
CREATE TYPE "AiDraftState" AS ENUM ('proposed', 'edited', 'approved', 'rejected', 'superseded');

-- CreateEnum
CREATE TYPE "AiReadingState" AS ENUM ('waiting', 'working', 'done');

-- CreateTable
CREATE TABLE "AiSettings" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "baseUrl" TEXT,
    "keySealed" TEXT,
    "smallModel" TEXT NOT NULL,
    "largeModel" TEXT NOT NULL,
    "prices" JSONB NOT NULL DEFAULT '{}',
    "refines" BOOLEAN NOT NULL DEFAULT false,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "AiSettings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BrandVoice" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "tone" TEXT NOT NULL DEFAULT '',
    "dos" TEXT[],
    "donts" TEXT[],
    "examples" JSONB NOT NULL DEFAULT '[]',
    "forbidden" TEXT[],
    "signOff" TEXT NOT NULL DEFAULT '',
    "languages" TEXT[],
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "BrandVoice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "KnowledgeEntry" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "url" TEXT,
    "whenSaid" TEXT[],
    "answer" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "KnowledgeEntry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AiAnswer" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "answer" JSONB NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "AiAnswer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AiDraft" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "conversationId" TEXT NOT NULL,
    "messageId" TEXT NOT NULL,
    "state" "AiDraftState" NOT NULL DEFAULT 'proposed',
    "origin" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "editedText" TEXT,
    "confidence" DOUBLE PRECISION NOT NULL,
    "reasons" TEXT[],
    "sources" JSONB NOT NULL,
    "problems" JSONB NOT NULL,
    "fallback" TEXT,
    "language" TEXT,
    "model" TEXT,
    "callId" TEXT,
    "costMicros" BIGINT NOT NULL DEFAULT 0,
    "replyId" TEXT,
    "requestedById" TEXT NOT NULL,
    "decidedById" TEXT,
    "decidedAt" TIMESTAMP(3),
    "rejectReason" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AiDraft_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AiPolicy" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "mode" TEXT NOT NULL,
    "threshold" DOUBLE PRECISION NOT NULL,
    "delayMinutes" INTEGER NOT NULL,
    "hourlyCap" INTEGER NOT NULL,
    "quietFrom" INTEGER,
    "quietTo" INTEGER,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "AiPolicy_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AiReading" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "messageId" TEXT NOT NULL,
    "conversationId" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "state" "AiReadingState" NOT NULL DEFAULT 'waiting',
    "fence" INTEGER NOT NULL DEFAULT 0,
    "leaseUntil" TIMESTAMP(3),
    "intent" TEXT,
    "sentiment" DOUBLE PRECISION,
    "disagrees" BOOLEAN,
    "decision" TEXT,
    "reasons" TEXT[],
    "draftId" TEXT,
    "replyId" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "doneAt" TIMESTAMP(3),

    CONSTRAINT "AiReading_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "AiSettings_workspaceId_key" ON "AiSettings"("workspaceId");

-- CreateIndex
CREATE UNIQUE INDEX "AiSettings_workspaceId_id_key" ON "AiSettings"("workspaceId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "BrandVoice_workspaceId_key" ON "BrandVoice"("workspaceId");

-- CreateIndex
CREATE UNIQUE INDEX "BrandVoice_workspaceId_id_key" ON "BrandVoice"("workspaceId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "KnowledgeEntry_workspaceId_id_key" ON "KnowledgeEntry"("workspaceId", "id");

-- CreateIndex
CREATE INDEX "AiAnswer_workspaceId_expiresAt_idx" ON "AiAnswer"("workspaceId", "expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "AiAnswer_workspaceId_id_key" ON "AiAnswer"("workspaceId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "AiAnswer_workspaceId_hash_key" ON "AiAnswer"("workspaceId", "hash");

-- CreateIndex
CREATE INDEX "AiDraft_workspaceId_conversationId_createdAt_idx" ON "AiDraft"("workspaceId", "conversationId", "createdAt");

-- CreateIndex
CREATE INDEX "AiDraft_workspaceId_messageId_state_idx" ON "AiDraft"("workspaceId", "messageId", "state");

-- CreateIndex
CREATE UNIQUE INDEX "AiDraft_workspaceId_id_key" ON "AiDraft"("workspaceId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "AiPolicy_accountId_key" ON "AiPolicy"("accountId");

-- CreateIndex
CREATE UNIQUE INDEX "AiPolicy_workspaceId_id_key" ON "AiPolicy"("workspaceId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "AiReading_messageId_key" ON "AiReading"("messageId");

-- CreateIndex
CREATE INDEX "AiReading_state_leaseUntil_idx" ON "AiReading"("state", "leaseUntil");

-- CreateIndex
CREATE INDEX "AiReading_workspaceId_conversationId_idx" ON "AiReading"("workspaceId", "conversationId");

-- CreateIndex
CREATE UNIQUE INDEX "AiReading_workspaceId_id_key" ON "AiReading"("workspaceId", "id");

-- AddForeignKey
ALTER TABLE "AiDraft" ADD CONSTRAINT "AiDraft_workspaceId_conversationId_fkey" FOREIGN KEY ("workspaceId", "conversationId") REFERENCES "Conversation"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AiPolicy" ADD CONSTRAINT "AiPolicy_workspaceId_accountId_fkey" FOREIGN KEY ("workspaceId", "accountId") REFERENCES "Account"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;



-- What a text is about is found by the words of title and body, in any language.
CREATE INDEX "KnowledgeEntry_words_idx" ON "KnowledgeEntry" USING GIN (to_tsvector('simple', "title" || ' ' || "body"));
