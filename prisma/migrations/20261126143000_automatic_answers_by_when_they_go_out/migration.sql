-- The cap of an hour counts an account's automatic answers by when they go out, or went.
CREATE INDEX "Reply_automatic_idx" ON "Reply"("workspaceId", "accountId", (greatest("sendAt", "notBefore", "sentAt")))
WHERE "authorKind" = 'ai' AND "state" <> 'cancelled';
