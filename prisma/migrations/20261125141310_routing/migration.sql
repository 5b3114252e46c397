-- AlterTable
ALTER TABLE "Conversation" ADD COLUMN     "aiHeld" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "routedAt" TIMESTAMP(3),
ADD COLUMN     "shifts" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "teamId" TEXT;

-- What was there before there were rules is not new to them.
UPDATE "Conversation" SET "routedAt" = "createdAt";

-- CreateTable
CREATE TABLE "Label" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "colour" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Label_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ConversationLabel" (
    "workspaceId" TEXT NOT NULL,
    "conversationId" TEXT NOT NULL,
    "labelId" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ConversationLabel_pkey" PRIMARY KEY ("conversationId","labelId")
);

-- CreateTable
CREATE TABLE "Team" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "turn" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Team_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "TeamMember" (
    "workspaceId" TEXT NOT NULL,
    "teamId" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "skills" TEXT[],
    "capacity" INTEGER NOT NULL DEFAULT 50,
    "turn" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "TeamMember_pkey" PRIMARY KEY ("teamId","memberId")
);

-- CreateTable
CREATE TABLE "Presence" (
    "workspaceId" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "away" BOOLEAN NOT NULL DEFAULT false,
    "seenUntil" TIMESTAMP(3),

    CONSTRAINT "Presence_pkey" PRIMARY KEY ("memberId")
);

-- CreateTable
CREATE TABLE "RoutingRule" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "moment" TEXT NOT NULL,
    "conditions" JSONB NOT NULL,
    "actions" JSONB NOT NULL,
    "stops" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "RoutingRule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RuleFiring" (
    "workspaceId" TEXT NOT NULL,
    "ruleId" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "conversationId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "RuleFiring_pkey" PRIMARY KEY ("ruleId","cause")
);

-- CreateTable
CREATE TABLE "BusinessCalendar" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "timeZone" TEXT NOT NULL,
    "week" JSONB NOT NULL,
    "holidays" JSONB NOT NULL DEFAULT '[]',
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "BusinessCalendar_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SlaPolicy" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "conditions" JSONB NOT NULL,
    "calendarId" TEXT,
    "firstReplyMinutes" INTEGER,
    "resolutionMinutes" INTEGER,
    "warnMinutes" INTEGER NOT NULL,
    "pauseWaiting" BOOLEAN NOT NULL DEFAULT true,
    "pauseSnoozed" BOOLEAN NOT NULL DEFAULT true,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "SlaPolicy_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SlaClock" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "conversationId" TEXT NOT NULL,
    "policyId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "startedAt" TIMESTAMP(3) NOT NULL,
    "minutes" INTEGER NOT NULL,
    "spentMs" INTEGER NOT NULL DEFAULT 0,
    "resumedAt" TIMESTAMP(3),
    "dueAt" TIMESTAMP(3),
    "nextAt" TIMESTAMP(3),
    "warnedAt" TIMESTAMP(3),
    "breachedAt" TIMESTAMP(3),
    "stoppedAt" TIMESTAMP(3),

    CONSTRAINT "SlaClock_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SavedReply" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "SavedReply_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Macro" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "steps" JSONB NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Macro_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Label_workspaceId_id_key" ON "Label"("workspaceId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Label_workspaceId_name_key" ON "Label"("workspaceId", "name");

-- CreateIndex
CREATE INDEX "ConversationLabel_workspaceId_labelId_conversationId_idx" ON "ConversationLabel"("workspaceId", "labelId", "conversationId");

-- CreateIndex
CREATE UNIQUE INDEX "Team_workspaceId_id_key" ON "Team"("workspaceId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Team_workspaceId_name_key" ON "Team"("workspaceId", "name");

-- CreateIndex
CREATE INDEX "TeamMember_workspaceId_memberId_idx" ON "TeamMember"("workspaceId", "memberId");

-- CreateIndex
CREATE UNIQUE INDEX "Presence_workspaceId_memberId_key" ON "Presence"("workspaceId", "memberId");

-- CreateIndex
CREATE INDEX "RoutingRule_workspaceId_position_idx" ON "RoutingRule"("workspaceId", "position");

-- CreateIndex
CREATE UNIQUE INDEX "RoutingRule_workspaceId_id_key" ON "RoutingRule"("workspaceId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "RoutingRule_workspaceId_name_key" ON "RoutingRule"("workspaceId", "name");

-- CreateIndex
CREATE INDEX "RuleFiring_workspaceId_ruleId_at_idx" ON "RuleFiring"("workspaceId", "ruleId", "at");

-- CreateIndex
CREATE INDEX "RuleFiring_workspaceId_conversationId_at_idx" ON "RuleFiring"("workspaceId", "conversationId", "at");

-- CreateIndex
CREATE UNIQUE INDEX "BusinessCalendar_workspaceId_id_key" ON "BusinessCalendar"("workspaceId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "BusinessCalendar_workspaceId_name_key" ON "BusinessCalendar"("workspaceId", "name");

-- CreateIndex
CREATE INDEX "SlaPolicy_workspaceId_position_idx" ON "SlaPolicy"("workspaceId", "position");

-- CreateIndex
CREATE UNIQUE INDEX "SlaPolicy_workspaceId_id_key" ON "SlaPolicy"("workspaceId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "SlaPolicy_workspaceId_name_key" ON "SlaPolicy"("workspaceId", "name");

-- CreateIndex
CREATE INDEX "SlaClock_conversationId_kind_startedAt_idx" ON "SlaClock"("conversationId", "kind", "startedAt");

-- CreateIndex
CREATE INDEX "SlaClock_nextAt_idx" ON "SlaClock"("nextAt");

-- CreateIndex
CREATE INDEX "SlaClock_workspaceId_startedAt_idx" ON "SlaClock"("workspaceId", "startedAt");

-- CreateIndex
CREATE UNIQUE INDEX "SlaClock_workspaceId_id_key" ON "SlaClock"("workspaceId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "SavedReply_workspaceId_id_key" ON "SavedReply"("workspaceId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "SavedReply_workspaceId_name_key" ON "SavedReply"("workspaceId", "name");

-- CreateIndex
CREATE UNIQUE INDEX "Macro_workspaceId_id_key" ON "Macro"("workspaceId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Macro_workspaceId_name_key" ON "Macro"("workspaceId", "name");

-- CreateIndex
CREATE INDEX "Conversation_workspaceId_teamId_state_lastMessageAt_id_idx" ON "Conversation"("workspaceId", "teamId", "state", "lastMessageAt" DESC, "id");

-- AddForeignKey
ALTER TABLE "Conversation" ADD CONSTRAINT "Conversation_workspaceId_teamId_fkey" FOREIGN KEY ("workspaceId", "teamId") REFERENCES "Team"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ConversationLabel" ADD CONSTRAINT "ConversationLabel_workspaceId_conversationId_fkey" FOREIGN KEY ("workspaceId", "conversationId") REFERENCES "Conversation"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ConversationLabel" ADD CONSTRAINT "ConversationLabel_workspaceId_labelId_fkey" FOREIGN KEY ("workspaceId", "labelId") REFERENCES "Label"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TeamMember" ADD CONSTRAINT "TeamMember_workspaceId_teamId_fkey" FOREIGN KEY ("workspaceId", "teamId") REFERENCES "Team"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TeamMember" ADD CONSTRAINT "TeamMember_workspaceId_memberId_fkey" FOREIGN KEY ("workspaceId", "memberId") REFERENCES "Member"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Presence" ADD CONSTRAINT "Presence_workspaceId_memberId_fkey" FOREIGN KEY ("workspaceId", "memberId") REFERENCES "Member"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RuleFiring" ADD CONSTRAINT "RuleFiring_workspaceId_ruleId_fkey" FOREIGN KEY ("workspaceId", "ruleId") REFERENCES "RoutingRule"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SlaPolicy" ADD CONSTRAINT "SlaPolicy_workspaceId_calendarId_fkey" FOREIGN KEY ("workspaceId", "calendarId") REFERENCES "BusinessCalendar"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SlaClock" ADD CONSTRAINT "SlaClock_workspaceId_conversationId_fkey" FOREIGN KEY ("workspaceId", "conversationId") REFERENCES "Conversation"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
