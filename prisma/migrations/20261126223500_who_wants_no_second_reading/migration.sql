-- CreateTable
CREATE TABLE "AiReadingChoice" (
    "workspaceId" TEXT NOT NULL,
    "refines" BOOLEAN NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "AiReadingChoice_pkey" PRIMARY KEY ("workspaceId")
);

-- Who has had a key of their own chose already.
ALTER TABLE "AiSettings" ALTER COLUMN "refines" SET DEFAULT true;
