-- A like took the turn of the rules for new conversations. Where nobody has said anything since, they are asked yet.
UPDATE "Conversation" SET "routedAt" = NULL WHERE "routedAt" IS NOT NULL AND "firstInboundAt" IS NULL;
