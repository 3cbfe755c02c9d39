/* SPDX-License-Identifier: GPL-3.0-or-later
 * Writing the rows of pages. */
#include "server/hall-feed-page.h"

#include "server/hall-desk-rows.h"

#include "format/hall-wire.h"
#include "model/hall-kinds.h"

/**
 * hall_feed_page_read_limit:
 * @query: what stands after "?"
 * @limit: (out): how many rows are wanted, %HALL_FEED_PAGE_LONGEST at most
 *
 * Returns: whether "limit" is a number from 1, or absent
 */
gboolean
hall_feed_page_read_limit (const HallForm *query,
                           gint64         *limit)
{
  const char *text;
  guint64     number;

  g_return_val_if_fail (query != NULL && limit != NULL, FALSE);

  *limit = HALL_FEED_PAGE_LONGEST;
  text = hall_form_get (query, "limit");
  if (text == NULL)
    return TRUE;
  if (!g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT, &number, NULL))
    return FALSE;

  *limit = MIN (number, HALL_FEED_PAGE_LONGEST);
  return TRUE;
}

/**
 * hall_feed_page_append:
 * @visit: the request being answered
 * @page: a page that ends within its array of rows
 * @name: the name of a kind
 * @id: an id
 * @mark: the mark of its newest change
 * @entry: what to say of it
 * @error: HALL_STORE_ERROR; CORRUPT when the row should be there and is not
 *
 * Appends a whole row, or a tombstone.
 *
 * Returns: whether it went well
 */
gboolean
hall_feed_page_append (const HallVisit  *visit,
                       GString          *page,
                       const char       *name,
                       const char       *id,
                       const char       *mark,
                       HallFeedEntry     entry,
                       GError          **error)
{
  g_autoptr (HallValue) row = NULL;
  g_autofree char      *json = NULL;
  const HallKind       *kind;
  gpointer              found;

  g_return_val_if_fail (visit != NULL && page != NULL && name != NULL && id != NULL && mark != NULL, FALSE);

  if (page->str[page->len - 1] != '[')
    g_string_append_c (page, ',');
  g_string_append_printf (page, "{\"kind\":\"%s\",\"id\":\"%s\",\"mark\":\"%s\",", name, id, mark);

  if (entry != HALL_FEED_ROW) {
    g_string_append (page, entry == HALL_FEED_ERASED ? "\"deleted\":true,\"erased\":true}" : "\"deleted\":true}");
    return TRUE;
  }

  kind = hall_kinds_from_name (name);
  if (!hall_desk_rows_get (visit, kind, id, &found, error))
    return FALSE;
  row = found;
  if (row == NULL) {
    g_set_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_CORRUPT, "The record names a %s that is not there", name);
    return FALSE;
  }

  json = hall_wire_write (row, HALL_WIRE_ALL);
  g_string_append (page, "\"row\":");
  g_string_append (page, json);
  g_string_append_c (page, '}');

  return TRUE;
}
