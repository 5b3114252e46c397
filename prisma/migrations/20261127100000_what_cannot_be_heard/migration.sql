CREATE INDEX "InboxFeed_accountId_trouble_idx" ON "InboxFeed"("accountId", "trouble");
