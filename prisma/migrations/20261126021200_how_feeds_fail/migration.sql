-- AlterTable
ALTER TABLE "InboxFeed" ADD COLUMN     "trouble" TEXT;
