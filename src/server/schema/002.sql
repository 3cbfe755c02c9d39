-- SPDX-License-Identifier: GPL-3.0-or-later
-- The registration desk, version 2: what is old is forgotten, and pages of the whole are found at once. Another
-- fact may be told: "kept_since", the number of the change before which some are forgotten.

-- When it was made; 0 for one that was made by version 1 and has not been looked at since.
ALTER TABLE changes ADD COLUMN made_at INTEGER NOT NULL DEFAULT 0;

-- Whether it deleted a row of a person who is to be forgotten everywhere.
ALTER TABLE changes ADD COLUMN erased INTEGER NOT NULL DEFAULT 0;

CREATE INDEX changes_to_show ON changes (seq) WHERE newest AND NOT deleted;
