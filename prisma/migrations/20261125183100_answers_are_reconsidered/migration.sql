-- AlterTable
ALTER TABLE "AiDraft" ADD COLUMN     "aboutHash" TEXT;

-- AlterTable
ALTER TABLE "Reply" ADD COLUMN     "decidedById" TEXT;
