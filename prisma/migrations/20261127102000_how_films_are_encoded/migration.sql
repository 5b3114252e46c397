-- How videos are encoded; what came before stays unknown, and its network judges it.
ALTER TABLE "Media" ADD COLUMN "codec" TEXT, ADD COLUMN "soundCodec" TEXT, ADD COLUMN "fps" DOUBLE PRECISION;
