-- What is here already has an unknown number.
ALTER TABLE "Media" ADD COLUMN "pages" INTEGER;
