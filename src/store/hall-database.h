/* SPDX-License-Identifier: GPL-3.0-or-later
 * One connection to one SQLite file. This and hall-statement are the only places where SQLite is called. */
#pragma once

#include "store/hall-statement.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _HallDatabase HallDatabase;

typedef enum {
  HALL_DATABASE_PEEK,       /* must be there; looked at without locks or journal, leaving no trace */
  HALL_DATABASE_MEND,       /* must be there; what a power cut left half done is undone, and nothing else is written */
  HALL_DATABASE_READ_ONLY,  /* must be there */
  HALL_DATABASE_READ_WRITE, /* must be there */
  HALL_DATABASE_CREATE,     /* made with mode 0600 when it is not there */
} HallDatabaseMode;

HallDatabase  *hall_database_open        (const char       *path,
                                          HallDatabaseMode  mode,
                                          GError          **error);
HallDatabase  *hall_database_open_on     (const char       *vfs,
                                          const char       *path,
                                          HallDatabaseMode  mode,
                                          GError          **error);
gboolean       hall_database_has_log     (const char       *vfs,
                                          const char       *path,
                                          gboolean         *has_log,
                                          GError          **error);
gboolean       hall_database_remove_file (const char       *vfs,
                                          const char       *path,
                                          GError          **error);
void           hall_database_close       (HallDatabase     *db);
void           hall_database_abandon     (HallDatabase     *db);

gboolean       hall_database_begin       (HallDatabase     *db,
                                          GError          **error);
gboolean       hall_database_commit      (HallDatabase     *db,
                                          GError          **error);
void           hall_database_rollback    (HallDatabase     *db);
gboolean       hall_database_savepoint   (HallDatabase     *db,
                                          GError          **error);
gboolean       hall_database_release     (HallDatabase     *db,
                                          GError          **error);
void           hall_database_rollback_to (HallDatabase     *db);
gboolean       hall_database_in_transaction (HallDatabase  *db);
void           hall_database_set_cancellable (HallDatabase *db,
                                          GCancellable     *cancellable);
void           hall_database_set_foreign_keys (HallDatabase *db,
                                          gboolean          checked);
gboolean       hall_database_checkpoint  (HallDatabase     *db,
                                          GError          **error);

gboolean       hall_database_script      (HallDatabase     *db,
                                          const char       *sql,
                                          GError          **error);
HallStatement *hall_database_prepare     (HallDatabase     *db,
                                          const char       *sql,
                                          GError          **error);
gboolean       hall_database_run         (HallDatabase     *db,
                                          GError          **error,
                                          const char       *sql,
                                          const char       *types,
                                          ...);
gint64         hall_database_get_int     (HallDatabase     *db,
                                          GError          **error,
                                          const char       *sql,
                                          const char       *types,
                                          ...);
char          *hall_database_get_text    (HallDatabase     *db,
                                          GError          **error,
                                          const char       *sql,
                                          const char       *types,
                                          ...);
gint64         hall_database_count_changes (HallDatabase   *db);
GStrv          hall_database_take_changed  (HallDatabase   *db);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HallDatabase, hall_database_close)

G_END_DECLS
