-- SPDX-License-Identifier: GPL-3.0-or-later
-- The registration desk, version 1. A column that bears a field's name holds that field (src/model); a moment is
-- microseconds since 1970 in UTC; an id is a UUID in text form; a mark is 16 hexadecimal digits.

-- What is said once of the whole desk: "epoch", a UUID drawn when it was first asked for.
CREATE TABLE facts (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Who may use the API. The token itself is nowhere: only its SHA-256.
CREATE TABLE tokens (
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  hash TEXT NOT NULL UNIQUE,
  scopes TEXT NOT NULL,
  made_at INTEGER NOT NULL
) STRICT;

CREATE TABLE series (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  summary TEXT,
  wall TEXT NOT NULL,
  zone TEXT NOT NULL,
  duration INTEGER NOT NULL,
  rule TEXT
) STRICT;

CREATE TABLE chats (
  id TEXT PRIMARY KEY,
  series TEXT REFERENCES series (id) ON DELETE SET NULL,
  occurrence TEXT,
  title TEXT NOT NULL,
  slug TEXT NOT NULL UNIQUE,
  summary TEXT,
  wall TEXT NOT NULL,
  fold INTEGER NOT NULL,
  zone TEXT NOT NULL,
  duration INTEGER NOT NULL,
  capacity INTEGER NOT NULL,
  status TEXT NOT NULL,
  recording TEXT,
  starts_at INTEGER NOT NULL DEFAULT 0 -- derived from wall, zone and fold
) STRICT;

CREATE TABLE guests (
  id TEXT PRIMARY KEY,
  chat TEXT NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  bio TEXT,
  address TEXT,
  pronouns TEXT,
  zone TEXT,
  status TEXT NOT NULL
) STRICT;

CREATE TABLE posts (
  id TEXT PRIMARY KEY,
  file_name TEXT NOT NULL,
  text TEXT,
  status TEXT NOT NULL
) STRICT;

CREATE TABLE attendees (
  id TEXT PRIMARY KEY,
  chat TEXT NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  address TEXT NOT NULL,
  address_key TEXT NOT NULL,
  status TEXT NOT NULL,
  attended INTEGER NOT NULL,
  signed_up_at INTEGER NOT NULL
) STRICT;

CREATE TABLE questions (
  id TEXT PRIMARY KEY,
  chat TEXT NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
  attendee TEXT REFERENCES attendees (id) ON DELETE SET NULL,
  name TEXT,
  text TEXT NOT NULL,
  status TEXT NOT NULL,
  asked_at INTEGER NOT NULL
) STRICT;

CREATE INDEX chats_by_series ON chats (series);
CREATE INDEX chats_by_start ON chats (starts_at);
CREATE INDEX guests_by_chat ON guests (chat);
CREATE UNIQUE INDEX attendees_by_address ON attendees (chat, address_key);
CREATE INDEX attendees_by_status ON attendees (chat, status);
CREATE INDEX questions_by_chat ON questions (chat);
CREATE INDEX questions_by_attendee ON questions (attendee);

-- Every write there ever was, in order. A row's newest change bears its mark; a cursor names one of these by
-- number and mark, so that a desk restored from a backup is found out.
CREATE TABLE changes (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  mark TEXT NOT NULL,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  deleted INTEGER NOT NULL,
  newest INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE UNIQUE INDEX changes_by_row ON changes (id, kind) WHERE newest;
CREATE INDEX changes_to_send ON changes (seq) WHERE newest;

-- What was answered to a write, so that the same one sent again gets the same answer.
CREATE TABLE answers (
  token INTEGER NOT NULL REFERENCES tokens (number) ON DELETE CASCADE,
  key TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  status INTEGER NOT NULL,
  etag TEXT,
  body TEXT,
  made_at INTEGER NOT NULL,
  PRIMARY KEY (token, key)
) STRICT;
CREATE INDEX answers_by_time ON answers (made_at);
