-- A consent that was begun by an account's "Reconnect" says which: the others that were disconnected stay so.
ALTER TABLE "ConnectionAttempt" ADD COLUMN "accountId" TEXT;
