-- AlterTable
ALTER TABLE "Message" ADD COLUMN     "missed" BOOLEAN NOT NULL DEFAULT false;
