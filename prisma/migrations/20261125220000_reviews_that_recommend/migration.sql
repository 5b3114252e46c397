-- AlterTable
ALTER TABLE "Message" ADD COLUMN     "recommends" BOOLEAN;
