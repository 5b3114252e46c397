-- Facts that an account's limits hang on, and our registrations at servers that are networks of their own.
ALTER TABLE "Account" ADD COLUMN "traits" JSONB NOT NULL DEFAULT '{}';
ALTER TABLE "ConnectionAttempt" ADD COLUMN "server" TEXT;

CREATE TABLE "ServerApp" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "platform" TEXT NOT NULL,
    "server" TEXT NOT NULL,
    "redirectUri" TEXT NOT NULL,
    "clientId" TEXT NOT NULL,
    "secretSealed" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "ServerApp_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "ServerApp_workspaceId_id_key" ON "ServerApp"("workspaceId", "id");
CREATE UNIQUE INDEX "ServerApp_workspaceId_platform_server_redirectUri_key" ON "ServerApp"("workspaceId", "platform", "server", "redirectUri");
