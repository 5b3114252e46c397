ALTER TABLE "Message" ALTER COLUMN "hideTo" TYPE TEXT USING CASE WHEN "hideTo" THEN 'hidden' WHEN NOT "hideTo" THEN 'shown' END;
