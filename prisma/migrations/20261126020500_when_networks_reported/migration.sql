-- CreateIndex
CREATE INDEX "IncomingEvent_platform_accountExternalId_receivedAt_idx" ON "IncomingEvent"("platform", "accountExternalId", "receivedAt");

-- CreateTable
CREATE TABLE "Handshake" (
    "platform" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Handshake_pkey" PRIMARY KEY ("platform")
);
