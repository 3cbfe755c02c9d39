/* SPDX-License-Identifier: GPL-3.0-or-later
 * Every row of every table, in an order that depends on nothing but the rows. */
#include "dump.h"

static char *
ask (HallDatabase *db,
     const char   *sql,
     const char   *table)
{
  g_autoptr (GError) error = NULL;
  char              *answer = hall_database_get_text (db, &error, sql, table != NULL ? "t" : "", table);

  g_assert_no_error (error);

  return answer;
}

/* Made once for each shape of a table: the same tables are dumped again and again. */
static const char *
find_query (HallDatabase *db,
            const char   *table,
            const char   *shape)
{
  static GHashTable *made = NULL;
  g_autofree char   *columns = NULL;
  char              *query;

  if (made == NULL)
    made = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  query = g_hash_table_lookup (made, shape);
  if (query != NULL)
    return query;

  columns = ask (db, "SELECT group_concat('quote(\"' || name || '\")', ' || '','' || ') FROM pragma_table_info(?)", table);
  query = g_strdup_printf ("SELECT group_concat(line, char(10) ORDER BY line) FROM (SELECT %s AS line FROM \"%s\")",
                           columns, table);
  g_hash_table_insert (made, g_strdup (shape), query);

  return query;
}

/* The rows of every table, and the version; nothing for a file that nobody has put anything into. */
char *
sim_dump (HallDatabase *db)
{
  g_autoptr (HallStatement) tables = NULL;
  g_autofree char          *version = NULL;
  g_autoptr (GError)        error = NULL;
  GString                  *dump = g_string_new (NULL);
  gboolean                  has_row = TRUE;

  tables = hall_database_prepare (db, "SELECT name, sql FROM sqlite_schema WHERE type = 'table' ORDER BY name", &error);
  g_assert_no_error (error);
  while (hall_statement_step (tables, &has_row, &error) && has_row) {
    const char      *table = hall_statement_get_text (tables, 0);
    g_autofree char *lines = ask (db, find_query (db, table, hall_statement_get_text (tables, 1)), NULL);

    g_string_append_printf (dump, "\n[%s]\n%s", table, lines != NULL ? lines : "");
  }
  g_assert_no_error (error);

  if (dump->len > 0) {
    version = ask (db, "SELECT user_version || '.' || application_id FROM pragma_user_version, pragma_application_id", NULL);
    g_string_prepend (dump, version);
  }

  return g_string_free (dump, FALSE);
}

/* What SQLite itself can tell. */
void
sim_assert_sound (HallDatabase *db)
{
  g_autofree char *answer = ask (db, "PRAGMA quick_check", NULL);
  g_autofree char *orphan = ask (db, "PRAGMA foreign_key_check", NULL);

  g_assert_cmpstr (answer, ==, "ok");
  g_assert_null (orphan);
}
