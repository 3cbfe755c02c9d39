-- SPDX-License-Identifier: GPL-3.0-or-later
-- The library, version 2: exchanges that wait, start over, or need the host's word.

-- When a service may be asked again. Moments are the library's clock; how long is what counts, for clocks jump.
CREATE TABLE pauses (
  account TEXT PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
  failures INTEGER NOT NULL, -- in a row
  begun_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  asked INTEGER NOT NULL,    -- the service named the time: it binds the host's own wish as well
  refused INTEGER NOT NULL   -- it does not take the token
) STRICT, WITHOUT ROWID;

-- The chat along with which a row was removed here, so that what went together can come back together.
ALTER TABLE history ADD COLUMN along_with TEXT;

-- Rows that were removed along with their chat while something of them was still unsent.
CREATE TABLE set_aside (
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  chat TEXT NOT NULL,
  base TEXT, -- what the edits began with; absent when no service knew the row
  PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

-- Chats that the host removed and brought back before the service heard of it. What has come of them from there
-- meanwhile could not stand without them; it is put in its place with the next exchange.
CREATE TABLE returned (
  chat TEXT PRIMARY KEY,
  account TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- What the host has chosen for a conflict, or let go of a refused edit, so that it can be taken back. 90 days.
CREATE TABLE decisions (
  row INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,  -- of the conflict or the operation
  account TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  row_id TEXT NOT NULL,
  word TEXT NOT NULL CHECK (word IN ('mine', 'theirs', 'edited', 'discard')),
  made_at INTEGER NOT NULL,
  found_at INTEGER NOT NULL,
  base TEXT,                -- base, mine and theirs: as the conflict had them
  mine TEXT,
  theirs TEXT,
  before TEXT,              -- the row with its local fields, before and after; absent when it was not here
  after TEXT
) STRICT;
CREATE INDEX decisions_by_time ON decisions (made_at);

-- A whole that is being fetched anew, page by page, while the library stays as it is.
CREATE TABLE resyncs (
  account TEXT PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
  restored INTEGER NOT NULL, -- the service came back from a backup: what it has forgotten it was not told to delete
  at TEXT,                   -- the cursor up to which the staged rows are good; absent before the first page
  next TEXT                  -- names the next page of the whole; absent when there is none to be asked for
) STRICT, WITHOUT ROWID;

CREATE TABLE staged (
  account TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  mark TEXT NOT NULL,
  json TEXT, -- absent when the service has deleted the row
  PRIMARY KEY (account, kind, id)
) STRICT, WITHOUT ROWID;

-- Rows of which the service has said something that its record of changes has not told yet. When it has told all
-- and one of these is left, it has forgotten.
CREATE TABLE echoes (
  account TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  removal INTEGER NOT NULL, -- it has removed the row as it was asked to
  PRIMARY KEY (account, kind, id)
) STRICT, WITHOUT ROWID;

-- What a service said of a row before what it says now, so that a version from a backup is known for what it is.
CREATE TABLE past_bases (
  number INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  account TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  mark TEXT NOT NULL,
  json TEXT -- absent when it said that the row was deleted
) STRICT;
CREATE INDEX past_bases_by_row ON past_bases (kind, id, number);
