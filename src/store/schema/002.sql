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
