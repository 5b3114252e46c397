-- CreateTable
CREATE TABLE "EventExcerpt" (
    "workspaceId" TEXT NOT NULL,
    "eventId" TEXT NOT NULL,
    "conversationId" TEXT NOT NULL,
    "salt" TEXT NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "EventExcerpt_pkey" PRIMARY KEY ("workspaceId","eventId")
);

-- CreateIndex
CREATE INDEX "EventExcerpt_workspaceId_conversationId_idx" ON "EventExcerpt"("workspaceId", "conversationId");

-- AddForeignKey
ALTER TABLE "EventExcerpt" ADD CONSTRAINT "EventExcerpt_workspaceId_eventId_fkey" FOREIGN KEY ("workspaceId", "eventId") REFERENCES "Event"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EventExcerpt" ADD CONSTRAINT "EventExcerpt_workspaceId_conversationId_fkey" FOREIGN KEY ("workspaceId", "conversationId") REFERENCES "Conversation"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Words may be erased, and never be others.
CREATE TRIGGER event_excerpt_unchanging BEFORE UPDATE ON "EventExcerpt" FOR EACH ROW EXECUTE FUNCTION refuse_rewriting_history();
