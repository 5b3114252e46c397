-- AlterTable
ALTER TABLE "Contact" ADD COLUMN     "consent" JSONB,
ADD COLUMN     "erasedAt" TIMESTAMP(3),
ADD COLUMN     "fields" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "mergedAt" TIMESTAMP(3),
ADD COLUMN     "mergedById" TEXT,
ADD COLUMN     "mergedIntoId" TEXT,
ADD COLUMN     "rootId" TEXT,
ADD COLUMN IF NOT EXISTS "tags" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "ContactIdentity" ADD COLUMN     "homeId" TEXT;

-- AlterTable
ALTER TABLE "Conversation" ADD COLUMN     "identityId" TEXT;

-- AlterTable
ALTER TABLE "Message" ADD COLUMN     "erasedAt" TIMESTAMP(3);

-- CreateTable
CREATE TABLE "ContactNote" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "contactId" TEXT NOT NULL,
    "authorId" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ContactNote_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ContactNote_workspaceId_contactId_id_idx" ON "ContactNote"("workspaceId", "contactId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "ContactNote_workspaceId_id_key" ON "ContactNote"("workspaceId", "id");

-- CreateIndex
CREATE INDEX "Contact_workspaceId_rootId_idx" ON "Contact"("workspaceId", "rootId");

-- CreateIndex
CREATE INDEX "ContactIdentity_workspaceId_homeId_idx" ON "ContactIdentity"("workspaceId", "homeId");

-- CreateIndex
CREATE INDEX "Conversation_workspaceId_identityId_idx" ON "Conversation"("workspaceId", "identityId");

-- CreateIndex
CREATE INDEX "Message_workspaceId_identityId_idx" ON "Message"("workspaceId", "identityId");

-- AddForeignKey
ALTER TABLE "Contact" ADD CONSTRAINT "Contact_workspaceId_mergedIntoId_fkey" FOREIGN KEY ("workspaceId", "mergedIntoId") REFERENCES "Contact"("workspaceId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "Contact" ADD CONSTRAINT "Contact_workspaceId_rootId_fkey" FOREIGN KEY ("workspaceId", "rootId") REFERENCES "Contact"("workspaceId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "ContactNote" ADD CONSTRAINT "ContactNote_workspaceId_contactId_fkey" FOREIGN KEY ("workspaceId", "contactId") REFERENCES "Contact"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Whom each conversation is with: the first who spoke, as lib/inbox/sum-up.ts has it.
UPDATE "Conversation" AS c
SET "identityId" = f."identityId"
FROM (
  SELECT DISTINCT ON ("conversationId") "conversationId", "identityId"
  FROM "Message"
  WHERE NOT "own" AND "deletedAt" IS NULL AND "kind" IN ('dm', 'review', 'mention', 'comment')
  ORDER BY "conversationId", "at", "externalId"
) AS f
WHERE f."conversationId" = c."id";

-- Contacts are found by their tags.
CREATE INDEX "Contact_tags_idx" ON "Contact" USING gin ("tags");
