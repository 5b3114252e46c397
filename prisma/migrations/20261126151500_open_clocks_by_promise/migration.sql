-- When hours change, or a promise is taken back, the clocks that run for it are found.
CREATE INDEX "SlaClock_open_idx" ON "SlaClock"("workspaceId", "policyId") WHERE "stoppedAt" IS NULL;
