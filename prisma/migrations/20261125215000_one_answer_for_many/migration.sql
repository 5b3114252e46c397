-- One answer to many conversations: which of them it went to already.
ALTER TABLE "Reply" ADD COLUMN "onceKey" TEXT;
CREATE UNIQUE INDEX "Reply_workspaceId_onceKey_key" ON "Reply"("workspaceId", "onceKey");
