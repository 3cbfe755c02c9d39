/* SPDX-License-Identifier: GPL-3.0-or-later
 * Values as JSON texts and back. */
#include "format/hall-wire.h"

static char *
write_root (yyjson_mut_doc *doc,
            yyjson_mut_val *root)
{
  yyjson_mut_doc_set_root (doc, root);
  return hall_json_write (doc);
}

/**
 * hall_wire_write:
 * @value: a value
 * @flags: which fields
 *
 * Writes "id", then every wanted field in the order of the kind; absent texts and moments are null. The same
 * value always gives the same bytes. Any thread.
 *
 * Returns: (transfer full): a JSON object
 */
char *
hall_wire_write (gconstpointer value,
                 HallWireFlags flags)
{
  g_autoptr (yyjson_mut_doc) doc = NULL;

  g_return_val_if_fail (value != NULL, NULL);

  doc = yyjson_mut_doc_new (NULL);
  return write_root (doc, hall_wire_node_make (doc, value, flags));
}

/**
 * hall_wire_read:
 * @kind: the kind that is expected
 * @json: (array length=length): a JSON text
 * @length: its length in bytes, or -1 when a NUL ends it
 * @flags: which fields to read; members for others are ignored
 * @error: return location for a HALL_FORMAT_ERROR
 *
 * Reads one value, strictly (hall_json_read()). "id" must be a UUID. A required text must be there and not be
 * empty; any other member may be left out, which is as null, 0 or false. Texts and moments may be null,
 * numbers and truths may not. Members that @kind does not have are ignored: a newer service may send them.
 * A fault in one member is told as "/member: what is wrong". Any thread.
 *
 * Returns: (transfer full): a value of @kind; NULL with @error set
 */
gpointer
hall_wire_read (const HallKind  *kind,
                const char      *json,
                gssize           length,
                HallWireFlags    flags,
                GError         **error)
{
  g_autoptr (yyjson_doc) doc = NULL;

  g_return_val_if_fail (kind != NULL, NULL);
  g_return_val_if_fail (json != NULL || length == 0, NULL);

  doc = hall_json_read (json, length, error);
  if (doc == NULL)
    return NULL;

  return hall_wire_node_read (kind, yyjson_doc_get_root (doc), flags, error);
}

/**
 * hall_wire_write_change:
 * @before: a value
 * @after: another of the same kind and id
 *
 * Writes what a client must send to make @before into @after: only the members that differ, null for what
 * became absent; nothing local and nothing that only the service sets. Any thread.
 *
 * Returns: (transfer full): a JSON object; "{}" when there is nothing to send
 */
char *
hall_wire_write_change (gconstpointer before,
                        gconstpointer after)
{
  g_autoptr (yyjson_mut_doc) doc = NULL;

  g_return_val_if_fail (before != NULL && after != NULL, NULL);

  doc = yyjson_mut_doc_new (NULL);
  return write_root (doc, hall_wire_node_change (doc, before, after));
}

/**
 * hall_wire_apply_change:
 * @before: a value
 * @json: (array length=length): what hall_wire_write_change() writes
 * @length: its length in bytes, or -1 when a NUL ends it
 * @error: return location for a HALL_FORMAT_ERROR
 *
 * Makes the value that @before becomes. Members for local fields and for what only the service sets are
 * ignored, as are unknown ones; an "id" must be that of @before. Any thread.
 *
 * Returns: (transfer full): the changed value; NULL with @error set
 */
gpointer
hall_wire_apply_change (gconstpointer   before,
                        const char     *json,
                        gssize          length,
                        GError        **error)
{
  g_autoptr (yyjson_doc) doc = NULL;

  g_return_val_if_fail (before != NULL, NULL);
  g_return_val_if_fail (json != NULL || length == 0, NULL);

  doc = hall_json_read (json, length, error);
  if (doc == NULL)
    return NULL;

  return hall_wire_node_apply (before, yyjson_doc_get_root (doc), error);
}
