-- CreateTable
CREATE TABLE "SharedLine" (
    "id" TEXT NOT NULL,
    "holder" TEXT NOT NULL,
    "until" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "SharedLine_pkey" PRIMARY KEY ("id")
);
