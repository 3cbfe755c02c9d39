/* SPDX-License-Identifier: GPL-3.0-or-later
 * Sorting and searching attendees, which SQLite does. */
#include "store/hall-attendees.h"

#include "format/hall-fold.h"
#include "model/hall-attendee.h"
#include "store/hall-rows.h"

/* More words than this narrow nothing down any more. */
#define MOST_WORDS 16

/* Whatever else is the same, the row decides: so the order is always the same one. */
static const char *const orders[][2] = {
  [HALL_ATTENDEE_SORT_SIGNED_UP] = { "signed_up_at, row", "signed_up_at DESC, row DESC" },
  [HALL_ATTENDEE_SORT_NAME] = { "folded, row", "folded DESC, row DESC" },
  [HALL_ATTENDEE_SORT_ADDRESS] = { "address_key, row", "address_key DESC, row DESC" },
  [HALL_ATTENDEE_SORT_STATUS] = { "status, signed_up_at, row", "status DESC, signed_up_at DESC, row DESC" },
};

/* The words of what was typed, folded as names and addresses are. */
static GPtrArray *
split_search (const char *search)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autofree char      *folded = hall_fold (search != NULL ? search : "");
  g_auto (GStrv)        parts = g_strsplit_set (folded, " \t\r\n", -1);

  for (guint i = 0; parts[i] != NULL && words->len < MOST_WORDS; i++)
    if (*parts[i] != '\0')
      g_ptr_array_add (words, g_strdup (parts[i]));

  return g_steal_pointer (&words);
}

static HallStatement *
prepare_find (HallDatabase             *db,
              const HallAttendeeQuery  *query,
              GError                  **error)
{
  g_autoptr (GPtrArray)     words = split_search (query->search);
  g_autoptr (GString)       sql = g_string_new ("SELECT row FROM attendees WHERE 1");
  g_autoptr (HallStatement) statement = NULL;
  int                       index = 1;

  if (query->chat != NULL)
    g_string_append (sql, " AND chat = ?");
  if (query->status != NULL)
    g_string_append (sql, " AND status = ?");
  for (guint i = 0; i < words->len; i++)
    g_string_append (sql, " AND instr(folded, ?)");
  g_string_append_printf (sql, " ORDER BY %s", orders[query->sort][query->descending ? 1 : 0]);

  statement = hall_database_prepare (db, sql->str, error);
  if (statement == NULL)
    return NULL;

  if (query->chat != NULL)
    hall_statement_bind_text (statement, index++, query->chat);
  if (query->status != NULL)
    hall_statement_bind_text (statement, index++, query->status);
  for (guint i = 0; i < words->len; i++)
    hall_statement_bind_text (statement, index++, words->pdata[i]);

  return g_steal_pointer (&statement);
}

static char *
write_list (const gint64 *rows,
            guint         n_rows)
{
  GString *list = g_string_new ("[");

  for (guint i = 0; i < n_rows; i++)
    g_string_append_printf (list, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "", rows[i]);
  g_string_append_c (list, ']');

  return g_string_free (list, FALSE);
}

/**
 * hall_attendees_find:
 * @db: a library
 * @query: which, and in what order
 * @error: HALL_STORE_ERROR, %G_IO_ERROR_CANCELLED
 *
 * Finds attendees. Each word of the search must be part of the name or the address, without regard to case
 * and accents. Sorting by name goes by the folded name.
 *
 * Returns: (transfer full) (element-type gint64) (nullable): their row numbers in order, for hall_attendees_load()
 */
GArray *
hall_attendees_find (HallDatabase             *db,
                     const HallAttendeeQuery  *query,
                     GError                  **error)
{
  g_autoptr (GArray)        rows = NULL;
  g_autoptr (HallStatement) statement = NULL;
  gboolean                  has_row;

  g_return_val_if_fail (db != NULL && query != NULL, NULL);
  g_return_val_if_fail (query->sort < G_N_ELEMENTS (orders), NULL);

  statement = prepare_find (db, query, error);
  if (statement == NULL)
    return NULL;

  rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  do {
    if (!hall_statement_step (statement, &has_row, error))
      return NULL;
    if (has_row) {
      gint64 row = hall_statement_get_int (statement, 0);

      g_array_append_val (rows, row);
    }
  } while (has_row);

  return g_steal_pointer (&rows);
}

/**
 * hall_attendees_load:
 * @db: a library
 * @rows: (array length=n_rows): row numbers from hall_attendees_find()
 * @n_rows: how many
 * @error: HALL_STORE_ERROR, %G_IO_ERROR_CANCELLED
 *
 * Reads a page of attendees.
 *
 * Returns: (transfer full) (element-type HallAttendee) (nullable): @n_rows values in the order of @rows, with NULL
 *   in the place of each that is gone by now
 */
GPtrArray *
hall_attendees_load (HallDatabase  *db,
                     const gint64  *rows,
                     guint          n_rows,
                     GError       **error)
{
  g_autoptr (GPtrArray)     values = NULL;
  g_autoptr (HallStatement) statement = NULL;
  g_autofree char          *sql = NULL;
  g_autofree char          *list = NULL;
  gboolean                  has_row;

  g_return_val_if_fail (db != NULL, NULL);
  g_return_val_if_fail (rows != NULL || n_rows == 0, NULL);

  sql = g_strdup_printf ("WITH wanted (place, wanted_row) AS (SELECT key, value FROM json_each (?)) "
                         "SELECT %s FROM wanted LEFT JOIN attendees ON row = wanted_row ORDER BY place",
                         hall_rows_columns (&hall_attendee_kind));
  statement = hall_database_prepare (db, sql, error);
  if (statement == NULL)
    return NULL;

  list = write_list (rows, n_rows);
  hall_statement_bind (statement, "t", list);

  values = g_ptr_array_new_full (n_rows, (GDestroyNotify) hall_value_unref);
  do {
    if (!hall_statement_step (statement, &has_row, error))
      return NULL;
    if (has_row)
      g_ptr_array_add (values, hall_statement_is_null (statement, 0) ? NULL : hall_rows_read (&hall_attendee_kind, statement));
  } while (has_row);

  return g_steal_pointer (&values);
}

/**
 * hall_attendees_count:
 * @db: a library
 * @chat: (nullable): id of a chat, or NULL for every chat
 * @status: (nullable): a status, or NULL for every status
 * @error: HALL_STORE_ERROR
 *
 * Returns: how many there are; -1 with @error set
 */
gint64
hall_attendees_count (HallDatabase  *db,
                      const char    *chat,
                      const char    *status,
                      GError       **error)
{
  g_return_val_if_fail (db != NULL, -1);

  if (chat != NULL && status != NULL)
    return hall_database_get_int (db, error, "SELECT count(*) FROM attendees WHERE chat = ? AND status = ?", "tt", chat, status);
  if (chat != NULL)
    return hall_database_get_int (db, error, "SELECT count(*) FROM attendees WHERE chat = ?", "t", chat);
  if (status != NULL)
    return hall_database_get_int (db, error, "SELECT count(*) FROM attendees WHERE status = ?", "t", status);

  return hall_database_get_int (db, error, "SELECT count(*) FROM attendees", "");
}

/**
 * hall_attendees_find_person:
 * @db: a library
 * @address_key: a normalised mail address
 * @error: HALL_STORE_ERROR
 *
 * Returns: (transfer full) (nullable): id of the person with that address; NULL without an error when there is none
 */
char *
hall_attendees_find_person (HallDatabase  *db,
                            const char    *address_key,
                            GError       **error)
{
  g_return_val_if_fail (db != NULL && address_key != NULL, NULL);

  return hall_database_get_text (db, error, "SELECT id FROM people WHERE address = ?", "t", address_key);
}

/**
 * hall_attendees_find_signed_up:
 * @db: a library
 * @chat: id of a chat
 * @address_key: a normalised mail address
 * @error: HALL_STORE_ERROR
 *
 * Returns: (transfer full) (nullable): id of the attendee who signed up for that chat with that address; NULL without
 *   an error when there is none
 */
char *
hall_attendees_find_signed_up (HallDatabase  *db,
                               const char    *chat,
                               const char    *address_key,
                               GError       **error)
{
  g_return_val_if_fail (db != NULL && chat != NULL && address_key != NULL, NULL);

  return hall_database_get_text (db, error, "SELECT id FROM attendees WHERE chat = ? AND address_key = ?", "tt",
                                 chat, address_key);
}
