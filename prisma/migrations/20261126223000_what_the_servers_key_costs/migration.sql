ALTER TABLE "AiCall" ADD COLUMN "serverPeriod" TEXT;

CREATE TABLE "ServerSpending" (
    "period" TEXT NOT NULL,
    "spentMicros" BIGINT NOT NULL DEFAULT 0,
    "reservedMicros" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "ServerSpending_pkey" PRIMARY KEY ("period")
);

-- One row for everybody, which no workspace may read or write but by these two: they are called in the very statement
-- or transaction that reserves or settles, so that the row is right whoever dies in between.

-- Sets aside what a call with the server's key may cost at most. False when it does not fit below the ceiling.
CREATE FUNCTION posthorn_take_from_server(of_period TEXT, most BIGINT, ceiling BIGINT) RETURNS BOOLEAN
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "ServerSpending" ("period") VALUES (of_period) ON CONFLICT DO NOTHING;
  UPDATE "ServerSpending" SET "reservedMicros" = "reservedMicros" + most
  WHERE "period" = of_period AND "spentMicros" + "reservedMicros" + most <= ceiling;
  RETURN FOUND;
END $$;

-- Gives back what was set aside, and adds what was spent.
CREATE FUNCTION posthorn_settle_with_server(of_period TEXT, given_back BIGINT, spent BIGINT) RETURNS BOOLEAN
LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "ServerSpending" SET "reservedMicros" = "reservedMicros" - given_back, "spentMicros" = "spentMicros" + spent
  WHERE "period" = of_period;
  RETURN FOUND;
END $$;
