-- Of somebody who is erased, what we answered goes as well. What comes in is not of ours, and costs nothing here.
CREATE INDEX "Message_own_parent_idx" ON "Message" ("workspaceId", "parentExternalId") WHERE own AND "parentExternalId" IS NOT NULL;
