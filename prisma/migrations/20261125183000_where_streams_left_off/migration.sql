-- A line that can be taken up where it left off remembers where that was.
ALTER TABLE "InboxFeed" ADD COLUMN "streamMark" TEXT;
