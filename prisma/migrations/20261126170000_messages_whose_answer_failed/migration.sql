-- AlterTable
ALTER TABLE "Message" ADD COLUMN     "failedAt" TIMESTAMP(3);
