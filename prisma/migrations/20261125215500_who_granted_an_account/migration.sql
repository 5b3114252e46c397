-- AlterTable
ALTER TABLE "Account" ADD COLUMN     "grantedBy" TEXT;

-- CreateIndex
CREATE INDEX "Account_platform_grantedBy_idx" ON "Account"("platform", "grantedBy");
