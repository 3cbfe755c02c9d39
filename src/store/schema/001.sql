-- SPDX-License-Identifier: GPL-3.0-or-later
-- The library, version 1. A column that bears a field's name holds that field (src/model); a moment is
-- microseconds since 1970 in UTC; an id is a UUID in text form.

CREATE TABLE accounts (
  row INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  service TEXT NOT NULL,
  url TEXT NOT NULL,
  synced_at INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE people (
  row INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT,
  address TEXT NOT NULL,
  notes TEXT
) STRICT;

CREATE TABLE series (
  row INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  account TEXT REFERENCES accounts (id) ON DELETE SET NULL,
  title TEXT NOT NULL,
  summary TEXT,
  wall TEXT NOT NULL,
  zone TEXT NOT NULL,
  duration INTEGER NOT NULL DEFAULT 0,
  rule TEXT
) STRICT;

CREATE TABLE chats (
  row INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  account TEXT REFERENCES accounts (id) ON DELETE SET NULL,
  series TEXT REFERENCES series (id) ON DELETE SET NULL,
  occurrence TEXT,
  title TEXT NOT NULL,
  slug TEXT NOT NULL,
  summary TEXT,
  wall TEXT NOT NULL,
  fold INTEGER NOT NULL DEFAULT 0,
  zone TEXT NOT NULL,
  duration INTEGER NOT NULL DEFAULT 0,
  capacity INTEGER NOT NULL DEFAULT 0,
  status TEXT NOT NULL,
  recording TEXT,
  sign_up_url TEXT,
  starts_at INTEGER NOT NULL DEFAULT 0 -- derived from wall, zone and fold
) STRICT;

CREATE TABLE guests (
  row INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  chat TEXT NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  bio TEXT,
  address TEXT,
  pronouns TEXT,
  zone TEXT,
  status TEXT NOT NULL
) STRICT;

CREATE TABLE posts (
  row INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  account TEXT REFERENCES accounts (id) ON DELETE SET NULL,
  file_name TEXT NOT NULL,
  title TEXT,
  text TEXT,
  status TEXT NOT NULL,
  edited_at INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE attendees (
  row INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  chat TEXT NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  address TEXT NOT NULL,
  address_key TEXT NOT NULL,
  status TEXT NOT NULL,
  attended INTEGER NOT NULL DEFAULT 0,
  signed_up_at INTEGER NOT NULL DEFAULT 0,
  person TEXT REFERENCES people (id) ON DELETE SET NULL,
  folded TEXT NOT NULL DEFAULT '' -- name and address as letters for searching
) STRICT;

CREATE TABLE questions (
  row INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  chat TEXT NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
  attendee TEXT REFERENCES attendees (id) ON DELETE SET NULL,
  name TEXT,
  text TEXT NOT NULL,
  status TEXT NOT NULL,
  asked_at INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX chats_by_start ON chats (starts_at);
CREATE INDEX chats_by_slug ON chats (slug);
CREATE INDEX chats_by_series ON chats (series);
CREATE INDEX guests_by_chat ON guests (chat);
CREATE UNIQUE INDEX attendees_by_address ON attendees (chat, address_key);
CREATE INDEX attendees_by_time ON attendees (signed_up_at);
CREATE INDEX attendees_of_chat_by_time ON attendees (chat, signed_up_at);
CREATE INDEX attendees_of_chat_by_status ON attendees (chat, status, signed_up_at);
CREATE INDEX attendees_by_person ON attendees (person);
CREATE INDEX questions_by_chat ON questions (chat, asked_at);
CREATE INDEX questions_by_attendee ON questions (attendee);
CREATE UNIQUE INDEX people_by_address ON people (address);

-- Every version of a post's text; local.
CREATE TABLE revisions (
  number INTEGER PRIMARY KEY,
  post TEXT NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
  made_at INTEGER NOT NULL,
  text TEXT NOT NULL
) STRICT;
CREATE INDEX revisions_by_post ON revisions (post, number);

-- Edits waiting to be sent. Body and base_mark are set once, when the edit is first attempted.
CREATE TABLE outbox (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  operation TEXT NOT NULL UNIQUE,
  account TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  verb TEXT NOT NULL CHECK (verb IN ('create', 'change', 'remove')),
  state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'unknown', 'parked')),
  base_mark TEXT,
  body TEXT,
  attempts INTEGER NOT NULL DEFAULT 0,
  made_at INTEGER NOT NULL,
  reason TEXT
) STRICT;
CREATE INDEX outbox_by_row ON outbox (kind, id, number);

-- What the service last said of a row.
CREATE TABLE bases (
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  account TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  mark TEXT NOT NULL,
  json TEXT NOT NULL,
  PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE cursors (
  account TEXT PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
  cursor TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Both versions of a row that was changed here and there. With a rowid: SQLite tells of changes in such tables only.
CREATE TABLE conflicts (
  row INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  account TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  row_id TEXT NOT NULL,
  base TEXT,
  mine TEXT,
  theirs TEXT,
  found_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX conflicts_by_row ON conflicts (kind, row_id);

-- What every row was before it was changed, for 90 days.
CREATE TABLE history (
  number INTEGER PRIMARY KEY,
  made_at INTEGER NOT NULL,
  origin TEXT NOT NULL CHECK (origin IN ('host', 'service')),
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  before TEXT,
  after TEXT
) STRICT;
CREATE INDEX history_by_row ON history (kind, id, number);
CREATE INDEX history_by_time ON history (made_at);
