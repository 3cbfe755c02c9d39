/* SPDX-License-Identifier: GPL-3.0-or-later
 * Values to nodes of a JSON document and back, by their kind's table of fields. */
#include "format/hall-wire-node.h"

#include "format/hall-wire-moment.h"
#include "model/hall-id.h"

static gboolean
is_wanted (const HallField *field,
           HallWireFlags    flags)
{
  if ((field->flags & HALL_FIELD_LOCAL) != 0)
    return (flags & HALL_WIRE_WITH_LOCAL) != 0;

  return (field->flags & HALL_FIELD_SERVICE) == 0 || (flags & HALL_WIRE_AS_CLIENT) == 0;
}

/* A text that is not UTF-8 can only come from a damaged library; it is sent mended rather than not at all. */
static yyjson_mut_val *
make_text (yyjson_mut_doc *doc,
           const char     *text)
{
  g_autofree char *mended = NULL;

  if (text == NULL)
    return yyjson_mut_null (doc);
  if (g_utf8_validate (text, -1, NULL))
    return yyjson_mut_strcpy (doc, text);

  mended = g_utf8_make_valid (text, -1);
  return yyjson_mut_strcpy (doc, mended);
}

static yyjson_mut_val *
make_member (yyjson_mut_doc  *doc,
             gconstpointer    value,
             const HallField *field)
{
  g_autofree char *moment = NULL;

  switch (field->type) {
  case HALL_FIELD_TEXT:
    return make_text (doc, hall_value_get_text (value, field));
  case HALL_FIELD_INT:
    return yyjson_mut_sint (doc, hall_value_get_int (value, field));
  case HALL_FIELD_BOOL:
    return yyjson_mut_bool (doc, hall_value_get_int (value, field) != 0);
  case HALL_FIELD_MOMENT:
    moment = hall_wire_write_moment (hall_value_get_int (value, field));
    return make_text (doc, moment);
  default:
    g_assert_not_reached ();
  }
}

static gboolean
refuse (GError     **error,
        const char  *name,
        const char  *fault)
{
  g_set_error (error, HALL_FORMAT_ERROR, HALL_FORMAT_ERROR_INVALID, "/%s: %s", name, fault);
  return FALSE;
}

static gboolean
read_text (gpointer          value,
           const HallField  *field,
           yyjson_val       *node,
           GError          **error)
{
  gboolean required = (field->flags & HALL_FIELD_REQUIRED) != 0;

  if (yyjson_is_null (node) && !required) {
    hall_value_set_text (value, field, NULL);
    return TRUE;
  }
  if (!yyjson_is_str (node))
    return refuse (error, field->name, required ? "must be text" : "must be text or null");
  if (required && yyjson_get_len (node) == 0)
    return refuse (error, field->name, "must not be empty");

  hall_value_set_text (value, field, yyjson_get_str (node));
  return TRUE;
}

static gboolean
read_int (gpointer          value,
          const HallField  *field,
          yyjson_val       *node,
          GError          **error)
{
  if (!yyjson_is_int (node) || (yyjson_is_uint (node) && yyjson_get_uint (node) > G_MAXINT64))
    return refuse (error, field->name, "must be a whole number");

  hall_value_set_int (value, field, yyjson_get_sint (node));
  return TRUE;
}

static gboolean
read_moment (gpointer          value,
             const HallField  *field,
             yyjson_val       *node,
             GError          **error)
{
  gint64 moment = 0;

  if (!yyjson_is_null (node) &&
      (!yyjson_is_str (node) || !hall_wire_read_moment (yyjson_get_str (node), &moment)))
    return refuse (error, field->name, "must be a time in UTC, such as “2016-05-30T22:30:00Z”, or null");

  hall_value_set_int (value, field, moment);
  return TRUE;
}

static gboolean
read_member (gpointer          value,
             const HallField  *field,
             yyjson_val       *node,
             GError          **error)
{
  switch (field->type) {
  case HALL_FIELD_TEXT:
    return read_text (value, field, node, error);
  case HALL_FIELD_INT:
    return read_int (value, field, node, error);
  case HALL_FIELD_BOOL:
    if (!yyjson_is_bool (node))
      return refuse (error, field->name, "must be true or false");
    hall_value_set_int (value, field, yyjson_get_bool (node));
    return TRUE;
  case HALL_FIELD_MOMENT:
    return read_moment (value, field, node, error);
  default:
    g_assert_not_reached ();
  }
}

static gboolean
read_members (gpointer        value,
              yyjson_val     *node,
              HallWireFlags   flags,
              gboolean        whole,
              GError        **error)
{
  const HallKind *kind = ((HallValue *) value)->kind;

  for (guint i = 0; i < kind->n_fields; i++) {
    const HallField *field = &kind->fields[i];
    yyjson_val      *member;

    if (!is_wanted (field, flags))
      continue;

    member = yyjson_obj_get (node, field->name);
    if (member != NULL) {
      if (!read_member (value, field, member, error))
        return FALSE;
    } else if (whole && (field->flags & HALL_FIELD_REQUIRED) != 0) {
      return refuse (error, field->name, "is missing");
    }
  }

  return TRUE;
}

static gboolean
check_object (yyjson_val  *node,
              GError     **error)
{
  if (yyjson_is_obj (node))
    return TRUE;

  g_set_error_literal (error, HALL_FORMAT_ERROR, HALL_FORMAT_ERROR_INVALID, "The JSON text is not an object");
  return FALSE;
}

/**
 * hall_wire_node_make:
 * @doc: the document the node is to stand in
 * @value: a value
 * @flags: which fields
 *
 * As hall_wire_write(), but as a node that the caller hangs into @doc. Texts are copied into @doc.
 *
 * Returns: (transfer none): an object that @doc owns
 */
yyjson_mut_val *
hall_wire_node_make (yyjson_mut_doc *doc,
                     gconstpointer   value,
                     HallWireFlags   flags)
{
  const HallValue *self = value;
  yyjson_mut_val  *node;

  g_return_val_if_fail (doc != NULL && value != NULL, NULL);

  node = yyjson_mut_obj (doc);
  yyjson_mut_obj_add_val (doc, node, "id", make_text (doc, self->id));
  for (guint i = 0; i < self->kind->n_fields; i++) {
    const HallField *field = &self->kind->fields[i];

    if (is_wanted (field, flags))
      yyjson_mut_obj_add_val (doc, node, field->name, make_member (doc, value, field));
  }

  return node;
}

/**
 * hall_wire_node_read:
 * @kind: the kind that is expected
 * @node: (nullable): a node of a document that hall_json_read() made
 * @flags: which fields to read; members for others are ignored
 * @error: return location for a HALL_FORMAT_ERROR
 *
 * As hall_wire_read(), from a part of a document.
 *
 * Returns: (transfer full): a value of @kind; NULL with @error set
 */
gpointer
hall_wire_node_read (const HallKind  *kind,
                     yyjson_val      *node,
                     HallWireFlags    flags,
                     GError         **error)
{
  g_autoptr (HallValue) value = NULL;
  const char           *id;

  g_return_val_if_fail (kind != NULL, NULL);

  if (!check_object (node, error))
    return NULL;

  id = yyjson_get_str (yyjson_obj_get (node, "id"));
  if (!hall_id_is_valid (id)) {
    refuse (error, "id", "must be a UUID in lower case");
    return NULL;
  }

  value = hall_value_new (kind, id);
  if (!read_members (value, node, flags, TRUE, error))
    return NULL;

  return g_steal_pointer (&value);
}

/**
 * hall_wire_node_change:
 * @doc: the document the node is to stand in
 * @before: a value
 * @after: another of the same kind and id
 *
 * As hall_wire_write_change(), but as a node that the caller hangs into @doc.
 *
 * Returns: (transfer none): an object that @doc owns
 */
yyjson_mut_val *
hall_wire_node_change (yyjson_mut_doc *doc,
                       gconstpointer   before,
                       gconstpointer   after)
{
  const HallValue *self = after;
  yyjson_mut_val  *node;

  g_return_val_if_fail (doc != NULL && before != NULL && after != NULL, NULL);
  g_return_val_if_fail (self->kind == ((const HallValue *) before)->kind, NULL);

  node = yyjson_mut_obj (doc);
  for (guint i = 0; i < self->kind->n_fields; i++) {
    const HallField *field = &self->kind->fields[i];

    if (is_wanted (field, HALL_WIRE_AS_CLIENT) && !hall_value_same_field (before, after, field))
      yyjson_mut_obj_add_val (doc, node, field->name, make_member (doc, after, field));
  }

  return node;
}

/**
 * hall_wire_node_apply:
 * @before: a value
 * @node: (nullable): a node of a document that hall_json_read() made
 * @error: return location for a HALL_FORMAT_ERROR
 *
 * As hall_wire_apply_change(), from a part of a document.
 *
 * Returns: (transfer full): the changed value; NULL with @error set
 */
gpointer
hall_wire_node_apply (gconstpointer   before,
                      yyjson_val     *node,
                      GError        **error)
{
  g_autoptr (HallValue) after = NULL;
  yyjson_val           *id;

  g_return_val_if_fail (before != NULL, NULL);

  if (!check_object (node, error))
    return NULL;

  id = yyjson_obj_get (node, "id");
  if (id != NULL && g_strcmp0 (yyjson_get_str (id), ((const HallValue *) before)->id) != 0) {
    refuse (error, "id", "cannot change");
    return NULL;
  }

  after = hall_value_copy (before);
  if (!read_members (after, node, HALL_WIRE_AS_CLIENT, FALSE, error))
    return NULL;

  return g_steal_pointer (&after);
}
