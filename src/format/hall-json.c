/* SPDX-License-Identifier: GPL-3.0-or-later
 * A strict reader of JSON over yyjson: what two readers could take in two ways is refused. */
#include "format/hall-json.h"

#include <string.h>

/* Up to so many members are compared pair by pair; more go through a table. */
#define FEW_MEMBERS 16

static guint
line_of (const char *text,
         gsize       position)
{
  guint line = 1;

  for (gsize i = 0; i < position; i++)
    if (text[i] == '\n')
      line++;

  return line;
}

/* Looked at before parsing, so that a text of brackets only costs nothing. Text inside quotes does not count. */
static gboolean
is_too_deep (const char *text,
             gsize       length,
             gsize      *position)
{
  gboolean quoted = FALSE;
  guint    depth = 0;

  for (gsize i = 0; i < length; i++) {
    char c = text[i];

    if (quoted) {
      if (c == '\\')
        i++;
      else if (c == '"')
        quoted = FALSE;
    } else if (c == '"') {
      quoted = TRUE;
    } else if (c == '{' || c == '[') {
      if (++depth > HALL_JSON_DEEPEST) {
        *position = i;
        return TRUE;
      }
    } else if ((c == '}' || c == ']') && depth > 0) {
      depth--;
    }
  }

  return FALSE;
}

static gboolean
check_text (yyjson_val  *text,
            GError     **error)
{
  if (memchr (yyjson_get_str (text), '\0', yyjson_get_len (text)) == NULL)
    return TRUE;

  g_set_error_literal (error, HALL_FORMAT_ERROR, HALL_FORMAT_ERROR_NOT_TEXT, "A text holds a NUL character");
  return FALSE;
}

static gboolean
refuse_twice (const char  *name,
              GError     **error)
{
  g_set_error (error, HALL_FORMAT_ERROR, HALL_FORMAT_ERROR_SYNTAX, "The member “%s” stands twice", name);
  return FALSE;
}

static gboolean
check_names (yyjson_val  *object,
             GError     **error)
{
  g_autoptr (GHashTable) seen = NULL;
  const char            *few[FEW_MEMBERS];
  gsize                  n = 0;
  yyjson_obj_iter        members = yyjson_obj_iter_with (object);
  yyjson_val            *member;

  if (yyjson_obj_size (object) > FEW_MEMBERS)
    seen = g_hash_table_new (g_str_hash, g_str_equal);

  while ((member = yyjson_obj_iter_next (&members)) != NULL) {
    const char *name = yyjson_get_str (member);

    if (!check_text (member, error))
      return FALSE;

    if (seen != NULL) {
      if (!g_hash_table_add (seen, (gpointer) name))
        return refuse_twice (name, error);
      continue;
    }

    for (gsize i = 0; i < n; i++)
      if (strcmp (few[i], name) == 0)
        return refuse_twice (name, error);
    few[n++] = name;
  }

  return TRUE;
}

/* Goes no deeper than HALL_JSON_DEEPEST, which has been looked at. */
static gboolean
check_node (yyjson_val  *node,
            GError     **error)
{
  if (yyjson_is_str (node))
    return check_text (node, error);

  if (yyjson_is_obj (node)) {
    yyjson_obj_iter members = yyjson_obj_iter_with (node);
    yyjson_val     *member;

    if (!check_names (node, error))
      return FALSE;
    while ((member = yyjson_obj_iter_next (&members)) != NULL)
      if (!check_node (yyjson_obj_iter_get_val (member), error))
        return FALSE;
  } else if (yyjson_is_arr (node)) {
    yyjson_arr_iter elements = yyjson_arr_iter_with (node);
    yyjson_val     *element;

    while ((element = yyjson_arr_iter_next (&elements)) != NULL)
      if (!check_node (element, error))
        return FALSE;
  }

  return TRUE;
}

/**
 * hall_json_read:
 * @text: (array length=length): bytes that should be JSON (RFC 8259)
 * @length: how many, or -1 when a NUL ends them
 * @error: return location for a HALL_FORMAT_ERROR
 *
 * Reads a JSON text of any shape. Refused are: more than HALL_JSON_LARGEST bytes, invalid UTF-8, a byte order
 * mark, nesting deeper than HALL_JSON_DEEPEST, a name that stands twice in one object, a NUL in any text or
 * name (raw or escaped), half of a surrogate pair, numbers beyond a double, and anything after the end. So
 * every text of the result can be taken as a plain C string. Any thread.
 *
 * Returns: (transfer full): the document; NULL with @error set
 */
yyjson_doc *
hall_json_read (const char  *text,
                gssize       length,
                GError     **error)
{
  g_autoptr (yyjson_doc) doc = NULL;
  yyjson_read_err        fault;
  gsize                  size;
  gsize                  position = 0;

  g_return_val_if_fail (text != NULL || length == 0, NULL);

  size = length < 0 ? strlen (text) : (gsize) length;
  if (size > HALL_JSON_LARGEST) {
    g_set_error (error, HALL_FORMAT_ERROR, HALL_FORMAT_ERROR_SYNTAX,
                 "The JSON text is larger than %d MiB", HALL_JSON_LARGEST / 1024 / 1024);
    return NULL;
  }
  if (size > 0 && !g_utf8_validate_len (text, size, NULL)) {
    g_set_error_literal (error, HALL_FORMAT_ERROR, HALL_FORMAT_ERROR_NOT_TEXT, "The JSON text is not valid UTF-8");
    return NULL;
  }
  if (is_too_deep (text, size, &position)) {
    g_set_error (error, HALL_FORMAT_ERROR, HALL_FORMAT_ERROR_SYNTAX,
                 "Line %u: nested deeper than %d", line_of (text, position), HALL_JSON_DEEPEST);
    return NULL;
  }

  /* Without YYJSON_READ_INSITU the text is only read. */
  doc = yyjson_read_opts ((char *) text, size, YYJSON_READ_NOFLAG, NULL, &fault);
  if (doc == NULL) {
    g_set_error (error, HALL_FORMAT_ERROR, HALL_FORMAT_ERROR_SYNTAX,
                 "Line %u: not valid JSON: %s", line_of (text, MIN (fault.pos, size)), fault.msg);
    return NULL;
  }
  if (!check_node (yyjson_doc_get_root (doc), error))
    return NULL;

  return g_steal_pointer (&doc);
}

/**
 * hall_json_write:
 * @doc: a document whose texts are valid UTF-8 and whose numbers are finite
 *
 * Writes a document without blanks, members in the order they were added. Any thread.
 *
 * Returns: (transfer full): the JSON text, to be freed with g_free()
 */
char *
hall_json_write (yyjson_mut_doc *doc)
{
  char *text;

  g_return_val_if_fail (doc != NULL, NULL);

  /* yyjson takes it from malloc(), which since GLib 2.46 is what g_free() gives back to. */
  text = yyjson_mut_write (doc, YYJSON_WRITE_NOFLAG, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  return text;
}
