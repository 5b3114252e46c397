-- CreateEnum
CREATE TYPE "ConversationState" AS ENUM ('todo', 'waiting', 'snoozed', 'done');

-- CreateEnum
CREATE TYPE "ReplyState" AS ENUM ('in_review', 'queued', 'claimed', 'sending', 'unknown', 'reconciling', 'sent', 'refused', 'needs_person', 'cancelled');

-- CreateTable
CREATE TABLE "Contact" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "avatarUrl" TEXT,
    "leadStage" TEXT NOT NULL DEFAULT 'none',
    "lastSeenAt" TIMESTAMP(3) NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Contact_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ContactIdentity" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "contactId" TEXT NOT NULL,
    "platform" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "handle" TEXT NOT NULL,
    "displayName" TEXT NOT NULL,
    "avatarUrl" TEXT,
    "followers" INTEGER,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ContactIdentity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Conversation" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "platform" TEXT NOT NULL,
    "externalKey" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "contactId" TEXT,
    "postExternalId" TEXT,
    "state" "ConversationState" NOT NULL DEFAULT 'todo',
    "settledAt" TIMESTAMP(3),
    "snoozedUntil" TIMESTAMP(3),
    "disposition" TEXT,
    "assigneeId" TEXT,
    "priority" INTEGER NOT NULL DEFAULT 50,
    "leadScore" INTEGER NOT NULL DEFAULT 0,
    "reasons" JSONB NOT NULL DEFAULT '{}',
    "sentiment" DOUBLE PRECISION,
    "intent" TEXT,
    "excerpt" TEXT NOT NULL DEFAULT '',
    "lastMessageAt" TIMESTAMP(3) NOT NULL,
    "lastInboundAt" TIMESTAMP(3),
    "lastOutboundAt" TIMESTAMP(3),
    "unanswered" BOOLEAN NOT NULL DEFAULT true,
    "messageCount" INTEGER NOT NULL DEFAULT 0,
    "firstReplyAt" TIMESTAMP(3),
    "resolvedAt" TIMESTAMP(3),
    "heldById" TEXT,
    "heldUntil" TIMESTAMP(3),
    "holdFence" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Conversation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Message" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "conversationId" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "own" BOOLEAN NOT NULL,
    "text" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "textAt" TIMESTAMP(3) NOT NULL,
    "identityId" TEXT,
    "authorName" TEXT NOT NULL,
    "authorHandle" TEXT NOT NULL,
    "authorAvatar" TEXT,
    "parentExternalId" TEXT,
    "url" TEXT,
    "media" JSONB NOT NULL DEFAULT '[]',
    "rating" INTEGER,
    "reaction" TEXT,
    "ref" JSONB,
    "source" JSONB NOT NULL,
    "via" TEXT NOT NULL,
    "editedAt" TIMESTAMP(3),
    "deletedAt" TIMESTAMP(3),
    "understanding" JSONB,
    "sentiment" DOUBLE PRECISION,
    "intent" TEXT,
    "priority" INTEGER,
    "reasons" JSONB,
    "receivedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Reply" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "conversationId" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "messageId" TEXT NOT NULL,
    "contentHash" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "intent" JSONB NOT NULL,
    "state" "ReplyState" NOT NULL DEFAULT 'queued',
    "sendAt" TIMESTAMP(3) NOT NULL,
    "notBefore" TIMESTAMP(3),
    "fence" INTEGER NOT NULL DEFAULT 0,
    "claimedBy" TEXT,
    "leaseUntil" TIMESTAMP(3),
    "absentReads" INTEGER NOT NULL DEFAULT 0,
    "retries" INTEGER NOT NULL DEFAULT 0,
    "reason" JSONB,
    "authorKind" TEXT NOT NULL,
    "authorId" TEXT NOT NULL,
    "externalId" TEXT,
    "url" TEXT,
    "ref" JSONB,
    "proof" JSONB,
    "sentAt" TIMESTAMP(3),
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Reply_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ReplyAttempt" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "replyId" TEXT NOT NULL,
    "fence" INTEGER NOT NULL,
    "purpose" TEXT NOT NULL,
    "requestHash" TEXT,
    "worker" TEXT NOT NULL,
    "startedAt" TIMESTAMP(3) NOT NULL,
    "durationMs" INTEGER,
    "outcome" TEXT,
    "answer" JSONB,

    CONSTRAINT "ReplyAttempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ConversationNote" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "conversationId" TEXT NOT NULL,
    "authorId" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ConversationNote_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "TriageSettings" (
    "workspaceId" TEXT NOT NULL,
    "factors" JSONB NOT NULL,
    "undoSeconds" INTEGER NOT NULL DEFAULT 10,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "TriageSettings_pkey" PRIMARY KEY ("workspaceId")
);

-- CreateTable
CREATE TABLE "InboxFeed" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "postExternalId" TEXT NOT NULL DEFAULT '',
    "post" JSONB,
    "publishedAt" TIMESTAMP(3),
    "cursor" TEXT,
    "nextAt" TIMESTAMP(3) NOT NULL,
    "leaseUntil" TIMESTAMP(3),
    "fence" INTEGER NOT NULL DEFAULT 0,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "lastPolledAt" TIMESTAMP(3),
    "lastNewAt" TIMESTAMP(3),
    "lastError" TEXT,

    CONSTRAINT "InboxFeed_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Contact_workspaceId_lastSeenAt_id_idx" ON "Contact"("workspaceId", "lastSeenAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Contact_workspaceId_id_key" ON "Contact"("workspaceId", "id");

-- CreateIndex
CREATE INDEX "ContactIdentity_workspaceId_contactId_idx" ON "ContactIdentity"("workspaceId", "contactId");

-- CreateIndex
CREATE UNIQUE INDEX "ContactIdentity_workspaceId_id_key" ON "ContactIdentity"("workspaceId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "ContactIdentity_workspaceId_platform_externalId_key" ON "ContactIdentity"("workspaceId", "platform", "externalId");

-- CreateIndex
CREATE INDEX "Conversation_workspaceId_state_priority_lastMessageAt_id_idx" ON "Conversation"("workspaceId", "state", "priority" DESC, "lastMessageAt" DESC, "id");

-- CreateIndex
CREATE INDEX "Conversation_workspaceId_state_lastMessageAt_id_idx" ON "Conversation"("workspaceId", "state", "lastMessageAt" DESC, "id");

-- CreateIndex
CREATE INDEX "Conversation_workspaceId_assigneeId_state_lastMessageAt_id_idx" ON "Conversation"("workspaceId", "assigneeId", "state", "lastMessageAt" DESC, "id");

-- CreateIndex
CREATE INDEX "Conversation_workspaceId_contactId_lastMessageAt_idx" ON "Conversation"("workspaceId", "contactId", "lastMessageAt" DESC);

-- CreateIndex
CREATE INDEX "Conversation_state_snoozedUntil_idx" ON "Conversation"("state", "snoozedUntil");

-- CreateIndex
CREATE UNIQUE INDEX "Conversation_workspaceId_id_key" ON "Conversation"("workspaceId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Conversation_accountId_externalKey_key" ON "Conversation"("accountId", "externalKey");

-- CreateIndex
CREATE INDEX "Message_workspaceId_conversationId_at_id_idx" ON "Message"("workspaceId", "conversationId", "at", "id");

-- CreateIndex
CREATE INDEX "Message_workspaceId_at_id_idx" ON "Message"("workspaceId", "at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Message_workspaceId_id_key" ON "Message"("workspaceId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Message_accountId_externalId_key" ON "Message"("accountId", "externalId");

-- CreateIndex
CREATE INDEX "Reply_state_sendAt_idx" ON "Reply"("state", "sendAt");

-- CreateIndex
CREATE INDEX "Reply_state_leaseUntil_idx" ON "Reply"("state", "leaseUntil");

-- CreateIndex
CREATE INDEX "Reply_workspaceId_conversationId_createdAt_idx" ON "Reply"("workspaceId", "conversationId", "createdAt");

-- CreateIndex
CREATE INDEX "Reply_workspaceId_accountId_externalId_idx" ON "Reply"("workspaceId", "accountId", "externalId");

-- CreateIndex
CREATE UNIQUE INDEX "Reply_workspaceId_id_key" ON "Reply"("workspaceId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Reply_messageId_contentHash_key" ON "Reply"("messageId", "contentHash");

-- CreateIndex
CREATE INDEX "ReplyAttempt_replyId_startedAt_idx" ON "ReplyAttempt"("replyId", "startedAt");

-- CreateIndex
CREATE UNIQUE INDEX "ReplyAttempt_workspaceId_id_key" ON "ReplyAttempt"("workspaceId", "id");

-- CreateIndex
CREATE INDEX "ConversationNote_workspaceId_conversationId_id_idx" ON "ConversationNote"("workspaceId", "conversationId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "ConversationNote_workspaceId_id_key" ON "ConversationNote"("workspaceId", "id");

-- CreateIndex
CREATE INDEX "InboxFeed_nextAt_leaseUntil_idx" ON "InboxFeed"("nextAt", "leaseUntil");

-- CreateIndex
CREATE UNIQUE INDEX "InboxFeed_workspaceId_id_key" ON "InboxFeed"("workspaceId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "InboxFeed_accountId_postExternalId_key" ON "InboxFeed"("accountId", "postExternalId");

-- AddForeignKey
ALTER TABLE "ContactIdentity" ADD CONSTRAINT "ContactIdentity_workspaceId_contactId_fkey" FOREIGN KEY ("workspaceId", "contactId") REFERENCES "Contact"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Conversation" ADD CONSTRAINT "Conversation_workspaceId_accountId_fkey" FOREIGN KEY ("workspaceId", "accountId") REFERENCES "Account"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Conversation" ADD CONSTRAINT "Conversation_workspaceId_contactId_fkey" FOREIGN KEY ("workspaceId", "contactId") REFERENCES "Contact"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Message" ADD CONSTRAINT "Message_workspaceId_conversationId_fkey" FOREIGN KEY ("workspaceId", "conversationId") REFERENCES "Conversation"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Reply" ADD CONSTRAINT "Reply_workspaceId_conversationId_fkey" FOREIGN KEY ("workspaceId", "conversationId") REFERENCES "Conversation"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ReplyAttempt" ADD CONSTRAINT "ReplyAttempt_workspaceId_replyId_fkey" FOREIGN KEY ("workspaceId", "replyId") REFERENCES "Reply"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ConversationNote" ADD CONSTRAINT "ConversationNote_workspaceId_conversationId_fkey" FOREIGN KEY ("workspaceId", "conversationId") REFERENCES "Conversation"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "InboxFeed" ADD CONSTRAINT "InboxFeed_workspaceId_accountId_fkey" FOREIGN KEY ("workspaceId", "accountId") REFERENCES "Account"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Search looks anywhere in what was said, and at who said it.
CREATE INDEX "Message_text_idx" ON "Message" USING gin ("text" gin_trgm_ops);
CREATE INDEX "Contact_name_idx" ON "Contact" USING gin ("name" gin_trgm_ops);
CREATE INDEX "ContactIdentity_handle_idx" ON "ContactIdentity" USING gin ("handle" gin_trgm_ops);
CREATE INDEX "Conversation_all_newest_idx" ON "Conversation" ("workspaceId", "lastMessageAt" DESC, "id" DESC);
