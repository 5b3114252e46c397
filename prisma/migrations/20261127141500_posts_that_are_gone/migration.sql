-- AlterTable
ALTER TABLE "InboxFeed" ADD COLUMN "goneSince" TIMESTAMP(3);
