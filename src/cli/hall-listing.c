/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rows of cells to look at, and beside them members to compute with. */
#include "cli/hall-listing.h"

#include "cli/hall-terminal.h"
#include "format/hall-json.h"
#include "format/hall-wire.h"

#define GAP "  "

struct _HallListing {
  GPtrArray      *rows; /* of GPtrArray of text */
  yyjson_mut_doc *doc;
  yyjson_mut_val *object; /* of the last row */
};

/* Columns that a terminal needs for a text; what it does not show needs none. */
static guint
measure (const char *text)
{
  guint width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (!g_unichar_iszerowidth (c))
      width += g_unichar_iswide (c) ? 2 : 1;
  }

  return width;
}

static GArray *
measure_columns (HallListing *self)
{
  GArray *widths = g_array_new (FALSE, TRUE, sizeof (guint));

  for (guint i = 0; i < self->rows->len; i++) {
    GPtrArray *cells = g_ptr_array_index (self->rows, i);

    if (cells->len > widths->len)
      g_array_set_size (widths, cells->len);
    for (guint j = 0; j < cells->len; j++) {
      guint *width = &g_array_index (widths, guint, j);

      *width = MAX (*width, measure (g_ptr_array_index (cells, j)));
    }
  }

  return widths;
}

/**
 * hall_listing_new:
 *
 * Returns: (transfer full): a list without rows
 */
HallListing *
hall_listing_new (void)
{
  HallListing *self = g_new0 (HallListing, 1);

  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  self->doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_doc_set_root (self->doc, yyjson_mut_arr (self->doc));

  return self;
}

/**
 * hall_listing_free:
 */
void
hall_listing_free (HallListing *listing)
{
  g_return_if_fail (listing != NULL);

  g_ptr_array_unref (listing->rows);
  yyjson_mut_doc_free (listing->doc);
  g_free (listing);
}

/**
 * hall_listing_next:
 *
 * Begins a row.
 */
void
hall_listing_next (HallListing *listing)
{
  g_return_if_fail (listing != NULL);

  g_ptr_array_add (listing->rows, g_ptr_array_new_with_free_func (g_free));
  listing->object = yyjson_mut_arr_add_obj (listing->doc, yyjson_mut_doc_get_root (listing->doc));
}

/**
 * hall_listing_add_cell:
 * @text: (nullable): what people see in the next column of the row
 */
void
hall_listing_add_cell (HallListing *listing,
                       const char  *text)
{
  g_return_if_fail (listing != NULL && listing->rows->len > 0);

  g_ptr_array_add (g_ptr_array_index (listing->rows, listing->rows->len - 1),
                   hall_terminal_make_printable (text != NULL ? text : ""));
}

/**
 * hall_listing_add_text:
 * @name: a literal: name of a member
 * @text: (nullable): its value; null when absent
 */
void
hall_listing_add_text (HallListing *listing,
                       const char  *name,
                       const char  *text)
{
  g_return_if_fail (listing != NULL && listing->object != NULL);

  if (text != NULL)
    yyjson_mut_obj_add_strcpy (listing->doc, listing->object, name, text);
  else
    yyjson_mut_obj_add_null (listing->doc, listing->object, name);
}

/**
 * hall_listing_add_moment:
 * @moment: microseconds since 1970 in UTC, written as RFC 3339; null for 0
 */
void
hall_listing_add_moment (HallListing *listing,
                         const char  *name,
                         gint64       moment)
{
  g_autofree char *text = hall_wire_write_moment (moment);

  hall_listing_add_text (listing, name, text);
}

/**
 * hall_listing_add_number:
 */
void
hall_listing_add_number (HallListing *listing,
                         const char  *name,
                         gint64       number)
{
  g_return_if_fail (listing != NULL && listing->object != NULL);

  yyjson_mut_obj_add_sint (listing->doc, listing->object, name, number);
}

/**
 * hall_listing_add_truth:
 */
void
hall_listing_add_truth (HallListing *listing,
                        const char  *name,
                        gboolean     truth)
{
  g_return_if_fail (listing != NULL && listing->object != NULL);

  yyjson_mut_obj_add_bool (listing->doc, listing->object, name, truth);
}

/**
 * hall_listing_to_table:
 *
 * Returns: (transfer full): a line for each row, its cells aligned; empty without rows
 */
char *
hall_listing_to_table (HallListing *listing)
{
  g_autoptr (GArray) widths = NULL;
  GString           *table = g_string_new (NULL);

  g_return_val_if_fail (listing != NULL, NULL);

  widths = measure_columns (listing);
  for (guint i = 0; i < listing->rows->len; i++) {
    GPtrArray *cells = g_ptr_array_index (listing->rows, i);
    guint      owed = 0; /* blanks, written only when something follows */

    for (guint j = 0; j < cells->len; j++) {
      const char *cell = g_ptr_array_index (cells, j);

      if (*cell != '\0') {
        g_string_append_printf (table, "%*s%s", (int) owed, "", cell);
        owed = 0;
      }
      owed += g_array_index (widths, guint, j) - measure (cell) + sizeof (GAP) - 1;
    }
    g_string_append_c (table, '\n');
  }

  return g_string_free (table, FALSE);
}

/**
 * hall_listing_to_json:
 *
 * Returns: (transfer full): one array with an object for each row, and a line feed
 */
char *
hall_listing_to_json (HallListing *listing)
{
  g_autofree char *json = NULL;

  g_return_val_if_fail (listing != NULL, NULL);

  json = hall_json_write (listing->doc);

  return g_strconcat (json, "\n", NULL);
}
