ALTER TABLE "AiDraft" ADD COLUMN "overtaken" TEXT;
ALTER TABLE "AiDraft" ADD COLUMN "wasAnswered" BOOLEAN NOT NULL DEFAULT false;

-- Those that were made for what had an answer already.
update "AiDraft" d set "wasAnswered" = true
from "Message" m
where m.id = d."messageId" and m."workspaceId" = d."workspaceId" and d.state = 'proposed' and m."answeredAt" <= d."createdAt";

-- Those that waited although nobody waits for them any more.
update "AiDraft" d set state = 'superseded', overtaken = 'deleted'
from "Message" m
where m.id = d."messageId" and m."workspaceId" = d."workspaceId" and d.state = 'proposed' and m."deletedAt" is not null;

update "AiDraft" d set state = 'superseded', overtaken = 'answered'
from "Message" m
where m.id = d."messageId" and m."workspaceId" = d."workspaceId" and d.state = 'proposed' and m."answeredAt" > d."createdAt";

update "AiDraft" d set state = 'superseded', overtaken = 'done', "decidedAt" = c."resolvedAt"
from "Conversation" c
where c.id = d."conversationId" and c."workspaceId" = d."workspaceId" and d.state = 'proposed'
  and c.state = 'done' and c."resolvedAt" > d."createdAt";
