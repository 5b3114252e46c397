ALTER TABLE "Message" ADD COLUMN     "hiddenSeenAt" TIMESTAMP(3);
