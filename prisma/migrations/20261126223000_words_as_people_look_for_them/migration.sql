-- Words as people look for them, so that “muller” finds “MÜLLER” and “oneil” finds “O’Neil”: no case, no accents, no
-- apostrophes, one space between words. What scripts without spaces say stands as its pairs, “北京大学” as “北京 京大 大学”:
-- each word of two characters and more is found in it as a word, and a longer one as its pairs side by side. This is the one
-- such function; what is looked for goes through it, too (lib/workspace/fold.ts). Who changes it has the columns below made
-- anew.
CREATE FUNCTION posthorn_fold(said text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  plain text;
BEGIN
  IF octet_length(said) = char_length(said) THEN
    RETURN regexp_replace(lower(translate(said, '''`', '')), '\s+', ' ', 'g');
  END IF;
  -- Apostrophes, as they are typed, go; before the letters are taken apart, which would make a space of some.
  plain := translate(said, '–—‒−‑‐“”„«»''`´‘’‛ʼ＇', '------"""""');
  plain := normalize(plain, NFKD);
  -- Accents of Latin, Greek and Cyrillic, points of Hebrew, vowel signs of Arabic, and what is not seen at all. The signs of
  -- other scripts are letters to who reads them.
  plain := regexp_replace(plain, '[\u0300-\u036F\u0483-\u0489\u0591-\u05C7\u0610-\u061A\u0640\u064B-\u065F\u0670\u200B-\u200F\u2060\uFE0E\uFE0F\uFEFF]', '', 'g');
  plain := lower(normalize(plain, NFC));
  plain := replace(replace(replace(replace(plain, 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th');
  plain := translate(plain, 'øđðłıς', 'oddliσ');
  -- Thai, Lao, Myanmar, Khmer, kana, Han and Hangul.
  IF plain ~ '[\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u3005-\u3007\u3040-\u30FF\u3400-\u4DBF\u4E00-\u9FFF\uAC00-\uD7A3\uF900-\uFAFF\U00020000-\U0003FFFF]' THEN
    plain := regexp_replace(plain, '([\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u3005-\u3007\u3040-\u30FF\u3400-\u4DBF\u4E00-\u9FFF\uAC00-\uD7A3\uF900-\uFAFF\U00020000-\U0003FFFF]+)', ' \1 ', 'g');
    SELECT string_agg(
      CASE WHEN char_length(run) > 2 AND run ~ '^[\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u3005-\u3007\u3040-\u30FF\u3400-\u4DBF\u4E00-\u9FFF\uAC00-\uD7A3\uF900-\uFAFF\U00020000-\U0003FFFF]'
        THEN (
          SELECT string_agg(one || next, ' ' ORDER BY n)
          FROM unnest(string_to_array(run, NULL), (string_to_array(run, NULL))[2:]) WITH ORDINALITY AS pairs (one, next, n)
          WHERE next IS NOT NULL)
        ELSE run END, ' ' ORDER BY place)
    INTO plain FROM regexp_split_to_table(plain, '\s+') WITH ORDINALITY AS runs (run, place);
  END IF;
  RETURN regexp_replace(plain, '\s+', ' ', 'g');
END
$$;

-- AlterTable
ALTER TABLE "Message" ADD COLUMN "folded" TEXT GENERATED ALWAYS AS (posthorn_fold("text")) STORED;
ALTER TABLE "Contact" ADD COLUMN "folded" TEXT GENERATED ALWAYS AS (posthorn_fold("name")) STORED;
ALTER TABLE "ContactIdentity" ADD COLUMN "folded" TEXT GENERATED ALWAYS AS (posthorn_fold(ltrim("handle", '@') || ' ' || "displayName")) STORED;

-- What the words of messages and names were looked for by.
DROP INDEX "Message_text_idx";
DROP INDEX "Message_words_idx";
DROP INDEX "Contact_name_idx";
DROP INDEX "ContactIdentity_handle_idx";
DROP INDEX "ContactIdentity_displayName_idx";

CREATE INDEX "Message_folded_idx" ON "Message" USING gin ("folded" gin_trgm_ops);
-- Also what we say: words of scripts without spaces are found by it alone.
CREATE INDEX "Message_words_idx" ON "Message" USING gin (to_tsvector('simple', "folded"));
CREATE INDEX "Contact_folded_idx" ON "Contact" USING gin ("folded" gin_trgm_ops);
CREATE INDEX "ContactIdentity_folded_idx" ON "ContactIdentity" USING gin ("folded" gin_trgm_ops);
