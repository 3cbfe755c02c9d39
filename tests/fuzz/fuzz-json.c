/* SPDX-License-Identifier: GPL-3.0-or-later
 * Any bytes as JSON: refused with a reason, or read, and then every text in it is one, and it reads as it is written. */
#include "fuzz.h"

#include "format/hall-json.h"

#include <string.h>

static void
check_node (yyjson_val *node,
            guint       depth)
{
  gsize       i, n;
  yyjson_val *name, *value;

  g_assert_cmpuint (depth, <=, HALL_JSON_DEEPEST);

  if (yyjson_is_str (node))
    g_assert_true (g_utf8_validate (yyjson_get_str (node), yyjson_get_len (node), NULL) &&
                   strlen (yyjson_get_str (node)) == yyjson_get_len (node));

  yyjson_arr_foreach (node, i, n, value)
    check_node (value, depth + 1);
  yyjson_obj_foreach (node, i, n, name, value) {
    check_node (name, depth + 1);
    check_node (value, depth + 1);
    /* Each name stands once, so whoever looks it up first or last finds the same. */
    g_assert_true (yyjson_obj_get (node, yyjson_get_str (name)) == value);
  }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (yyjson_doc) doc = hall_json_read ((const char *) data, size, &error);
  g_autoptr (yyjson_doc) again = NULL;
  yyjson_mut_doc        *copy;
  g_autofree char       *text = NULL;

  if (doc == NULL) {
    g_assert_true (error != NULL && error->domain == HALL_FORMAT_ERROR);
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
    return 0;
  }

  check_node (yyjson_doc_get_root (doc), 0);
  copy = yyjson_doc_mut_copy (doc, NULL);
  text = hall_json_write (copy);
  yyjson_mut_doc_free (copy);
  again = hall_json_read (text, -1, &error);
  g_assert_no_error (error);
  g_assert_true (yyjson_equals (yyjson_doc_get_root (doc), yyjson_doc_get_root (again)));

  return 0;
}
