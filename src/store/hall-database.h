/* SPDX-License-Identifier: GPL-3.0-or-later
 * One connection to one SQLite file: the only place where SQLite is called. */
#pragma once

#include "store/hall-store-error.h"

G_BEGIN_DECLS

typedef struct _HallDatabase  HallDatabase;
typedef struct _HallStatement HallStatement; /* a prepared query; belongs to its connection, which keeps it for the next time */

typedef enum {
  HALL_DATABASE_READ_ONLY,  /* must be there */
  HALL_DATABASE_READ_WRITE, /* must be there */
  HALL_DATABASE_CREATE,     /* made with mode 0600 when it is not there */
} HallDatabaseMode;

HallDatabase  *hall_database_open        (const char       *path,
                                          HallDatabaseMode  mode,
                                          GError          **error);
void           hall_database_close       (HallDatabase     *db);

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

void           hall_statement_bind       (HallStatement    *statement,
                                          const char       *types,
                                          ...);
void           hall_statement_bind_text  (HallStatement    *statement,
                                          int               index,
                                          const char       *text);
void           hall_statement_bind_int   (HallStatement    *statement,
                                          int               index,
                                          gint64            number);
gboolean       hall_statement_step       (HallStatement    *statement,
                                          gboolean         *has_row,
                                          GError          **error);
void           hall_statement_reset      (HallStatement    *statement);
gint64         hall_statement_get_int    (HallStatement    *statement,
                                          int               column);
const char    *hall_statement_get_text   (HallStatement    *statement,
                                          int               column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HallDatabase, hall_database_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HallStatement, hall_statement_reset)

G_END_DECLS
