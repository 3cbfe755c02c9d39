/* SPDX-License-Identifier: GPL-3.0-or-later
 * A strict checker: a keyword it does not know is a fault of the schema, so nothing in one goes unheeded. */
#include "json-schema.h"

#include <string.h>

static const char *const known[] = {
  "$ref", "type", "const", "enum", "pattern", "minLength", "maxLength", "minimum", "maximum", "minItems", "maxItems", "items",
  "properties", "required", "additionalProperties", "unevaluatedProperties", "allOf", "anyOf", "oneOf", "description", "readOnly",
  NULL,
};

/* What was found on the way to a verdict; it counts only when the verdict is good. */
typedef struct {
  JsonSchemas *schemas;
  GPtrArray   *found;
} Check;

static gboolean check_node (Check *check, yyjson_val *schema, const char *pointer, yyjson_val *value, char **why);

static gboolean
fail (char       **why,
      const char  *pointer,
      const char  *fault)
{
  if (why != NULL && *why == NULL)
    *why = g_strdup_printf ("%s: %s", pointer, fault);

  return FALSE;
}

static void
note (Check      *check,
      const char *pointer)
{
  g_ptr_array_add (check->found, g_strdup (pointer));
}

static gboolean
is_type (yyjson_val *value,
         const char *type)
{
  if (strcmp (type, "integer") == 0)
    return yyjson_is_int (value);
  if (strcmp (type, "boolean") == 0)
    return yyjson_is_bool (value);

  return strcmp (yyjson_get_type_desc (value), type) == 0;
}

static gboolean
check_type (yyjson_val *type,
            yyjson_val *value)
{
  if (yyjson_is_str (type))
    return is_type (value, yyjson_get_str (type));

  for (gsize i = 0; i < yyjson_arr_size (type); i++)
    if (is_type (value, yyjson_get_str (yyjson_arr_get (type, i))))
      return TRUE;

  return FALSE;
}

static gboolean
check_enum (Check      *check,
            yyjson_val *words,
            const char *pointer,
            yyjson_val *value)
{
  for (gsize i = 0; i < yyjson_arr_size (words); i++)
    if (yyjson_equals (yyjson_arr_get (words, i), value)) {
      g_autofree char *word = g_strdup_printf ("%s/enum/%" G_GSIZE_FORMAT, pointer, i);

      note (check, word);
      return TRUE;
    }

  return FALSE;
}

static gboolean
is_within (yyjson_val *least,
           yyjson_val *most,
           gint64      n)
{
  return (least == NULL || n >= yyjson_get_sint (least)) && (most == NULL || n <= yyjson_get_sint (most));
}

/* At least one of them, or just one. Those that do not fit leave nothing behind. */
static gboolean
check_choice (Check      *check,
              yyjson_val *choices,
              const char *pointer,
              const char *keyword,
              yyjson_val *value,
              char      **why)
{
  g_autofree char *first = NULL;
  guint            n = 0;

  for (gsize i = 0; i < yyjson_arr_size (choices); i++) {
    g_autofree char *choice = g_strdup_printf ("%s/%s/%" G_GSIZE_FORMAT, pointer, keyword, i);
    guint            length = check->found->len;

    if (check_node (check, yyjson_arr_get (choices, i), choice, value, &first)) {
      note (check, choice);
      n++;
    } else {
      g_ptr_array_set_size (check->found, length);
    }
  }

  if (n == 0)
    return fail (why, pointer, first != NULL ? first : "there is no choice");

  return n == 1 || strcmp (keyword, "anyOf") == 0 || fail (why, pointer, "it is more than one of them");
}

static gboolean
check_members (Check      *check,
               yyjson_val *schema,
               const char *pointer,
               yyjson_val *value,
               char      **why)
{
  yyjson_val     *properties = yyjson_obj_get (schema, "properties");
  yyjson_val     *required = yyjson_obj_get (schema, "required");
  gboolean        is_closed = yyjson_is_false (yyjson_obj_get (schema, "additionalProperties"));
  gboolean        is_sealed = yyjson_is_false (yyjson_obj_get (schema, "unevaluatedProperties"));
  yyjson_obj_iter members = yyjson_obj_iter_with (value);
  yyjson_val     *name;

  for (gsize i = 0; i < yyjson_arr_size (required); i++) {
    const char *needed = yyjson_get_str (yyjson_arr_get (required, i));

    if (yyjson_obj_get (value, needed) == NULL) {
      g_autofree char *fault = g_strdup_printf ("“%s” is missing", needed);

      return fail (why, pointer, fault);
    }
  }

  while ((name = yyjson_obj_iter_next (&members)) != NULL) {
    const char      *text = yyjson_get_str (name);
    yyjson_val      *property = yyjson_obj_get (properties, text);
    g_autofree char *below = g_strdup_printf ("%s/properties/%s", pointer, text);

    if (property != NULL) {
      if (!check_node (check, property, below, yyjson_obj_iter_get_val (name), why))
        return FALSE;
      note (check, below);
    } else if (is_closed || (is_sealed && !json_schema_declares (check->schemas, schema, text))) {
      g_autofree char *fault = g_strdup_printf ("“%s” is not described", text);

      return fail (why, pointer, fault);
    }
  }

  return TRUE;
}

static gboolean
check_elements (Check      *check,
                yyjson_val *schema,
                const char *pointer,
                yyjson_val *value,
                char      **why)
{
  yyjson_val      *items = yyjson_obj_get (schema, "items");
  g_autofree char *below = g_strconcat (pointer, "/items", NULL);

  if (!is_within (yyjson_obj_get (schema, "minItems"), yyjson_obj_get (schema, "maxItems"), yyjson_arr_size (value)))
    return fail (why, pointer, "it has too few or too many elements");

  for (gsize i = 0; items != NULL && i < yyjson_arr_size (value); i++)
    if (!check_node (check, items, below, yyjson_arr_get (value, i), why))
      return FALSE;

  return TRUE;
}

static gboolean
looks_like (JsonSchemas *schemas,
            const char  *pattern,
            const char  *text)
{
  GRegex *regex = g_hash_table_lookup (schemas->patterns, pattern);

  if (regex == NULL) {
    regex = g_regex_new (pattern, G_REGEX_DOLLAR_ENDONLY, 0, NULL);
    g_assert_nonnull (regex);
    g_hash_table_insert (schemas->patterns, g_strdup (pattern), regex);
  }

  return g_regex_match (regex, text, 0, NULL);
}

static gboolean
check_text (Check      *check,
            yyjson_val *schema,
            const char *pointer,
            yyjson_val *value,
            char      **why)
{
  const char *text = yyjson_get_str (value);
  const char *pattern = yyjson_get_str (yyjson_obj_get (schema, "pattern"));

  if (pattern != NULL && !looks_like (check->schemas, pattern, text))
    return fail (why, pointer, "it does not look like the pattern");
  if (!is_within (yyjson_obj_get (schema, "minLength"), yyjson_obj_get (schema, "maxLength"), g_utf8_strlen (text, -1)))
    return fail (why, pointer, "it is too short or too long");

  return TRUE;
}

static gboolean
check_node (Check       *check,
            yyjson_val  *schema,
            const char  *pointer,
            yyjson_val  *value,
            char       **why)
{
  g_autofree char *target = NULL;
  yyjson_obj_iter  keywords = yyjson_obj_iter_with (schema);
  yyjson_val      *keyword, *of;

  while ((keyword = yyjson_obj_iter_next (&keywords)) != NULL)
    if (!g_strv_contains (known, yyjson_get_str (keyword)))
      g_error ("%s: this checker does not know “%s”", pointer, yyjson_get_str (keyword));

  if (yyjson_obj_get (schema, "$ref") != NULL) {
    yyjson_val *referred = json_schema_follow (check->schemas, schema, &target);

    note (check, target);
    return check_node (check, referred, target, value, why);
  }

  if ((of = yyjson_obj_get (schema, "type")) != NULL && !check_type (of, value))
    return fail (why, pointer, "it is of another type");
  if ((of = yyjson_obj_get (schema, "const")) != NULL && !yyjson_equals (of, value))
    return fail (why, pointer, "it is something else");
  if ((of = yyjson_obj_get (schema, "enum")) != NULL && !check_enum (check, of, pointer, value))
    return fail (why, pointer, "it is none of the words");
  if (yyjson_is_int (value) &&
      !is_within (yyjson_obj_get (schema, "minimum"), yyjson_obj_get (schema, "maximum"), yyjson_get_sint (value)))
    return fail (why, pointer, "it is too small or too large");
  if (yyjson_is_str (value) && !check_text (check, schema, pointer, value, why))
    return FALSE;
  if (yyjson_is_arr (value) && !check_elements (check, schema, pointer, value, why))
    return FALSE;
  if (yyjson_is_obj (value) && !check_members (check, schema, pointer, value, why))
    return FALSE;

  of = yyjson_obj_get (schema, "allOf");
  for (gsize i = 0; i < yyjson_arr_size (of); i++)
    if (!check_node (check, yyjson_arr_get (of, i), pointer, value, why))
      return FALSE;

  return ((of = yyjson_obj_get (schema, "anyOf")) == NULL || check_choice (check, of, pointer, "anyOf", value, why)) &&
         ((of = yyjson_obj_get (schema, "oneOf")) == NULL || check_choice (check, of, pointer, "oneOf", value, why));
}

/* What a node refers to, and where that stands; itself when it refers to nothing. */
yyjson_val *
json_schema_follow (JsonSchemas  *schemas,
                    yyjson_val   *node,
                    char        **pointer)
{
  const char *reference = yyjson_get_str (yyjson_obj_get (node, "$ref"));

  if (reference == NULL)
    return node;

  g_assert_true (g_str_has_prefix (reference, "#/"));
  g_set_str (pointer, reference + 1);
  node = yyjson_ptr_get (schemas->root, *pointer);
  if (node == NULL)
    g_error ("%s is nowhere", reference);

  return node;
}

/* Whether a value is as the schema at a pointer says. What was found of the schema is then noted as seen. */
gboolean
json_schema_check (JsonSchemas  *schemas,
                   yyjson_val   *schema,
                   const char   *pointer,
                   yyjson_val   *value,
                   char        **why)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  Check                 check = { schemas, found };

  if (!check_node (&check, schema, pointer, value, why))
    return FALSE;

  for (guint i = 0; i < found->len; i++)
    g_hash_table_add (schemas->seen, g_strdup (g_ptr_array_index (found, i)));

  return TRUE;
}

/* Whether a schema names a member, itself or in what it consists of. */
gboolean
json_schema_declares (JsonSchemas *schemas,
                      yyjson_val  *schema,
                      const char  *member)
{
  g_autofree char *pointer = NULL;
  yyjson_val      *parts;

  schema = json_schema_follow (schemas, schema, &pointer);
  if (yyjson_obj_get (yyjson_obj_get (schema, "properties"), member) != NULL)
    return TRUE;

  parts = yyjson_obj_get (schema, "allOf");
  for (gsize i = 0; i < yyjson_arr_size (parts); i++)
    if (json_schema_declares (schemas, yyjson_arr_get (parts, i), member))
      return TRUE;

  return FALSE;
}

static void
list_choices (yyjson_val *schema,
              const char *pointer,
              const char *keyword,
              GPtrArray  *pointers)
{
  yyjson_val *choices = yyjson_obj_get (schema, keyword);

  for (gsize i = 0; i < yyjson_arr_size (choices); i++) {
    char *choice = g_strdup_printf ("%s/%s/%" G_GSIZE_FORMAT, pointer, keyword, i);

    g_ptr_array_add (pointers, choice);
    json_schema_list (yyjson_arr_get (choices, i), choice, pointers);
  }
}

/* All that can be seen of a schema; what it refers to stands elsewhere. */
void
json_schema_list (yyjson_val *schema,
                  const char *pointer,
                  GPtrArray  *pointers)
{
  yyjson_val      *words = yyjson_obj_get (schema, "enum");
  yyjson_val      *items = yyjson_obj_get (schema, "items");
  yyjson_obj_iter  properties = yyjson_obj_iter_with (yyjson_obj_get (schema, "properties"));
  yyjson_val      *name;

  for (gsize i = 0; i < yyjson_arr_size (words); i++)
    g_ptr_array_add (pointers, g_strdup_printf ("%s/enum/%" G_GSIZE_FORMAT, pointer, i));

  while ((name = yyjson_obj_iter_next (&properties)) != NULL) {
    char *property = g_strdup_printf ("%s/properties/%s", pointer, yyjson_get_str (name));

    g_ptr_array_add (pointers, property);
    json_schema_list (yyjson_obj_iter_get_val (name), property, pointers);
  }

  if (items != NULL) {
    g_autofree char *below = g_strconcat (pointer, "/items", NULL);

    json_schema_list (items, below, pointers);
  }

  list_choices (schema, pointer, "anyOf", pointers);
  list_choices (schema, pointer, "oneOf", pointers);
}
