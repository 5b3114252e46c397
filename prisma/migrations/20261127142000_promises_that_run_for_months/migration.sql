-- Milliseconds of more than 24 days are no integer of 32 bits.
ALTER TABLE "SlaClock" ALTER COLUMN "spentMs" TYPE DOUBLE PRECISION;
