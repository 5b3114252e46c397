CREATE TABLE "AppUse" (
    "platform" TEXT NOT NULL,
    "clientId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "lane" TEXT NOT NULL,
    "units" INTEGER NOT NULL,

    CONSTRAINT "AppUse_pkey" PRIMARY KEY ("platform","clientId","at","lane")
);
