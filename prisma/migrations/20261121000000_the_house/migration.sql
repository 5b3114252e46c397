-- CreateEnum
CREATE TYPE "AccountState" AS ENUM ('healthy', 'needs_reconnect', 'disconnected');

-- CreateEnum
CREATE TYPE "VariantState" AS ENUM ('draft', 'in_review', 'approved', 'scheduled', 'claimed', 'sending', 'unknown', 'reconciling', 'needs_person', 'published', 'refused', 'cancelled', 'removed');

-- CreateEnum
CREATE TYPE "StepState" AS ENUM ('pending', 'sending', 'unknown', 'done', 'refused', 'removed');

-- CreateEnum
CREATE TYPE "Role" AS ENUM ('owner', 'admin', 'manager', 'editor', 'viewer');

-- CreateTable
CREATE TABLE "Account" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "projectId" TEXT,
    "platform" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "handle" TEXT NOT NULL,
    "displayName" TEXT NOT NULL,
    "avatarUrl" TEXT,
    "profileUrl" TEXT NOT NULL,
    "state" "AccountState" NOT NULL DEFAULT 'healthy',
    "scopes" TEXT[],
    "credentialsSealed" TEXT NOT NULL,
    "tokenIssuedAt" TIMESTAMP(3) NOT NULL,
    "tokenExpiresAt" TIMESTAMP(3),
    "refreshExpiresAt" TIMESTAMP(3),
    "refreshLeaseUntil" TIMESTAMP(3),
    "refreshLeaseBy" TEXT,
    "lastErrorMessage" TEXT,
    "lastErrorAt" TIMESTAMP(3),
    "lastCheckedAt" TIMESTAMP(3),
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "disconnectedAt" TIMESTAMP(3),

    CONSTRAINT "Account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ConnectionAttempt" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "sessionId" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "platform" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "projectId" TEXT,
    "stateHash" TEXT NOT NULL,
    "verifierSealed" TEXT NOT NULL,
    "redirectUri" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "usedAt" TIMESTAMP(3),

    CONSTRAINT "ConnectionAttempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "QueueSlot" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "weekday" INTEGER NOT NULL,
    "minute" INTEGER NOT NULL,

    CONSTRAINT "QueueSlot_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Event" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "subjectType" TEXT NOT NULL,
    "subjectId" TEXT NOT NULL,
    "actorKind" TEXT NOT NULL,
    "actorId" TEXT NOT NULL,
    "particulars" JSONB NOT NULL,
    "requestId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "EventOutbox" (
    "eventId" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "EventOutbox_pkey" PRIMARY KEY ("eventId")
);

-- CreateTable
CREATE TABLE "EventSeal" (
    "workspaceId" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "eventId" TEXT NOT NULL,
    "previousHash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "sealedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "EventSeal_pkey" PRIMARY KEY ("workspaceId","seq")
);

-- CreateTable
CREATE TABLE "IncomingEvent" (
    "id" TEXT NOT NULL,
    "platform" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "accountExternalId" TEXT NOT NULL,
    "raw" JSONB NOT NULL,
    "receivedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "handledAt" TIMESTAMP(3),

    CONSTRAINT "IncomingEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Media" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "mime" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "sizeBytes" BIGINT NOT NULL,
    "width" INTEGER,
    "height" INTEGER,
    "durationMs" INTEGER,
    "alt" TEXT NOT NULL DEFAULT '',
    "sha256" TEXT NOT NULL,
    "storageKey" TEXT NOT NULL,
    "thumbKey" TEXT,
    "createdById" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Media_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Post" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "projectId" TEXT,
    "authorId" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "excerpt" TEXT NOT NULL,
    "platforms" TEXT[],
    "state" TEXT NOT NULL DEFAULT 'draft',
    "publishAt" TIMESTAMP(3),
    "wallTime" TEXT,
    "timeZone" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "recurrenceId" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    "publishedAt" TIMESTAMP(3),
    "deletedAt" TIMESTAMP(3),

    CONSTRAINT "Post_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Variant" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "postId" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "platform" TEXT NOT NULL,
    "override" JSONB,
    "state" "VariantState" NOT NULL DEFAULT 'draft',
    "publishAt" TIMESTAMP(3),
    "notBefore" TIMESTAMP(3),
    "queuedFor" TIMESTAMP(3),
    "fence" INTEGER NOT NULL DEFAULT 0,
    "claimedBy" TEXT,
    "leaseUntil" TIMESTAMP(3),
    "absentReads" INTEGER NOT NULL DEFAULT 0,
    "retries" INTEGER NOT NULL DEFAULT 0,
    "reason" JSONB,
    "url" TEXT,
    "publishedAt" TIMESTAMP(3),
    "latenessMs" INTEGER,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Variant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Step" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "variantId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "state" "StepState" NOT NULL DEFAULT 'pending',
    "intent" JSONB NOT NULL,
    "uploads" JSONB NOT NULL,
    "requestHash" TEXT,
    "sentAt" TIMESTAMP(3),
    "externalId" TEXT,
    "url" TEXT,
    "ref" JSONB,
    "proof" JSONB,

    CONSTRAINT "Step_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Attempt" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "variantId" TEXT NOT NULL,
    "stepId" TEXT NOT NULL,
    "fence" INTEGER NOT NULL,
    "purpose" TEXT NOT NULL,
    "requestHash" TEXT,
    "worker" TEXT NOT NULL,
    "startedAt" TIMESTAMP(3) NOT NULL,
    "durationMs" INTEGER,
    "outcome" TEXT,
    "answer" JSONB,

    CONSTRAINT "Attempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PostVersion" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "postId" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "snapshot" JSONB NOT NULL,
    "actorKind" TEXT NOT NULL,
    "actorId" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "PostVersion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PostMedia" (
    "workspaceId" TEXT NOT NULL,
    "postId" TEXT NOT NULL,
    "mediaId" TEXT NOT NULL,

    CONSTRAINT "PostMedia_pkey" PRIMARY KEY ("postId","mediaId")
);

-- CreateTable
CREATE TABLE "Recurrence" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    "timeZone" TEXT NOT NULL,
    "startsAt" TEXT NOT NULL,
    "templateId" TEXT NOT NULL,
    "madeUntil" TIMESTAMP(3),
    "endedAt" TIMESTAMP(3),
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Recurrence_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MetricSample" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "variantId" TEXT NOT NULL,
    "takenAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "values" JSONB NOT NULL,

    CONSTRAINT "MetricSample_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "User" (
    "id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "passwordHash" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Session" (
    "id" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "userAgent" TEXT NOT NULL,
    "ip" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastSeenAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "revokedAt" TIMESTAMP(3),

    CONSTRAINT "Session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PasswordReset" (
    "id" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "usedAt" TIMESTAMP(3),

    CONSTRAINT "PasswordReset_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Workspace" (
    "id" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "timeZone" TEXT NOT NULL,
    "weekStartsOn" INTEGER NOT NULL DEFAULT 1,
    "lateAfterMinutes" INTEGER NOT NULL DEFAULT 60,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Workspace_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Member" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "role" "Role" NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Member_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Invitation" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "role" "Role" NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "invitedById" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "acceptedAt" TIMESTAMP(3),
    "revokedAt" TIMESTAMP(3),

    CONSTRAINT "Invitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Project" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "archivedAt" TIMESTAMP(3),

    CONSTRAINT "Project_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ApiKey" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "keyHash" TEXT NOT NULL,
    "scopes" TEXT[],
    "createdById" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastUsedAt" TIMESTAMP(3),
    "expiresAt" TIMESTAMP(3),
    "revokedAt" TIMESTAMP(3),

    CONSTRAINT "ApiKey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "IdempotentRequest" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "apiKeyId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "requestHash" TEXT NOT NULL,
    "status" INTEGER,
    "response" JSONB,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "IdempotentRequest_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Mail" (
    "id" TEXT NOT NULL,
    "to" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "bodySealed" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sentAt" TIMESTAMP(3),
    "lastError" TEXT,

    CONSTRAINT "Mail_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WorkerHeartbeat" (
    "id" TEXT NOT NULL,
    "startedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "seenAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "WorkerHeartbeat_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Account_platform_externalId_idx" ON "Account"("platform", "externalId");

-- CreateIndex
CREATE INDEX "Account_state_tokenExpiresAt_idx" ON "Account"("state", "tokenExpiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "Account_workspaceId_id_key" ON "Account"("workspaceId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Account_workspaceId_platform_externalId_key" ON "Account"("workspaceId", "platform", "externalId");

-- CreateIndex
CREATE UNIQUE INDEX "ConnectionAttempt_stateHash_key" ON "ConnectionAttempt"("stateHash");

-- CreateIndex
CREATE INDEX "ConnectionAttempt_expiresAt_idx" ON "ConnectionAttempt"("expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "ConnectionAttempt_workspaceId_id_key" ON "ConnectionAttempt"("workspaceId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "QueueSlot_workspaceId_id_key" ON "QueueSlot"("workspaceId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "QueueSlot_accountId_weekday_minute_key" ON "QueueSlot"("accountId", "weekday", "minute");

-- CreateIndex
CREATE INDEX "Event_workspaceId_at_id_idx" ON "Event"("workspaceId", "at", "id");

-- CreateIndex
CREATE INDEX "Event_workspaceId_subjectType_subjectId_id_idx" ON "Event"("workspaceId", "subjectType", "subjectId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Event_workspaceId_id_key" ON "Event"("workspaceId", "id");

-- CreateIndex
CREATE INDEX "EventOutbox_createdAt_idx" ON "EventOutbox"("createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "EventSeal_eventId_key" ON "EventSeal"("eventId");

-- CreateIndex
CREATE INDEX "IncomingEvent_handledAt_receivedAt_idx" ON "IncomingEvent"("handledAt", "receivedAt");

-- CreateIndex
CREATE UNIQUE INDEX "IncomingEvent_platform_externalId_key" ON "IncomingEvent"("platform", "externalId");

-- CreateIndex
CREATE INDEX "Media_workspaceId_createdAt_id_idx" ON "Media"("workspaceId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Media_workspaceId_sha256_idx" ON "Media"("workspaceId", "sha256");

-- CreateIndex
CREATE UNIQUE INDEX "Media_workspaceId_id_key" ON "Media"("workspaceId", "id");

-- CreateIndex
CREATE INDEX "Post_workspaceId_deletedAt_publishAt_id_idx" ON "Post"("workspaceId", "deletedAt", "publishAt", "id");

-- CreateIndex
CREATE INDEX "Post_workspaceId_deletedAt_state_id_idx" ON "Post"("workspaceId", "deletedAt", "state", "id");

-- CreateIndex
CREATE INDEX "Post_workspaceId_projectId_publishAt_id_idx" ON "Post"("workspaceId", "projectId", "publishAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Post_workspaceId_id_key" ON "Post"("workspaceId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Post_recurrenceId_publishAt_key" ON "Post"("recurrenceId", "publishAt");

-- CreateIndex
CREATE INDEX "Variant_state_publishAt_idx" ON "Variant"("state", "publishAt");

-- CreateIndex
CREATE INDEX "Variant_state_leaseUntil_idx" ON "Variant"("state", "leaseUntil");

-- CreateIndex
CREATE INDEX "Variant_workspaceId_accountId_publishAt_idx" ON "Variant"("workspaceId", "accountId", "publishAt");

-- CreateIndex
CREATE INDEX "Variant_workspaceId_state_publishAt_idx" ON "Variant"("workspaceId", "state", "publishAt");

-- CreateIndex
CREATE UNIQUE INDEX "Variant_workspaceId_id_key" ON "Variant"("workspaceId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Variant_postId_accountId_key" ON "Variant"("postId", "accountId");

-- CreateIndex
CREATE INDEX "Step_workspaceId_externalId_idx" ON "Step"("workspaceId", "externalId");

-- CreateIndex
CREATE UNIQUE INDEX "Step_workspaceId_id_key" ON "Step"("workspaceId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Step_variantId_position_key" ON "Step"("variantId", "position");

-- CreateIndex
CREATE INDEX "Attempt_variantId_startedAt_idx" ON "Attempt"("variantId", "startedAt");

-- CreateIndex
CREATE UNIQUE INDEX "Attempt_workspaceId_id_key" ON "Attempt"("workspaceId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "PostVersion_workspaceId_id_key" ON "PostVersion"("workspaceId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "PostVersion_postId_revision_key" ON "PostVersion"("postId", "revision");

-- CreateIndex
CREATE INDEX "PostMedia_workspaceId_mediaId_idx" ON "PostMedia"("workspaceId", "mediaId");

-- CreateIndex
CREATE INDEX "Recurrence_endedAt_madeUntil_idx" ON "Recurrence"("endedAt", "madeUntil");

-- CreateIndex
CREATE UNIQUE INDEX "Recurrence_workspaceId_id_key" ON "Recurrence"("workspaceId", "id");

-- CreateIndex
CREATE INDEX "MetricSample_variantId_takenAt_idx" ON "MetricSample"("variantId", "takenAt");

-- CreateIndex
CREATE UNIQUE INDEX "MetricSample_workspaceId_id_key" ON "MetricSample"("workspaceId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");

-- CreateIndex
CREATE INDEX "Session_userId_createdAt_idx" ON "Session"("userId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "PasswordReset_tokenHash_key" ON "PasswordReset"("tokenHash");

-- CreateIndex
CREATE INDEX "PasswordReset_userId_idx" ON "PasswordReset"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "Workspace_slug_key" ON "Workspace"("slug");

-- CreateIndex
CREATE INDEX "Member_userId_idx" ON "Member"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "Member_workspaceId_id_key" ON "Member"("workspaceId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Member_workspaceId_userId_key" ON "Member"("workspaceId", "userId");

-- CreateIndex
CREATE UNIQUE INDEX "Invitation_tokenHash_key" ON "Invitation"("tokenHash");

-- CreateIndex
CREATE INDEX "Invitation_workspaceId_createdAt_idx" ON "Invitation"("workspaceId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "Invitation_workspaceId_id_key" ON "Invitation"("workspaceId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Project_workspaceId_id_key" ON "Project"("workspaceId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Project_workspaceId_name_key" ON "Project"("workspaceId", "name");

-- CreateIndex
CREATE UNIQUE INDEX "ApiKey_keyHash_key" ON "ApiKey"("keyHash");

-- CreateIndex
CREATE INDEX "ApiKey_workspaceId_createdAt_idx" ON "ApiKey"("workspaceId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "ApiKey_workspaceId_id_key" ON "ApiKey"("workspaceId", "id");

-- CreateIndex
CREATE INDEX "IdempotentRequest_createdAt_idx" ON "IdempotentRequest"("createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "IdempotentRequest_workspaceId_apiKeyId_key_key" ON "IdempotentRequest"("workspaceId", "apiKeyId", "key");

-- AddForeignKey
ALTER TABLE "Account" ADD CONSTRAINT "Account_workspaceId_projectId_fkey" FOREIGN KEY ("workspaceId", "projectId") REFERENCES "Project"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "QueueSlot" ADD CONSTRAINT "QueueSlot_workspaceId_accountId_fkey" FOREIGN KEY ("workspaceId", "accountId") REFERENCES "Account"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Event" ADD CONSTRAINT "Event_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Post" ADD CONSTRAINT "Post_workspaceId_projectId_fkey" FOREIGN KEY ("workspaceId", "projectId") REFERENCES "Project"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Post" ADD CONSTRAINT "Post_workspaceId_recurrenceId_fkey" FOREIGN KEY ("workspaceId", "recurrenceId") REFERENCES "Recurrence"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Variant" ADD CONSTRAINT "Variant_workspaceId_postId_fkey" FOREIGN KEY ("workspaceId", "postId") REFERENCES "Post"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Variant" ADD CONSTRAINT "Variant_workspaceId_accountId_fkey" FOREIGN KEY ("workspaceId", "accountId") REFERENCES "Account"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Step" ADD CONSTRAINT "Step_workspaceId_variantId_fkey" FOREIGN KEY ("workspaceId", "variantId") REFERENCES "Variant"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Attempt" ADD CONSTRAINT "Attempt_workspaceId_variantId_fkey" FOREIGN KEY ("workspaceId", "variantId") REFERENCES "Variant"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Attempt" ADD CONSTRAINT "Attempt_workspaceId_stepId_fkey" FOREIGN KEY ("workspaceId", "stepId") REFERENCES "Step"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PostVersion" ADD CONSTRAINT "PostVersion_workspaceId_postId_fkey" FOREIGN KEY ("workspaceId", "postId") REFERENCES "Post"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PostMedia" ADD CONSTRAINT "PostMedia_workspaceId_postId_fkey" FOREIGN KEY ("workspaceId", "postId") REFERENCES "Post"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PostMedia" ADD CONSTRAINT "PostMedia_workspaceId_mediaId_fkey" FOREIGN KEY ("workspaceId", "mediaId") REFERENCES "Media"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MetricSample" ADD CONSTRAINT "MetricSample_workspaceId_variantId_fkey" FOREIGN KEY ("workspaceId", "variantId") REFERENCES "Variant"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PasswordReset" ADD CONSTRAINT "PasswordReset_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Member" ADD CONSTRAINT "Member_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Member" ADD CONSTRAINT "Member_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Project" ADD CONSTRAINT "Project_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ApiKey" ADD CONSTRAINT "ApiKey_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Kept by rate-limiter-flexible; no room reads it.
CREATE TABLE "RateLimit" (
    "key" VARCHAR(255) PRIMARY KEY,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT
);

-- The spine is append-only, and so is the chain over it.
CREATE FUNCTION refuse_rewriting_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE ON "Event" FOR EACH ROW EXECUTE FUNCTION refuse_rewriting_history();
CREATE TRIGGER event_no_truncate BEFORE TRUNCATE ON "Event" EXECUTE FUNCTION refuse_rewriting_history();
CREATE TRIGGER event_seal_append_only BEFORE UPDATE OR DELETE ON "EventSeal" FOR EACH ROW EXECUTE FUNCTION refuse_rewriting_history();
CREATE TRIGGER event_seal_no_truncate BEFORE TRUNCATE ON "EventSeal" EXECUTE FUNCTION refuse_rewriting_history();

-- Only posts that wait for something are looked for by the sweeps; the published ones are the many.
CREATE INDEX "Variant_due_idx" ON "Variant" ("publishAt") WHERE "state" = 'scheduled';
CREATE INDEX "Variant_held_idx" ON "Variant" ("leaseUntil") WHERE "state" IN ('claimed', 'sending', 'reconciling');
