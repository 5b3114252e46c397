-- Two accounts may be told of the same thing, each by a report of its own.
CREATE UNIQUE INDEX "IncomingEvent_platform_externalId_accountExternalId_key" ON "IncomingEvent"("platform", "externalId", "accountExternalId");
DROP INDEX "IncomingEvent_platform_externalId_key";
