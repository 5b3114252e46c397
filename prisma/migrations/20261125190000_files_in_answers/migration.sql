-- AlterTable
ALTER TABLE "Reply" ADD COLUMN     "uploads" JSONB NOT NULL DEFAULT '{}';
