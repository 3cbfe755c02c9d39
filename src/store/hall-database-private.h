/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a connection and its statements know of each other. */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

typedef struct _HallDatabase  HallDatabase;
typedef struct _HallStatement HallStatement;

#define HALL_DATABASE_RECENT 128

struct _HallDatabase {
  sqlite3    *handle;
  GHashTable *statements;     /* every HallStatement of this connection, as a set */
  GHashTable *kept;           /* SQL → the HallStatement that is kept for it, in use or not */
  HallStatement *recent[HALL_DATABASE_RECENT]; /* some of those kept, by the address of the text they were asked for with */
  guint64     n_releases;     /* of statements, so far */
  GHashTable *changed;        /* tables changed and committed since they were last taken */
  GHashTable *pending;        /* tables changed since the last commit */
  gboolean    read_only;
  gboolean    in_transaction; /* what the caller was told; SQLite may have rolled back on its own */
  guint       savepoints;
  gboolean    is_spoilt;      /* something of the transaction that was to be undone is still in it */
  gboolean    is_doubtful;    /* a sync has failed, in this program or one before it: what the log holds may never get to the disk */
};

struct _HallStatement {
  HallDatabase *db;
  sqlite3_stmt *query;
  char         *sql;
  const char   *asked_as; /* the text as it was last asked for: only its address means anything */
  gboolean      is_kept;
  gboolean      in_use;
  guint64       released; /* when, counted in releases */
  int           fault; /* what SQLite said to the first binding that failed; told by the next step */
};

gboolean hall_database_is_sound     (HallDatabase  *db,
                                     GError       **error);
void     hall_database_keep_changed (HallDatabase  *db);
void     hall_database_take_back    (HallDatabase  *db,
                                     HallStatement *statement);

G_END_DECLS
