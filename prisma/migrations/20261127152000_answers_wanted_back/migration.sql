-- An answer that somebody takes back while an earlier try of it may still arrive is looked for, and not sent again.
ALTER TABLE "Reply" ADD COLUMN "wantedBackAt" TIMESTAMP(3);
